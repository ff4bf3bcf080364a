import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "./text-encoding.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** GB18030 bytes of a text, found by asking the decoder for each pair of bytes: the platform decodes it, but does not encode it. */
function gbk(text: string): Uint8Array {
  const pairs = new Map<string, number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from([...text].flatMap((c) => pairs.get(c) ?? [c.charCodeAt(0)]));
}

describe("the encoding of a file", () => {
  const table = "州市,人口\r\n昆明,846.0\r\n曲靖,576.6\r\n";

  it("UTF-8 with or without a byte-order mark", () => {
    expect(decodeText(utf8(table))).toEqual({ text: table, encoding: "utf-8" });
    expect(decodeText(utf8(`\ufeff${table}`))).toEqual({ text: table, encoding: "utf-8" });
  });

  it("GBK as Chinese Excel writes it", () => {
    expect([...gbk("昆明")]).toEqual([0xc0, 0xa5, 0xc3, 0xf7]);
    expect(decodeText(gbk(table))).toEqual({ text: table, encoding: "gb18030" });
  });

  it("UTF-16 by its mark", () => {
    const little = Uint8Array.from([...`\ufeff${table}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    const big = Uint8Array.from([...`\ufeff${table}`].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]));
    expect(decodeText(little)).toEqual({ text: table, encoding: "utf-16le" });
    expect(decodeText(big)).toEqual({ text: table, encoding: "utf-16be" });
  });

  it("bytes of none of them keep their place as U+FFFD", () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff, 0x2c))).toEqual({ text: "a\ufffd,", encoding: "unknown" });
  });

  it("property: UTF-8 is never taken for anything else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.startsWith("\ufeff"));
        expect(decodeText(utf8(text))).toEqual({ text, encoding: "utf-8" });
      }),
    );
  });
});

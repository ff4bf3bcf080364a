import { expect, test } from "vitest";
import { decodeVensim } from "./decode-vensim.ts";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];

test.each([
  ["UTF-8 with its mark", utf8("{UTF-8}\n人口"), "{UTF-8}\n人口"],
  ["UTF-8 with a byte-order mark", [0xef, 0xbb, 0xbf, ...utf8("é")], "é"],
  ["UTF-8 without a mark", utf8("Größe"), "Größe"],
  ["Latin-1", [0x47, 0x72, 0xf6, 0xdf, 0x65], "Größe"],
  ["Windows-1252", [0x80, 0x31, 0x93, 0x61, 0x94], "€1“a”"],
  ["GB18030", [0xc8, 0xcb, 0xbf, 0xda, 0x20, 0xa3, 0xa8, 0xcd, 0xf2, 0xa3, 0xa9, 0x31], "人口 （万）1"],
  ["accents beside each other", [0x47, 0x72, 0xf6, 0xdf, 0x65, 0x20, 0xe9, 0xe0], "Größe éà"],
  ["accents in capitals among others", [0xc4, 0xd6, 0x41, 0xe9, 0x72], "ÄÖAér"],
  ["UTF-16, little end first", [0xff, 0xfe, 0x61, 0, 0xba, 0x4e], "a人"],
  ["UTF-16, big end first", [0xfe, 0xff, 0, 0x61, 0x4e, 0xba], "a人"],
  ["CRLF", utf8("a\r\nb"), "a\nb"],
  ["CR alone", utf8("a\rb\r\rc"), "a\nb\n\nc"],
  ["nothing", [], ""],
])("%s", (_, bytes, text) => expect(decodeVensim(Uint8Array.from(bytes))).toBe(text));

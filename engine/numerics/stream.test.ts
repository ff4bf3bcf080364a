import { describe, expect, it } from "vitest";
import { fnv1a64, streamOf } from "./stream.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("fnv1a64", () => {
  // Test vectors of the FNV authors.
  it.each([
    ["", 0xcbf29ce484222325n],
    ["a", 0xaf63dc4c8601ec8cn],
    ["foobar", 0x85944171f73967e8n],
  ])("of %j is the published value", (text, expected) => {
    expect(fnv1a64(bytes(text))).toBe(expected);
  });
});

describe("streamOf", () => {
  it.each([
    ["", { lo: 2847271067, hi: 4113176041 }],
    ["a", { lo: 1209278712, hi: 46185919 }],
    ["population", { lo: 3731295126, hi: 3999490534 }],
    ["growth_shock[kunming]", { lo: 3622687276, hi: 320340566 }],
    ["城镇化率", { lo: 3689060322, hi: 3642899966 }],
  ])("of %j is the value it has always been", (name, expected) => {
    expect(streamOf(name)).toEqual(expected);
  });

  it("does not depend on how an accent is written", () => {
    expect(streamOf("re\u0301gion")).toEqual(streamOf("région"));
  });

  it("differs for 20,000 names that differ little", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 10_000; i++) {
      for (const name of [`x[${i}]`, `y[${i}]`]) {
        const { lo, hi } = streamOf(name);
        seen.add(`${hi}:${lo}`);
      }
    }
    expect(seen.size).toBe(20_000);
  });

  it("changes half of its bits, on average, with one character", () => {
    let changed = 0;
    const names = 2000;
    for (let i = 0; i < names; i++) {
      const a = streamOf(`name${i}a`);
      const b = streamOf(`name${i}b`);
      changed += bitsSet(a.lo ^ b.lo) + bitsSet(a.hi ^ b.hi);
    }
    // 64 fair coins a name: the standard error of the mean is 4/√names.
    expect(Math.abs(changed / names - 32)).toBeLessThan((5 * 4) / Math.sqrt(names));
  });
});

function bitsSet(word: number): number {
  return (word >>> 0).toString(2).replaceAll("0", "").length;
}

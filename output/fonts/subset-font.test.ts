import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fontFaces, fontFiles } from "./chart-font.ts";
import { subsetFont } from "./subset-font.ts";

const FONT = new Uint8Array(readFileSync(fontFiles()[0]!));

/** Outline of a character in a font, through a subset of that character alone. */
const outlineOf = (font: Uint8Array, character: string) => subsetFont(font, [character]);

describe("subsetFont", () => {
  it("keeps the outlines of the characters asked for, bit for bit", () => {
    const subset = subsetFont(FONT, "云南情景推演，非预测 2035Äé")!;
    for (const character of "云南2Äé") expect(outlineOf(subset, character)).toEqual(outlineOf(FONT, character));
    expect(subset.length).toBeLessThan(FONT.length / 100);
  });

  it("has no character that was not asked for", () => {
    expect(subsetFont(subsetFont(FONT, "云")!, "南")).toBeUndefined();
  });

  it("gives nothing for characters that the font lacks", () => {
    expect(subsetFont(FONT, "\u{10ffff}")).toBeUndefined();
  });
});

describe("fontFaces", () => {
  it("carries every character of charts in one of its faces, in both weights", () => {
    const faces = fontFaces("≤≥云−–—“”（）");
    for (const weight of ["normal", "bold"]) expect(faces).toContain(`font-weight:${weight}`);
    const fonts = [...faces.matchAll(/base64,([^)]+)\)/g)].map(
      ([, text]) => new Uint8Array(Buffer.from(text!, "base64")),
    );
    for (const character of "≤≥云−–—“”（）") {
      const having = fonts.filter((font) => subsetFont(font, [character]) !== undefined);
      expect(having.length, character).toBeGreaterThanOrEqual(2);
    }
  });
});

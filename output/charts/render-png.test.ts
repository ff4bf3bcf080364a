import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fontFiles } from "../fonts/chart-font.ts";
import { subsetFont } from "../fonts/subset-font.ts";
import { withStandIns } from "./render-png.ts";

const FONTS = fontFiles().map((path) => new Uint8Array(readFileSync(path)));

/** What a picture would show as an empty box. */
const lacking = (text: string) =>
  [...new Set(withStandIns(text))].filter(
    (sign) => sign > "\x7f" && !FONTS.some((font) => subsetFont(font, [sign]) !== undefined),
  );

it("writes signs of units that the fonts lack in other letters", () => {
  expect(lacking("出生率，‰；气温，℃；℉；平方公里 km² m³")).toEqual([]);
  expect(withStandIns("12.6 ‰")).toBe("12.6 /1000");
});

it("has a glyph for every character that charts say of themselves", () => {
  const wording = readdirSync(join(import.meta.dirname, "wording"))
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => join("wording", file));
  for (const file of ["display-unit.ts", "style.ts", ...wording]) {
    expect(lacking(readFileSync(join(import.meta.dirname, file), "utf8")), file).toEqual([]);
  }
});

import fc from "fast-check";
import { scheme } from "vega";
import { expect, it } from "vitest";
import { contrastOf, isDark, luminance, mixed, type Rgb, rgbOf, VIRIDIS_DARK_FROM } from "./contrast.ts";

it("knows the ends and a colour whose contrast is published", () => {
  expect(luminance([0, 0, 0])).toBe(0);
  expect(luminance([255, 255, 255])).toBeCloseTo(1, 12);
  expect(contrastOf([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 12);
  // #767676 is the lightest grey that text on white may have.
  expect(contrastOf(rgbOf("#767676"), [255, 255, 255])).toBeCloseTo(4.54, 2);
  expect(mixed("#000000", "#ffffff", 0.5)).toEqual([127.5, 127.5, 127.5]);
});

it("finds letters of contrast 4.5 on every ground", () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(part, part, part), (ground) => {
      const letters: Rgb = isDark(ground) ? [255, 255, 255] : [0, 0, 0];
      expect(contrastOf(letters, ground)).toBeGreaterThan(4.5);
    }),
  );
});

it("changes letters on viridis where both are told well", () => {
  const viridis = scheme("viridis") as (share: number) => string;
  for (let share = 0; share <= 1; share += 0.01) {
    const ground = viridis(1 - share)
      .match(/\d+/g)!
      .map(Number) as unknown as Rgb;
    const letters: Rgb = share > VIRIDIS_DARK_FROM ? [255, 255, 255] : [0, 0, 0];
    expect(contrastOf(letters, ground), `at ${share}`).toBeGreaterThan(4.5);
  }
});

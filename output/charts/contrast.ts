/**
 * Letters on coloured cells: white or black, whichever is told better from the ground. On every ground one of the two reaches a
 * contrast of 4.5 to 1, which WCAG 2.2 asks of text (success criterion 1.4.3).
 */
import { power } from "../../engine/numerics/power.ts";

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export function rgbOf(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

/** The colour between two at a share of the way, as a linear scale of two colours has it. */
export function mixed(from: string, to: string, share: number): Rgb {
  const [a, b] = [rgbOf(from), rgbOf(to)];
  return a.map((one, i) => one + (b[i]! - one) * share) as unknown as Rgb;
}

/** Relative luminance, from 0 of black to 1 of white (WCAG 2.2, definition of relative luminance). */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055, 2.4);
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio). */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** Whether white letters are told better from a ground than black ones. */
export function isDark(ground: Rgb): boolean {
  return contrastOf(WHITE, ground) > contrastOf(BLACK, ground);
}

/** From this share on of the scale from light to dark (viridis, reversed) white letters are told better than black ones. */
export const VIRIDIS_DARK_FROM = 0.57;

/** Colour of the letters in cells whose rows say whether their ground is dark. */
export const CELL_LETTERS = { condition: { test: "datum.isDark", value: "white" }, value: "black" } as const;

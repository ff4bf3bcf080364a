/**
 * Pictures as PNG, drawn from the SVG by resvg with the fonts of this project alone, so that every machine draws the same.
 *
 * resvg is an optional dependency: where it is not installed there are no PNG files, and whoever asks is told.
 */
import { CARRIED_FACE, fontFiles } from "../fonts/chart-font.ts";
import { FONT_FAMILY } from "./style.ts";

/** Pixels of the picture for one pixel of the SVG: 192 dots an inch, fit for print at the size of a page. */
const SCALE = 2;
/** The family that the font files call themselves. */
const FAMILY_IN_FILES = "Noto Sans SC Thin";

/** Signs of units that the carried fonts lack, and what says the same; browsers have them in other fonts. */
const STAND_INS: Readonly<Record<string, string>> = { "℃": "°C", "℉": "°F", "‰": "/1000" };

/** Draws one SVG as PNG bytes. */
export type PngRenderer = (svg: string) => Uint8Array;

/** The renderer, or `undefined` where resvg is not installed. */
export async function pngRenderer(): Promise<PngRenderer | undefined> {
  const resvg = await import("@resvg/resvg-js").catch((error: NodeJS.ErrnoException) => {
    // The package loads the binary of its platform, which may be missing too.
    if (/Cannot find|Failed to load native binding/.test(error.message)) return undefined;
    throw error;
  });
  if (resvg === undefined) return undefined;
  const files = fontFiles();
  const options = {
    fitTo: { mode: "zoom" as const, value: SCALE },
    font: { loadSystemFonts: false, fontFiles: files, defaultFontFamily: FAMILY_IN_FILES },
  };
  const family = new RegExp(`${CARRIED_FACE}|${escaped(FONT_FAMILY)}`, "g");
  return (svg) => new resvg.Resvg(withStandIns(svg).replace(family, FAMILY_IN_FILES), options).render().asPng();
}

export function withStandIns(text: string): string {
  return text.replace(/[℃℉‰]/g, (sign) => STAND_INS[sign]!);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

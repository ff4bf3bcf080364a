/**
 * Noto Sans SC (SIL Open Font License 1.1, `OFL.txt` beside it): the face of pictures and pages on a machine that has no
 * Chinese fonts. The files are those of the package @fontsource/noto-sans-sc, unpacked from WOFF to TrueType.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { subsetFont } from "./subset-font.ts";

/** Name under which pages and pictures carry it; the last before the generic face, so that a reader's own comes first. */
export const CARRIED_FACE = "Terrace Noto Sans SC";

type Weight = "normal" | "bold";

/** The second file of each weight has signs that the first lacks. */
const FILES: Readonly<Record<Weight, readonly string[]>> = {
  normal: ["NotoSansSC-Regular.ttf", "NotoSansSC-Signs-Regular.ttf"],
  bold: ["NotoSansSC-Bold.ttf", "NotoSansSC-Signs-Bold.ttf"],
};

/** In a checkout the files lie beside this one; in a built package they stay where they were. */
const FOLDER = [import.meta.dirname, join(import.meta.dirname, "../../../output/fonts")].find((folder) =>
  existsSync(join(folder, FILES.normal[0]!)),
);

function fontPath(file: string): string {
  if (FOLDER === undefined) throw new Error("the fonts of output/fonts are missing from this installation");
  return join(FOLDER, file);
}

/** Paths of all font files. */
export function fontFiles(): string[] {
  return Object.values(FILES).flat().map(fontPath);
}

const read = new Map<string, Uint8Array>();

function fontBytes(file: string): Uint8Array {
  const known = read.get(file);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(readFileSync(fontPath(file)));
  read.set(file, bytes);
  return bytes;
}

/**
 * `@font-face` rules with the glyphs of `text` inside, in both weights. Two rules of one weight are one face: a character
 * that the later one lacks is taken from the earlier (CSS Fonts 4, composite faces).
 */
export function fontFaces(text: string): string {
  const characters = new Set(text);
  const rules = (["normal", "bold"] as const).flatMap((weight) =>
    FILES[weight].flatMap((file) => {
      const subset = subsetFont(fontBytes(file), characters);
      if (subset === undefined) return [];
      const source = `url(data:font/ttf;base64,${Buffer.from(subset).toString("base64")})`;
      return [`@font-face{font-family:"${CARRIED_FACE}";font-weight:${weight};src:${source}}`];
    }),
  );
  return rules.join("\n");
}

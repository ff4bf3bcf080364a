/**
 * How text appears in a terminal: columns of each character (Unicode Standard Annex 11, East Asian Width), and a harmless
 * form of characters that would move the cursor, change colours, reorder the line or stay invisible.
 */

/** Wide and fullwidth blocks (UAX 11), beside which emoji count two columns. */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const ZERO = /^[\p{Mn}\p{Me}]$/u;
/** Controls (C0, C1), formatting characters (zero width, text direction), line separators and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Columns that a text takes: 2 for wide characters, 0 for combining marks, else 1. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** The text with every unsafe character replaced by a visible one: `␛` for escape, `␉` for tab, `\u{202e}` for others. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `\\u{${code.toString(16)}}`;
  });
}

/** Pads with spaces to a number of columns. */
export function padEndColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}

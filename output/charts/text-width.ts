/**
 * Width of text without a font at hand: charts are laid out where no browser and no canvas is.
 *
 * Widths are in ems and follow the common shapes of sans-serif faces (digits 0.56 em, lower case about 0.55 em); Chinese
 * characters and full-width punctuation fill a square of 1 em. An estimate is enough, because it only decides where lines
 * break and how much room labels get; it leans to the wide side so that nothing is cut.
 */

const NARROW = /[iljtfr.,:;'|!()[\]]/;
const WIDE_LATIN = /[mwMW%@]/;
/** Punctuation that Chinese faces draw a full square wide, though Unicode calls its width ambiguous. */
const WIDE_IN_CHINESE = /[“”‘’…—·]/;
const UPPER_OR_DIGIT = /[A-Z0-9=+−–-]/;
/** East Asian wide and full-width ranges (Unicode UAX #11, the blocks that Chinese text uses). */
const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** Whether a character takes the room of two Latin letters. */
export function isFullWidth(character: string): boolean {
  return FULL_WIDTH.test(character);
}

function characterEms(character: string): number {
  if (isFullWidth(character) || WIDE_IN_CHINESE.test(character)) return 1;
  if (character === " ") return 0.28;
  if (NARROW.test(character)) return 0.34;
  if (WIDE_LATIN.test(character)) return 0.9;
  if (UPPER_OR_DIGIT.test(character)) return 0.62;
  return 0.56;
}

/** Estimated width in pixels of one line of text at a font size in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += characterEms(character);
  return ems * fontSize;
}

/** Columns that a text takes in a terminal: two for each full-width character. */
export function terminalColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += isFullWidth(character) ? 2 : 1;
  return columns;
}

/** Punctuation that must not begin a line (GB/T 15834, the rule for line ends). */
const NOT_AT_START = /^[，。、；：！？）》】”’%,.;:)]/;

/** Opening brackets and quotes must not end a line (the same standard). */
const NOT_AT_END = /[（《“‘([]$/;

/** Pieces between which a line may break: Latin words with the space behind them, and single Chinese characters. */
function breakable(text: string): string[] {
  const pieces: string[] = [];
  let word = "";
  for (const character of text) {
    if (NOT_AT_END.test(character) || NOT_AT_END.test(word)) word += character;
    else if (isFullWidth(character)) {
      if (word !== "") pieces.push(word);
      word = "";
      if (NOT_AT_START.test(character) && pieces.length > 0) pieces[pieces.length - 1] += character;
      else pieces.push(character);
    } else if (word === "" && NOT_AT_START.test(character) && pieces.length > 0) {
      pieces[pieces.length - 1] += character;
    } else {
      word += character;
      if (character === " ") {
        pieces.push(word);
        word = "";
      }
    }
  }
  if (word !== "") pieces.push(word);
  return pieces;
}

/** The same with at most `most` lines; text that is left over is replaced by an ellipsis. */
export function wrapTextTo(most: number, text: string, fontSize: number, width: number): string[] {
  const lines = wrapText(text, fontSize, width);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
}

/** A text in one line of a width; of one that is longer the middle is left out, since names often differ at the end. */
export function shortened(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  for (let left = characters.length - 1; left > 1; left--) {
    const [head, tail] = [Math.ceil((2 * left) / 3), Math.floor(left / 3)];
    const short = `${characters.slice(0, head).join("").trimEnd()}…${characters.slice(characters.length - tail).join("")}`;
    if (textWidth(short, fontSize) <= width) return short;
  }
  return "…";
}

/** Breaks a text into lines that fit into a width in pixels; a single word that is longer stays whole. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of breakable(text)) {
    if (line !== "" && textWidth((line + piece).trimEnd(), fontSize) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

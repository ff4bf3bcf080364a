/**
 * Bytes of a `.mdl`, `.cin`, `.vsc` or `.dat` file to text with LF line ends.
 *
 * Vensim marks UTF-8 by `{UTF-8}` on the first line; older versions write the code page of the machine, which for most files is
 * Windows-1252 (Vensim reference manual, "Text formatted models"). A byte-order mark decides before everything else. Text without
 * a mark that is valid UTF-8 is UTF-8: a text of another code page almost never is by chance. What is none is Chinese (GB18030) where
 * all its bytes above ASCII stand in pairs and most of these are common characters, which no European text does.
 */

/** The text of a file; never throws, since Windows-1252 gives a character to every byte. */
export function decodeVensim(bytes: Uint8Array): string {
  return lineFeeds(textOf(bytes));
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // The decoder takes a byte-order mark away.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder(isChinese(bytes) ? "gb18030" : "windows-1252").decode(bytes);
  }
}

/**
 * Whether the bytes above ASCII are pairs of GB 2312, and at least half of them its 3755 common characters (first byte B0 to D7): an
 * accented letter mostly stands between plain ones, and small ones begin at E0.
 */
function isChinese(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i]!;
    if (first < 0x80) continue;
    const second = bytes[++i] ?? 0;
    if (first < 0xa1 || first > 0xf7 || second < 0xa1 || second === 0xff) return false;
    pairs++;
    if (first >= 0xb0 && first <= 0xd7) common++;
  }
  return 2 * common >= pairs;
}

/** CRLF and the lone CR of old Macintosh files become LF, so that lines and columns count the same everywhere. */
function lineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

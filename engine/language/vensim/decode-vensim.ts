/**
 * Bytes of a `.mdl`, `.cin`, `.vsc` or `.dat` file to text with LF line ends.
 *
 * Vensim marks UTF-8 by `{UTF-8}` on the first line; older versions write the code page of the machine, which for most files is
 * Windows-1252 (Vensim reference manual, "Text formatted models"). A byte-order mark decides before everything else. Text without
 * a mark that is valid UTF-8 is UTF-8: a text of another code page almost never is by chance.
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
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** CRLF and the lone CR of old Macintosh files become LF, so that lines and columns count the same everywhere. */
function lineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * Bytes of a file to text. UTF-8 is tried first, then GB18030 (which holds GBK and GB2312), in which Chinese editions of
 * Excel and Notepad save; a byte-order mark decides for UTF-16.
 */
export interface DecodedText {
  readonly text: string;
  /** `unknown` where bytes belong to none of the others: U+FFFD stands for them, which the check then reports. */
  readonly encoding: "utf-8" | "gb18030" | "utf-16le" | "utf-16be" | "unknown";
}

/** Marks at the start of a file, the only sign by which UTF-16 is known. */
const MARKS = [
  { encoding: "utf-16le", mark: [0xff, 0xfe] },
  { encoding: "utf-16be", mark: [0xfe, 0xff] },
] as const;

export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return { text: new TextDecoder(marked.encoding).decode(bytes), encoding: marked.encoding };
  for (const encoding of ["utf-8", "gb18030"] as const) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== null) return { text, encoding };
  }
  return { text: new TextDecoder("utf-8").decode(bytes), encoding: "unknown" };
}

function decodeStrictly(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // Bytes that are not of this encoding: the next one is tried.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

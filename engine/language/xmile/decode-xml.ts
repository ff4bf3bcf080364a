/** Bytes of an XML file to text, by its byte order mark or the encoding that it declares (XML 1.0, appendix F). */

const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/** The text; UTF-8 where nothing else is said, and where the declared encoding is not known. Bytes that are none become U+FFFD. */
export function decodeXml(bytes: Uint8Array): string {
  const label = markOf(bytes) ?? DECLARED.exec(latin(bytes.subarray(0, 200)))?.[1] ?? "utf-8";
  return decoderFor(label).decode(bytes);
}

/** UTF-16 is known by its mark alone, or by the zeros beside the first sign. */
function markOf(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0x3c && b === 0) return "utf-16le";
  if (a === 0 && b === 0x3c) return "utf-16be";
  return a === 0xef && b === 0xbb ? "utf-8" : null;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    // A file that says UTF-16 and was found to begin with single bytes is not UTF-16.
    return new TextDecoder(/^(?:utf-?16|ucs-?2|iso-10646)/i.test(label) && !label.endsWith("e") ? "utf-8" : label);
  } catch {
    return new TextDecoder("utf-8");
  }
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);

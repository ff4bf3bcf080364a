/**
 * A TrueType font cut down to the characters of a text, so that a page or picture can carry the glyphs it shows.
 *
 * Only outlines are kept (tables glyf, loca, hmtx, cmap and what they need; OpenType specification 1.9): no kerning, no
 * vertical forms, which charts do not use.
 */

interface Tables {
  readonly bytes: DataView;
  readonly offsets: ReadonlyMap<string, { readonly offset: number; readonly length: number }>;
}

/** Flags of a composite glyph's components (table glyf). */
const WORDS = 1;
const HAS_SCALE = 8;
const MORE_COMPONENTS = 32;
const HAS_TWO_SCALES = 64;
const HAS_MATRIX = 128;

const COPIED = ["OS/2", "hhea", "name", "post"] as const;

/**
 * The characters of `text` that the font has, as a font of their own; `undefined` if it has none of them.
 *
 * @throws Error if the file is no TrueType font with a cmap of format 4 or 12.
 */
export function subsetFont(font: Uint8Array, text: Iterable<string>): Uint8Array | undefined {
  const tables = readTables(font);
  const characters = [...new Set(text)].map((character) => character.codePointAt(0)!).sort((a, b) => a - b);
  const mapped = mapCharacters(tables, characters);
  if (mapped.size === 0) return undefined;
  const glyphs = withComponents(tables, [0, ...new Set(mapped.values())]);
  const position = new Map(glyphs.map((glyph, index) => [glyph, index]));
  const outlines = glyphs.map((glyph) => renumbered(glyphBytes(tables, glyph), position));
  const glyf = joined(outlines.map(padded));
  const loca = new DataView(new ArrayBuffer(4 * (glyphs.length + 1)));
  let end = 0;
  for (const [index, outline] of outlines.entries()) {
    end += padded(outline).length;
    loca.setUint32(4 * (index + 1), end);
  }
  const head = copyOf(tables, "head");
  new DataView(head.buffer).setInt16(50, 1);
  const hhea = copyOf(tables, "hhea");
  new DataView(hhea.buffer).setUint16(34, glyphs.length);
  const maxp = copyOf(tables, "maxp");
  new DataView(maxp.buffer).setUint16(4, glyphs.length);
  const post = copyOf(tables, "post").slice(0, 32);
  new DataView(post.buffer).setUint32(0, 0x00030000);
  const made = new Map<string, Uint8Array>([
    ...COPIED.map((tag) => [tag, copyOf(tables, tag)] as const),
    ["post", post],
    ["head", head],
    ["hhea", hhea],
    ["maxp", maxp],
    ["glyf", glyf],
    ["loca", new Uint8Array(loca.buffer)],
    ["hmtx", metrics(tables, glyphs)],
    ["cmap", characterMap([...mapped].map(([code, glyph]) => [code, position.get(glyph)!]))],
  ]);
  return writeFont(made);
}

function readTables(font: Uint8Array): Tables {
  const bytes = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const offsets = new Map<string, { offset: number; length: number }>();
  for (let index = 0; index < bytes.getUint16(4); index++) {
    const at = 12 + 16 * index;
    const tag = String.fromCharCode(...font.subarray(at, at + 4));
    offsets.set(tag, { offset: bytes.getUint32(at + 8), length: bytes.getUint32(at + 12) });
  }
  return { bytes, offsets };
}

function tableOf({ offsets }: Tables, tag: string): { readonly offset: number; readonly length: number } {
  const found = offsets.get(tag);
  if (found === undefined) throw new Error(`the font has no table ${tag}`);
  return found;
}

function copyOf(tables: Tables, tag: string): Uint8Array<ArrayBuffer> {
  const { offset, length } = tableOf(tables, tag);
  const { buffer, byteOffset } = tables.bytes;
  return new Uint8Array(buffer as ArrayBuffer, byteOffset + offset, length).slice();
}

/** Glyph numbers of the characters that the font has, in the order of the characters. */
function mapCharacters(tables: Tables, characters: readonly number[]): Map<number, number> {
  const { bytes } = tables;
  const start = tableOf(tables, "cmap").offset;
  const subtables = Array.from(
    { length: bytes.getUint16(start + 2) },
    (_, i) => start + bytes.getUint32(start + 8 + 8 * i),
  );
  const full = subtables.find((at) => bytes.getUint16(at) === 12);
  const basic = subtables.find((at) => bytes.getUint16(at) === 4);
  if (full === undefined && basic === undefined) throw new Error("the font has no cmap of format 4 or 12");
  const glyphOf = (code: number) =>
    full === undefined ? glyphInBasic(bytes, basic!, code) : glyphInFull(bytes, full, code);
  return new Map(characters.map((code) => [code, glyphOf(code)] as const).filter(([, glyph]) => glyph !== 0));
}

function glyphInFull(bytes: DataView, at: number, code: number): number {
  for (let group = 0; group < bytes.getUint32(at + 12); group++) {
    const entry = at + 16 + 12 * group;
    const first = bytes.getUint32(entry);
    if (code >= first && code <= bytes.getUint32(entry + 4)) return bytes.getUint32(entry + 8) + code - first;
  }
  return 0;
}

function glyphInBasic(bytes: DataView, at: number, code: number): number {
  const doubled = bytes.getUint16(at + 6);
  for (let segment = 0; segment < doubled; segment += 2) {
    if (code > bytes.getUint16(at + 14 + segment)) continue;
    const first = bytes.getUint16(at + 16 + doubled + segment);
    if (code < first) return 0;
    const delta = bytes.getUint16(at + 16 + 2 * doubled + segment);
    const rangeAt = at + 16 + 3 * doubled + segment;
    const range = bytes.getUint16(rangeAt);
    if (range === 0) return (code + delta) % 65536;
    const glyph = bytes.getUint16(rangeAt + range + 2 * (code - first));
    return glyph === 0 ? 0 : (glyph + delta) % 65536;
  }
  return 0;
}

/** Bytes of one outline; empty for a space. */
function glyphBytes(tables: Tables, glyph: number): Uint8Array<ArrayBuffer> {
  const { bytes } = tables;
  const loca = tableOf(tables, "loca").offset;
  const isLong = bytes.getInt16(tableOf(tables, "head").offset + 50) === 1;
  const at = (index: number) => (isLong ? bytes.getUint32(loca + 4 * index) : 2 * bytes.getUint16(loca + 2 * index));
  const start = bytes.byteOffset + tableOf(tables, "glyf").offset;
  return new Uint8Array(bytes.buffer as ArrayBuffer, start + at(glyph), at(glyph + 1) - at(glyph)).slice();
}

/** Places of the component numbers in a composite outline; none for a simple one. */
function componentPlaces(outline: Uint8Array): number[] {
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  if (outline.length === 0 || view.getInt16(0) >= 0) return [];
  const places: number[] = [];
  for (let at = 10, flags = MORE_COMPONENTS; (flags & MORE_COMPONENTS) !== 0; ) {
    flags = view.getUint16(at);
    places.push(at + 2);
    at += 4 + ((flags & WORDS) !== 0 ? 4 : 2);
    if ((flags & HAS_SCALE) !== 0) at += 2;
    else if ((flags & HAS_TWO_SCALES) !== 0) at += 4;
    else if ((flags & HAS_MATRIX) !== 0) at += 8;
  }
  return places;
}

function withComponents(tables: Tables, glyphs: readonly number[]): number[] {
  const all = new Set(glyphs);
  for (const glyph of all) {
    const outline = glyphBytes(tables, glyph);
    const view = new DataView(outline.buffer);
    for (const place of componentPlaces(outline)) all.add(view.getUint16(place));
  }
  return [...all].sort((a, b) => a - b);
}

function renumbered(outline: Uint8Array<ArrayBuffer>, position: ReadonlyMap<number, number>): Uint8Array<ArrayBuffer> {
  const view = new DataView(outline.buffer);
  for (const place of componentPlaces(outline)) view.setUint16(place, position.get(view.getUint16(place))!);
  return outline;
}

/** Advance and left bearing of each glyph, all written in full. */
function metrics(tables: Tables, glyphs: readonly number[]): Uint8Array {
  const { bytes } = tables;
  const start = tableOf(tables, "hmtx").offset;
  const full = bytes.getUint16(tableOf(tables, "hhea").offset + 34);
  const out = new DataView(new ArrayBuffer(4 * glyphs.length));
  for (const [index, glyph] of glyphs.entries()) {
    out.setUint16(4 * index, bytes.getUint16(start + 4 * Math.min(glyph, full - 1)));
    const bearing = glyph < full ? start + 4 * glyph + 2 : start + 4 * full + 2 * (glyph - full);
    out.setInt16(4 * index + 2, bytes.getInt16(bearing));
  }
  return new Uint8Array(out.buffer);
}

/** A cmap of format 12 with one group a character. */
function characterMap(entries: readonly (readonly [number, number])[]): Uint8Array {
  const length = 16 + 12 * entries.length;
  const view = new DataView(new ArrayBuffer(12 + length));
  // One subtable: platform 3 (Windows), encoding 10 (full Unicode).
  for (const [at, value] of [
    [2, 1],
    [4, 3],
    [6, 10],
    [12, 12],
  ] as const)
    view.setUint16(at, value);
  view.setUint32(8, 12);
  view.setUint32(16, length);
  view.setUint32(24, entries.length);
  for (const [index, [code, glyph]] of entries.entries()) {
    const at = 28 + 12 * index;
    view.setUint32(at, code);
    view.setUint32(at + 4, code);
    view.setUint32(at + 8, glyph);
  }
  return new Uint8Array(view.buffer);
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  out.set(bytes);
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function checksum(table: Uint8Array): number {
  const view = new DataView(padded(table).buffer);
  let sum = 0;
  for (let at = 0; at < view.byteLength; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function writeFont(made: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const tables = [...made].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = new DataView(new ArrayBuffer(12 + 16 * tables.length));
  const power = Math.floor(Math.log2(tables.length));
  head.setUint32(0, 0x00010000);
  head.setUint16(4, tables.length);
  head.setUint16(6, 16 * 2 ** power);
  head.setUint16(8, power);
  head.setUint16(10, 16 * tables.length - 16 * 2 ** power);
  let offset = head.byteLength;
  for (const [index, [tag, table]] of tables.entries()) {
    const at = 12 + 16 * index;
    for (let letter = 0; letter < 4; letter++) head.setUint8(at + letter, tag.charCodeAt(letter));
    head.setUint32(at + 4, checksum(table));
    head.setUint32(at + 8, offset);
    head.setUint32(at + 12, table.length);
    offset += padded(table).length;
  }
  return joined([new Uint8Array(head.buffer), ...tables.map(([, table]) => padded(table))]);
}

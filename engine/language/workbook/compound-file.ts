/**
 * Streams of a compound file, the container of `.xls` (Microsoft, MS-CFB): sectors chained by a table, small streams in a stream of
 * their own. Every chain is bounded by the number of sectors, so that a circle in a damaged file ends.
 */
import { MAX_BYTES, WorkbookFault } from "./sheet.ts";

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on mark the end of a chain, a free sector, or a part of the tables themselves. */
const LAST_SECTOR = 0xfffffffa;
const ENTRY_BYTES = 128;
const STREAM = 2;
const ROOT = 5;

export const isCompoundFile = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** The first stream that has one of the names; null where there is none. */
export function compoundStream(bytes: Uint8Array, names: readonly string[]): Uint8Array | null {
  if (!isCompoundFile(bytes)) throw new WorkbookFault("not-a-workbook", "no compound file");
  if (bytes.length > MAX_BYTES) throw new WorkbookFault("too-large", `more than ${MAX_BYTES} bytes`);
  return new CompoundFile(bytes).stream(names);
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

class CompoundFile {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sectorBytes: number;
  readonly #miniBytes: number;
  readonly #table: Uint32Array;

  constructor(bytes: Uint8Array) {
    if (bytes.length < 512) throw new WorkbookFault("damaged", "the header is cut off");
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [sectorShift, miniShift] = [this.#view.getUint16(30, true), this.#view.getUint16(32, true)];
    if ((sectorShift !== 9 && sectorShift !== 12) || miniShift !== 6) {
      throw new WorkbookFault("damaged", `sectors of 2^${sectorShift} bytes`);
    }
    this.#sectorBytes = 1 << sectorShift;
    this.#miniBytes = 1 << miniShift;
    this.#table = this.#readTable();
  }

  stream(names: readonly string[]): Uint8Array | null {
    const entries = this.#directory();
    const found = names.flatMap((name) => entries.filter((e) => e.type === STREAM && e.name === name))[0];
    if (!found) return null;
    const size = this.#limited(found.size);
    if (found.size >= this.#view.getUint32(56, true)) return this.#chain(found.start).subarray(0, size);
    const root = entries.find((entry) => entry.type === ROOT);
    if (!root) throw new WorkbookFault("damaged", "no root entry");
    return this.#miniChain(found.start, this.#chain(root.start), size);
  }

  #limited(size: number): number {
    if (size > this.#bytes.length) throw new WorkbookFault("damaged", "a stream longer than the file");
    return size;
  }

  #sector(number: number): Uint8Array {
    const start = (number + 1) * this.#sectorBytes;
    if (start >= this.#bytes.length) throw new WorkbookFault("damaged", `sector ${number} lies behind the end`);
    return this.#bytes.subarray(start, start + this.#sectorBytes);
  }

  /** The sector table: 109 of its sectors are named in the header, further ones in a chain of their own. */
  #readTable(): Uint32Array {
    const perSector = this.#sectorBytes / 4;
    const count = Math.ceil(this.#bytes.length / this.#sectorBytes);
    const tableSectors: number[] = [];
    for (let i = 0; i < 109; i++) tableSectors.push(this.#view.getUint32(76 + 4 * i, true));
    let more = this.#view.getUint32(68, true);
    for (let steps = 0; more < LAST_SECTOR; steps++) {
      if (steps > count) throw new WorkbookFault("damaged", "the sector table goes round in a circle");
      const numbers = words(this.#sector(more));
      tableSectors.push(...numbers.slice(0, perSector - 1));
      more = numbers[perSector - 1] ?? LAST_SECTOR;
    }
    const used = tableSectors.filter((sector) => sector < LAST_SECTOR);
    if (used.length > count) throw new WorkbookFault("damaged", "the sector table is longer than the file");
    const table = new Uint32Array(used.length * perSector).fill(0xffffffff);
    for (const [i, sector] of used.entries()) table.set(words(this.#sector(sector)), i * perSector);
    return table;
  }

  #chain(start: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = this.#table[sector] ?? LAST_SECTOR) {
      if (parts.length > this.#table.length) throw new WorkbookFault("damaged", "a stream goes round in a circle");
      parts.push(this.#sector(sector));
    }
    return joined(parts);
  }

  #miniChain(start: number, container: Uint8Array, size: number): Uint8Array {
    const table = words(this.#chain(this.#view.getUint32(60, true)));
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = table[sector] ?? LAST_SECTOR) {
      if (parts.length > table.length) throw new WorkbookFault("damaged", "a stream goes round in a circle");
      parts.push(container.subarray(sector * this.#miniBytes, (sector + 1) * this.#miniBytes));
    }
    return joined(parts).subarray(0, size);
  }

  #directory(): Entry[] {
    const bytes = this.#chain(this.#view.getUint32(48, true));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries: Entry[] = [];
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      const nameBytes = Math.min(64, view.getUint16(at + 64, true));
      const name = new TextDecoder("utf-16le").decode(bytes.subarray(at, at + Math.max(0, nameBytes - 2)));
      entries.push({
        name,
        type: bytes[at + 66]!,
        start: view.getUint32(at + 116, true),
        size: view.getUint32(at + 120, true),
      });
    }
    return entries;
  }
}

/** Little-endian 32-bit words; an odd rest is left out. */
function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Records of a BIFF stream (MS-XLS 2.1.4) and the texts in them (2.5.293, 2.5.240). A long record goes on in CONTINUE records; a
 * text that is cut by such a border says anew behind it whether its characters have one byte or two.
 */
import { WorkbookFault } from "./sheet.ts";

const CONTINUE = 0x003c;
/** Most texts of one table of shared texts. */
export const MAX_RECORD_TEXTS = 4_000_000;

export interface BiffRecord {
  readonly type: number;
  /** Content with that of the CONTINUE records. */
  readonly view: DataView;
  /** Where in the content a CONTINUE record begins. */
  readonly parts: ReadonlySet<number>;
}

/** Records from a place on, until the stream ends; a record that is cut off is an error. */
export function* biffRecords(stream: Uint8Array, start: number): Generator<BiffRecord> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = start;
  const take = (): { type: number; from: number; end: number } | null => {
    if (at + 4 > stream.length) return null;
    const from = at + 4;
    const end = from + view.getUint16(at + 2, true);
    if (end > stream.length) throw new WorkbookFault("damaged", "a record is cut off");
    const type = view.getUint16(at, true);
    at = end;
    return { type, from, end };
  };
  for (let head = take(); head; head = take()) {
    const pieces = [head];
    while (at + 4 <= stream.length && view.getUint16(at, true) === CONTINUE) pieces.push(take()!);
    yield { type: head.type, ...content(stream, pieces) };
  }
}

function content(stream: Uint8Array, pieces: readonly { from: number; end: number }[]): Omit<BiffRecord, "type"> {
  const [first] = pieces;
  if (pieces.length === 1 && first) {
    return { view: checked(stream.subarray(first.from, first.end)), parts: new Set() };
  }
  const whole = new Uint8Array(pieces.reduce((sum, { from, end }) => sum + end - from, 0));
  const parts = new Set<number>();
  let at = 0;
  for (const { from, end } of pieces) {
    if (at > 0) parts.add(at);
    whole.set(stream.subarray(from, end), at);
    at += end - from;
  }
  return { view: checked(whole), parts };
}

/** A view whose reads behind the end say that the file is damaged. */
function checked(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads texts of a record one after another. */
export class BiffText {
  readonly #record: BiffRecord;
  at: number;

  constructor(record: BiffRecord, at: number) {
    this.#record = record;
    this.at = at;
  }

  get atEnd(): boolean {
    return this.at >= this.#record.view.byteLength;
  }

  /** A text with its length in one byte. */
  short(): string {
    return this.characters(this.#byte());
  }

  /** A text with its length in two bytes. */
  long(): string {
    return this.characters(this.#word());
  }

  /** A text with formatting and phonetic reading behind it, which are passed over. */
  rich(): string {
    const length = this.#word();
    const flags = this.#byte();
    const runs = (flags & 8) !== 0 ? this.#word() : 0;
    const extra = (flags & 4) !== 0 ? this.#word() + 65_536 * this.#word() : 0;
    const text = this.#run(length, (flags & 1) !== 0);
    this.at += 4 * runs + extra;
    return text;
  }

  /** So many characters behind a byte that says how wide they are. */
  characters(length: number): string {
    return this.#run(length, (this.#byte() & 1) !== 0);
  }

  #run(length: number, twoBytes: boolean): string {
    let wide = twoBytes;
    let text = "";
    for (let left = length; left > 0; left--) {
      if (this.#record.parts.has(this.at)) wide = (this.#byte() & 1) !== 0;
      text += String.fromCharCode(wide ? this.#word() : this.#byte());
    }
    return text;
  }

  #byte(): number {
    this.at++;
    return this.#record.view.getUint8(this.at - 1);
  }

  #word(): number {
    this.at += 2;
    return this.#record.view.getUint16(this.at - 2, true);
  }
}

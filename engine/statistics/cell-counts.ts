/**
 * Counts in the bins of many cells, in as few bytes as they need: a cell has counts of one byte until one of them is full, then of two, then
 * of four. A cell has none before its first count; where all values of a cell are one number, it needs none at all.
 */
import { BINS } from "./bins.ts";
import type { SavedState, SummaryState } from "./summary-state.ts";

type Counts = Uint8Array | Uint16Array | Uint32Array;

/** Bytes of a count, from the narrowest on. */
const WIDTHS = [1, 2, 4] as const;
/** Cells of which counts lie in one array: arrays are made as they are needed, and none is ever copied to grow. */
const CHUNK_CELLS = 512;

/** The counts of all cells that have the same width. */
class Shelf {
  readonly width: number;
  /** By number; one that nobody uses any more is dropped, and its number is not given again. */
  readonly chunks = new Map<number, { readonly counts: Counts; used: number }>();
  /** Places that were given back, also of chunks that have been dropped. */
  #free: number[] = [];
  /** Places that have been given out, up to which all may be. */
  #next = 0;

  constructor(width: number) {
    this.width = width;
  }

  /** A place with zeros. */
  take(): number {
    let place = this.#free.pop();
    while (place !== undefined && !this.chunks.has(chunkOf(place))) place = this.#free.pop();
    place ??= this.#next++;
    this.#chunk(chunkOf(place)).used += 1;
    return place;
  }

  giveBack(place: number): void {
    this.at(place).fill(0);
    const chunk = this.#chunk(chunkOf(place));
    chunk.used -= 1;
    // A chunk that is being filled for the first time stays.
    if (chunk.used === 0 && chunkOf(place) < chunkOf(this.#next)) this.chunks.delete(chunkOf(place));
    else this.#free.push(place);
  }

  at(place: number): Counts {
    const from = firstOf(place);
    return this.chunkAt(place).subarray(from, from + BINS);
  }

  /** The counts of all cells of a place's chunk; its own begin at `firstOf(place)`. */
  chunkAt(place: number): Counts {
    return this.#chunk(chunkOf(place)).counts;
  }

  #chunk(number: number): { readonly counts: Counts; used: number } {
    let chunk = this.chunks.get(number);
    if (!chunk) {
      chunk = { counts: countsOf(this.width, CHUNK_CELLS * BINS), used: 0 };
      this.chunks.set(number, chunk);
    }
    return chunk;
  }

  /** Takes chunks that were saved, with their numbers, and the places that are in use. */
  restore(all: Counts, numbers: Uint32Array, taken: readonly number[]): void {
    const size = CHUNK_CELLS * BINS;
    for (const [i, number] of numbers.entries()) {
      const counts = all.subarray(i * size, (i + 1) * size) as Counts;
      this.chunks.set(number, { counts, used: 0 });
      this.#next = Math.max(this.#next, (number + 1) * CHUNK_CELLS);
    }
    for (const place of taken) this.#chunk(chunkOf(place)).used += 1;
    const used = new Set(taken);
    for (const number of numbers)
      for (let place = number * CHUNK_CELLS; place < (number + 1) * CHUNK_CELLS; place++)
        if (!used.has(place)) this.#free.push(place);
  }
}

const chunkOf = (place: number): number => Math.floor(place / CHUNK_CELLS);
const firstOf = (place: number): number => (place % CHUNK_CELLS) * BINS;

export class CellCounts {
  /** Of each cell its place on a shelf times three, plus the number of the shelf; -1 without counts. */
  readonly #where: Int32Array;
  readonly #shelves = WIDTHS.map((width) => new Shelf(width));

  constructor(cells: number) {
    this.#where = new Int32Array(cells).fill(-1);
  }

  has(cell: number): boolean {
    return this.#where[cell]! >= 0;
  }

  /** Bytes of all counts. */
  get bytes(): number {
    const chunks = this.#shelves.flatMap((shelf) => [...shelf.chunks.values()]);
    return chunks.reduce((sum, { counts }) => sum + counts.byteLength, this.#where.byteLength);
  }

  /** Adds one for each bin in `bins[from … to - 1]`. */
  addAll(cell: number, bins: Uint8Array, from: number, to: number): void {
    // This runs once for every value of an ensemble: without a view of the cell, which would be garbage afterwards.
    let [counts, first] = this.#find(cell);
    let most = mostOf(counts);
    for (let i = from; i < to; i++) {
      const at = first + bins[i]!;
      const count = counts[at]!;
      if (count < most) {
        counts[at] = count + 1;
        continue;
      }
      this.#widen(cell);
      [counts, first] = this.#find(cell);
      most = mostOf(counts);
      counts[first + bins[i]!]! += 1;
    }
  }

  /** @throws RangeError for more than 2^32 - 1 values in a bin. */
  add(cell: number, bin: number, count: number): void {
    let counts = this.#open(cell);
    while (counts[bin]! + count > mostOf(counts)) counts = this.#widen(cell);
    counts[bin]! += count;
  }

  /** The counts of a cell that has some; they are not to be changed. */
  of(cell: number): Counts {
    const where = this.#where[cell]!;
    return this.#shelves[where % 3]!.at(Math.floor(where / 3));
  }

  save(): SummaryState {
    const empty = [new Uint8Array(0), new Uint16Array(0), new Uint32Array(0)];
    return [
      { name: "counted-at", pieces: [this.#where] },
      ...this.#shelves.flatMap(({ width, chunks }, i) => [
        { name: `chunks-${width}`, pieces: [Uint32Array.from(chunks.keys())] },
        { name: `counts-${width}`, pieces: [empty[i]!, ...[...chunks.values()].map(({ counts }) => counts)] },
      ]),
    ];
  }

  /** Takes what {@link save} wrote, in place of what has no counts yet. */
  restore(state: SavedState): void {
    this.#where.set(state.integers("counted-at", this.#where.length));
    const saved = [state.bytes("counts-1"), state.words("counts-2"), state.counts("counts-4")];
    for (const [i, shelf] of this.#shelves.entries()) {
      const taken: number[] = [];
      for (const where of this.#where) if (where >= 0 && where % 3 === i) taken.push(Math.floor(where / 3));
      shelf.restore(saved[i]!, state.counts(`chunks-${shelf.width}`), taken);
    }
  }

  #open(cell: number): Counts {
    const [counts, first] = this.#find(cell);
    return counts.subarray(first, first + BINS);
  }

  /** The array that has the counts of a cell, which are made if there are none, and where they begin in it. */
  #find(cell: number): [Counts, number] {
    if (this.#where[cell]! < 0) this.#where[cell] = this.#shelves[0]!.take() * 3;
    const where = this.#where[cell]!;
    const place = Math.floor(where / 3);
    return [this.#shelves[where % 3]!.chunkAt(place), firstOf(place)];
  }

  #widen(cell: number): Counts {
    const where = this.#where[cell]!;
    const [narrow, wide] = [this.#shelves[where % 3]!, this.#shelves[(where % 3) + 1]];
    if (!wide) throw new RangeError("more values than a bin can count");
    const before = Math.floor(where / 3);
    const place = wide.take();
    const counts = wide.at(place);
    counts.set(narrow.at(before));
    narrow.giveBack(before);
    this.#where[cell] = place * 3 + (where % 3) + 1;
    return counts;
  }
}

function countsOf(width: number, length: number): Counts {
  if (width === 1) return new Uint8Array(length);
  return width === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

const mostOf = (counts: Counts): number => 2 ** (8 * counts.BYTES_PER_ELEMENT) - 1;

/**
 * Counts in the bins of many cells, in as few bytes as they need: a cell has counts of one byte until one of them is full, then of two, then
 * of four. A cell has none before its first count; where all values of a cell are one number, it needs none at all.
 */
import { type ArrayKind, ArrayPool, type VisitArray } from "./array-pool.ts";
import { BINS } from "./bins.ts";

type Counts = Uint8Array | Uint16Array | Uint32Array;

/** Kinds of counts, from the narrowest on. */
const KINDS: readonly ArrayKind<Counts>[] = [Uint8Array, Uint16Array, Uint32Array];
/** Cells of which counts lie in one array: arrays are made as they are needed, and none is ever copied to grow. */
const CHUNK_CELLS = 512;

/** Bytes of the counts of so many cells at most: all as wide as can be, and a chunk of each width that is not full. */
export function mostCountBytes(cells: number): number {
  return (cells + KINDS.length * CHUNK_CELLS) * (BINS * 4 + 4) + cells * 4;
}

/** Counts of some cells, and which cells they are of. */
interface Chunk {
  counts: Counts;
  cells: Int32Array;
}

/** The counts of all cells that have the same width, without gaps: places are numbered, and those in use are the first. */
class Shelf {
  readonly chunks: Chunk[] = [];
  /** Places in use. */
  used = 0;
  readonly #kind: ArrayKind<Counts>;
  readonly #chunkCells: number;
  readonly #pool: ArrayPool;

  constructor(kind: ArrayKind<Counts>, chunkCells: number, pool: ArrayPool) {
    this.#kind = kind;
    this.#chunkCells = chunkCells;
    this.#pool = pool;
  }

  /** A place for a cell, with zeros. */
  take(cell: number): number {
    const place = this.used++;
    if (this.chunks.length * this.#chunkCells < this.used) this.#grow();
    const { cells } = this.chunkAt(place);
    cells[place % this.#chunkCells] = cell;
    return place;
  }

  /** Gives a place back; the last cell moves there. Says which cell that is, if there is one. */
  giveBack(place: number): number | undefined {
    const last = --this.used;
    const from = this.chunkAt(last);
    const counts = from.counts.subarray(this.firstOf(last), this.firstOf(last) + BINS);
    const cell = from.cells[last % this.#chunkCells]!;
    const to = this.chunkAt(place);
    to.counts.set(counts, this.firstOf(place));
    to.cells[place % this.#chunkCells] = cell;
    counts.fill(0);
    if (last % this.#chunkCells === 0) this.#shrink();
    return last === place ? undefined : cell;
  }

  chunkAt(place: number): Chunk {
    return this.chunks[Math.floor(place / this.#chunkCells)]!;
  }

  /** Where the counts of a place begin in their chunk. */
  firstOf(place: number): number {
    return (place % this.#chunkCells) * BINS;
  }

  forEachArray(visit: VisitArray): void {
    const { name } = this.#kind;
    for (const [i, chunk] of this.chunks.entries()) {
      chunk.counts = visit(`counts-${name}-${i}`, chunk.counts, this.#kind, this.#chunkCells * BINS);
      chunk.cells = visit(`cells-${name}-${i}`, chunk.cells, Int32Array, this.#chunkCells);
    }
  }

  /** So many places are in use, whose arrays are still to be put in place. */
  setUsed(used: number): void {
    this.used = used;
    for (let cells = 0; cells < used; cells += this.#chunkCells)
      this.chunks.push({ counts: new this.#kind(0), cells: new Int32Array(0) });
  }

  #grow(): void {
    const counts = this.#pool.take(this.#kind, this.#chunkCells * BINS);
    counts.fill(0);
    this.chunks.push({ counts, cells: this.#pool.take(Int32Array, this.#chunkCells) });
  }

  #shrink(): void {
    const { counts, cells } = this.chunks.pop()!;
    this.#pool.give(counts);
    this.#pool.give(cells);
  }
}

export class CellCounts {
  readonly #cells: number;
  /** Of each cell its place on a shelf times three, plus the number of the shelf; -1 without counts. */
  #where: Int32Array;
  readonly #shelves: readonly Shelf[];

  /** @param pool Where arrays are taken from and given back. */
  constructor(cells: number, pool: ArrayPool = new ArrayPool()) {
    this.#cells = cells;
    this.#where = pool.take(Int32Array, cells).fill(-1);
    this.#shelves = KINDS.map((kind) => new Shelf(kind, Math.min(CHUNK_CELLS, cells), pool));
  }

  has(cell: number): boolean {
    return this.#where[cell]! >= 0;
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
      [counts, first] = this.#widen(cell);
      most = mostOf(counts);
      counts[first + bins[i]!]! += 1;
    }
  }

  /** @throws RangeError for more than 2^32 - 1 values in a bin. */
  add(cell: number, bin: number, count: number): void {
    let [counts, first] = this.#find(cell);
    while (counts[first + bin]! + count > mostOf(counts)) [counts, first] = this.#widen(cell);
    counts[first + bin]! += count;
  }

  /** The array in which the `BINS` counts of a cell stand, and where they begin; of one that has some. They are not to be changed. */
  of(cell: number): readonly [Counts, number] {
    return this.#find(cell);
  }

  /** Shows all arrays, and takes those in place of them. */
  forEachArray(visit: VisitArray): void {
    this.#where = visit("where", this.#where, Int32Array, this.#cells);
    for (const shelf of this.#shelves) shelf.forEachArray(visit);
  }

  /** How many cells have counts of each width: with the arrays, all that there is to keep. */
  get used(): readonly number[] {
    return this.#shelves.map((shelf) => shelf.used);
  }

  /** Makes room, in place of what has no counts yet, for arrays that are to be put in place. */
  makeRoom(used: readonly number[]): void {
    for (const [i, shelf] of this.#shelves.entries()) shelf.setUsed(used[i]!);
  }

  /** The array that has the counts of a cell, which are made if there are none, and where they begin in it. */
  #find(cell: number): [Counts, number] {
    if (this.#where[cell]! < 0) this.#where[cell] = this.#shelves[0]!.take(cell) * 3;
    const where = this.#where[cell]!;
    const shelf = this.#shelves[where % 3]!;
    const place = Math.floor(where / 3);
    return [shelf.chunkAt(place).counts, shelf.firstOf(place)];
  }

  #widen(cell: number): [Counts, number] {
    const [narrow, first] = this.#find(cell);
    const before = this.#where[cell]!;
    const shelf = this.#shelves[(before % 3) + 1];
    if (!shelf) throw new RangeError("more values than a bin can count");
    const place = shelf.take(cell);
    shelf.chunkAt(place).counts.set(narrow.subarray(first, first + BINS), shelf.firstOf(place));
    const moved = this.#shelves[before % 3]!.giveBack(Math.floor(before / 3));
    if (moved !== undefined) this.#where[moved] = before;
    this.#where[cell] = place * 3 + (before % 3) + 1;
    return this.#find(cell);
  }
}

const mostOf = (counts: Counts): number => 2 ** (8 * counts.BYTES_PER_ELEMENT) - 1;

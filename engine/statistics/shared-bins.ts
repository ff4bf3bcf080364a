/**
 * The bins of a sketch as threads share them: for each contrast a word in shared memory that says whether its bins are fixed; and the knots
 * of all cells, behind those words or in pages. The thread that computes block 0 fixes them contrast by contrast, and the others follow.
 */
import { KNOTS } from "./bins.ts";
import type { PageStore } from "./page-store.ts";
import type { SummaryLayout } from "./summary-layout.ts";

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
const FIXED = 1;

type BinsLayout = Pick<SummaryLayout, "contrasts" | "contrastCells">;

export class SharedBins {
  readonly buffer: ArrayBufferLike;
  readonly #contrastKnots: number;
  readonly #isFixed: Int32Array;
  /** Unless they are in pages. */
  readonly #knots: Float64Array;
  readonly #pages: PageStore | undefined;

  /** @param buffer of {@link SharedBins.bytes}, shared if threads are to see it; zeros at first */
  constructor(layout: BinsLayout, buffer: ArrayBufferLike, pages?: PageStore) {
    const contrasts = layout.contrasts.length;
    this.buffer = buffer;
    this.#contrastKnots = layout.contrastCells * KNOTS;
    this.#isFixed = new Int32Array(buffer, 0, contrasts);
    this.#knots = new Float64Array(buffer, headBytes(contrasts));
    this.#pages = pages;
  }

  /** Bytes of the buffer. @param isPaged whether the knots are in pages */
  static bytes({ contrasts, contrastCells }: BinsLayout, isPaged: boolean): number {
    return headBytes(contrasts.length) + (isPaged ? 0 : contrasts.length * contrastCells * KNOTS * NUMBER);
  }

  /** Fixes the bins of a contrast: its knots stay as they are. @param knots `KNOTS` numbers a cell */
  fix(contrast: number, knots: Float64Array): void {
    if (this.#pages) this.#pages.write(contrast, [knots]);
    else this.#knots.set(knots, contrast * this.#contrastKnots);
    Atomics.store(this.#isFixed, contrast, FIXED);
    Atomics.notify(this.#isFixed, contrast);
  }

  /** Reads the knots of as many cells of a contrast as there is room for; zeros while they are not fixed. */
  read(contrast: number, firstCell: number, out: Float64Array): void {
    const first = firstCell * KNOTS;
    if (!this.isFixed(contrast)) out.fill(0);
    else if (this.#pages) this.#pages.read(contrast, [out], first * NUMBER);
    else {
      const at = contrast * this.#contrastKnots + first;
      out.set(this.#knots.subarray(at, at + out.length));
    }
  }

  /** The knots of a contrast where they stand; nothing if they are in pages. */
  inPlace(contrast: number): Float64Array | undefined {
    if (this.#pages) return undefined;
    return this.#knots.subarray(contrast * this.#contrastKnots, (contrast + 1) * this.#contrastKnots);
  }

  isFixed(contrast: number): boolean {
    return Atomics.load(this.#isFixed, contrast) === FIXED;
  }

  /** Whether the bins of all contrasts are fixed. */
  get areFixed(): boolean {
    return this.#isFixed.every((_, contrast) => this.isFixed(contrast));
  }

  /** Blocks the thread until the bins of a contrast are fixed, for so many milliseconds at most. Says whether they are. */
  wait(contrast: number, milliseconds: number): boolean {
    if (!this.isFixed(contrast)) Atomics.wait(this.#isFixed, contrast, 0, milliseconds);
    return this.isFixed(contrast);
  }

  /** The same for all contrasts. */
  waitForAll(milliseconds: number): boolean {
    return this.#isFixed.every((_, contrast) => this.wait(contrast, milliseconds));
  }
}

/** Bytes before the knots, which begin at a whole number. */
function headBytes(contrasts: number): number {
  return Math.ceil((contrasts * Int32Array.BYTES_PER_ELEMENT) / NUMBER) * NUMBER;
}

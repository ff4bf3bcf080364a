/**
 * The bins of a sketch in memory that threads share: for each contrast a word that says whether its bins are fixed, then the knots of
 * all cells. The thread that computes block 0 fixes them contrast by contrast, and the others follow.
 */
import { KNOTS } from "./bins.ts";

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
const FIXED = 1;

export class SharedBins {
  readonly buffer: SharedArrayBuffer;
  readonly contrasts: number;
  readonly #contrastKnots: number;
  readonly #isFixed: Int32Array;
  readonly #knots: Float64Array;

  /** @param buffer as {@link forCells} made it, for so many contrasts */
  constructor(buffer: SharedArrayBuffer, contrasts: number) {
    this.buffer = buffer;
    this.contrasts = contrasts;
    this.#isFixed = new Int32Array(buffer, 0, contrasts);
    this.#knots = new Float64Array(buffer, headBytes(contrasts));
    this.#contrastKnots = this.#knots.length / contrasts;
  }

  /** @param cells of all contrasts */
  static forCells(cells: number, contrasts: number): SharedBins {
    return new SharedBins(new SharedArrayBuffer(headBytes(contrasts) + cells * KNOTS * NUMBER), contrasts);
  }

  /** Where the knots of all cells are to be put before the bins are fixed. */
  get place(): Float64Array {
    return this.#knots;
  }

  /** Where those of one contrast are to be put, or stand. */
  placeOf(contrast: number): Float64Array {
    return this.#knots.subarray(contrast * this.#contrastKnots, (contrast + 1) * this.#contrastKnots);
  }

  /** Says that the knots of a contrast are in their place, and stay as they are. */
  fixContrast(contrast: number): void {
    Atomics.store(this.#isFixed, contrast, FIXED);
    Atomics.notify(this.#isFixed, contrast);
  }

  /** Says it of all contrasts. */
  fix(): void {
    for (let contrast = 0; contrast < this.contrasts; contrast++) this.fixContrast(contrast);
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

  /** The knots of all cells, or nothing while they are not fixed. */
  get knots(): Float64Array | undefined {
    return this.areFixed ? this.#knots : undefined;
  }
}

/** Bytes before the knots, which begin at a whole number. */
function headBytes(contrasts: number): number {
  return Math.ceil((contrasts * Int32Array.BYTES_PER_ELEMENT) / NUMBER) * NUMBER;
}

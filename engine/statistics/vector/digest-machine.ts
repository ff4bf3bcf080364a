/** An instance of the digest module: it holds the saved rows of two scenarios, and takes in their cells contrast by contrast. */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import { KNOTS } from "../bins.ts";
import type { ContrastDigest } from "../contrast-digest.ts";
import {
  BATCH_CELLS,
  type CellsForm,
  cellsExport,
  type DigestLayout,
  layOutDigest,
  MEMORY_EXPORT,
  type SavedShape,
  standInPairs,
} from "./digest-layout.ts";

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Of two scenarios, whose values are in memory at once: the reference and another one. */
export type Side = 0 | 1;

/** Reads the knots of as many cells of a contrast as there is room for, from a cell on. */
export type ReadKnots = (firstCell: number, out: Float64Array) => void;

type CellsCode = (at: number, batches: number, values: number, reference: number, draws: number) => number;

export class DigestMachine {
  readonly #shape: SavedShape;
  readonly #layout: DigestLayout;
  readonly #numbers: Float64Array;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #exports: Readonly<Record<string, unknown>>;

  /**
   * @param module of `digestCode(shape)`
   * @param places of the cells of a contrast: the row of each, and its position there
   */
  constructor(
    shape: SavedShape,
    module: WebAssembly.Module,
    places: readonly { readonly row: number; readonly cell: number }[],
  ) {
    this.#shape = shape;
    this.#layout = layOutDigest(shape);
    this.#exports = new WebAssembly.Instance(module).exports;
    const memory = this.#exports[MEMORY_EXPORT];
    if (!(memory instanceof WebAssembly.Memory)) throw new InternalError("a digest module without its memory");
    this.#numbers = new Float64Array(memory.buffer);
    this.#words = new Int32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
    const first = this.#layout.cellPlaces / WORD;
    const padded = Math.ceil(places.length / BATCH_CELLS) * BATCH_CELLS;
    for (let i = 0; i < padded; i++) {
      // The last batch is filled up with its last cell.
      const { row, cell } = places[Math.min(i, places.length - 1)]!;
      this.#words[first + i] = this.#layout.placeOfCell(row, cell);
    }
  }

  /** Takes a row of runs that stand side by side, [cell, lane], the first of them draw `from` of the block. */
  takeRow(side: Side, from: number, row: number, values: Float64Array): void {
    const at = this.#layout.values[side] + this.#layout.placeOfDraw(from) + this.#layout.placeOfCell(row, 0);
    this.#numbers.set(values, at / NUMBER);
  }

  /** A saved value. */
  value(side: Side, row: number, cell: number, draw: number): number {
    const { values, placeOfCell, placeOfDraw } = this.#layout;
    return this.#numbers[(values[side] + placeOfCell(row, cell) + placeOfDraw(draw)) / NUMBER]!;
  }

  /** The values of a cell of a contrast in some draws of the block, in their order; less those of the reference for a difference. */
  valuesOf(cell: number, side: Side, isDifference: boolean, draws: Int32Array, out: Float64Array): void {
    const { values, cellPlaces, placeOfDraw } = this.#layout;
    const place = this.#words[cellPlaces / WORD + cell]!;
    for (let i = 0; i < draws.length; i++) {
      const at = place + placeOfDraw(draws[i]!);
      const value = this.#numbers[(values[side] + at) / NUMBER]!;
      out[i] = isDifference ? value - this.#numbers[(values[0] + at) / NUMBER]! : value;
    }
  }

  /**
   * Takes in all cells of a contrast.
   *
   * @param draws those that count, at least one
   * @param readKnots of the contrast
   * @param out has room for all cells of the contrast
   * @returns whether a mean or an extreme is not finite
   */
  takeContrast(
    side: Side,
    isDifference: boolean,
    draws: Int32Array,
    readKnots: ReadKnots,
    out: ContrastDigest,
  ): boolean {
    const layout = this.#layout;
    const { contrastCells } = this.#shape;
    const isWhole = draws.length === this.#shape.draws && standInPairs(this.#shape);
    if (!isWhole)
      for (const [i, draw] of draws.entries()) this.#words[layout.drawPlaces / WORD + i] = layout.placeOfDraw(draw);
    const code = this.#code({ isDifference, isWhole });
    let isSuspect = false;
    for (let first = 0; first < contrastCells; first += layout.chunk) {
      const cells = Math.min(layout.chunk, contrastCells - first);
      const at = layout.cellPlaces + first * WORD;
      const knots = layout.knots / NUMBER;
      readKnots(first, this.#numbers.subarray(knots, knots + cells * KNOTS));
      const found = code(at, Math.ceil(cells / BATCH_CELLS), layout.values[side], layout.values[0], draws.length);
      if (found !== 0) isSuspect = true;
      this.#handOut(first, cells, out);
    }
    return isSuspect;
  }

  #code(form: CellsForm): CellsCode {
    const code = this.#exports[cellsExport(form)];
    if (typeof code !== "function") throw new InternalError("a digest module without its functions");
    return code as CellsCode;
  }

  #handOut(first: number, cells: number, out: ContrastDigest): void {
    const layout = this.#layout;
    const copy = (target: Float64Array | undefined, from: number) =>
      target?.set(this.#numbers.subarray(from / NUMBER, from / NUMBER + cells), first);
    copy(out.mean, layout.mean);
    copy(out.squares, layout.squares);
    copy(out.minimum, layout.minimum);
    copy(out.maximum, layout.maximum);
    copy(out.positive, layout.positive);
    const { bins, binStride } = layout;
    if (out.draws === binStride) {
      out.bins.set(this.#bytes.subarray(bins, bins + cells * binStride), first * binStride);
      return;
    }
    for (let cell = 0; cell < cells; cell++) {
      const from = bins + cell * binStride;
      out.bins.set(this.#bytes.subarray(from, from + out.draws), (first + cell) * out.draws);
    }
  }
}

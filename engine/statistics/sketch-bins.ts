/** The bins of a sketch as the summary has them: fixed by block 0, or by a thread that has made its digest. */
import type { BlockResult } from "../ensemble/block-result.ts";
import { KNOTS, placeKnots } from "./bins.ts";
import type { PageStore } from "./page-store.ts";
import { SharedBins } from "./shared-bins.ts";
import { drawsOfContrast, forEachCellOf, type SummaryLayout } from "./summary-layout.ts";

export class SketchBins {
  readonly #layout: SummaryLayout;
  readonly #pages: PageStore | undefined;
  /** Made when someone needs it. */
  #bins: SharedBins | undefined;
  #ofContrast: Float64Array | undefined;
  /** Those that were asked for last. */
  #found: { readonly contrast: number; readonly knots: Float64Array } | undefined;

  constructor(layout: SummaryLayout, pages: PageStore | undefined) {
    this.#layout = layout;
    this.#pages = pages;
  }

  /** The bins where other threads see them. */
  share(): SharedBins {
    if (this.#bins?.buffer instanceof SharedArrayBuffer) return this.#bins;
    const shared = this.#make(new SharedArrayBuffer(this.#bytes));
    if (this.#bins) new Uint8Array(shared.buffer).set(new Uint8Array(this.#bins.buffer));
    this.#found = undefined;
    this.#bins = shared;
    return shared;
  }

  get areFixed(): boolean {
    return this.#bins?.areFixed ?? false;
  }

  /** Fixes them by block 0. */
  fixBy(first: BlockResult): void {
    if (first.block !== 0) throw new Error(`bins are fixed by block 0, not by block ${first.block}`);
    if (this.areFixed) return;
    const layout = this.#layout;
    const knots = this.#room();
    for (const [position, contrast] of layout.contrasts.entries()) {
      forEachCellOf(layout, first, contrast, drawsOfContrast(first, contrast), (cell, values, n) => {
        // A scenario in which every run of block 0 failed has no values here: its middle part is the value 0.
        placeKnots(values.subarray(0, n).sort(), knots, cell * KNOTS);
      });
      this.#own.fix(position, knots);
    }
  }

  /** Fixes those of a contrast by their knots. */
  fix(contrast: number, knots: Float64Array): void {
    this.#own.fix(contrast, knots);
  }

  /** Takes over those of another summary. @throws Error if they are fixed already and are others */
  take(other: SketchBins): void {
    const wereFixed = this.areFixed;
    for (const contrast of this.#layout.contrasts.keys()) {
      const theirs = other.of(contrast);
      if (!wereFixed) this.fix(contrast, theirs);
      else if (this.of(contrast).some((knot, i) => knot !== theirs[i]))
        throw new Error("sketches with different bins cannot be merged: their first blocks differ");
    }
  }

  /** The knots of all cells of a contrast, until those of another one are asked for; zeros while they are not fixed. */
  of(contrast: number): Float64Array {
    if (this.#found?.contrast === contrast) return this.#found.knots;
    const bins = this.#own;
    const knots = bins.inPlace(contrast) ?? this.#room();
    if (knots === this.#ofContrast) bins.read(contrast, 0, knots);
    // What is not fixed yet may stand somewhere else then.
    if (bins.isFixed(contrast)) this.#found = { contrast, knots };
    return knots;
  }

  /** Room for those of a contrast, made when someone needs it; what was found there is lost. */
  #room(): Float64Array {
    this.#ofContrast ??= new Float64Array(this.#layout.contrastCells * KNOTS);
    this.#found = undefined;
    return this.#ofContrast;
  }

  get #own(): SharedBins {
    // A browser has shared memory only for pages that ask for it.
    this.#bins ??= this.#make(new ArrayBuffer(this.#bytes));
    return this.#bins;
  }

  get #bytes(): number {
    return SharedBins.bytes(this.#layout, this.#pages !== undefined);
  }

  #make(buffer: ArrayBufferLike): SharedBins {
    return new SharedBins(this.#layout, buffer, this.#pages);
  }
}

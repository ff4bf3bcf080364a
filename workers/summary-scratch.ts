/** The pages of a large summary, in files beside its results while these are made. */
import { join } from "node:path";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import { KNOTS } from "../engine/statistics/bins.ts";
import { contrastDigestBytes } from "../engine/statistics/contrast-digest.ts";
import { mostContrastBytes } from "../engine/statistics/contrast-state.ts";
import { BLOCKS_AT_ONCE } from "../engine/statistics/ensemble-summary.ts";
import type { SummaryPages } from "../engine/statistics/page-store.ts";
import { layOutSummary } from "../engine/statistics/summary-layout.ts";
import { SCRATCH_FILES } from "../output/results/results-folder.ts";
import { ScratchFile, type ScratchPlan } from "../output/results/scratch-file.ts";

/** Bytes from which on a summary is kept in pages; a smaller one fits beside what a run takes anyhow. */
export const LARGE_SUMMARY: number = 24 * 2 ** 20;

/** Plain data that crosses threads. */
export interface ScratchForDigests {
  readonly knots: ScratchPlan;
  readonly digests: ScratchPlan;
  /** Digests for which there is room: of those that are on their way, and those that the summary has not added yet. */
  readonly slots: number;
}

export class SummaryScratch {
  readonly pages: SummaryPages;
  readonly forDigests: ScratchForDigests;
  readonly #files: readonly ScratchFile[];

  /** @param ahead Blocks that may be computed before they are handed over. */
  constructor(folder: string, catalog: Catalog, blockDraws: number, ahead: number) {
    const { contrastCells } = layOutSummary(catalog);
    const make = (name: keyof typeof SCRATCH_FILES, bytes: number) =>
      ScratchFile.make(join(folder, SCRATCH_FILES[name]), bytes);
    const knots = make("knots", contrastCells * KNOTS * Float64Array.BYTES_PER_ELEMENT);
    const digests = make("digests", contrastDigestBytes(contrastCells, blockDraws));
    const contrasts = make("contrasts", mostContrastBytes(contrastCells));
    this.#files = [knots, digests, contrasts];
    this.pages = { knots, digests, contrasts };
    this.forDigests = { knots: knots.plan, digests: digests.plan, slots: ahead + BLOCKS_AT_ONCE };
  }

  /** Removes the files, when no thread uses them any more. */
  close(): void {
    for (const file of this.#files) file.close();
  }
}

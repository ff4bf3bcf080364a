/** The pages of a large summary, in files beside its results while these are made. */
import { join } from "node:path";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { KNOTS } from "../../engine/statistics/bins.ts";
import { contrastDigestBytes } from "../../engine/statistics/contrast-digest.ts";
import { mostContrastBytes } from "../../engine/statistics/contrast-state.ts";
import { BLOCKS_AT_ONCE } from "../../engine/statistics/ensemble-summary.ts";
import type { SummaryPages } from "../../engine/statistics/page-store.ts";
import { layOutSummary } from "../../engine/statistics/summary-layout.ts";
import { planSummary } from "../../engine/statistics/summary-method.ts";
import { SCRATCH_FILES } from "./results-folder.ts";
import { ScratchFile, type ScratchPlan } from "./scratch-file.ts";

/** Bytes from which on a summary is kept in pages; a smaller one fits beside what a run takes anyhow. */
export const LARGE_SUMMARY: number = 24 * 2 ** 20;

/** Plain data that crosses threads. */
export interface ScratchForDigests {
  readonly knots: ScratchPlan;
  readonly digests: ScratchPlan;
  /** Digests for which there is room: of those that are on their way, and those that the summary has not added yet. */
  readonly slots: number;
}

export interface ScratchOptions {
  readonly catalog: Catalog;
  /** Draws of the whole ensemble. */
  readonly draws: number;
  /** As for the summary. */
  readonly exactBudget?: number | undefined;
  /** Draws of a block; 0 if no digests are made. */
  readonly blockDraws: number;
  /** Blocks that may be computed before they are handed over. */
  readonly ahead: number;
  /** Bytes from which on a summary gets pages; default {@link LARGE_SUMMARY}. */
  readonly from?: number | undefined;
}

export class SummaryScratch {
  readonly pages: SummaryPages;
  readonly forDigests: ScratchForDigests;
  readonly #files: ScratchFile[] = [];

  /**
   * Pages for a summary that is large enough, else nothing.
   * @param folder Where the files have their names for a moment.
   * @throws ResultsError if they cannot be made.
   */
  static open(folder: string, options: ScratchOptions): SummaryScratch | undefined {
    return isLargeSummary(options) ? new SummaryScratch(folder, options) : undefined;
  }

  private constructor(folder: string, { catalog, blockDraws, ahead }: ScratchOptions) {
    const { contrastCells } = layOutSummary(catalog);
    const make = (name: keyof typeof SCRATCH_FILES, bytes: number) => {
      const file = ScratchFile.make(join(folder, SCRATCH_FILES[name]), bytes);
      this.#files.push(file);
      return file;
    };
    try {
      const knots = make("knots", contrastCells * KNOTS * Float64Array.BYTES_PER_ELEMENT);
      const digests = make("digests", contrastDigestBytes(contrastCells, blockDraws));
      this.pages = { knots, digests, contrasts: make("contrasts", mostContrastBytes(contrastCells)) };
      this.forDigests = { knots: knots.plan, digests: digests.plan, slots: ahead + BLOCKS_AT_ONCE };
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }

  /** Removes the files, when no thread uses them any more. */
  close(): void {
    for (const file of this.#files) file.close();
  }
}

/** Whether the summary of an ensemble is kept in pages. */
export function isLargeSummary({
  catalog,
  draws,
  exactBudget,
  from = LARGE_SUMMARY,
}: Pick<ScratchOptions, "catalog" | "draws" | "exactBudget" | "from">): boolean {
  const { method, bytes } = planSummary(catalog, draws, exactBudget);
  return method === "histogram" && bytes >= from;
}

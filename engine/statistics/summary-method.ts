/** Which of the two ways of summarising an ensemble takes, and the memory that it needs. */
import type { Catalog } from "../ensemble/catalog.ts";
import { KNOTS } from "./bins.ts";
import { sketchCellBytes } from "./contrast-sketch.ts";
import { layOutSummary } from "./summary-layout.ts";

/** `exact` keeps every value; `histogram` counts them in bins that the first block fixes. */
export type SummaryMethod = "exact" | "histogram";

/** Small beside the memory that a run takes anyhow, so that memory does not grow with the number of draws. */
export const DEFAULT_EXACT_BUDGET: number = 16 * 2 ** 20;

export interface SummaryPlan {
  readonly method: SummaryMethod;
  /** Bytes kept while the ensemble runs, apart from the moments of about log2(blocks) blocks. */
  readonly bytes: number;
}

/**
 * Chooses exact summaries while the levels of all scenarios, `cells · draws · 8` bytes, fit the budget.
 *
 * The choice depends on the catalog, the number of draws and the budget alone: never on the machine or the workers.
 * @param draws Draws of the whole ensemble, also when only a part of them is summarised here.
 * @param exactBudget In bytes; default that of the catalog, else {@link DEFAULT_EXACT_BUDGET}.
 */
export function planSummary(
  catalog: Catalog,
  draws: number,
  exactBudget: number = catalog.exactMemory ?? DEFAULT_EXACT_BUDGET,
): SummaryPlan {
  const layout = layOutSummary(catalog);
  const exactBytes = layout.contrastCells * layout.scenarios * draws * 8;
  return exactBytes <= exactBudget
    ? { method: "exact", bytes: exactBytes }
    : { method: "histogram", bytes: layout.cells * (sketchCellBytes(draws) + KNOTS * 8) };
}

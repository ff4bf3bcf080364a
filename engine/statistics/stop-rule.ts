/**
 * When an ensemble has enough draws: as soon as a quantile's Monte Carlo error is below a limit in every scenario.
 *
 * The rule is looked at after each block, in order, on the blocks so far: so it stops at the same block for any number of
 * workers. It needs independent draws, for which the errors of quantiles are made, and at least {@link LEAST_DRAWS} of them. Since it
 * looks often, the errors of an ensemble that it stopped are a little too small; the smaller the limit, the less so.
 */
import type { Catalog } from "../ensemble/catalog.ts";
import type { EnsembleSummary } from "./ensemble-summary.ts";
import { quantileStandardError } from "./quantile.ts";
import { layOutSummary } from "./summary-layout.ts";

/** Draws that a scenario must have before a rule counts. */
export const LEAST_DRAWS = 100;

export interface StopRule {
  readonly indicator: string;
  /** Key of the element, `""` for a scalar. */
  readonly key: string;
  readonly time: number;
  /** Probability of the quantile. */
  readonly p: number;
  /** In the indicator's unit. */
  readonly limit: number;
}

const FORM = /^\s*([^\s@[]+)(?:\[([^\]]+)\])?\s*@\s*(\S+)\s+p(\d+(?:\.\d+)?)\s+se\s*<\s*(\S+)\s*$/u;

/** Reads `urbanization_rate[kunming]@2035 p50 se < 0.1`; null for a text of another form. */
export function parseStopRule(text: string): StopRule | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const [, indicator = "", key = "", time, percent, limit] = found;
  const rule = { indicator, key: key.replace(/\s*,\s*/g, "|"), time: Number(time), p: Number(percent) / 100 };
  if (!Number.isFinite(rule.time) || rule.p <= 0 || rule.p >= 1 || !(Number(limit) > 0)) return null;
  return { ...rule, limit: Number(limit) };
}

/**
 * The rule over a catalog: a function that tells, after each block, whether a summary has enough draws.
 * @returns The names that there are, as text, if the rule names an indicator, element or time that the catalog does not have.
 */
export function applyStopRule(rule: StopRule, catalog: Catalog): ((summary: EnsembleSummary) => boolean) | string {
  const layout = layOutSummary(catalog);
  const indicator = catalog.indicators.findIndex(({ name }) => name === rule.indicator);
  if (indicator < 0) return `indicators: ${catalog.indicators.map(({ name }) => name).join(", ")}`;
  const { keys } = catalog.indicators[indicator]!;
  const key = keys.indexOf(rule.key);
  if (key < 0) return `elements of ${rule.indicator}: ${keys.join(", ")}`;
  const time = catalog.saveTimes.indexOf(rule.time);
  if (time < 0) return `times: ${catalog.saveTimes[0]} to ${catalog.saveTimes.at(-1)}`;
  const { offset } = layout.indicators.find((cells) => cells.indicator === indicator)!;
  const cells = catalog.scenarios.map(
    (_, scenario) => scenario * layout.contrastCells + offset + key * layout.times + time,
  );
  return (summary) =>
    cells.every((cell) => {
      const sample = summary.sampleOf(cell);
      return sample.n >= LEAST_DRAWS && quantileStandardError(sample, rule.p) < rule.limit;
    });
}

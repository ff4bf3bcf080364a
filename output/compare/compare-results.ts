/**
 * What moved between two sides: two scenarios of a batch, or two batches, cell by cell and against Monte Carlo error.
 *
 * Two scenarios of a batch share their draws, so their difference is the paired one of the summary. Two batches are compared
 * by their summaries as independent samples: the error of a difference of medians is the root of the sum of squares.
 */
import type { CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import type { Results } from "../results/open-results.ts";
import { type PairedCell, pairedDifferences } from "./paired-runs.ts";

/** One cell at one time. Numbers are in the indicator's unit; null where a side has no value. */
export interface CellDifference {
  readonly scenario: string;
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
  readonly a: number | null;
  readonly b: number | null;
  /** b − a: of two scenarios the median of the paired difference, of two batches the difference of the medians. */
  readonly difference: number | null;
  /**
   * The difference as a share of the largest of the two sides' sizes and its own: from −1 to 1. (Of numbers near zero the paired
   * difference may be larger than both medians.)
   */
  readonly relative: number | null;
  /** Monte Carlo standard error of the difference. */
  readonly error: number | null;
  /** Share of pairs in which a is larger than b; null where draws are no pairs, as those of two batches. */
  readonly aAboveB: number | null;
  /** Why a side cannot be compared. */
  readonly problem?: "no value" | "only in A" | "only in B";
}

export interface Comparison {
  readonly kind: "scenarios" | "batches";
  /** Where the differences are taken draw by draw; `none`: differences of medians, so that there is no P(A > B). */
  readonly pairing: "summary" | "runs" | "none";
  readonly cells: readonly CellDifference[];
}

/**
 * Two scenarios of one batch, at the given save times; a is the first. Differences are paired: from the summary where one side is
 * the reference, else from the runs; where runs were not kept, from the levels.
 */
export async function compareScenarios(
  results: Results,
  a: string,
  b: string,
  times: readonly number[],
): Promise<Comparison> {
  const { indicators, reference } = results.catalog;
  const places = indicators.flatMap(({ name: indicator, keys }) =>
    keys.flatMap((key) => times.map((time) => ({ indicator, key, time }))),
  );
  const hasReference = a === reference || b === reference;
  const paired = hasReference
    ? places.map((place) => summaryDifference(results, a, b, place))
    : (await pairedDifferences(results, a, b, places)).map((found) => found && { ...found, difference: found.median });
  const cells = places.map((place, i): CellDifference => {
    const [first, second] = [a, b].map((scenario) => results.series({ ...place, scenario }));
    const at = first!.times.indexOf(place.time);
    const [from, to] = [finite(first!.q50[at]), finite(second!.q50[at])];
    const where = { scenario: b, ...place, a: from, b: to };
    const found = paired[i];
    const difference = found === undefined ? minus(to, from) : finite(found.difference);
    if (difference === null || from === null || to === null) return { ...where, ...NOTHING, problem: "no value" };
    return {
      ...where,
      difference,
      relative: relativeTo(difference, from, to),
      error:
        found === undefined
          ? rootOfSquares(first!.quantileSe.q50[at], second!.quantileSe.q50[at])
          : finite(found.error),
      aAboveB: found === undefined ? null : finite(found.aAboveB),
    };
  });
  const pairing = hasReference ? "summary" : paired.some((one) => one !== undefined) ? "runs" : "none";
  return { kind: "scenarios", pairing, cells };
}

/** The difference b − a that the summary holds, because one of them is the reference. */
function summaryDifference({ series: seriesOf, catalog }: Results, a: string, b: string, place: PairedCell) {
  const { reference } = catalog;
  const sign = a === reference ? 1 : -1;
  const series = seriesOf({ ...place, scenario: a === reference ? b : a, reference });
  const at = series.times.indexOf(place.time);
  const difference = sign * series.q50[at]!;
  const positive = series.pPositive[at]!;
  return { difference, error: series.quantileSe.q50[at]!, aAboveB: shareAbove(positive, sign, difference) };
}

/** P(a > b) from P(difference > 0); equal sides (a difference of exactly zero in the middle) count for neither. */
function shareAbove(positive: number, sign: number, difference: number): number {
  if (sign < 0) return positive;
  return difference === 0 && positive === 0 ? 0 : 1 - positive;
}

/** Two batches: every scenario and cell that either has. What only one side has is a problem. */
export function compareBatches(a: Results, b: Results, times: readonly number[]): Comparison {
  const scenarios = union(
    a.catalog.scenarios.map(({ name }) => name),
    b.catalog.scenarios.map(({ name }) => name),
  );
  const cells = scenarios.flatMap((scenario) =>
    union(cellsOf(a.catalog.indicators), cellsOf(b.catalog.indicators)).flatMap((cell) => {
      const [indicator, key] = JSON.parse(cell) as [string, string];
      const query = { scenario, indicator, key };
      const [inA, inB] = [a.hasSeries(query), b.hasSeries(query)];
      return times.map((time): CellDifference => {
        const where = { ...query, time };
        if (!inA || !inB) return { ...where, a: null, b: null, ...NOTHING, problem: inA ? "only in A" : "only in B" };
        const [first, second] = [a.series(query), b.series(query)];
        const [i, j] = [first.times.indexOf(time), second.times.indexOf(time)];
        const [from, to] = [finite(first.q50[i]), finite(second.q50[j])];
        const difference = minus(to, from);
        if (difference === null || from === null || to === null) {
          return { ...where, a: from, b: to, ...NOTHING, problem: "no value" };
        }
        const error = rootOfSquares(first.quantileSe.q50[i], second.quantileSe.q50[j]);
        const relative = relativeTo(difference, from, to);
        return { ...where, a: from, b: to, difference, relative, error, aAboveB: null };
      });
    }),
  );
  return { kind: "batches", pairing: "none", cells };
}

const NOTHING = { difference: null, relative: null, error: null, aAboveB: null } as const;

function cellsOf(indicators: readonly CatalogIndicator[]): string[] {
  return indicators.flatMap(({ name, keys }) => keys.map((key) => JSON.stringify([name, key])));
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function rootOfSquares(a: number | undefined, b: number | undefined): number | null {
  const [x, y] = [finite(a), finite(b)];
  return x === null || y === null ? null : Math.sqrt(x * x + y * y);
}

function relativeTo(difference: number, a: number, b: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(difference));
  return size === 0 ? 0 : difference / size;
}

/** Cells that fail a tolerance: a relative difference beyond it, and every cell that cannot be compared. */
export function failures(comparison: Comparison, tolerance: number): readonly CellDifference[] {
  return comparison.cells.filter(
    ({ problem, relative }) => problem !== undefined || relative === null || Math.abs(relative) > tolerance,
  );
}

/**
 * Cells that differ by more than twice the Monte Carlo error: indicators without dimensions first, since they sum up what elements do,
 * and of each kind the largest relative difference first.
 */
export function moved(comparison: Comparison): readonly CellDifference[] {
  return comparison.cells
    .filter(
      ({ difference, error }) => difference !== null && difference !== 0 && Math.abs(difference) > 2 * (error ?? 0),
    )
    .sort(
      (one, other) =>
        Number(one.key !== "") - Number(other.key !== "") ||
        Math.abs(other.relative ?? 0) - Math.abs(one.relative ?? 0),
    );
}

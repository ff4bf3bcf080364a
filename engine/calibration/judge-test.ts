/** Holds the run of a validation test to what is expected of it. */
import type { Simulation } from "../ensemble/simulate.ts";
import { isUpToYear, type ValidationTest } from "./validation-tests.ts";

/** The element and time that come closest to breaking the expectation, or break it most. */
export interface TestOutcome {
  readonly passes: boolean;
  readonly key: string;
  readonly time: number;
  readonly value: number;
  /** What the value is held against; null for `zero` and `not_negative`. */
  readonly bound: number | null;
}

/**
 * @param run Of the test's scenario and settings.
 * @param other Of the scenario that is compared with; the run itself if the test compares with none.
 * @throws Error if a run does not hold the variable.
 */
export function judgeTest(test: ValidationTest, run: Simulation, other: Simulation): TestOutcome {
  const until = run.times.indexOf(test.year);
  const rows = isUpToYear(test.expect) ? run.times.slice(0, until + 1).map((_, row) => row) : [until];
  const columns = run.columns.filter((c) => c.variable === test.variable && (test.key === "" || c.key === test.key));
  let worst: (TestOutcome & { readonly margin: number }) | null = null;
  for (const { key, values } of columns) {
    for (const row of rows) {
      const value = values[row]!;
      const bound = boundOf(test, row, key, run, other);
      const margin = marginOf(test, value, bound);
      // A number that is missing breaks every expectation.
      const known = Number.isNaN(margin) ? Number.NEGATIVE_INFINITY : margin;
      if (worst !== null && known >= worst.margin) continue;
      const passes = test.against === null ? known >= 0 : known > 0;
      worst = { passes, key, time: run.times[row]!, value, bound, margin: known };
    }
  }
  if (worst === null) throw new Error(`the run does not hold ${test.variable}`);
  const { margin: _, ...outcome } = worst;
  return outcome;
}

function boundOf(test: ValidationTest, row: number, key: string, run: Simulation, other: Simulation): number | null {
  const { against, expect, limit, variable } = test;
  if (expect === "zero" || expect === "not_negative") return null;
  if (against === null) return limit;
  const from = "year" in against ? run : other;
  const at = "year" in against ? run.times.indexOf(against.year) : row;
  const column = from.columns.find((c) => c.variable === variable && c.key === key);
  if (!column) throw new Error(`the run does not hold ${variable}`);
  return limit * column.values[at]!;
}

/** How far a value is on the right side of its bound, in the variable's unit; below 0 on the wrong side. */
function marginOf({ expect }: ValidationTest, value: number, bound: number | null): number {
  switch (expect) {
    case "zero":
      return value === 0 ? 0 : -Math.abs(value);
    case "not_negative":
      return value;
    case "rises":
    case "at_least":
    case "stays_at_least":
      return value - bound!;
    case "falls":
    case "at_most":
    case "stays_at_most":
      return bound! - value;
    case "bounded":
      return bound! - Math.abs(value);
  }
}

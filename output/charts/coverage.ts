/** How the bands stand to what was measured since the start: of so many values, how many lie in them. */
import type { ObservedSeries } from "../../engine/ensemble/catalog.ts";
import { finiteAt, type Language, type SummarySeries } from "./chart-input.ts";
import * as wording from "./wording.ts";

/** A cell with what was measured of it, if anything was. */
export interface MeasuredCell {
  readonly series: SummarySeries;
  readonly observed: Pick<ObservedSeries, "time" | "value"> | undefined;
}

export interface Coverage {
  /** Values measured after the start, at times at which runs have values. */
  readonly measured: number;
  /** How many of them lie within the bands that hold 80 and 95 % of the runs. */
  readonly in80: number;
  readonly in95: number;
}

/** @param start Time from which the runs go: what was measured by then is no test of them. */
export function coverageOf(cells: readonly MeasuredCell[], start: number): Coverage {
  let [measured, in80, in95] = [0, 0, 0];
  for (const { series, observed } of cells) {
    const times = Array.from(series.times);
    for (const [index, time] of (observed?.time ?? []).entries()) {
      const [at, value] = [times.indexOf(time), observed!.value[index]];
      if (time <= start || value === undefined || !Number.isFinite(value)) continue;
      if (at < 0 || finiteAt(series.q50, at) === undefined) continue;
      measured++;
      if (value >= series.q10[at]! && value <= series.q90[at]!) in80++;
      if (value >= series.q2_5[at]! && value <= series.q97_5[at]!) in95++;
    }
  }
  return { measured, in80, in95 };
}

/** The same in a sentence; nothing where nothing was measured since the start. */
export function coverageLines(cells: readonly MeasuredCell[], start: number, language: Language): string[] {
  const { measured, in80, in95 } = coverageOf(cells, start);
  return measured === 0 ? [] : [wording.coverageText[language](measured, in80, in95)];
}

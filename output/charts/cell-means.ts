/** Means over the runs at one time: charts of amounts show them, because means of parts add up to the mean of the whole. */
import { type ChartInput, finiteAt, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { timeText } from "./time-axis.ts";

export interface CellMeans {
  /** @throws ChartError where no run has a value. */
  readonly meanAt: (indicator: string, key: string, time: number) => number;
  /** The series that have been read so far. */
  readonly read: readonly SummarySeries[];
}

/** Reads means under the scenario of a chart. */
export function cellMeans(chart: { readonly name: string; readonly scenario: string }, input: ChartInput): CellMeans {
  const read = new Map<string, SummarySeries>();
  const seriesOf = (indicator: string, key: string) => {
    const id = `${indicator} ${key}`;
    const series = read.get(id) ?? input.series({ scenario: chart.scenario, indicator, key });
    read.set(id, series);
    return series;
  };
  return {
    meanAt: (indicator, key, time) => {
      const series = seriesOf(indicator, key);
      const mean = finiteAt(series.mean, Array.from(series.times).indexOf(time));
      if (mean === undefined) {
        throw new ChartError({
          code: "no-value",
          chart: chart.name,
          of: indicator,
          where: `${key}, ${timeText(time)}`,
        });
      }
      return mean;
    },
    get read() {
      return [...read.values()];
    },
  };
}

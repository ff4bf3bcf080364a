/** Shares of runs that meet each target, with their errors. */
import type { Catalog } from "../ensemble/catalog.ts";
import { NORMAL_975 } from "./quantile.ts";
import type { SummaryLayout } from "./summary-layout.ts";
import type { TargetRows } from "./summary-rows.ts";
import type { TargetCounts } from "./target-counts.ts";

export function targetRows(catalog: Catalog, layout: SummaryLayout, counts: TargetCounts): TargetRows {
  const length = counts.met.length;
  const rows: TargetRows = {
    length,
    scenario: new Int32Array(length),
    target: new Int32Array(length),
    time: new Float64Array(length),
    n: new Int32Array(length),
    share: new Float64Array(length),
    shareSe: new Float64Array(length),
    shareLow: new Float64Array(length),
    shareHigh: new Float64Array(length),
    first: Int32Array.from(counts.first),
  };
  for (let scenario = 0; scenario < layout.scenarios; scenario++) {
    const n = counts.runs[scenario]!;
    for (let target = 0; target < catalog.targets.length; target++) {
      for (const [position, time] of catalog.saveTimes.entries()) {
        const row = counts.position(scenario, target, position);
        const share = n === 0 ? Number.NaN : counts.met[row]! / n;
        const interval = wilsonInterval(share, n);
        rows.scenario[row] = scenario;
        rows.target[row] = target;
        rows.time[row] = time;
        rows.n[row] = n;
        rows.share[row] = share;
        rows.shareSe[row] = Math.sqrt((share * (1 - share)) / n);
        rows.shareLow[row] = interval.low;
        rows.shareHigh[row] = interval.high;
      }
    }
  }
  return rows;
}

/** The 95 % score interval of a share of n runs, within [0, 1]; NaN if n is 0. */
export function wilsonInterval(share: number, n: number): { low: number; high: number } {
  const z2 = NORMAL_975 * NORMAL_975;
  const centre = share + z2 / (2 * n);
  const half = NORMAL_975 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // At a share of 0 or 1 one end is that share exactly; rounding would leave it just beside.
  return {
    low: share === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: share === 1 ? 1 : Math.min(1, (centre + half) / scale),
  };
}

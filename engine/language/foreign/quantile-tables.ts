/**
 * Quantile functions as tables over (0, 1): of whole numbers exactly, as steps; of continuous distributions straight lines between exact
 * quantiles that lie closer together towards the ends.
 */
import type { ForeignTable } from "./foreign-model.ts";

export type ForeignPoint = ForeignTable["points"][number];

/** Most points of a table. */
const MAX_POINTS = 100_000;
/** Below this share of the most likely value the others do not count. */
const NEGLIGIBLE = 1e-17;

/** Probabilities by the ratio of neighbours: of k + 1 to k. */
interface Counts {
  readonly mode: number;
  readonly lowest: number;
  readonly highest: number;
  readonly ratio: (k: number) => number;
}

/** Where each whole number begins: its probability and those below it, added up from the lowest. Null for too many. */
function countTable({ mode, lowest, highest, ratio }: Counts): ForeignPoint[] | null {
  const above: number[] = [];
  for (let k = mode, weight = 1; k < highest && weight > NEGLIGIBLE; k++) {
    weight *= ratio(k);
    if (above.push(weight) > MAX_POINTS) return null;
  }
  const below: number[] = [];
  for (let k = mode - 1, weight = 1; k >= lowest && weight > NEGLIGIBLE; k--) {
    weight /= ratio(k);
    if (below.push(weight) > MAX_POINTS) return null;
  }
  const weights = [...below.reverse(), 1, ...above];
  const total = weights.reduce((sum, w) => sum + w, 0);
  const first = mode - below.length;
  const points: ForeignPoint[] = [];
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    const x = sum / total;
    if (points.length === 0 || x > points.at(-1)!.x) points.push({ x, y: first + i });
    sum += weight;
  }
  return points;
}

/** How often something happens that happens `mean` times on average. */
export function poissonTable(mean: number): ForeignPoint[] | null {
  if (!(mean >= 0 && Number.isFinite(mean))) return null;
  const counts: Counts = {
    mode: Math.floor(mean),
    lowest: 0,
    highest: Number.MAX_SAFE_INTEGER,
    ratio: (k) => mean / (k + 1),
  };
  return mean === 0 ? [{ x: 0, y: 0 }] : countTable(counts);
}

/** How many of `trials` succeed, each with probability p. */
export function binomialTable(p: number, trials: number): ForeignPoint[] | null {
  const n = Math.round(trials);
  if (!(p >= 0 && p <= 1 && n >= 0 && Number.isSafeInteger(n))) return null;
  if (p === 0 || p === 1) return [{ x: 0, y: p * n }];
  const mode = Math.min(Math.floor((n + 1) * p), n);
  return countTable({ mode, lowest: 0, highest: n, ratio: (k) => ((n - k) / (k + 1)) * (p / (1 - p)) });
}

/** How many trials it takes until `successes` have succeeded, each with probability p. */
export function negativeBinomialTable(p: number, successes: number): ForeignPoint[] | null {
  const n = Math.round(successes);
  if (!(p > 0 && p <= 1 && n >= 1 && Number.isSafeInteger(n))) return null;
  if (p === 1) return [{ x: 0, y: n }];
  const mode = Math.floor(((n - 1) * (1 - p)) / p);
  const failures = countTable({
    mode,
    lowest: 0,
    highest: Number.MAX_SAFE_INTEGER,
    ratio: (k) => ((n + k) / (k + 1)) * (1 - p),
  });
  return failures?.map(({ x, y }) => ({ x, y: y + n })) ?? null;
}

/** Where a continuous quantile function is read: a thousandth apart, and closer and closer towards the ends. */
const PLACES: readonly number[] = (() => {
  const end: number[] = [];
  for (let u = 0.001; u > 1e-9; u *= 0.9) end.unshift(u);
  const middle = Array.from({ length: 997 }, (_, i) => (i + 2) / 1000);
  return [...end, ...middle, ...end.toReversed().map((u) => 1 - u)];
})();

export function quantileTable(quantile: (u: number) => number): ForeignPoint[] {
  return PLACES.map((x) => ({ x, y: quantile(x) }));
}

/** The quantiles of a density given by points with straight lines between them; null where it has no area. */
export function densityTable(points: readonly ForeignPoint[]): ForeignPoint[] | null {
  const areas = [0];
  for (const [i, { x, y }] of points.entries()) {
    if (!(y >= 0)) return null;
    const before = points[i - 1];
    if (before) areas.push(areas.at(-1)! + ((x - before.x) * (y + before.y)) / 2);
  }
  const total = areas.at(-1)!;
  if (!(total > 0 && Number.isFinite(total))) return null;
  return quantileTable((u) => {
    const wanted = u * total;
    const i = Math.max(
      areas.findIndex((a) => a >= wanted),
      1,
    );
    const [from, to] = [points[i - 1]!, points[i]!];
    return from.x + along(wanted - areas[i - 1]!, from.y, (to.y - from.y) / (to.x - from.x));
  });
}

/** How far along a line of height `y` and slope `rise` its area is `area`: the root of y·d + rise·d²/2, in the form that does not cancel. */
function along(area: number, y: number, rise: number): number {
  const root = Math.sqrt(Math.max(y * y + 2 * rise * area, 0));
  return y + root === 0 ? 0 : (2 * area) / (y + root);
}

/** Which outputs `terrace sensitivity` looks at, and how their figures are printed. */
import { allKnown, savedTimes } from "../../engine/diagnostics/known-name.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { ownIndicator } from "../../engine/ensemble/foreign-columns.ts";
import type { OutputCell } from "../../output/results/cell-sensitivity.ts";

/** Names of indicators (default: those without dimensions) and times (default: the last, or `all`). */
export interface CellChoice {
  readonly indicators: readonly string[] | undefined;
  readonly times: readonly string[] | undefined;
}

/** The outputs that are asked for, by indicator, element and save time. */
export function chosenCells(catalog: Catalog, { indicators, times }: CellChoice): OutputCell[] {
  const names = catalog.indicators.map((i) => i.name);
  const scalars = catalog.indicators.filter((i) => i.shape.length === 0).map((i) => i.name);
  const own = indicators?.map((name) => ownIndicator(catalog, name));
  const chosen = (own && allKnown(own, names, "indicator")) ?? (scalars.length > 0 ? scalars : names);
  const saved = catalog.saveTimes;
  const isAll = times?.length === 1 && times[0] === "all";
  const wanted = isAll ? saved : times ? savedTimes(times, saved) : [saved.at(-1)!];
  return chosen.flatMap((indicator) =>
    catalog.indicators
      .find((i) => i.name === indicator)!
      .keys.flatMap((key) => wanted.map((time) => ({ indicator, key, time }))),
  );
}

/** Two decimals, without the sign of a zero. */
export function two(value: number): string {
  return (Math.round(100 * value) / 100 + 0).toFixed(2);
}

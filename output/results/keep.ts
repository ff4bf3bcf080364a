/** What of the runs is written to disk: everything, nothing but summaries, some draws, or some indicators. */
import type { Catalog } from "../../engine/ensemble/catalog.ts";

export type Keep =
  | { readonly kind: "all" }
  /** Neither runs nor drawn values: summaries, targets and failures only. */
  | { readonly kind: "summary" }
  /** Runs and drawn values of the draws whose number `every` divides. */
  | { readonly kind: "every"; readonly every: number }
  /** Runs of these indicators, of all draws; all drawn values. */
  | { readonly kind: "indicators"; readonly names: readonly string[] };

export const KEEP_ALL: Keep = { kind: "all" };

/** Reads `all`, `summary`, `every:10` or names with commas. Returns null for a text that is none of these. */
export function parseKeep(text: string): Keep | null {
  if (text === "all" || text === "summary") return { kind: text };
  const every = /^every:(\d+)$/.exec(text);
  if (every !== null) return Number(every[1]) >= 1 ? { kind: "every", every: Number(every[1]) } : null;
  const names = text.split(",").map((name) => name.trim());
  return names.includes("") || text.includes(":") ? null : { kind: "indicators", names };
}

/** The text that {@link parseKeep} reads, with indicators in the order of the catalog. */
export function describeKeep(keep: Keep, catalog: Catalog): string {
  if (keep.kind === "every") return `every:${keep.every}`;
  if (keep.kind !== "indicators") return keep.kind;
  return catalog.indicators
    .map((indicator) => indicator.name)
    .filter((name) => keep.names.includes(name))
    .join(",");
}

/** Draws of a range that are kept, counted from its first; null for all of them. */
export function keptDraws(keep: Keep, firstDraw: number, draws: number): Int32Array | null {
  if (keep.kind !== "every" || keep.every === 1) return null;
  const first = (keep.every - (firstDraw % keep.every)) % keep.every;
  return Int32Array.from(
    { length: Math.max(0, Math.ceil((draws - first) / keep.every)) },
    (_, i) => first + i * keep.every,
  );
}

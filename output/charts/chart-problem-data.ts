/** Why a chart cannot be drawn, as data; the wording in both languages is in `wording/problems.ts`. */
import type { BandPreset } from "../../engine/ensemble/band-presets.ts";

/** What the indicator of a chart must be subscripted by. */
export type NeededShape =
  | "none"
  | "one"
  | "at-most-one"
  | "two"
  /** Two: sides (two of them) and ages. */
  | "sides-ages"
  /** Two: places and parts of the index. */
  | "places-parts"
  /** Two: warnings and places. */
  | "warnings-places";

/** The facts of each kind of problem, by code. */
export interface ChartProblemData {
  // The results do not have what is asked for
  "unknown-indicator": { readonly indicator: string };
  "unknown-scenario": { readonly scenario: string };
  "no-quantile": { readonly percent: number; readonly preset: BandPreset };
  "no-seed": { readonly folder: string };
  "no-sensitivity": { readonly chart: string };
  "other-run": { readonly file: string; readonly folder: string };
  "no-specs": { readonly folder: string };
  // The request does not fit the model
  shape: { readonly chart: string; readonly indicator: string; readonly needs: NeededShape };
  "file-name": { readonly name: string };
  "against-itself": { readonly chart: string; readonly scenario: string };
  "few-parts": { readonly chart: string };
  "two-years": { readonly chart: string };
  "no-request": { readonly chart: string };
  "four-counts": { readonly chart: string };
  "no-targets": { readonly chart: string };
  "no-layout": { readonly chart: string; readonly dimension: string };
  "no-share": { readonly chart: string; readonly indicator: string };
  "other-unit": {
    readonly chart: string;
    readonly indicator: string;
    readonly first: string;
    readonly with: "unit" | "unit-reading";
  };
  "other-dimension": { readonly chart: string; readonly indicator: string; readonly dimension: string | undefined };
  "no-parts": { readonly chart: string; readonly indicator: string };
  "many-parts": { readonly chart: string; readonly parts: number; readonly most: number };
  "no-rows": { readonly chart: string };
  "many-columns": { readonly chart: string; readonly columns: number };
  // The numbers do not allow it
  "no-value": { readonly chart: string; readonly of: string; readonly where: string };
  "no-pair": { readonly chart: string; readonly under: string };
  "no-target-value": { readonly chart: string };
  "no-change": { readonly chart: string };
  "few-places": { readonly chart: string };
  "no-event": { readonly chart: string };
  "does-not-vary": { readonly chart: string; readonly indicator: string };
  "not-positive": { readonly chart: string; readonly indicator: string };
  "light-level": {
    readonly chart: string;
    readonly cell: string;
    readonly low: number;
    readonly high: number;
    readonly most: number;
  };
  // Boundaries of the user
  "boundaries-json": { readonly cause: string };
  "boundaries-collection": Record<never, never>;
  "boundaries-feature": { readonly number: number };
  "boundaries-place": { readonly place: string; readonly dimension: string };
}

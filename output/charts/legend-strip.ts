/**
 * A legend as one line of symbols and words under the heading.
 *
 * Vega-Lite builds a legend for each scale; a fan needs one legend over bands, a line and points, in the order in which
 * a reader meets them. The strip is an ordinary view, so a spec that someone restyles keeps it.
 */
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import { FONT_SIZE } from "./style.ts";
import { textWidth } from "./text-width.ts";

export interface LegendEntry {
  readonly label: string;
  readonly symbol: "square" | "stroke" | "circle" | "diamond" | "frame";
  readonly colour: string;
}

/** Areas in square pixels, as Vega measures symbols. */
const SYMBOL_SIZES = { square: 110, stroke: 260, circle: 24, diamond: 60, frame: 110 } as const;
const SYMBOL_WIDTH = 18;
const GAP = 16;
const ROW_HEIGHT = 17;

interface PlacedEntry {
  readonly x: number;
  readonly labelX: number;
  readonly y: number;
  readonly label: string;
  readonly size: number;
  readonly shape: string;
  readonly fill: string;
  readonly stroke: string;
}

/** Puts entries side by side, and on a new row where the width ends. */
function placeEntries(entries: readonly LegendEntry[], width: number): PlacedEntry[] {
  let x = 0;
  let row = 0;
  return entries.map((entry) => {
    const room = SYMBOL_WIDTH + textWidth(entry.label, FONT_SIZE.label) + GAP;
    if (x > 0 && x + room - GAP > width) {
      x = 0;
      row += 1;
    }
    const placed = {
      x: Math.round(x + SYMBOL_WIDTH / 2 - 2),
      labelX: Math.round(x + SYMBOL_WIDTH),
      y: row * ROW_HEIGHT + ROW_HEIGHT / 2,
      label: entry.label,
      size: SYMBOL_SIZES[entry.symbol],
      shape: entry.symbol === "frame" ? "square" : entry.symbol,
      fill: entry.symbol === "frame" || entry.symbol === "stroke" ? "transparent" : entry.colour,
      stroke: entry.colour,
    };
    x += room;
    return placed;
  });
}

/** The view that draws the entries, broken into rows of at most `width` pixels. */
export function legendStrip(entries: readonly LegendEntry[], width: number): NonNormalizedSpec {
  const placed = placeEntries(entries, width);
  const rows = Math.max(...placed.map((entry) => entry.y)) / ROW_HEIGHT + 0.5;
  const y = { field: "y", type: "quantitative", scale: null, axis: null } as const;
  const used = placed.map(({ labelX, label }) => labelX + textWidth(label, FONT_SIZE.label));
  return {
    width: Math.ceil(Math.max(...used)),
    height: rows * ROW_HEIGHT,
    data: { values: placed as unknown as object[] },
    layer: [
      {
        mark: { type: "point", strokeWidth: 2, opacity: 1 },
        encoding: {
          x: { field: "x", type: "quantitative", scale: null, axis: null },
          y,
          size: { field: "size", type: "quantitative", scale: null },
          shape: { field: "shape", type: "nominal", scale: null },
          fill: { field: "fill", type: "nominal", scale: null },
          stroke: { field: "stroke", type: "nominal", scale: null },
        },
      },
      {
        mark: { type: "text", align: "left", baseline: "middle" },
        encoding: {
          x: { field: "labelX", type: "quantitative", scale: null, axis: null },
          y,
          text: { field: "label", type: "nominal" },
        },
      },
    ],
  };
}

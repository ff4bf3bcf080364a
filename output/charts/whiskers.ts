/** Layers that horizontal bars share: the rule of a band over each bar, and the line of zero. */
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import { COLOURS } from "./style.ts";

/** A rule from `low` to `high` of each row that has them. */
export const WHISKERS: UnitSpec<string> = {
  transform: [{ filter: "isValid(datum.low)" }],
  mark: { type: "rule", color: COLOURS.ink },
  encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
};

/** The line from which bars start, over the whole height. */
export function zeroLine(height: number, color: string = COLOURS.rule): UnitSpec<string> {
  return {
    data: { values: [{ zero: 0 }] },
    mark: { type: "rule", color },
    encoding: { x: { field: "zero", type: "quantitative" }, y: { value: 0 }, y2: { value: height } },
  };
}

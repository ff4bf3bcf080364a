/**
 * Text for a mark under the pointer: Vega shows it as a tooltip, the SVG carries it as the label of the mark, and the report
 * shows that label.
 */
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";

/** Channels of marks whose rows have a field `tip`. The mark needs `aria: true`, because others have no label. */
export const TIP = {
  tooltip: { field: "tip", type: "nominal" },
  description: { field: "tip", type: "nominal" },
} as const;

/** A text for each time of a chart over time. */
export interface TimeTip {
  readonly time: number;
  readonly tip: string;
}

/** A strip of time, half-way to its neighbours on both sides. */
export interface Strip {
  readonly from: number;
  readonly to: number;
  readonly tip: string;
}

export function stripRows(tips: readonly TimeTip[]): Strip[] {
  const middle = (a: number, b: number | undefined) => (b === undefined ? a : (a + b) / 2);
  return tips.map(({ time, tip }, index) => ({
    from: middle(time, tips[index - 1]?.time),
    to: middle(time, tips[index + 1]?.time),
    tip,
  }));
}

/** Unseen strips over the whole height; rows are {@link Strip}s. */
export function stripLayer(height: number) {
  return {
    mark: { type: "rect", opacity: 0, aria: true },
    encoding: {
      x: { field: "from", type: "quantitative" },
      x2: { field: "to" },
      y: { value: 0 },
      y2: { value: height },
      ...TIP,
    },
  } as const satisfies UnitSpec<string>;
}

/** The same with their rows: one strip a time. */
export function timeStrips(tips: readonly TimeTip[], height: number): UnitSpec<string>[] {
  return tips.length === 0 ? [] : [{ data: { values: stripRows(tips) }, ...stripLayer(height) }];
}

/** Heads of many narrow columns: set at a slant above them, so that long names do not run into each other. */
import { FONT_SIZE } from "./style.ts";

/** The axis above a table; `titles` by the value of the column. */
export function slantedHeads(titles: Readonly<Record<string, string>> | readonly string[]) {
  return {
    title: null,
    orient: "top",
    domain: false,
    ticks: false,
    labelAngle: -50,
    labelLimit: 0,
    labelAlign: "left",
    labelFontSize: FONT_SIZE.label,
    labelExpr: `${JSON.stringify(titles)}[datum.value]`,
  } as const;
}

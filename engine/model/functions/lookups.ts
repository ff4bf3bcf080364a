/** A lookup read in another way than its own. `table(x)` itself is no entry: the name is the model's. */
import { once, optional, topic, value, written } from "./function-entry.ts";

const reads = [written("table", "table", "any"), value("x", "any")];

export const LOOKUPS = topic("lookups", [
  {
    name: "lookup_linear",
    parameters: reads,
    result: "1",
    form: { kind: "lookup", mode: "linear" },
    en: "Straight lines between the points; outside, the end value is held.",
    zh: "点与点之间线性插值；超出两端时保持端点值。",
    elsewhere: [
      "What Vensim and XMILE (`continuous`) do where nothing else is said.",
      "Vensim 与 XMILE（continuous）的默认方式。",
    ],
    foreign: ["lookup", "with_lookup", "graph"],
    examples: [once("lookup_linear(table, 1.5)", 15), once("lookup_linear(table, 5)", 40)],
  },
  {
    name: "lookup_extrapolate",
    parameters: reads,
    result: "1",
    form: { kind: "lookup", mode: "extrapolate" },
    en: "Straight lines between the points; outside, the line through the last two points goes on.",
    zh: "点与点之间线性插值；超出两端时沿最后两点的直线延伸。",
    elsewhere: [
      "Vensim: LOOKUP EXTRAPOLATE. XMILE: type `extrapolate`.",
      "Vensim：LOOKUP EXTRAPOLATE。XMILE：类型 extrapolate。",
    ],
    examples: [once("lookup_extrapolate(table, 5)", 50)],
  },
  {
    name: "lookup_backward",
    parameters: reads,
    result: "1",
    form: { kind: "lookup", mode: "previous" },
    en: "The value of the last point at or below x: a step function; outside, the end value is held.",
    zh: "不大于 x 的最后一个点的值：阶梯函数；超出两端时保持端点值。",
    elsewhere: ["Vensim: LOOKUP BACKWARD. XMILE: type `discrete`.", "Vensim：LOOKUP BACKWARD。XMILE：类型 discrete。"],
    examples: [once("lookup_backward(table, 1.5)", 10), once("lookup_backward(table, 2)", 20)],
  },
  {
    name: "lookup_forward",
    parameters: reads,
    result: "1",
    form: { kind: "lookup", mode: "next" },
    en: "The value of the first point at or above x; outside, the end value is held.",
    zh: "不小于 x 的第一个点的值；超出两端时保持端点值。",
    elsewhere: ["Vensim: LOOKUP FORWARD.", "Vensim：LOOKUP FORWARD。"],
    examples: [once("lookup_forward(table, 1.5)", 20), once("lookup_forward(table, 1)", 10)],
  },
  {
    name: "lookup_inverse",
    parameters: [written("table", "table", "any"), value("y", "any")],
    result: "1",
    form: { kind: "lookup", mode: "inverse" },
    en: "The x at which the table has the value y, on straight lines between the points; outside, the end is held. The values must rise or fall throughout; where they stay the same, the end towards the higher values counts.",
    zh: "表值等于 y 处的 x，点与点之间按直线计算；超出两端时保持端点。表值须一直上升或一直下降；不变的一段取其靠近较大值的一端。",
    elsewhere: ["Vensim: LOOKUP INVERT. Stella: LOOKUPINV.", "Vensim：LOOKUP INVERT。Stella：LOOKUPINV。"],
    foreign: ["lookup_invert", "lookupinv"],
    examples: [once("lookup_inverse(table, 15)", 1.5)],
  },
  {
    name: "lookup_area",
    parameters: [written("table", "table", "any"), value("from", "any"), value("to", "any")],
    result: "1",
    form: { kind: "curve", value: "area" },
    en: "The area under the straight lines between the points, from one x to another; negative where `to` is lower. Outside, the end value is held.",
    zh: "点间连线之下从一处 x 到另一处 x 的面积；to 较小时为负。超出两端时保持端点值。",
    elsewhere: ["Vensim: LOOKUP AREA.", "Vensim：LOOKUP AREA。"],
    examples: [once("lookup_area(table, 0, 2)", 20), once("lookup_area(table, 5, 3)", -75)],
  },
  {
    name: "lookup_slope",
    parameters: [
      written("table", "table", "any"),
      value("x", "any"),
      optional("outside", "any", "the slope of the nearest line", "最近一段的斜率"),
    ],
    result: "1",
    form: { kind: "curve", value: "slope" },
    en: "The slope of the straight line between the points at x; at a point the mean of the lines before and after it. Outside the points it is `outside`.",
    zh: "x 处点间连线的斜率；恰在点上时取前后两段斜率的平均。超出两端时为 outside。",
    elsewhere: [
      "Vensim's LOOKUP SLOPE(table, x, m) has `outside` 0 for m = 0, the nearest line's slope for 1.",
      "Vensim 的 LOOKUP SLOPE(table, x, m)：m 为 0 时 outside 为 0，为 1 时取最近一段的斜率。",
    ],
    examples: [once("lookup_slope(table, 1.5)", 10), once("lookup_slope(table, 5, 0)", 0)],
  },
]);

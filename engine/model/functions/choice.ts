/** Functions that choose between values. */
import { constant, safeDivide, select } from "../build-term.ts";
import { once, optional, over, topic, value } from "./function-entry.ts";

export const CHOICE = topic("choice", [
  {
    name: "if",
    parameters: [value("condition", "any"), value("a", "a"), value("b", "a")],
    result: "a",
    form: { kind: "build", build: ([condition, a, b]) => select(condition!, a!, b!) },
    en: "a where the condition is not 0, else b. The one not chosen never counts: it may divide by zero.",
    zh: "条件不为 0 时取 a，否则取 b。未选中的一支不起作用，可以除以零。",
    elsewhere: [
      "Vensim: IF THEN ELSE(condition, a, b). XMILE: IF condition THEN a ELSE b.",
      "Vensim：IF THEN ELSE(条件, a, b)。XMILE：IF 条件 THEN a ELSE b。",
    ],
    foreign: ["if_then_else", "ifelse", "ifthenelse", "iif"],
    examples: [over("if(time > 5, 1, 1 / time)", [4, 6], [0.25, 1])],
  },
  {
    name: "safe_divide",
    parameters: [value("a", "a"), value("b", "b"), optional("otherwise", "a/b", "0")],
    result: "a/b",
    form: { kind: "build", build: ([a, b, otherwise]) => safeDivide(a!, b!, otherwise ?? constant(0)) },
    en: "a / b, or `otherwise` where b is exactly 0.",
    zh: "a / b；b 恰为 0 时取 otherwise。",
    elsewhere: [
      "Vensim's ZIDZ(a, b) and XIDZ(a, b, x) also take |b| < 1e-6 for zero. XMILE's SAFEDIV tests for exactly zero.",
      "Vensim 的 ZIDZ(a, b) 和 XIDZ(a, b, x) 把 |b| < 1e-6 也当作零。XMILE 的 SAFEDIV 只判断恰为零。",
    ],
    foreign: ["zidz", "xidz", "safediv"],
    examples: [once("safe_divide(6, 3)", 2), once("safe_divide(6, 0)", 0), once("safe_divide(6, 0, 1)", 1)],
  },
]);

/** What an equation says: the constructs that only its reader can tell apart, and the numbers that stand in files. */
import type { ForeignBody, ForeignExpression } from "../foreign/foreign-model.ts";
import { type DataSets, seriesKey } from "./data-sets.ts";
import { externalCall, externalKind, type TextVariables } from "./external-call.ts";
import type { ExternalData, Series } from "./external-data.ts";
import { childrenOf } from "./parse-expression.ts";
import type { Ranges } from "./ranges.ts";
import type { VensimCall, VensimEquation } from "./syntax.ts";
import { fault, syntaxFault } from "./vensim-fault.ts";
import { MAX_CELLS } from "./vensim-limits.ts";

/** Calls that must be a whole right side, with how many arguments they take. */
const WHOLE: ReadonlyMap<string, number> = new Map([
  ["integ", 2],
  ["active_initial", 2],
  ["a_function_of", 0],
]);

export class BodyReader {
  readonly #ranges: Ranges;
  readonly #files: ExternalData;
  readonly #data: DataSets;
  readonly #texts: TextVariables;
  #cells = 0;

  constructor(ranges: Ranges, files: ExternalData, data: DataSets, texts: TextVariables) {
    this.#texts = texts;
    this.#ranges = ranges;
    this.#files = files;
    this.#data = data;
  }

  read(equation: VensimEquation): ForeignBody {
    const { body } = equation;
    if (body.kind === "numbers") return { kind: "numbers", values: body.values };
    if (body.kind === "lookup") return { kind: "lookup", table: body.table };
    if (body.kind === "undefined") return this.#fromDataSets(equation);
    if (body.kind === "placeholder") throw syntaxFault("placeholder", body.span, "", equation.name.text);
    if (body.kind === "text") throw syntaxFault("unexpected", equation.span, body.text, "=");
    return this.#external(equation, body.expression) ?? readExpression(body.expression);
  }

  #external(equation: VensimEquation, expression: ForeignExpression): ForeignBody | null {
    const call = externalCall(expression, this.#texts);
    if (!call) return null;
    const sizes = this.#sizes(equation);
    const count = this.#count(sizes, equation);
    if (call.kind === "constants") return { kind: "numbers", values: this.#files.constants(call, sizes) };
    if (call.kind === "data") {
      return { kind: "data", series: this.#files.series(call, count), mode: equation.mode ?? "interpolate" };
    }
    if (call.kind === "lookups") return { kind: "lookups", tables: this.#files.lookups(call, count) };
    throw syntaxFault("not-whole", expression.span, "", "GET DIRECT SUBSCRIPT");
  }

  /** How many elements each range on the left has; single elements take no part. */
  #sizes(equation: VensimEquation): number[] {
    const ranged = equation.subscripts.filter((name) => this.#ranges.has(name.key));
    return ranged.map((name) => this.#ranges.elements(name).length);
  }

  /** How many cells an array from a file has; all of them together are limited. */
  #count(sizes: readonly number[], equation: VensimEquation): number {
    const count = sizes.reduce((product, size) => product * size, 1);
    this.#cells += count;
    if (this.#cells > MAX_CELLS) throw fault("foreign-limit", equation.span, { what: "cells", limit: MAX_CELLS });
    return count;
  }

  /** A variable without an equation: one series for each element, empty where the data sets have none. */
  #fromDataSets(equation: VensimEquation): ForeignBody {
    const lists = equation.subscripts.map((name) => this.#ranges.elements(name).map((element) => element.key));
    this.#count(
      lists.map((list) => list.length),
      equation,
    );
    const series = combinations(lists).map(
      (elements) => this.#data.get(seriesKey(equation.name.key, elements)) ?? EMPTY,
    );
    if (series.every((one) => one.times.length === 0)) {
      throw fault("mdl-missing", equation.span, { name: equation.name.text, what: "data" });
    }
    return { kind: "data", series, mode: equation.mode ?? "interpolate" };
  }
}

const EMPTY: Series = { times: [], values: [] };

/** All choices of one from each list, the last list fastest. */
function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap((head) => list.map((last) => [...head, last])), [[]]);
}

function readExpression(expression: ForeignExpression): ForeignBody {
  refuseInside(expression);
  if (expression.kind !== "call") return { kind: "equation", expression, initial: null };
  const key = expression.name.key;
  const needed = WHOLE.get(key);
  if (needed === undefined) return { kind: "equation", expression, initial: null };
  const [first, second] = expression.arguments;
  if (!first || !second || expression.arguments.length !== needed) {
    throw syntaxFault("argument-count", expression.span, String(needed), expression.name.text);
  }
  if (key === "integ") return { kind: "integral", net: first, initial: second };
  return { kind: "equation", expression: first, initial: second };
}

/** Calls that must be a whole right side may not stand inside one. */
function refuseInside(root: ForeignExpression): void {
  const stack: ForeignExpression[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === "call") {
      const whole = WHOLE.has(node.name.key) || node.name.key === "tabbed_array" || externalKind(node) !== null;
      // Only a macro gives more than one value; one that was written out is no call any more.
      if ((node as VensimCall).outputs) {
        throw fault("mdl-macro", node.span, { problem: "outputs", macro: node.name.text, detail: "0" });
      }
      if (whole && node !== root) throw syntaxFault("not-whole", node.span, "", node.name.text);
    }
    stack.push(...childrenOf(node));
  }
}

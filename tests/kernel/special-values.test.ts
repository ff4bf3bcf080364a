/** Every function and operator of numbers at every special value: the kernel gives the interpreter's bits, in both forms. */
import { describe, expect, it } from "vitest";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import type { KernelForm } from "../../engine/kernel/kernel-form.ts";
import { goodModel } from "../../engine/testing/compile-text.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { SPECIAL, specialPowers } from "./special-powers.ts";

const FUNCTIONS = [
  ...["abs", "sign", "sqrt", "exp", "ln", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"],
  ...["floor", "ceil", "round", "trunc", "-", "not "],
].map((name) => `${name}(x)`);
const POWERS = [2, 3, -1, -2, 7, 16].map((n) => `x^${n < 0 ? `(${n})` : n}`);
const OPERATORS = [
  ...["x + y", "x - y", "x * y", "x / y", "x^y", "min(x, y)", "max(x, y)", "modulo(x, y)"],
  ...["x == y", "x != y", "x < y", "x <= y", "x > y", "x >= y", "x and y", "x or y"].map((c) => `if(${c}, x, y)`),
];

/** All pairs of special values, as elements of two parameters. */
const PAIRS = SPECIAL.flatMap((x) => SPECIAL.map((y) => ({ x, y })));

function modelOf(equations: readonly string[], cells: number) {
  const uses = equations.map((e, i) => `  f${i}[cell]: {equation: "${e}", unit: "1"}`);
  return goodModel(`model: {name: special, time: {start: 0, stop: 1, step: 1, save: 1, unit: "1"}}
dimensions:
  cell: {elements: 1..${cells}}
parameters:
  x[cell]: {value: 1, unit: "1"}
  y[cell]: {value: 1, unit: "1"}
auxiliaries:
${uses.join("\n")}
`);
}

/** Each lane has the values of another element, so that neighbouring lanes take different branches. */
function differ(
  equations: readonly string[],
  cells: readonly { x: number; y: number }[],
  lanes: 2 | 4,
  form: KernelForm,
): string[] {
  const { model, program } = modelOf(equations, cells.length);
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, n: number): void => {
    for (const { name, base } of parameters) {
      for (const e of cells.keys()) {
        for (let l = 0; l < n; l++) {
          memory[(base + e) * n + l] = cells[(e + l) % cells.length]![name as "x" | "y"];
        }
      }
    }
  };
  return differences(program, lanes, { load }, program, { form });
}

/** Exponentials of sums over all pairs, which the edition `factors` splits; each lane has the values of another element. */
function splitDiffer(values: readonly number[], lanes: 2 | 4, form: KernelForm): string[] {
  const { program } =
    goodModel(`model: {name: special, numerics: factors, time: {start: 0, stop: 1, step: 1, save: 1, unit: "1"}}
dimensions: {i: {elements: 1..${values.length}}, j: {elements: 1..${values.length}}}
stocks:
  x[i]: {initial: position(i), unit: "1"}
  y[j]: {initial: position(j), unit: "1"}
auxiliaries:
  u[i, j]: {equation: "exp(x - y)", unit: "1"}
  v[i, j]: {equation: "1 / (1 + exp(y - x / 3))", unit: "1"}
  w[i, j]: {equation: "softmax(y + x, i)", unit: "1"}
`);
  expect(JSON.stringify(program.step).split('"scale"').length - 1).toBe(3);
  const stocks = program.stocks.filter((s) => ["x", "y"].includes(s.name));
  // Initial values are statements; here they are given in place of them.
  const given = { ...program, initial: [], stocks: [] };
  const load = (memory: Float64Array, n: number): void => {
    for (const { name, base, size } of stocks)
      for (let e = 0; e < size; e++)
        for (let l = 0; l < n; l++) memory[(base + e) * n + l] = values[(e + (name === "x" ? l : 3 * l)) % size]!;
  };
  return differences(given, lanes, { load }, given, { form });
}
/** Beside the others addends that are as large as can be told from an infinity, and larger. */
const ADDENDS = [...SPECIAL, ...[350, 710, 746, 1e5, 1e9, 2 ** 30, 2 ** 30 + 1, 1e10].flatMap((x) => [x, -x])];

describe.each([2, 4] as const)("%i lanes", (lanes) => {
  describe.each(["plain", "for-revectorizer"] as const)("%s", (form) => {
    it("split exponentials", () => {
      expect(splitDiffer(ADDENDS, lanes, form)).toEqual([]);
    });

    it.each([...FUNCTIONS, ...POWERS])("%s", (equation) => {
      const cells = SPECIAL.map((x) => ({ x, y: 0 }));
      expect(differ([equation], cells, lanes, form)).toEqual([]);
    });

    it.each(OPERATORS)("%s", (equation) => {
      expect(differ([equation], PAIRS, lanes, form)).toEqual([]);
    });

    it("exp, ln and power at the edges of ordinary numbers", () => {
      const edges = [1, 1 + Number.EPSILON, 1 - Number.EPSILON / 2].flatMap((nearly) => [
        ...[-1075, -1022, -768.5, -767.5, 255.5, 256.5, 1023, 1024].map((n) => ({ x: n * Math.LN2 * nearly, y: n })),
        ...[-1022, -512.5, -511.5, 510.5, 511.5, 1022].map((n) => ({ x: 2 ** n * nearly, y: 1 })),
        ...[-768.5, -767.5, 255.5, 256.5].flatMap((n) => [
          { x: 2, y: n * nearly },
          { x: 2 ** (n / 2), y: 2 * nearly },
          { x: 2 ** (-n / 8) * nearly, y: -8 },
        ]),
        { x: nearly, y: 1e300 },
        { x: nearly, y: nearly },
      ]);
      // Every lane the same too: then all of them are ordinary, or none is.
      const cells = edges.flatMap((edge) => [edge, edge, edge, edge]);
      expect(differ(["exp(x)", "ln(x)", "x^y"], cells, lanes, form)).toEqual([]);
      expect(differ(["exp(x)", "ln(x)", "x^y"], edges, lanes, form)).toEqual([]);
    });

    it("one special value among ordinary ones, in each lane", () => {
      for (const special of SPECIAL) {
        const ordinary = [0.25, 3, 17, 1.5].map((x) => ({ x, y: 2 - x }));
        const cells = [...ordinary, { x: special, y: 0.5 }, ...ordinary, { x: 1.5, y: special }];
        expect(differ(["exp(x)", "ln(x)", "x^y", "exp(y) * ln(x) + y^x"], cells, lanes, form)).toEqual([]);
      }
    });

    it("powers of which the base, the exponent or both change in the inner loop, and in no loop", () => {
      const { program, inputs } = specialPowers();
      for (const compiled of [program, optimizeProgram(program)])
        expect(differences(program, lanes, inputs, compiled, { form })).toEqual([]);
    });
  });
});

/** Roots of equations (`solve`) are found in rounds; they have the values that they should, and the same bits in interpreter and kernel, whatever passes run. */
import { describe, expect, test } from "vitest";
import { planParameters } from "../engine/ensemble/plan-parameters.ts";
import { simulate } from "../engine/ensemble/simulate.ts";
import { optimizeProgram, PASSES } from "../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../engine/ir/passes/verify-program.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { EXAMPLE_MODEL } from "../engine/testing/example-model.ts";
import { differences } from "../engine/testing/same-bits.ts";

const modelOf = (equations: Readonly<Record<string, string>>) =>
  goodModel(
    `${EXAMPLE_MODEL}auxiliaries:\n${Object.entries(equations)
      .map(([name, equation]) => `  ${name}: {equation: ${JSON.stringify(equation)}, unit: "1", indicator: end}\n`)
      .join("")}`,
  );

const EQUATIONS: Readonly<Record<string, string>> = {
  // A root that differs by element and time.
  "root[place]": "solve(x, x ^ 3 - size * (time + 1), 0, 100)",
  // One for all elements, of a sum over them.
  price: "solve(p, sum(size * exp(-p / (1 + 0 * size)), place) - 6, 0, 50)",
  // The sum runs along the dimension of the equation itself.
  "part[place]": "size * exp(-solve(p, sum(size * exp(-p), place) - 6 - size / 10, 0, 50))",
  // A root inside a root, which reads both unknowns.
  inner: "solve(x, solve(y, y ^ 2 - x, 0, 10) - 1.5, 0, 50)",
  "both[place]": "solve(x, solve(y, y + x - size, 0, 100) - 2 * x, 0, 100)",
  // No root: the end that is nearer; and a condition that does not read the unknown.
  outside: "solve(x, x + 1 + 0 * time, 0, 2) + solve(x, time - 20, 0, 2)",
  // A memory inside is there for each halving.
  memory: "solve(x, smooth(x - 3, 2), 0, 5)",
};

describe("solve", () => {
  const { model, program } = modelOf(EQUATIONS);
  const valueAt = (label: string, time: number) => {
    const result = simulate(model, program, { variables: Object.keys(EQUATIONS).map((n) => n.replace(/\[.*/, "")) });
    return result.columns.find((c) => (c.key === "" ? c.variable : `${c.variable}[${c.key}]`) === label)!.values[
      result.times.indexOf(time)
    ]!;
  };

  test.each([
    ["root[north]", 1, Math.cbrt(60)],
    ["root[south]", 10, Math.cbrt(220)],
    ["price", 3, Math.log(10)],
    ["part[middle]", 0, (10 * 7) / 60],
    ["inner", 0, 2.25],
    ["both[north]", 2, 10],
    ["outside", 5, 0],
    ["memory", 5, 3],
  ])("%s at %i is %d", (label, time, expected) => expect(valueAt(label, time)).toBeCloseTo(expected, 9));

  test("the program stays small", () => {
    const alone = modelOf({ price: EQUATIONS.price! }).program;
    expect(alone.step.reduce((n, d) => n + d.statements.length, 0) + alone.constants.length).toBeLessThan(30);
  });

  const load = (memory: Float64Array, lanes: number) => {
    for (const p of planParameters(model, program)) {
      for (let e = 0; e < p.size; e++) {
        for (let l = 0; l < lanes; l++) memory[(p.base + e) * lanes + l] = p.central[e]! * (1 + l / 10);
      }
    }
  };
  const names = PASSES.map((p) => p.name);

  test.each([
    ["none", []],
    ["all", names],
    ...names.map((n) => [`all but ${n}`, names.filter((m) => m !== n)] as const),
  ] as const)("passes: %s", (_, passes) => {
    const optimized = optimizeProgram(program, [...passes]);
    verifyProgram(optimized, "the passes");
    expect(differences(program, 4, { load }, optimized)).toEqual([]);
  });
});

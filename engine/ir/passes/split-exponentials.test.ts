import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { goodModel } from "../../testing/compile-text.ts";
import { Interpreter } from "../interpreter.ts";
import type { Program } from "../program.ts";
import { applyNumerics } from "./apply-numerics.ts";
import { optimizeProgram } from "./optimize-program.ts";
import { splitExponentials } from "./split-exponentials.ts";
import { verifyProgram } from "./verify-program.ts";

/** Elements of `place`, which has the alias `origin`. */
const PLACES = 6;

/** Stocks x, y, z change in a run, parameters c and k do not. */
const modelOf = (auxiliaries: string): string => `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}
dimensions: {place: {elements: 1..${PLACES}, aliases: [origin]}, age: {elements: 0..9}}
parameters:
  k: {value: 0.5, unit: "1"}
  c[origin, place]: {value: 0.1, unit: "1"}
stocks:
  x[place]: {initial: 1, inflows: [grows], unit: "1"}
  y[place]: {initial: 2, inflows: [grows], unit: "1"}
  z[place, age]: {initial: 3, unit: "1"}
flows:
  grows[place]: {equation: "0.1 * x", unit: "1"}
auxiliaries:
${auxiliaries}
`;
const equation = (text: string, shape = "origin, place"): string => `  e[${shape}]: {equation: "${text}", unit: "1"}`;

const split = (auxiliaries: string): Program => {
  const program = splitExponentials(goodModel(modelOf(auxiliaries)).program);
  verifyProgram(program, "split-exponentials");
  return program;
};
/** How often an operation stands in the step. */
const count = (program: Program, op: string): number => JSON.stringify(program.step).split(`"${op}"`).length - 1;

describe("which exponentials are split", () => {
  it.each([
    ["exp(x[origin] + y[place])", 2, "both change, each with fewer loops"],
    ["exp(x[origin] - c)", 2, "one does not change in a run"],
    ["exp(-(c - x[origin]) + y[place] - k)", 3, "a change of sign; k goes with another one"],
    ["exp(k * (x[origin] + y[place]))", 2, "a product of a sum"],
    ["exp((x[origin] - y[place]) / k)", 2, "a quotient of a sum"],
    ["exp(time + x[origin] + y[place])", 2, "what changes with no loop goes with another one"],
    ["exp(ln(x[origin]) + k * time + c)", 2, "functions are addends like others"],
  ])("%s into %d: %s", (text, parts) => {
    const program = split(equation(text));
    expect([count(program, "exp"), count(program, "exp-significand"), count(program, "exp-exponent")]).toEqual([
      0,
      parts,
      parts,
    ]);
    expect(count(program, "scale")).toBe(1);
  });

  it.each([
    ["exp(x[origin])", "one addend"],
    ["exp(x[origin] * y[place])", "no sum"],
    ["exp(x[origin] * y[place] + c)", "one changes with all loops"],
    ["exp(c - k)", "nothing changes in a run"],
    ["exp(x[origin] + k)", "both change with the same loops or fewer"],
    ["exp(max(x[origin], y[place]))", "no sum"],
  ])("not %s: %s", (text) => {
    const { program } = goodModel(modelOf(equation(text)));
    expect(splitExponentials(program)).toEqual(program);
  });

  it("not where the groups have more than half as many values as the sum", () => {
    const yaml = "dimensions: {a: {elements: [p, q]}, b: {elements: [r, s, t]}}\n";
    const small = `${yaml}stocks:
  x[a]: {initial: 1, unit: "1"}
  y[b]: {initial: 1, unit: "1"}
auxiliaries:
${equation("exp(x + y)", "a, b")}
`;
    const { program } = goodModel(small);
    expect(splitExponentials(program)).toEqual(program);
  });

  it("looks into the values that a sum reads, at other subscripts too", () => {
    const program = split(
      `  u[origin, place]: {equation: "x[origin] - c", unit: "1"}
  v[place, origin]: {equation: "k * u[origin, place] + y[place]", unit: "1"}
  w[place]: {equation: "v[place, place]", unit: "1"}
${equation("exp(-v[place, origin] + u[origin, 2])")}`,
    );
    expect([count(program, "exp"), count(program, "exp-significand")]).toEqual([0, 3]);
  });

  it("not into a value that changes as its addends do", () => {
    const program = split(
      `  u[place]: {equation: "x + ln(y)", unit: "1"}
${equation("exp(u[place] + y[origin])")}`,
    );
    expect(count(program, "ln")).toBe(1);
    expect(count(program, "exp-significand")).toBe(2);
  });

  it("ends where sums repeat themselves", () => {
    const doubling = Array.from({ length: 40 }, (_, i) => {
      const before = i === 0 ? "x[origin] + y[place]" : `u${i - 1} + u${i - 1}`;
      return `  u${i}[origin, place]: {equation: "${before}", unit: "1"}`;
    });
    const program = split([...doubling, equation("exp(u39)")].join("\n"));
    expect(count(program, "scale")).toBe(0);
  });

  it("softmax: each origin's largest utility is a factor of its own", () => {
    const program = split(equation("softmax(x[place] - c, place)"));
    expect([count(program, "exp"), count(program, "exp-significand")]).toEqual([0, 3]);
  });

  it("leaves a value of the step alone in the stages that do not compute it again", () => {
    const noisy = modelOf(`  u[origin, place]: {equation: "x[origin] + open * c", unit: "1"}
${equation("exp(u + y[place])")}`)
      .replace("name: t,", "name: t, method: rk4,")
      .replace("auxiliaries:", 'noise: {open: {process: normal, sd: 0.1, unit: "1"}}\nauxiliaries:');
    const { program } = goodModel(noisy);
    verifyProgram(splitExponentials(program), "split-exponentials");
    expect(splitExponentials(program).stage.length).toBe(program.stage.length);
  });
});

describe("what the passes make of it", () => {
  it("factors that do not change in a run are computed once, the others once for each position of their loops", () => {
    const program = optimizeProgram(
      split(`${equation("exp(x[origin] + y[place] - c)")}
  seen: {equation: "sum(e, place, origin)", unit: "1", indicator: end}`),
      ["hoist-invariants", "share-subexpressions"],
      verifyProgram,
    );
    const loopsOf = (op: string, definitions: Program["step"]) =>
      definitions.flatMap((d) =>
        d.statements.flatMap((s) =>
          s.kind === "assign" && s.value.kind === "unary" && s.value.op === op ? [s.loops.map((l) => l.name)] : [],
        ),
      );
    expect(loopsOf("exp-significand", program.initial)).toEqual([["origin", "place"]]);
    expect(loopsOf("exp-significand", program.step)).toEqual([["place"]]);
  });

  it("those of positions alone too", () => {
    const program = optimizeProgram(
      split(`${equation("1 / (1 + exp(x - age / 2))", "place, age")}
  seen: {equation: "sum(e, place, age)", unit: "1", indicator: end}`),
      ["hoist-invariants"],
      verifyProgram,
    );
    expect(count({ ...program, step: program.initial }, "exp-significand")).toBe(1);
  });
});

const SPECIAL = [
  ...[0, 0.5, 1, 350, 709.7, 710, 745, 746, 800, 1e5, 1e9].flatMap((x) => [x, -x]),
  ...[2 ** 31, 1e300, Number.POSITIVE_INFINITY].flatMap((x) => [x, -x]),
  Number.NaN,
];
const INFINITE = 2 ** 30;

/** exp(x[origin] + y[place]) of all pairs, as it stands and split. */
function pairs(xs: readonly number[], ys: readonly number[]): { x: number; y: number; exact: number; found: number }[] {
  const text = `dimensions: {i: {elements: 1..${xs.length}}, j: {elements: 1..${ys.length}}}
stocks:
  x[i]: {initial: 1, unit: "1"}
  y[j]: {initial: 1, unit: "1"}
auxiliaries:
${equation("exp(x + y)", "i, j")}
`;
  const { program } = goodModel(text);
  const after = splitExponentials(program);
  expect(count(after, "scale")).toBe(1);
  const [exact, found] = [program, after].map((p) => {
    const machine = new Interpreter(p, 1);
    const slot = (name: string) => p.slots.find((s) => s.name === name)!.base;
    machine.memory.set(xs, slot("x"));
    machine.memory.set(ys, slot("y"));
    machine.run(p.step);
    return machine.memory.slice(slot("e"));
  });
  return xs.flatMap((x, i) =>
    ys.map((y, j) => ({ x, y, exact: exact![i * ys.length + j]!, found: found![i * ys.length + j]! })),
  );
}

/** Of both forms: two significands and a product, an exponential, the rounding of the sum; what a subnormal result is rounded to. */
const bound = ({ x, y, exact }: { x: number; y: number; exact: number }): number =>
  (2.3 * 2 + 1.3 + Math.abs(x + y)) * 2 ** -53 * exact + 5e-324;

describe("against the exponential of the sum", () => {
  it("has its infinities, zeros and NaN, but where an addend beyond 2^30 meets one of the other sign", () => {
    for (const pair of pairs(SPECIAL, SPECIAL)) {
      const { x, y, exact, found } = pair;
      const both = Math.abs(x) > INFINITE && Math.abs(y) > INFINITE && Math.sign(x) !== Math.sign(y);
      const name = `${x} + ${y}`;
      if (both) expect(found, name).toBeNaN();
      else if (Number.isFinite(exact) && exact > 0)
        expect(Math.abs(found - exact), name).toBeLessThanOrEqual(bound(pair));
      else expect(found, name).toBe(exact);
    }
  });

  test("property: the difference stays below the stated bound", () => {
    const of = (size: number) =>
      fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(1, 30, 300, 1000, 1e6), fc.nat(1e6), (size, seed) => {
        const [xs, ys] = fc.sample(of(size), { numRuns: 2, seed }) as [number[], number[]];
        // Of large numbers take opposite ones, so that there is something between 0 and infinity.
        const opposite = size > 300 ? xs.map((x, i) => ys[i]! / size - x) : ys;
        for (const pair of pairs(xs, opposite))
          if (Number.isFinite(pair.exact)) expect(Math.abs(pair.found - pair.exact)).toBeLessThanOrEqual(bound(pair));
      }),
      { numRuns: 40 },
    );
  });
});

describe("numerics: factors", () => {
  const model = (numerics: string, text: string) =>
    goodModel(modelOf(equation(text)).replace("name: t,", `name: t, numerics: ${numerics},`)).program;

  it("is what the header chooses, powers as logarithms first", () => {
    const text = "x[origin]^k * exp(y[place] - c)";
    const [exact, factors] = [model("exact", text), model("factors", text)];
    expect(applyNumerics(exact, "factors")).toEqual(factors);
    expect([count(factors, "power"), count(factors, "exp"), count(factors, "scale")]).toEqual([0, 1, 1]);
  });

  it("makes one exponential of powers that change with the same loops, and leaves those that do not change", () => {
    const factors = model("factors", "x[origin]^k * y[place]^(1 - k) * (x[place] + 1)^k / c^k");
    expect([count(factors, "power"), count(factors, "exp"), count(factors, "scale")]).toEqual([1, 2, 0]);
  });
});

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { goodModel } from "../../testing/compile-text.ts";
import { Interpreter } from "../interpreter.ts";
import type { Program } from "../program.ts";
import { fusePowers } from "./fuse-powers.ts";
import { verifyProgram } from "./verify-program.ts";

const NAMES = ["x", "z", "a", "b", "s"] as const;
type Values = Readonly<Record<(typeof NAMES)[number], number>>;
const ONES: Values = { x: 1, z: 1, a: 1, b: 1, s: 1 };

/** An equation of parameters, as it stands and with powers as logarithms. */
function both(equation: string): (values: Partial<Values>) => { exact: number; fused: number } {
  const parameters = NAMES.map((n) => `${n}: {value: 1, unit: "1"}`).join(", ");
  const { program } = goodModel(
    `parameters: {${parameters}}\nauxiliaries: {y: {equation: "${equation}", unit: "1"}}\n`,
  );
  const fused = fusePowers(program);
  verifyProgram(fused, "fuse-powers");
  return (values) => ({ exact: value(program, values), fused: value(fused, values) });
}

function value(program: Program, values: Partial<Values>): number {
  const machine = new Interpreter(program, 1);
  const slot = (name: string) => program.slots.find((s) => s.name === name)!.base;
  for (const name of NAMES) machine.memory[slot(name)] = { ...ONES, ...values }[name];
  machine.run(program.constants);
  return machine.memory[slot("y")]!;
}

const operations = (program: Program, op: string): number =>
  JSON.stringify(program.constants).split(`"${op}"`).length - 1;

describe("fusePowers", () => {
  const power = both("x^a");
  const specials = [0, 1, -1, 2, -2, 0.5, -0.5, 1e300, -1e300, 1e-300, 5e-324, Number.POSITIVE_INFINITY, Number.NaN];
  const exponents = [0, 1, -1, 2, 3, -3, 0.5, -0.5, 1 / 3, 1e3, Number.NaN];
  it.each(specials)("%d to special exponents is what power gives", (x) => {
    for (const a of exponents) {
      // The one exception among these.
      if (x === 1 && Number.isNaN(a)) continue;
      const { exact, fused } = power({ x, a });
      const isClose = Object.is(exact, fused) || Math.abs(fused - exact) <= 1e-12 * Math.abs(exact);
      expect(isClose, `${x}^${a} is ${exact}, not ${fused}`).toBe(true);
    }
  });

  it("0^y and x^0 are exact", () => {
    expect(power({ x: 0, a: 0 }).fused).toBe(1);
    expect(power({ x: 0, a: 0.3 }).fused).toBe(0);
    expect(power({ x: 0, a: -0.3 }).fused).toBe(Number.POSITIVE_INFINITY);
    expect(power({ x: Number.NaN, a: 0 }).fused).toBe(1);
    expect(power({ x: -8, a: 1 / 3 }).fused).toBeNaN();
    expect(power({ x: 1, a: Number.NaN }).fused).toBeNaN();
  });

  it("makes one exponential of a product, and leaves whole exponents alone", () => {
    const { program } = goodModel(
      'parameters: {x: {value: 2, unit: "1"}, a: {value: 3, unit: "1"}}\n' +
        'auxiliaries: {y: {equation: "x^2 * x^a * exp(x) / (x + 1)^a", unit: "1"}}\n',
    );
    const fused = fusePowers(program);
    expect([operations(fused, "exp"), operations(fused, "power"), operations(fused, "power-integer")]).toEqual([
      1, 0, 1,
    ]);
  });

  it("leaves a lone exponential and a quotient without powers as they are", () => {
    const { program } = goodModel(
      'parameters: {x: {value: 2, unit: "1"}}\nauxiliaries: {y: {equation: "3 * exp(x) / x", unit: "1"}}\n',
    );
    expect(fusePowers(program)).toEqual(program);
  });

  it("is what the header chooses", () => {
    const model = (numerics: string) =>
      `model: {name: t, time: {start: 0, stop: 1, step: 1, unit: "1"}${numerics}}\n` +
      'parameters: {x: {value: 2, unit: "1"}}\nauxiliaries: {y: {equation: "x^(x / 3)", unit: "1"}}\n';
    const exact = goodModel(model("")).program;
    expect(operations(exact, "power")).toBe(1);
    expect(goodModel(model(", numerics: exact")).program).toEqual(exact);
    expect(goodModel(model(", numerics: logarithms")).program).toEqual(fusePowers(exact));
  });

  const cobbDouglas = both("3 * (x / 2)^a / z^b * exp(s)");
  test("property: the relative error stays below the stated bound", () => {
    const base = fc.double({ min: -30, max: 30, noNaN: true }).map((e) => 2 ** Math.round(e) * (1 + Math.abs(e % 1)));
    const exponent = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(base, base, exponent, exponent, exponent, (x, z, a, b, s) => {
        const { exact, fused } = cobbDouglas({ x, z, a, b, s });
        const sizes = Math.abs(a * Math.log(x / 2)) + Math.abs(b * Math.log(z)) + Math.abs(s);
        // Of both: two powers and an exponential, three products; and the logarithms' error times the exponents.
        const bound = (2 + 3 + 2 * sizes + 6) * 2 ** -53;
        expect(Math.abs(fused / exact - 1)).toBeLessThan(bound);
      }),
      { numRuns: 1000 },
    );
  });
});

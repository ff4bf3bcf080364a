/**
 * Small random models of exponentials of sums: addends over some of three dimensions, which change in a run or not, given in place or by other
 * variables, in softmaxes, logistic curves, sums and products with powers.
 */
import fc from "fast-check";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import type { RandomProgram } from "./random-program.ts";
import { Tape } from "./tape.ts";

type Axis = "i" | "j" | "k";
const AXES: readonly Axis[] = ["i", "j", "k"];

/** What addends are made of, by the axes that it has: stocks change in a run, parameters do not. */
const BASES = [
  { name: "s", axes: "" },
  { name: "si", axes: "i" },
  { name: "sj", axes: "j" },
  { name: "sk", axes: "k" },
  { name: "sij", axes: "ij" },
  { name: "q", axes: "" },
  { name: "qi", axes: "i" },
  { name: "qj", axes: "j" },
  { name: "qij", axes: "ij" },
  { name: "qjk", axes: "jk" },
] as const;
const isStock = (name: string): boolean => name.startsWith("s");
const heading = (name: string, axes: Iterable<string>): string => {
  const list = [...axes];
  return list.length === 0 ? name : `${name}[${list.join(", ")}]`;
};

/** The YAML text of a model; its addends are a few units in size. */
function randomSums(choices: readonly number[], numerics: string): string {
  const tape = new Tape(choices);
  const known: { name: string; axes: string }[] = [...BASES];
  const leaf = (axes: readonly Axis[]): string => {
    const fitting = known.filter((k) => [...k.axes].every((a) => axes.includes(a as Axis)));
    const { name } = tape.of(fitting);
    switch (tape.below(8)) {
      case 0:
        return `ln(${name} + 20)`;
      case 1:
        return `factor * ${name}`;
      case 2:
        return axes.includes("k") ? "k / 4" : "time / 9";
      case 3:
        return `(${name} / 3)`;
      default:
        return name;
    }
  };
  const sum = (axes: readonly Axis[]): string =>
    Array.from({ length: 2 + tape.below(4) }, () => `${tape.of([" + ", " - "])}${leaf(axes)}`)
      .join("")
      .replace(/^ [+] /, "");
  const some = (): Axis[] => AXES.filter(() => tape.below(3) > 0);
  const auxiliaries: string[] = [];
  const add = (name: string, axes: readonly Axis[], equation: string, more = ""): void => {
    auxiliaries.push(`  ${heading(name, axes)}: {equation: "${equation}", unit: "1"${more}}`);
  };
  for (let u = tape.below(4); u > 0; u--) {
    const axes = some();
    add(`u${u}`, axes, tape.below(3) === 0 ? `q * (${sum(axes)})` : sum(axes));
    known.push({ name: `u${u}`, axes: axes.join("") });
  }
  for (let e = 1 + tape.below(3); e > 0; e--) {
    const axes = some();
    const inside = AXES.filter((a) => a !== "k" || axes.includes("k"));
    const equation = tape.of([
      () => `exp((${sum(axes)}) / 4)`,
      () => `1 / (1 + exp(${sum(axes)}))`,
      () => (axes.length > 0 ? `softmax(${sum(axes)}, ${tape.of(axes)})` : "1"),
      () => `sum(exp(-(${sum([...new Set<Axis>([...axes, "j"])])})), j)`,
      () => `abs(${leaf(inside.filter((a) => axes.includes(a)))})^q * exp(${sum(axes)})`,
    ])();
    add(`e${e}`, axes, equation, ", indicator: end");
  }
  const method = tape.of(["euler", "rk2", "rk4"]);
  const value = (name: string) =>
    isStock(name) ? `{initial: ${name}_0, inflows: [f${name}], unit: "1"}` : `{value: 1, unit: "1"}`;
  const stocks = BASES.filter((b) => isStock(b.name));
  return `model: {name: sums, method: ${method}, numerics: ${numerics}, time: {start: 0, stop: 3, step: 1/2, save: 1, unit: "1"}}
dimensions: {i: {elements: 1..5}, j: {elements: 1..6}, k: {elements: 0..6}}
parameters:
${BASES.filter((b) => !isStock(b.name))
  .map((b) => `  ${heading(b.name, b.axes)}: ${value(b.name)}`)
  .join("\n")}
${stocks.map((b) => `  ${heading(`${b.name}_0`, b.axes)}: {value: 1, unit: "1"}`).join("\n")}
  factor: {value: 1, unit: "1"}
stocks:
${stocks.map((b) => `  ${heading(b.name, b.axes)}: ${value(b.name)}`).join("\n")}
flows:
${stocks.map((b) => `  ${heading(`f${b.name}`, b.axes)}: {equation: "0.1 * ${b.name} + 0.01 * time", unit: "1"}`).join("\n")}
auxiliaries:
${auxiliaries.join("\n")}
`;
}

/** A program of sums in an edition, with numbers from -2 to 2 that differ from element to element and from lane to lane. */
export function randomSumsProgram(choices: readonly number[], numerics: string): RandomProgram {
  const yaml = randomSums(choices, numerics);
  const { model, program, diagnostics } = compileText(yaml);
  if (!model || !program) throw new Error(`${JSON.stringify(diagnostics.map((d) => [d.code, d.data]))}\n${yaml}`);
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, lanes: number): void => {
    let at = 0;
    for (const p of parameters)
      for (let e = 0; e < p.size; e++)
        for (let l = 0; l < lanes; l++) memory[(p.base + e) * lanes + l] = 2 * Math.sin(1 + 0.7 * ++at);
  };
  return { yaml, program, inputs: { load } };
}

/** The same models in every process. */
export function someRandomSums(count: number, numerics: string): RandomProgram[] {
  const tapes = fc.sample(fc.array(fc.nat(1000), { minLength: 30, maxLength: 90 }), {
    numRuns: count,
    seed: 20_261_125,
  });
  return tapes.map((choices) => randomSumsProgram(choices, numerics));
}

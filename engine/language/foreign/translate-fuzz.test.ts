/**
 * Models of Vensim and XMILE made of the grammar's pieces, right and wrong ones: compiling always ends, in a program or in errors that are told; a program
 * runs, and its kernel gives the bits of the interpreter.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import type { ForeignCompilation } from "../../compile-foreign.ts";
import { planParameters } from "../../ensemble/plan-parameters.ts";
import { optimizeProgram } from "../../ir/passes/optimize-program.ts";
import { columnsOf, compileVensim, compileXmile, problemsOf } from "../../testing/run-foreign.ts";
import { differences } from "../../testing/same-bits.ts";

const RANGES = `DimA: A1, A2, A3 -> (DimC: C2, C1, C3)
DimB: B1, B2
DimC: C1, C2, C3
SubA: A2, A3
DimD <-> DimA
table((0,0),(1,2),(2,1),(4,5))
curves[DimA]((0,1),(2,3))`;

/** Left sides, and what may be read of an array on their right. */
const SHAPES = ["", "[DimA]", "[SubA]", "[DimA,DimB]", "[DimC]", "[A1]", "[DimD,DimA]"] as const;
const ELEMENT = fc.constantFrom(
  "A1",
  "A3",
  "B2",
  "C1",
  "DimA",
  "DimB",
  "DimC",
  "SubA",
  "DimD",
  "DimA!",
  "DimB!",
  "SubA!",
);

const NUMBERS = fc.constantFrom("0", "1", "2.5", "-3", "0.1", "1e3", ":NA:");
const FUNCTIONS: readonly (readonly [string, number])[] = [
  ["MAX", 2],
  ["MIN", 2],
  ["ABS", 1],
  ["IF THEN ELSE", 3],
  ["ZIDZ", 2],
  ["XIDZ", 3],
  ["INTEGER", 1],
  ["MODULO", 2],
  ["STEP", 2],
  ["PULSE", 2],
  ["PULSE TRAIN", 4],
  ["RAMP", 3],
  ["SMOOTH", 2],
  ["SMOOTH3I", 3],
  ["DELAY1", 2],
  ["DELAY FIXED", 3],
  ["DELAY N", 4],
  ["SAMPLE IF TRUE", 3],
  ["INITIAL", 1],
  ["TREND", 3],
  ["NPV", 4],
  ["SUM", 1],
  ["VMAX", 1],
  ["PROD", 1],
  ["ELMCOUNT", 1],
  ["VECTOR SORT ORDER", 2],
  ["VECTOR RANK", 2],
  ["VECTOR ELM MAP", 2],
  ["VECTOR SELECT", 5],
  ["LOOKUP FORWARD", 2],
  ["LOOKUP INVERT", 2],
  ["GAMMA LN", 1],
  ["RANDOM UNIFORM", 3],
  ["ALLOCATE BY PRIORITY", 5],
  ["INVERT MATRIX", 2],
  ["table", 1],
  ["curves[DimA]", 1],
  ["NO SUCH FUNCTION", 1],
];

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    NUMBERS,
    fc.constantFrom("Time", "TIME STEP", "DimA", "A2", "table", "v0", "v1", "v2", "FINAL TIME"),
    fc
      .tuple(fc.constantFrom("v0", "v1", "v2", "v3"), fc.array(ELEMENT, { minLength: 1, maxLength: 2 }))
      .map(([name, subscripts]) => `${name}[${subscripts.join(",")}]`),
    fc
      .tuple(tie("e"), fc.constantFrom("+", "-", "*", "/", "^", "=", "<", ":AND:"), tie("e"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie("e"), { minLength: 5, maxLength: 5 }))
      .map(([[name, arity], args]) => `${name}(${args.slice(0, arity).join(", ")})`),
  ),
})).e;

const body = fc.oneof(
  { weight: 4, arbitrary: expression },
  { weight: 1, arbitrary: fc.tuple(expression, NUMBERS).map(([net, start]) => `INTEG(${net}, ${start})`) },
  { weight: 1, arbitrary: fc.constantFrom("1, 2, 3", "1, 2; 3, 4; 5, 6;", "7") },
);

const model = fc
  .array(fc.tuple(fc.constantFrom(...SHAPES), body), { minLength: 1, maxLength: 5 })
  .map((list) => [RANGES, ...list.map(([shape, e], i) => `v${i}${shape} = ${e}`)].join("\n"));

function check(compiled: ForeignCompilation): "errors" | "runs" {
  const { program, model: built } = compiled;
  if (!program || !built) {
    expect(problemsOf(compiled)).not.toEqual([]);
    return "errors";
  }
  columnsOf(compiled);
  const parameters = planParameters(built, program);
  const load = (memory: Float64Array, lanes: number) => {
    for (const p of parameters)
      for (let e = 0; e < p.size; e++) memory.fill(p.central[e]!, (p.base + e) * lanes, (p.base + e + 1) * lanes);
  };
  expect(differences(program, 2, { load }, optimizeProgram(program))).toEqual([]);
  return "runs";
}

const DIMENSIONS = `<sim_specs><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs><dimensions>
<dim name="R"><elem name="n"/><elem name="s"/><elem name="w"/></dim><dim name="A" size="3"/>
<dim name="Sub"><elem name="s"/><elem name="w"/></dim></dimensions>`;
const GRAPH = '<gf name="table"><xpts>0,1,3</xpts><ypts>0,4,2</ypts></gf>';
/** What there is to read. */
const ARRAYS = `<aux name="v0"><eqn>TIME + 1</eqn></aux><flow name="out"><eqn>2</eqn></flow>
<aux name="v1"><dimensions><dim name="R"/></dimensions><eqn>R * 2</eqn></aux>
<aux name="v2"><dimensions><dim name="R"/><dim name="A"/></dimensions><eqn>R + A</eqn></aux>`;
const XMILE_SHAPES = [[], ["R"], ["A"], ["Sub"], ["R", "A"], ["R", "R"]] as const;
const XMILE_FUNCTIONS: readonly (readonly [string, number])[] = [
  ["MAX", 2],
  ["MIN", 1],
  ["ABS", 1],
  ["INT", 1],
  ["SAFEDIV", 2],
  ["IF_THEN_ELSE", 3],
  ["STEP", 2],
  ["PULSE", 3],
  ["RAMP", 2],
  ["DELAY", 2],
  ["DELAY3", 2],
  ["DELAYN", 3],
  ["SMTH1", 3],
  ["PREVIOUS", 2],
  ["INIT", 1],
  ["HISTORY", 2],
  ["TREND", 2],
  ["FORCST", 3],
  ["SUM", 1],
  ["MEAN", 1],
  ["STDDEV", 1],
  ["SIZE", 1],
  ["PROD", 1],
  ["RANK", 2],
  ["LOOKUP", 2],
  ["table", 1],
  ["COUNTER", 2],
  ["RANDOM", 2],
  ["WEIBULL", 2],
  ["LOGNORMAL", 2],
  ["MONTECARLO", 1],
  ["POISSON", 1],
  ["COMBINATIONS", 2],
  ["NPV", 2],
  ["NOSUCH", 1],
];
const xmileSubscript = fc.constantFrom(
  "n",
  "w",
  "R",
  "A",
  "Sub",
  "2",
  "*",
  "1:2",
  "A - 1",
  "TIME",
  "v0",
  "*:Sub",
  "@1",
  "@2",
);

const xmileExpression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    fc.constantFrom("0", "1", "2.5", "0.1", "TIME", "DT", "PI", "R", "A", "n", "v0", "v1", "v2", "table", "SELF"),
    fc
      .tuple(fc.constantFrom("v0", "v1", "v2", "v3"), fc.array(xmileSubscript, { minLength: 1, maxLength: 2 }))
      .map(([name, subscripts]) => `${name}[${subscripts.join(", ")}]`),
    fc
      .tuple(tie("e"), fc.constantFrom("+", "-", "*", "/", "^", "=", "&lt;", "AND", "MOD", "//"), tie("e"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(fc.constantFrom(...XMILE_FUNCTIONS), fc.array(tie("e"), { minLength: 3, maxLength: 3 }))
      .map(([[name, arity], args]) => `${name}(${args.slice(0, arity).join(", ")})`),
  ),
})).e;

const xmileVariable = fc
  .tuple(fc.constantFrom(...XMILE_SHAPES), fc.constantFrom("aux", "flow", "stock"), xmileExpression, fc.boolean())
  .map(([shape, kind, equation, nonNegative]) => (name: string, flow: string) => {
    const dimensions = shape.map((d) => `<dim name="${d}"/>`).join("");
    const shaped = shape.length > 0 ? `<dimensions>${dimensions}</dimensions>` : "";
    const flows = kind === "stock" ? `<outflow>${flow}</outflow>` : "";
    const limit = nonNegative && kind !== "aux" ? "<non_negative/>" : "";
    return `<${kind} name="${name}">${shaped}<eqn>${equation}</eqn>${flows}${limit}</${kind}>`;
  });

const xmileModel = fc
  .array(xmileVariable, { minLength: 1, maxLength: 2 })
  .map((list) => [GRAPH, ARRAYS, ...list.map((make, i) => make(`v${i + 3}`, "out"))].join("\n"));

const RUNS = Number(process.env.FOREIGN_RUNS ?? 150);

function checkAll(models: fc.Arbitrary<string>, compile: (text: string) => ForeignCompilation): void {
  const seen = { errors: 0, runs: 0 };
  fc.assert(
    fc.property(models, (text) => {
      seen[check(compile(text))]++;
    }),
    { numRuns: RUNS },
  );
  // Pieces that never fit together would show nothing.
  expect(seen.runs).toBeGreaterThan(RUNS / 20);
}

test("Vensim models of any pieces end in a program or in errors", () => checkAll(model, compileVensim));

test("XMILE models of any pieces end in a program or in errors", () =>
  checkAll(xmileModel, (text) => compileXmile(text, DIMENSIONS)));

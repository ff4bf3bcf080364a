/** Functions of engine/numerics: time of a value, scalar and in the kernel. */
import { compileModel } from "../../engine/compile.ts";
import { kernelCode } from "../../engine/ensemble/plan-kernel.ts";
import * as numerics from "../../engine/numerics/index.ts";
import { type Contender, duel } from "../duel.ts";
import { interpreter, kernel, RUNS } from "../machines.ts";
import { planOf } from "../models.ts";
import { digits, heading, say, table } from "../print.ts";
import { requireClose } from "../same-results.ts";

const VALUES = 4096;

interface Scalar {
  readonly name: string;
  readonly ours: (x: number) => number;
  /** The host's function, whose last digits may differ. */
  readonly host: ((x: number) => number) | null;
  readonly low: number;
  readonly high: number;
}

const SCALARS: readonly Scalar[] = [
  { name: "exp", ours: numerics.exp, host: Math.exp, low: -20, high: 20 },
  { name: "ln", ours: numerics.ln, host: Math.log, low: 0.001, high: 1000 },
  { name: "log10", ours: numerics.log10, host: Math.log10, low: 0.001, high: 1000 },
  { name: "power(x, 0.7)", ours: (x) => numerics.power(x, 0.7), host: (x) => x ** 0.7, low: 0.001, high: 1000 },
  { name: "sin", ours: numerics.sin, host: Math.sin, low: -20, high: 20 },
  { name: "cos", ours: numerics.cos, host: Math.cos, low: -20, high: 20 },
  { name: "tan", ours: numerics.tan, host: Math.tan, low: -1.5, high: 1.5 },
  { name: "asin", ours: numerics.asin, host: Math.asin, low: -1, high: 1 },
  { name: "acos", ours: numerics.acos, host: Math.acos, low: -1, high: 1 },
  { name: "atan", ours: numerics.atan, host: Math.atan, low: -20, high: 20 },
  { name: "sinh", ours: numerics.sinh, host: Math.sinh, low: -5, high: 5 },
  { name: "cosh", ours: numerics.cosh, host: Math.cosh, low: -5, high: 5 },
  { name: "tanh", ours: numerics.tanh, host: Math.tanh, low: -5, high: 5 },
  { name: "normalQuantile", ours: numerics.normalQuantile, host: null, low: 0.001, high: 0.999 },
  {
    name: "quantileTriangular",
    ours: (u) => numerics.quantileTriangular(u, 0, 1, 3),
    host: null,
    low: 0.001,
    high: 0.999,
  },
  {
    name: "quantileTruncatedNormal",
    ours: (u) => numerics.quantileTruncatedNormal(u, 0, 1, -1, 2),
    host: null,
    low: 0.001,
    high: 0.999,
  },
  { name: "quantileBeta", ours: (u) => numerics.quantileBeta(u, 2, 5), host: null, low: 0.001, high: 0.999 },
  { name: "quantileGamma", ours: (u) => numerics.quantileGamma(u, 2, 1), host: null, low: 0.001, high: 0.999 },
];

/** Values are kept, so that nothing is left out as unused. */
const out = new Float64Array(VALUES);

export async function numericsSuite(slice: number): Promise<void> {
  heading("Functions: nanoseconds of a value");
  const rows: string[][] = [];
  for (const scalar of SCALARS) rows.push(await one(scalar, slice));
  rows.push(await uniforms(slice));
  table(["scalar", "ours", "host", "host / ours"], rows);
  say();
  await inKernel(slice);
}

async function one({ name, ours, host, low, high }: Scalar, slice: number): Promise<string[]> {
  const x = Float64Array.from({ length: VALUES }, (_, i) => low + ((high - low) * (i + 0.5)) / VALUES);
  if (host) requireClose(name, x.map(host), x.map(ours), 1e-12);
  const over = (f: (x: number) => number) => loopOver(f)(x, out);
  const contenders: Contender[] = [{ name, work: { here: () => over(ours) }, units: VALUES }];
  if (host) contenders.push({ name: "host", work: { here: () => over(host) }, units: VALUES });
  const [mine, theirs] = await duel(contenders, { slice, rounds: 3 });
  return [
    name,
    digits(mine!.time * 1e6),
    theirs ? digits(theirs.time * 1e6) : "",
    theirs ? digits(1 / theirs.speed) : "",
  ];
}

/** A loop of its own for each function, so that V8 can put the function in its place. */
const loops = new Map<(x: number) => number, (x: Float64Array, out: Float64Array) => void>();
function loopOver(f: (x: number) => number): (x: Float64Array, out: Float64Array) => void {
  let loop = loops.get(f);
  if (!loop) {
    const make = new Function("f", "return (x, out) => { for (let i = 0; i < x.length; i++) out[i] = f(x[i]); }");
    loop = make(f) as (x: Float64Array, out: Float64Array) => void;
    loops.set(f, loop);
  }
  return loop;
}

async function uniforms(slice: number): Promise<string[]> {
  const stream = numerics.streamOf("bench");
  const fill = () => {
    for (let i = 0; i < VALUES; i++) out[i] = numerics.uniform(1, stream, i, 0);
  };
  const [mine] = await duel([{ name: "uniform", work: { here: fill }, units: VALUES }], { slice, rounds: 3 });
  return ["uniform (Philox)", digits(mine!.time * 1e6), "", ""];
}

/** What a kernel adds for a function: a model that applies it to 512 values less one that copies them. */
const IN_KERNEL = ["exp(x)", "ln(x)", "x^0.7", "sqrt(x)", "sin(x)", "log10(x)", "tanh(x)"];
const CELLS = 512;

async function inKernel(slice: number): Promise<void> {
  const machines = ["x + 1", ...IN_KERNEL].map((equation) => {
    const plan = planOf(modelOf(equation), { draws: RUNS, blockDraws: RUNS });
    const machine = kernel(plan, kernelCode(plan));
    const reference = interpreter(plan);
    for (const m of [machine, reference]) m.run();
    requireClose(equation, reference.outputs(), machine.outputs(), 0);
    return { name: equation, work: { here: machine.run }, units: CELLS * (STEPS + 1) * RUNS };
  });
  const scores = await duel(machines, { slice, rounds: 3 });
  const [base, ...functions] = scores;
  table(
    ["in the kernel, beside an addition", "ns a value"],
    functions.map((s) => [s.name, digits((s.time - base!.time) * 1e6)]),
  );
}

const STEPS = 64;

function modelOf(equation: string): {
  model: NonNullable<ReturnType<typeof compileModel>["model"]>;
  program: NonNullable<ReturnType<typeof compileModel>["program"]>;
} {
  const text = `model: {name: functions, time: {start: 0, stop: ${STEPS}, step: 1, save: ${STEPS}, unit: "1"}}
dimensions:
  cell: {elements: 1..${CELLS}}
stocks:
  x[cell]: {initial: position(cell) / ${CELLS}, inflows: [change], unit: "1"}
flows:
  change[cell]: {equation: "0 * f", unit: "1"}
auxiliaries:
  f[cell]: {equation: "${equation}", unit: "1"}
  all: {equation: "sum(x, cell)", unit: "1", indicator: end}
`;
  const { model, program, diagnostics } = compileModel([{ path: "model.yaml", text }]);
  if (!model || !program) throw new Error(`the model of functions is wrong: ${JSON.stringify(diagnostics)}`);
  return { model, program };
}

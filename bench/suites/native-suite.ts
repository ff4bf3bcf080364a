/** The synthetic model against the same model written in C by hand. */
import { kernelCode } from "../../engine/ensemble/plan-kernel.ts";
import { markedForRevectorizer } from "../../workers/kernel-tier.ts";
import { tryRevectorizer } from "../../workers/revectorizer-trial.ts";
import { type Contender, duel } from "../duel.ts";
import { fixedInputs, kernel, type Machine, RUNS } from "../machines.ts";
import { planOf, synthetic } from "../models.ts";
import { findCompiler, NativeFolder, NativeModel } from "../native/compile-native.ts";
import { digits, heading, percent, say, table } from "../print.ts";
import { requireClose } from "../same-results.ts";

const PLACES = 16;
/** The edition in which exponentials of sums are products of factors. One of the C programs has the same rewrites. */
const FACTORS = [["name: synthetic,", "name: synthetic, numerics: factors,"]] as const;
/** Sums may be in another order, which changes last digits. */
const BOUND = 1e-12;
/** Transfers are what is left of incomes that nearly cancel, and every step begins with the results of the one before. */
const EDITION_BOUND = 1e-10;

export async function nativeSuite(slice: number): Promise<void> {
  heading(`Distance to native: the synthetic model, ${PLACES} places, in C`);
  const compiler = findCompiler();
  if ("missing" in compiler) return say(`skipped: ${compiler.missing}`);
  const folder = new NativeFolder();
  try {
    await compare(folder, slice);
  } finally {
    folder.remove();
  }
}

async function compare(folder: NativeFolder, slice: number): Promise<void> {
  const plan = planOf(synthetic(PLACES), { draws: RUNS, blockDraws: RUNS });
  const factors = planOf(synthetic(PLACES, FACTORS), { draws: RUNS, blockDraws: RUNS });
  const kernels = [...kernelsOf(plan, ""), ...kernelsOf(factors, ", numerics: factors")];
  for (const [, { run }] of kernels) run();
  const expected = kernels[0]![1].outputs();
  const four = new NativeModel(folder.compile("avx2", PLACES), parameters(plan, RUNS));
  const split = new NativeModel(folder.compile("factors", PLACES), parameters(plan, RUNS));
  const one = new NativeModel(folder.compile("scalar", PLACES), parameters(plan, 1));
  try {
    for (const [name, { outputs }] of kernels) requireClose(name, expected, outputs(), EDITION_BOUND);
    const [ofFour, ofOne] = [await four.results(), await one.results()];
    requireClose("C, AVX2 with factors", expected, await split.results(), EDITION_BOUND);
    const differences = [
      requireClose("C, AVX2", expected, ofFour, BOUND),
      requireClose(
        "C, scalar",
        expected.filter((_, i) => i % RUNS === 0),
        ofOne,
        BOUND,
      ),
    ];
    say(`Largest relative difference of a result: ${differences.map((d) => d.toExponential(1)).join(" and ")}.`);
    const contenders: Contender[] = [
      {
        name: "C, AVX2 over 4 runs, our exp, ln and power, no FMA",
        work: { elsewhere: (times) => four.time(times) },
        units: RUNS,
      },
      {
        name: "the same with the rewrites of numerics: factors",
        work: { elsewhere: (times) => split.time(times) },
        units: RUNS,
      },
      {
        name: "C, one run at a time, functions of the C library",
        work: { elsewhere: (times) => one.time(times) },
        units: 1,
      },
      ...kernels.map(([name, { run }]) => ({ name, work: { here: run }, units: RUNS })),
    ];
    const scores = await duel(contenders, { slice, rounds: 9 });
    table(
      ["", "µs a run", "share of AVX2 C", "quartiles"],
      scores.map((s) => [s.name, digits(s.time * 1000), percent(s.speed), `${percent(s.low)} – ${percent(s.high)}`]),
    );
  } finally {
    four.end();
    split.end();
    one.end();
  }
}

/** The kernel of a plan, and the revectorized one if it is used. */
function kernelsOf(plan: ReturnType<typeof planOf>, numerics: string): [string, Machine][] {
  const plain = kernelCode(plan);
  const wide = markedForRevectorizer(kernelCode(plan, "for-revectorizer"));
  const kernels: [string, Machine][] = [[`kernel${numerics}`, kernel(plan, plain)]];
  const verdict = tryRevectorizer(plan, plain, wide);
  if (verdict.use) kernels.push([`kernel, revectorized${numerics}`, kernel(plan, wide, { revectorize: true })]);
  else say(`V8's revectorizer is not used${numerics}: ${JSON.stringify(verdict)}`);
  return kernels;
}

/** Values of the parameters, [parameter][lane], in the order of the model's text. */
function parameters(plan: ReturnType<typeof planOf>, lanes: number): Float64Array {
  const memory = new Float64Array(plan.program.slotCount * lanes);
  fixedInputs(plan, 0, lanes).load(memory, lanes);
  return Float64Array.from(
    plan.parameters.flatMap((p) => [...memory.subarray(p.base * lanes, (p.base + p.size) * lanes)]),
  );
}

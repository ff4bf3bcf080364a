/**
 * Every function of the language's table at special values: kernels of the plain program (one loop a statement) and of the optimized one (fused
 * loops, folded constants) give the interpreter's bits, with functions in place as the revectorizer has them. Operands differ from lane
 * to lane, or are constants, each in turn and all at once.
 */
import { describe, expect, it } from "vitest";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { FUNCTIONS, type FunctionEntry } from "../../engine/model/functions.ts";
import { goodModel } from "../../engine/testing/compile-text.ts";
import { differences } from "../../engine/testing/same-bits.ts";

/** Zeros, subnormal numbers, fractions, whole numbers even and odd, huge numbers, infinities, NaN. */
const SPECIAL = [
  ...[0, 5e-324, 0.5, 1, 2, 3, 709.9, 1e300, Number.POSITIVE_INFINITY].flatMap((x) => [x, -x]),
  ...[1e-310, -2.5, 2 ** 53, Number.NaN],
];
/** The same as somebody writes them; an infinity is what a division by zero gives. */
const CONSTANTS = ["0", "(-0)", "5e-324", "0.5", "1", "2", "(-3)", "(-2.5)", "1e300", "(1 / 0)", "(-1 / 0)", "(0 / 0)"];

const OPERANDS = ["x", "y", "z"] as const;
type Operand = (typeof OPERANDS)[number] | "v" | "w";

/** Functions whose arguments are not all numbers. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  sum: ["sum(v, place)", "sum(v, coast)"],
  mean: ["mean(v, place)", "mean(v, coast)"],
  product: ["product(v, place)"],
  minimum: ["minimum(v, place)"],
  maximum: ["maximum(v, place)"],
  stddev: ["stddev(v, place)"],
  count: ["x * count(place)", "count(coast) + x"],
  share: ["share(v, place)", "share(x, place)"],
  softmax: ["softmax(v, place)", "softmax(x + v, place)"],
  rank: ["rank(v, place)", "rank(v, place, -1)"],
  sort_order: ["sort_order(v, place)"],
  allocate: ["allocate(x, v, w, place)", "allocate(10, v, w, place)"],
  group_weight: ["x * group_weight(coast)"],
  position: ["x ^ position(place)"],
  lookup_linear: ["lookup_linear(table, x)"],
  lookup_extrapolate: ["lookup_extrapolate(table, x)"],
  lookup_backward: ["lookup_backward(table, x)"],
  lookup_forward: ["lookup_forward(table, x)"],
  lookup_inverse: ["lookup_inverse(rising, x)"],
  lookup_area: ["lookup_area(table, x, y)", "lookup_area(table, 0.5, y)"],
  lookup_slope: ["lookup_slope(table, x)", "lookup_slope(table, x, 0)"],
  solve: ["solve(t, t ^ 2 - x, 0, y)"],
};
/** Functions that keep a state: a value that is not finite ends the run, so each run has one set of numbers. */
const WITH_MEMORY: Readonly<Record<string, readonly string[]>> = {
  initial: ["initial(x * time + y)"],
  previous: ["previous(x * time, y)"],
  history: ["history(x * time, 2)"],
  delay_fixed: ["delay_fixed(x * time, 2, y)"],
  sample_if_true: ["sample_if_true(time mod 2 == y, x * time, z)"],
  delay1: ["delay1(x, y)", "delay1(x, 2, z)"],
  delay3: ["delay3(x, y, z)"],
  delay_n: ["delay_n(x, y, 2, z)"],
  smooth: ["smooth(x, y)", "smooth(x, 2, z)"],
  smooth3: ["smooth3(x, y, z)"],
  smooth_n: ["smooth_n(x, y, 2, z)"],
  npv: ["npv(x, y)"],
};

const entries = Object.values(FUNCTIONS);
const isPlain = (entry: FunctionEntry): boolean =>
  !(entry.name in CALLS) && !(entry.name in WITH_MEMORY) && entry.parameters.every((p) => p.kind === "value");
const plain = entries.filter(isPlain);

const operand = (i: number): string => OPERANDS[i % OPERANDS.length]!;
const argumentsOf = ({ atLeast, atMost }: FunctionEntry): number =>
  Math.max(atLeast, Math.min(atMost, OPERANDS.length));

function callOf(entry: FunctionEntry, argument: (i: number) => string = operand): string {
  return `${entry.name}(${Array.from({ length: argumentsOf(entry) }, (_, i) => argument(i)).join(", ")})`;
}

/** Each argument is one constant after the other, then all are constants. */
function callsWithConstants(entry: FunctionEntry): string[] {
  const call = (argument: (i: number) => string) => callOf(entry, argument);
  return [
    ...Array.from({ length: argumentsOf(entry) }).flatMap((_, fixed) =>
      CONSTANTS.map((c) => call((i) => (i === fixed ? c : operand(i)))),
    ),
    ...CONSTANTS.map((_, c) => call((i) => CONSTANTS[(c + 5 * i) % CONSTANTS.length]!)),
  ];
}

const LARGEST = Number.MAX_VALUE;

/** Outputs are always finite, so that no run ends: the value where it is finite, and which of NaN and the infinities it is. */
function modelOf(equations: readonly string[], cells: number, shape: "cell" | "cell, place"): string {
  const values = equations.flatMap((equation, i) => [
    `  f${i}[${shape}]: {equation: "${equation}", unit: "1"}`,
    `  finite${i}[${shape}]: {equation: "if(abs(f${i}) <= ${LARGEST}, f${i}, 0)", unit: "1", indicator: end}`,
    `  kind${i}[${shape}]: {equation: "if(f${i} != f${i}, 2, if(f${i} > ${LARGEST}, 1, if(f${i} < -${LARGEST}, -1, 0)))", unit: "1", indicator: end}`,
  ]);
  return `model: {name: functions, time: {start: 0, stop: 1, step: 1, save: 1, unit: "1"}}
dimensions:
  cell: {elements: 1..${cells}}
  place: {elements: [north, middle, south], groups: {coast: {north: 1, middle: 0.5}}}
lookups:
  table: {points: [[-1, 10], [0, 3], [0.5, 3], [2, -20], [4, 40]], unit: "1"}
  rising: {points: [[-1, -10], [0, 3], [2, 20], [4, 40]], unit: "1"}
parameters:
${OPERANDS.map((name) => `  ${name}[cell]: {value: 1, unit: "1"}`).join("\n")}
  v[cell, place]: {value: 1, unit: "1"}
  w[cell, place]: {value: 1, unit: "1"}
auxiliaries:
${values.join("\n")}
`;
}

/** Elements and lanes take special values in turn, so that neighbouring lanes take different branches. */
type Assignment = (name: Operand, element: number, lane: number) => number;

const N = SPECIAL.length;
/** All pairs of x and y occur in N² elements; the others are mixed (7 and 5 have no factor in common with N). */
const allPairs: Assignment = (name, element, lane) => {
  const at = element + 3 * lane;
  const mixed = 7 * at + 5 * Math.floor(at / N);
  return SPECIAL[{ x: at, y: Math.floor(at / N), z: mixed, v: mixed, w: mixed + 3 }[name] % N]!;
};
/** Every operand takes all values in N elements. */
const allValues: Assignment = (name, element, lane) => {
  const at = element + 3 * lane;
  return SPECIAL[{ x: at, y: 5 * at + 2, z: 7 * at + 1, v: at, w: at }[name] % N]!;
};

/** Lanes of kernels with functions in place; with functions called they are tested in special-values.test.ts. */
const LANES = [4, 2] as const;

/** What differs between the interpreter and kernels of the plain and of the optimized program. */
function differ(yaml: string, value: Assignment): string[] {
  const { model, program } = goodModel(yaml);
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, lanes: number): void => {
    for (const { name, base, size } of parameters)
      for (let e = 0; e < size; e++)
        for (let l = 0; l < lanes; l++) memory[(base + e) * lanes + l] = value(name as Operand, e, l);
  };
  const optimized = optimizeProgram(program);
  return LANES.flatMap((lanes) =>
    [program, optimized].flatMap((compiled) =>
      differences(program, lanes, { load }, compiled, { form: "for-revectorizer" }),
    ),
  );
}

it("every function of the table is here", () => {
  const tested = [...plain.map((e) => e.name), ...Object.keys(CALLS), ...Object.keys(WITH_MEMORY)];
  expect(tested.sort()).toEqual(entries.map((e) => e.name).sort());
});

describe("at special values", () => {
  it.each(plain.map((e) => [e.signature, e] as const))("%s", (_, entry) => {
    expect(differ(modelOf([callOf(entry)], N * N, "cell"), allPairs)).toEqual([]);
    expect(differ(modelOf(callsWithConstants(entry), N, "cell"), allValues)).toEqual([]);
  });

  it.each(Object.values(CALLS).flat())("%s", (call) => {
    expect(differ(modelOf([call], N * N, "cell, place"), allPairs)).toEqual([]);
  });
});

const memoryModel = (equation: string) => `model: {name: memory, time: {start: 0, stop: 4, step: 1, save: 1, unit: "1"}}
parameters: {x: {value: 1, unit: "1"}, y: {value: 1, unit: "1"}, z: {value: 1, unit: "1"}}
auxiliaries: {f: {equation: "${equation}", unit: "1", indicator: end}}
`;
/** Runs of a function with a state, each of four or two sets of numbers. */
const SETS = 16;

describe("with a state, at sets of special values", () => {
  it.each(Object.values(WITH_MEMORY).flat())("%s", (call) => {
    const yaml = memoryModel(call);
    for (let set = 0; set < SETS; set++)
      expect(
        differ(yaml, (name, _, lane) => allPairs(name, 31 * set, lane)),
        `set ${set}`,
      ).toEqual([]);
  });
});

/** Sensitivity of an output to the drawn numbers, and to the scenarios, from an ensemble at hand. */
import { classCount, classesOf, type FirstOrder, firstOrder, resamples } from "./first-order.ts";
import { leastSquares } from "./least-squares.ts";
import { ranksOf, standardized } from "./ranks.ts";

/** The effect of one drawn number on one output. */
export interface InputEffect {
  readonly input: string;
  readonly firstOrder: FirstOrder;
  /**
   * Standardised coefficient of the regression of the output's ranks on those of all inputs, with its 95 % interval; null where
   * there are too few draws for that many inputs, or inputs determine each other.
   */
  readonly rankCoefficient: { readonly value: number; readonly low: number; readonly high: number } | null;
}

export interface OutputSensitivity {
  /** Draws that count: those whose run did not fail. */
  readonly n: number;
  /** One for each input that varies, the largest first-order index first; empty if the output does not vary. */
  readonly effects: readonly InputEffect[];
  readonly doesOutputVary: boolean;
  /** Inputs that do not vary. */
  readonly constantInputs: readonly string[];
  /** Share of the variance of ranks that the regression explains; null where there is none. */
  readonly explained: number | null;
}

/** Draws below which no index is given. */
export const LEAST_ROWS = 30;

/** The drawn numbers of an ensemble, made ready once for many outputs. */
export class GivenInputs {
  readonly #names: readonly string[];
  readonly #columns: readonly Float64Array[];
  readonly #seed: number;
  #ready: ReadyInputs | null = null;

  /**
   * @param columns Values of each input, one a draw.
   * @param seed Of the bootstrap.
   */
  constructor(names: readonly string[], columns: readonly Float64Array[], seed: number) {
    this.#names = names;
    this.#columns = columns;
    this.#seed = seed;
  }

  /**
   * @param y Values of the output by draw.
   * @param counts 1 for draws that count; all values of `y` there are finite.
   * @throws RangeError for fewer than {@link LEAST_ROWS} draws that count.
   */
  sensitivity(y: Float64Array, counts: Uint8Array): OutputSensitivity {
    const ready = this.#readyFor(counts);
    const { rows, inputs, constant } = ready;
    const values = Float64Array.from(rows, (row) => y[row]!);
    const n = rows.length;
    const ranks = standardized(values) && standardized(ranksOf(values));
    if (ranks === null) return { n, effects: [], doesOutputVary: false, constantInputs: constant, explained: null };
    const fit = leastSquares(
      inputs.map((input) => input.ranks),
      ranks,
    );
    const effects = inputs.map(({ name, classes }, i): InputEffect => {
      const value = fit?.coefficients[i] ?? 0;
      const half = 1.959963984540054 * (fit?.errors[i] ?? 0);
      return {
        input: name,
        firstOrder: firstOrder(classes, ready.classes, values, ready.weights),
        rankCoefficient: fit && { value, low: value - half, high: value + half },
      };
    });
    return {
      n,
      effects: effects.sort((a, b) => b.firstOrder.index - a.firstOrder.index),
      doesOutputVary: true,
      constantInputs: constant,
      explained: fit?.explained ?? null,
    };
  }

  /** Outputs of one scenario have the same draws, so that what belongs to the inputs is made once. */
  #readyFor(counts: Uint8Array): ReadyInputs {
    if (this.#ready !== null && sameBytes(this.#ready.counts, counts)) return this.#ready;
    const rows = Uint32Array.from(counts.keys()).filter((row) => counts[row] === 1);
    if (rows.length < LEAST_ROWS) throw new RangeError(`too few draws: ${rows.length} (at least ${LEAST_ROWS})`);
    const classes = classCount(rows.length);
    const inputs: ReadyInput[] = [];
    const constant: string[] = [];
    for (const [i, column] of this.#columns.entries()) {
      const values = Float64Array.from(rows, (row) => column[row]!);
      const ranks = standardized(values) && standardized(ranksOf(values));
      if (ranks === null) constant.push(this.#names[i]!);
      else inputs.push({ name: this.#names[i]!, ranks, classes: classesOf(values, classes) });
    }
    this.#ready = {
      counts: counts.slice(),
      rows,
      inputs,
      constant,
      classes,
      weights: resamples(rows.length, this.#seed),
    };
    return this.#ready;
  }
}

interface ReadyInput {
  readonly name: string;
  readonly ranks: Float64Array;
  readonly classes: Uint8Array;
}

interface ReadyInputs {
  readonly counts: Uint8Array;
  readonly rows: Uint32Array;
  readonly inputs: readonly ReadyInput[];
  readonly constant: readonly string[];
  readonly classes: number;
  readonly weights: readonly Uint32Array[];
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** How the variance of an output over all scenarios and draws is made up; shares add up to 1. */
export interface ScenarioShares {
  /** Draws that count: those that failed in no scenario. */
  readonly n: number;
  /** What the scenarios' means differ by: the levers. */
  readonly scenarios: number;
  /** What draws have in common under all scenarios: parameters and shocks. */
  readonly draws: number;
  /** What scenarios do differently in different draws. */
  readonly both: number;
}

/**
 * The two-way analysis of variance of scenarios × draws, in which every scenario counts alike.
 * @param outputs Values by draw, for each scenario.
 * @param counts 1 for draws that count in every scenario.
 * @returns null if the output does not vary, or there is one scenario only.
 */
export function scenarioShares(outputs: readonly Float64Array[], counts: Uint8Array): ScenarioShares | null {
  const rows = [...counts.keys()].filter((row) => counts[row] === 1);
  const [s, n] = [outputs.length, rows.length];
  if (s < 2 || n < 2) return null;
  const origin = outputs[0]![rows[0]!]!;
  const value = (scenario: number, row: number) => outputs[scenario]![row]! - origin;
  const scenarioMeans = outputs.map((_, scenario) => rows.reduce((sum, row) => sum + value(scenario, row), 0) / n);
  const drawMeans = rows.map((row) => outputs.reduce((sum, _, scenario) => sum + value(scenario, row), 0) / s);
  const mean = scenarioMeans.reduce((sum, m) => sum + m, 0) / s;
  const squares = (values: readonly number[]) => values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0);
  const total = squares(outputs.flatMap((_, scenario) => rows.map((row) => value(scenario, row))));
  if (!(total > 0)) return null;
  const [between, common] = [(n * squares(scenarioMeans)) / total, (s * squares(drawMeans)) / total];
  return { n, scenarios: between, draws: common, both: 1 - between - common };
}

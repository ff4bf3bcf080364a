/** The fit of problems whose posterior is known. */
import { describe, expect, it } from "vitest";
import { convergenceOf } from "./convergence.ts";
import { findMode } from "./find-mode.ts";
import { type FitProblem, squared } from "./fit-problem.ts";
import { samplePosterior } from "./sample-posterior.ts";
import { solveLower, solveUpper } from "./triangular.ts";

const problem = (
  observed: readonly number[],
  errors: readonly number[],
  model: (z: Float64Array) => number[] | null,
  dimension: number,
): FitProblem => ({
  dimension,
  observed: Float64Array.from(observed),
  errors: Float64Array.from(errors),
  predict: (points) =>
    points.map((point) => {
      const values = model(point);
      return values && Float64Array.from(values);
    }),
});

/** Two observations of three numbers, of which the third is not seen. */
const LINEAR = problem([1, 2], [0.5, 1], ([a, b]) => [2 * a! + b!, a! - b!], 3);
const OPTIONS = { seed: 7, chains: 8, warmup: 100, steps: 400 };

/** Mean and covariance of the posterior of {@link LINEAR} by the formula (I + AᵀR⁻¹A)⁻¹AᵀR⁻¹y, written out. */
function exactLinear(): { mean: number[]; covariance: number[][] } {
  const [p11, p12, p22] = [1 + 4 / 0.25 + 1, 2 / 0.25 - 1, 1 + 1 / 0.25 + 1];
  const determinant = p11 * p22 - p12 * p12;
  const covariance = [
    [p22 / determinant, -p12 / determinant],
    [-p12 / determinant, p11 / determinant],
  ];
  const right = [(2 * 1) / 0.25 + 2, 1 / 0.25 - 2];
  const mean = covariance.map((row) => row[0]! * right[0]! + row[1]! * right[1]!);
  return { mean, covariance };
}

const column = (chains: readonly (readonly { point: Float64Array }[])[], j: number): number[][] =>
  chains.map((chain) => chain.map(({ point }) => point[j]!));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const covariance = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
};

describe("a linear model with normal errors", () => {
  const mode = findMode(LINEAR)!;
  const exact = exactLinear();

  it("has its posterior mean as the mode, in one step", () => {
    expect(mode.point[0]).toBeCloseTo(exact.mean[0]!, 8);
    expect(mode.point[1]).toBeCloseTo(exact.mean[1]!, 8);
    expect(mode.point[2]).toBe(0);
    expect(mode.converged).toBe(true);
    expect(mode.steps).toBeLessThanOrEqual(2);
  });

  it("has the inverse of the precision as its covariance", () => {
    const unit = (j: number) =>
      solveUpper(
        mode.factor,
        solveLower(
          mode.factor,
          Float64Array.from([0, 1, 2], (k) => +(k === j)),
        ),
      );
    expect(unit(0)[0]).toBeCloseTo(exact.covariance[0]![0]!, 7);
    expect(unit(0)[1]).toBeCloseTo(exact.covariance[0]![1]!, 7);
    expect(unit(1)[1]).toBeCloseTo(exact.covariance[1]![1]!, 7);
    expect(unit(2)[2]).toBeCloseTo(1, 12);
  });

  it("is sampled with one run a step and the exact mean and covariance within sampling error", () => {
    const sample = samplePosterior(LINEAR, mode, OPTIONS);
    expect(sample.runsPerStep).toBeLessThan(1.001);
    const draws = [0, 1, 2].map((j) => column(sample.chains, j).flat());
    for (const j of [0, 1]) {
      const sd = Math.sqrt(exact.covariance[j]![j]!);
      expect(Math.abs(mean(draws[j]!) - exact.mean[j]!)).toBeLessThan((4 * sd) / Math.sqrt(3200));
      for (const k of [0, 1]) {
        const scale = Math.sqrt(exact.covariance[j]![j]! * exact.covariance[k]![k]!);
        expect(Math.abs(covariance(draws[j]!, draws[k]!) - exact.covariance[j]![k]!)).toBeLessThan(0.1 * scale);
      }
    }
    // What is not seen keeps its prior.
    expect(Math.abs(covariance(draws[2]!, draws[2]!) - 1)).toBeLessThan(0.1);
    for (const j of [0, 1, 2]) {
      const { rHat, bulkEss } = convergenceOf(column(sample.chains, j));
      expect(rHat).toBeLessThan(1.01);
      expect(bulkEss).toBeGreaterThan(1400);
    }
  });

  it("gives the same bits for the same seed, and others for another", () => {
    const again = samplePosterior(LINEAR, mode, OPTIONS);
    const other = samplePosterior(LINEAR, mode, { ...OPTIONS, seed: 8 });
    const first = samplePosterior(LINEAR, mode, OPTIONS);
    expect(again).toEqual(first);
    expect(column(other.chains, 0)).not.toEqual(column(first.chains, 0));
  });
});

describe("a model that bends", () => {
  /** A banana: a and 0.25 a² + b are seen. */
  const BANANA = problem([1, 1], [0.8, 0.5], ([a, b]) => [a!, 0.25 * a! * a! + b!], 2);

  /** Mean of a coordinate by quadrature over a fine grid. */
  function byQuadrature(j: number, power: number): number {
    let [weight, sum] = [0, 0];
    for (let a = -5; a <= 5; a += 0.02) {
      for (let b = -5; b <= 5; b += 0.02) {
        const z = Float64Array.of(a, b);
        const r = Float64Array.of((a - 1) / 0.8, (0.25 * a * a + b - 1) / 0.5);
        const density = Math.exp(-(squared(z) + squared(r)) / 2);
        weight += density;
        sum += density * z[j]! ** power;
      }
    }
    return sum / weight;
  }

  it("is sampled with the moments that quadrature gives", () => {
    const mode = findMode(BANANA)!;
    const sample = samplePosterior(BANANA, mode, { seed: 3, chains: 16, warmup: 100, steps: 1500 });
    for (const j of [0, 1]) {
      const draws = column(sample.chains, j);
      const { rHat, bulkEss } = convergenceOf(draws);
      expect(rHat).toBeLessThan(1.02);
      const first = byQuadrature(j, 1);
      const sd = Math.sqrt(byQuadrature(j, 2) - first * first);
      expect(Math.abs(mean(draws.flat()) - first)).toBeLessThan((5 * sd) / Math.sqrt(bulkEss));
      expect(Math.sqrt(covariance(draws.flat(), draws.flat())) / sd).toBeCloseTo(1, 1);
    }
  });

  it("comes to rest where the misfit is lowest", () => {
    const mode = findMode(BANANA)!;
    for (const [da, db] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ] as const) {
      const z = Float64Array.of(mode.point[0]! + da, mode.point[1]! + db);
      const prediction = BANANA.predict([z])[0]!;
      const misfit =
        (squared(z) + squared(Float64Array.of((prediction[0]! - 1) / 0.8, (prediction[1]! - 1) / 0.5))) / 2;
      expect(misfit).toBeGreaterThan(mode.misfit);
    }
  });
});

describe("runs that fail", () => {
  it("have no mode where the centre of the prior fails", () => {
    expect(findMode(problem([1], [1], () => null, 1))).toBeNull();
  });

  it("are never accepted, and counted", () => {
    const half = problem([0], [1], ([a]) => (a! > 0.2 ? null : [a!]), 1);
    const mode = findMode(half)!;
    const sample = samplePosterior(half, mode, OPTIONS);
    expect(sample.failed).toBeGreaterThan(0);
    expect(
      column(sample.chains, 0)
        .flat()
        .every((a) => a <= 0.2),
    ).toBe(true);
  });
});

describe("convergence of chains", () => {
  const wave = (length: number, shift: number) => Array.from({ length }, (_, i) => Math.sin(i * 12.9898) + shift);

  it.each([
    ["chains apart", [wave(100, 0), wave(100, 3)], 1.5],
    ["a chain that moves away", [Array.from({ length: 100 }, (_, i) => i), wave(100, 50)], 1.2],
  ])("%s have a large R̂ and few effective draws", (_, chains, least) => {
    const { rHat, bulkEss } = convergenceOf(chains);
    expect(rHat).toBeGreaterThan(least);
    expect(bulkEss).toBeLessThan(20);
  });

  it("knows that a chain of pairs has half as many effective draws", () => {
    const draws = (seed: number) => samplePosterior(LINEAR, findMode(LINEAR)!, { ...OPTIONS, seed }).chains;
    const single = column(draws(1), 2);
    const doubled = single.map((chain) => chain.flatMap((value) => [value, value]));
    const ratio = convergenceOf(doubled).bulkEss / convergenceOf(single).bulkEss;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it("says nothing of values that are all the same", () => {
    expect(
      convergenceOf([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
    ).toEqual({ rHat: Number.NaN, bulkEss: Number.NaN });
  });
});

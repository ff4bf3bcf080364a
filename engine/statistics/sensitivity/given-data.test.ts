import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalQuantile, streamOf, uniform } from "../../numerics/index.ts";
import { GivenInputs, scenarioShares } from "./given-data.ts";
import { leastSquares } from "./least-squares.ts";
import { ranksOf } from "./ranks.ts";

const uniforms = (name: string, n: number, seed = 1) =>
  Float64Array.from({ length: n }, (_, i) => uniform(seed, streamOf(name), i, 0));
const all = (n: number) => new Uint8Array(n).fill(1);

test("ranks: equal values share the mean of theirs", () => {
  expect([...ranksOf(Float64Array.of(30, 10, 20, 10, 30, 30))]).toEqual([5, 1.5, 3, 1.5, 5, 5]);
});

test("least squares: an exact relation is found, with no error; dependent columns and too few rows are told", () => {
  const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  const columns = ["a", "b", "c"].map((name) => uniforms(name, 40));
  fc.assert(
    fc.property(numbers, (wanted) => {
      const y = columns[0]!.map((_, i) => columns.reduce((sum, column, j) => sum + wanted[j]! * column[i]!, 0));
      const found = leastSquares(columns, y)!;
      for (const [j, value] of wanted.entries()) expect(found.coefficients[j]).toBeCloseTo(value, 10);
    }),
  );
  expect(leastSquares([columns[0]!, columns[0]!.map((x) => 2 * x)], columns[1]!)).toBeNull();
  expect(
    leastSquares(
      columns.map((c) => c.slice(0, 4)),
      columns[0]!.slice(0, 4),
    ),
  ).toBeNull();
});

describe("the function of Ishigami and Homma (1990), with a = 7 and b = 0.1", () => {
  // Known first-order indices: 0.3139, 0.4424, 0 (Saltelli et al. 2008, "Global Sensitivity Analysis: The Primer").
  const n = 6000;
  const names = ["x1", "x2", "x3", "idle", "fixed"];
  const columns = names.map((name) => uniforms(name, n).map((u) => Math.PI * (2 * u - 1)));
  columns[4]!.fill(2);
  const y = columns[0]!.map(
    (x, i) => Math.sin(x) + 7 * Math.sin(columns[1]![i]!) ** 2 + 0.1 * columns[2]![i]! ** 4 * Math.sin(x),
  );
  const found = new GivenInputs(names, columns, 1).sensitivity(y, all(n));
  const of = (name: string) => found.effects.find((effect) => effect.input === name)!;

  test.each([
    ["x1", 0.3139],
    ["x2", 0.4424],
    ["x3", 0],
    ["idle", 0],
  ])("%s: %f", (name, index) => {
    const { firstOrder } = of(name);
    expect(Math.abs(firstOrder.index - index)).toBeLessThan(0.03);
    expect(firstOrder.low).toBeLessThan(index + 0.005);
    expect(firstOrder.high).toBeGreaterThan(index - 0.005);
  });

  test("the largest comes first; an input that does not vary is named", () => {
    expect(found.effects[0]!.input).toBe("x2");
    expect(found.constantInputs).toEqual(["fixed"]);
  });

  test("the regression of ranks sees the monotone effect of x1 only, and explains little", () => {
    expect(of("x1").rankCoefficient!.value).toBeGreaterThan(0.3);
    expect(Math.abs(of("x2").rankCoefficient!.value)).toBeLessThan(0.05);
    expect(found.explained).toBeLessThan(0.3);
  });
});

describe("a sum of normal inputs with weights 1, 2 and 3", () => {
  const n = 400;
  const sample = (seed: number) => {
    const columns = ["a", "b", "c"].map((name) => uniforms(name, n, seed).map(normalQuantile));
    const y = columns[0]!.map((a, i) => a + 2 * columns[1]![i]! + 3 * columns[2]![i]! + 5);
    return new GivenInputs(["a", "b", "c"], columns, seed).sensitivity(y, all(n));
  };

  test("intervals hold the true first-order indices 1/14, 4/14 and 9/14 in 90 to 99 of 100 repetitions", () => {
    const truth = new Map([
      ["a", 1 / 14],
      ["b", 4 / 14],
      ["c", 9 / 14],
    ]);
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      for (const { input, firstOrder } of sample(seed).effects) {
        if (firstOrder.low <= truth.get(input)! && truth.get(input)! <= firstOrder.high) held++;
      }
    }
    expect(held / 300).toBeGreaterThan(0.9);
    expect(held / 300).toBeLessThan(0.99);
  });

  test("rank coefficients are near the correlation coefficients", () => {
    const { effects, explained } = sample(7);
    expect(effects.map((effect) => effect.input)).toEqual(["c", "b", "a"]);
    for (const [i, weight] of [3, 2, 1].entries()) {
      expect(Math.abs(effects[i]!.rankCoefficient!.value - weight / Math.sqrt(14))).toBeLessThan(0.06);
    }
    expect(explained).toBeGreaterThan(0.95);
  });
});

describe("what cannot be said", () => {
  const columns = [uniforms("a", 60)];

  test("an output that does not vary has no effects, and says so", () => {
    const found = new GivenInputs(["a"], columns, 1).sensitivity(new Float64Array(60).fill(0.1), all(60));
    expect(found).toMatchObject({ effects: [], doesOutputVary: false, n: 60, explained: null });
  });

  test("draws that do not count are left out whole, even if they are not finite", () => {
    const y = columns[0]!.map((a, i) => (i % 3 === 0 ? Number.NaN : a));
    const found = new GivenInputs(["a"], columns, 1).sensitivity(
      y,
      Uint8Array.from(y, (v) => (Number.isNaN(v) ? 0 : 1)),
    );
    expect(found.n).toBe(40);
    expect(found.effects[0]!.firstOrder.index).toBeGreaterThan(0.7);
  });

  test("too few draws", () => {
    const counts = all(60).fill(0, 20);
    expect(() => new GivenInputs(["a"], columns, 1).sensitivity(columns[0]!, counts)).toThrow("too few draws: 20");
  });

  test("more inputs than draws: first-order indices without a regression", () => {
    const names = Array.from({ length: 60 }, (_, i) => `p${i}`);
    const many = names.map((name) => uniforms(name, 50));
    const found = new GivenInputs(names, many, 1).sensitivity(many[3]!, all(50));
    expect(found.explained).toBeNull();
    expect(found.effects[0]).toMatchObject({ input: "p3", rankCoefficient: null });
  });
});

describe("scenarios and draws", () => {
  const draw = uniforms("d", 500);

  test("effects that add up have no share in common", () => {
    const shares = scenarioShares([draw, draw.map((d) => d + 1), draw.map((d) => d + 2)], all(500))!;
    // Variances: 2/3 between scenarios, 1/12 between draws.
    expect(shares.scenarios).toBeCloseTo(2 / 3 / (2 / 3 + 1 / 12), 1);
    expect(shares.both).toBeCloseTo(0, 12);
  });

  test("a lever that only scales the draws has its effect in common with them", () => {
    const centred = draw.map((d) => d - 0.5);
    const shares = scenarioShares([centred, centred.map((d) => 3 * d)], all(500))!;
    // (1 and 3: mean 2, deviation 1): 4/5 of the variance is that of the draws, 1/5 is common.
    expect(shares.draws).toBeCloseTo(0.8, 2);
    expect(shares.both).toBeCloseTo(0.2, 2);
  });

  test("one scenario, or nothing that varies: none", () => {
    expect(scenarioShares([draw], all(500))).toBeNull();
    expect(scenarioShares([new Float64Array(5), new Float64Array(5)], all(5))).toBeNull();
  });
});

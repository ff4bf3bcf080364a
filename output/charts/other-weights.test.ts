import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dirichletWeights, robustRanks, WEIGHT_DRAWS } from "./other-weights.ts";

describe("weights", () => {
  const weights = dirichletWeights(5);

  it("are as many as stated, positive, and add up to 1", () => {
    expect(weights).toHaveLength(WEIGHT_DRAWS);
    for (const one of weights) {
      expect(Math.min(...one)).toBeGreaterThan(0);
      expect(one.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  });

  it("lie evenly round the equal ones, with the spread of a Dirichlet distribution", () => {
    // Each weight of five with parameter 5 is beta(5, 20): mean 1/5, variance 4/650.
    const column = weights.map((one) => one[3]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    expect(mean).toBeCloseTo(0.2, 2);
    expect(variance).toBeCloseTo(4 / 650, 3);
  });
});

describe("ranks under other weights", () => {
  it("of scores in three parts", () => {
    const ranks = robustRanks([
      [0.9, 0.9, 0.9],
      [0.8, 0.2, 0.5],
      [0.2, 0.8, 0.5],
      [0.1, 0.1, 0.1],
    ]);
    expect(ranks.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    // The first and the last stand whatever the weights; the two between change places.
    expect(ranks.map(({ best, worst }) => [best, worst])).toEqual([
      [1, 1],
      [2, 3],
      [2, 3],
      [4, 4],
    ]);
    expect(ranks[1]?.index).toBeCloseTo((0.8 * 0.2 * 0.5) ** (1 / 3), 12);
  });

  it("of a place that is above another in every part never cross", () => {
    const score = fc.double({ min: 0.05, max: 0.9, noNaN: true });
    const place = fc.array(score, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), (places) => {
        const better = places[0]!.map((value) => value + 0.05);
        const ranks = robustRanks([better, ...places]);
        expect(ranks[0]!.best).toBeLessThan(ranks[1]!.best + 1);
        expect(ranks[0]!.worst).toBeLessThan(ranks[1]!.worst);
      }),
      { numRuns: 20 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { lnOnePlusLess, stirlingError } from "./gamma-function.ts";
import { ln } from "./log.ts";

describe("stirlingError", () => {
  it("gives the factorials back", () => {
    let factorial = 1;
    for (let a = 1; a <= 20; a++) {
      // ln Γ(a) with Γ(a) = (a - 1)!
      const stirling = (a - 0.5) * ln(a) - a + 0.5 * ln(2 * Math.PI);
      expect(stirling + stirlingError(a)).toBeCloseTo(ln(factorial), 13);
      factorial *= a;
    }
  });

  it("of ½ gives Γ(½) = √π", () => {
    expect(stirlingError(0.5)).toBeCloseTo(0.5 * ln(Math.PI) + 0.5 - 0.5 * ln(2 * Math.PI), 14);
  });

  it("tends to 1 / 12a", () => {
    expect(stirlingError(1e8) * 12e8).toBeCloseTo(1, 14);
  });
});

describe("lnOnePlusLess", () => {
  it.each([0.39, 0.41, -0.29, -0.31, 3, -0.9])("is ln(1 + e) - e at %d", (e) => {
    expect(lnOnePlusLess(e, 1 + e)).toBeCloseTo(ln(1 + e) - e, 14);
  });

  it("keeps its digits near 0: -e²/2 + e³/3", () => {
    const e = 1e-6;
    expect(lnOnePlusLess(e, 1 + e) / (-(e * e) / 2 + (e * e * e) / 3)).toBeCloseTo(1, 12);
  });
});

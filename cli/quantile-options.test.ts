import { describe, expect, test } from "vitest";
import { chosenQuantiles } from "./quantile-options.ts";

describe("--quantiles", () => {
  const standard = [2.5, 10, 25, 50, 75, 90, 97.5];

  test("without it a summary has the standard ones", () => {
    expect(chosenQuantiles(undefined)).toEqual(standard);
  });

  test.each([
    ["terrace,un", standard],
    ["ipcc", [2.5, 5, 10, 17, 25, 50, 75, 83, 90, 95, 97.5]],
    ["vensim", [0, 2.5, 10, 12.5, 25, 50, 75, 87.5, 90, 97.5, 100]],
    ["bank-of-england", [2.5, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 97.5]],
    ["99.5,1", [1, ...standard, 99.5]],
  ])("%s", (text, quantiles) => {
    expect(chosenQuantiles(text.split(","))).toEqual(quantiles);
  });

  test.each(["median", "101", "-5", "5%"])("%s is none", (part) => {
    expect(() => chosenQuantiles([part])).toThrow(
      `invalid --quantiles: ${part} (terrace, bank-of-england, un, ipcc, vensim, or per cents)`,
    );
  });
});

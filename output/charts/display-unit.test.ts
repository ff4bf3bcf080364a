import { describe, expect, it } from "vitest";
import { displayUnit, formatDifference, formatNumber, isShare, type UnitRequest } from "./display-unit.ts";

function request(unit: string, largest: number, more: Partial<UnitRequest> = {}): UnitRequest {
  return { unit, largest, reading: "end", timeUnit: "year", isShare: false, ...more };
}

/** How 1 model unit is shown, and in what unit. */
function shown(unit: UnitRequest): string[] {
  return (["en", "zh"] as const).map((language) => {
    const { factor, label } = displayUnit(unit, language);
    return `${factor} ${label}`;
  });
}

describe("displayUnit", () => {
  it.each([
    ["people of a province", request("person", 4.7e7), ["0.000001 million people", "0.0001 万人"]],
    ["people of a prefecture", request("person", 4e5), ["0.001 thousand people", "0.0001 万人"]],
    ["people of a village", request("person", 800), ["1 people", "1 人"]],
    ["people a year, as a rate", request("person/year", 2e5), ["0.001 thousand people a year", "0.0001 万人/年"]],
    [
      "people a year, summed over the year",
      request("person/year", 2e5, { reading: "total" }),
      ["0.001 thousand people", "0.0001 万人"],
    ],
    ["money of a province", request("亿元/year", 25_000, { reading: "total" }), ["0.1 billion yuan", "1 亿元"]],
    ["money of a county", request("亿元", 0.8), ["100 million yuan", "1 亿元"]],
    [
      "money at constant prices",
      request("亿元@2020/year", 25_000, { reading: "total" }),
      ["0.1 billion yuan (prices of 2020)", "1 亿元（2020年价）"],
    ],
    [
      "money per head at constant prices",
      request("元@2020/person/year", 71_828),
      ["1 yuan per head a year (prices of 2020)", "1 元/人/年（2020年价）"],
    ],
    ["a price index", request("元/元@2020", 1.2), ["1 yuan/元 (prices of 2020)", "1 元/元（2020年价）"]],
    ["money per head", request("元/person", 71_828), ["1 yuan per head", "1 元/人"]],
    [
      "transfers divided by people",
      request("亿元/year/person", 1e-4, { reading: "total" }),
      ["100000000 yuan per head", "100000000 元/人"],
    ],
    ["a share", request("1", 0.7, { isShare: true }), ["100 %", "100 %"]],
    ["a ratio", request("1", 2.9), ["1 ", "1 "]],
    ["a percentage", request("%", 70), ["1 %", "1 %"]],
    ["growth", request("percent/year", 6), ["1 % a year", "1 %/年"]],
    ["an unknown unit as written", request("widget/year", 5), ["1 widget a year", "1 widget/年"]],
  ])("%s", (_, unit, expected) => {
    expect(shown(unit)).toEqual(expected);
  });

  it("gives differences of percentages in percentage points", () => {
    expect(displayUnit(request("%", 70), "en").differenceLabel).toBe("percentage points");
    expect(displayUnit(request("1", 0.7, { isShare: true }), "zh").differenceLabel).toBe("个百分点");
  });
});

describe("isShare", () => {
  it.each([
    ["urbanization_rate", "Urbanization rate", "城镇化率", true],
    ["x", "Industry", "第二产业比重", true],
    ["income_ratio", "Urban to rural income", "城乡收入比", false],
    ["fertility_rate", "Total fertility rate", "总和生育率", false],
    ["coverage", "Coverage of standard expenditure", "标准支出保障率", true],
    ["theil", "Theil index", "泰尔指数", false],
  ])("%s", (name, en, zh, expected) => {
    expect(isShare({ name, title: { en, zh } })).toBe(expected);
  });
});

describe("numbers for readers", () => {
  it.each([
    [1234567, 0, "1,234,567"],
    [-1234.5, 1, "−1,234.5"],
    [-0.04, 1, "0.0"],
    [12, 2, "12.00"],
  ])("%f with %i digits is %s", (value, decimals, expected) => {
    expect(formatNumber(value, decimals)).toBe(expected);
  });

  it("differences carry their sign", () => {
    expect([2.5, -2.5, 0.001].map((value) => formatDifference(value, 1))).toEqual(["+2.5", "−2.5", "0.0"]);
  });
});

import { expect, test } from "vitest";
import { readingText } from "./words.ts";

test.each([
  ["end", "person", true, "year-end value", "年末值"],
  ["end", "万元@2020/year", true, "annual rate at the year's end", "年末的年率"],
  ["end", "元/person/year", true, "annual rate at the year's end", "年末的年率"],
  ["total", "person/year", true, "total over the year", "全年合计"],
  ["end", "degC/minute", false, "value at the time shown", "期末值"],
] as const)("%s of %s, yearly %s: %s", (reading, unit, isYearly, en, zh) => {
  expect(readingText({ reading, unit }, isYearly, "en")).toBe(en);
  expect(readingText({ reading, unit }, isYearly, "zh")).toBe(zh);
});

import { describe, expect, test } from "vitest";
import { areaOf, cellPlace, columnNumber } from "./cell-name.ts";

test.each([
  ["A", 0],
  ["z", 25],
  ["AA", 26],
  ["XFD", 16_383],
  ["XFE", null],
  ["A1", null],
  ["", null],
])("column %j → %s", (text, number) => expect(columnNumber(text)).toBe(number));

test.each([
  ["B2", { row: 1, column: 1 }],
  ["$c$10", { row: 9, column: 2 }],
  ["A0", null],
  ["A1048577", null],
  ["rate", null],
])("cell %j → %j", (text, place) => expect(cellPlace(text)).toEqual(place));

describe("areas", () => {
  test.each([
    ["Sheet1!$A$1:$B$3", { sheet: "Sheet1", row: 0, column: 0, rows: 3, columns: 2 }],
    ["'It''s here'!C4", { sheet: "It's here", row: 3, column: 2, rows: 1, columns: 1 }],
    ["Sheet1!$B$3:$A$1", null],
    ["Sheet1!#REF!", null],
    ["OFFSET(Sheet1!$A$1,0,0)", null],
  ])("%j → %j", (text, area) => expect(areaOf(text)).toEqual(area));
});

import { describe, expect, test } from "vitest";
import { xls, xlsx } from "../workbook/testing/write-workbook.ts";
import { definitions, ranges, read } from "./testing/print-model.ts";

const RANGES = "D: D1, D2 ~~|\nE: E1, E2, E3 ~~|\n";
const BOOK = {
  sheets: {
    Data: {
      ...{ A1: "year", B1: 2000, C1: 2001, D1: 2003, E1: "end", F1: 2004 },
      ...{ A2: "D1", B2: 1, C2: "n/a", D2: 3, F2: 9 },
      ...{ A3: "D2", B3: 4, C3: 5, D3: 6 },
      ...{ A4: "D3", B4: 7, C4: 8, D4: 9 },
    },
  },
  names: { years: "Data!$B$1:$D$1", first: "Data!$B$2:$D$2", labels: "Data!$A$2:$A$4", down: "Data!$A$2:$A$4" },
};
const TABLE = "t,a,b\n1,10,20\n2,,40\n3,50,60\n";
const files = new Map<string, Uint8Array>([
  ["book.xlsx", xlsx(BOOK)],
  ["data/book.xls", xls(BOOK)],
  ["table.csv", new TextEncoder().encode(TABLE)],
  ["table.tab", new TextEncoder().encode(TABLE.replaceAll(",", "\t"))],
  ["twice.csv", new TextEncoder().encode("t,x\n1,1\n1,2\n")],
  ["broken.xlsx", Uint8Array.from([0x50, 0x4b, 3, 4, 0])],
]);
const external = (path: string) => files.get(path) ?? null;
const tags = new Map([["?Book", "book.xlsx"]]);
const lines = (text: string) => definitions(RANGES + text, { external, tags });

describe("constants", () => {
  test.each([
    ["x = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'B2') ~~|", "x = numbers 1"],
    ["x = GET XLS CONSTANTS('data\\book.xls', 'data', '$c$3') ~~|", "x = numbers 5"],
    ["x = GET_DIRECT_CONSTANTS('?book', 'Data', 'FIRST') ~~|", "x = numbers 1"],
    ["x[E] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'b3') ~~|", "x[E] = numbers 4 5 6"],
    ["x[E] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'D2*') ~~|", "x[E] = numbers 3 6 9"],
    ["x[D1, E] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'B4') ~~|", "x[D1,E] = numbers 7 8 9"],
    ["x[D, E] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'B3') ~~|", "x[D,E] = numbers 4 5 6 7 8 9"],
    ["x[E, D] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'B3*') ~~|", "x[E,D] = numbers 4 7 5 8 6 9"],
    ["x = GET DIRECT CONSTANTS('table.csv', ',', 'C2') ~~|", "x = numbers 20"],
    ["x = GET DIRECT CONSTANTS('table.tab', 'tab', 'B4') ~~|", "x = numbers 50"],
    ["x = GET DIRECT CONSTANTS('table.tab', '', 'B4') ~~|", "x = numbers 50"],
    ["x = GET DIRECT CONSTANTS('table.csv', 'Sheet1', 'B4') ~~|", "x = numbers 50"],
    ["x = GET DIRECT CONSTANTS(source, 'Data', 'B2') ~~|\nsource :IS: 'book.xlsx' ~~|", "x = numbers 1"],
  ])("%s", (text, expected) => expect(lines(text)).toEqual([expected]));

  test("the clock may stand in a file", () => {
    const clock =
      "INITIAL TIME = GET DIRECT CONSTANTS('table.csv', ',', 'B2') ~~|\nFINAL TIME = 30 ~~|\nTIME STEP = 1 ~~|";
    const { model } = read("", { external, file: { path: "m.mdl", text: clock } });
    expect(model?.time.start).toMatchObject({ kind: "number", value: 10 });
  });

  test("many empty cells are one warning", () => {
    const { errors } = read("E: E1, E2, E3 ~~|\nx[E] = GET DIRECT CONSTANTS('table.csv', ',', 'B5') ~~|", { external });
    expect(errors).toEqual([
      '2:8 external-cell-empty: 3 cells of "table.csv" are empty and count as 0, the first is B5',
    ]);
  });

  test("an empty cell is 0, with a warning", () => {
    const { model, errors } = read("x = GET DIRECT CONSTANTS('table.csv', ',', 'B3') ~~|", { external });
    expect(errors).toEqual(['1:5 external-cell-empty: the cell B3 of "table.csv" is empty and counts as 0']);
    expect(model?.variables[0]?.definitions[0]?.body).toEqual({ kind: "numbers", values: [0] });
  });
});

describe("data and lookups", () => {
  test.each([
    ["x := GET DIRECT DATA('book.xlsx', 'Data', '1', 'B2') ~~|", "x = data interpolate 2000:1 2003:3"],
    ["x:RAW: := GET XLS DATA('data/book.xls', 'Data', 'years', 'first') ~~|", "x = data raw 2000:1 2003:3"],
    [
      "x[D]:LOOK FORWARD: = GET DIRECT DATA('book.xlsx', 'Data', '1', 'B3') ~~|",
      "x[D] = data look-forward 2000:4 2001:5 2003:6; 2000:7 2001:8 2003:9",
    ],
    ["x := GET DIRECT DATA('table.csv', ',', 'a', 'b2') ~~|", "x = data interpolate 1:10 3:50"],
    ["x[D] := GET DIRECT DATA('table.csv', ',', 'A', 'B2') ~~|", "x[D] = data interpolate 1:10 3:50; 1:20 2:40 3:60"],
    ["f = GET DIRECT LOOKUPS('table.csv', ',', 'A', 'C2') ~~|", "f = tables 1:20 2:40 3:60"],
    [
      "f[D](GET XLS LOOKUPS('book.xlsx', 'Data', '1', 'B3')) ~~|",
      "f[D] = tables 2000:4 2001:5 2003:6; 2000:7 2001:8 2003:9",
    ],
  ])("%s", (text, expected) => expect(lines(text)).toEqual([expected]));
});

describe("elements", () => {
  const range = (text: string) => read(text, { external }).model?.dimensions.map((d) => d.members.map((m) => m.text));

  test.each([
    ["A: GET DIRECT SUBSCRIPT('book.xlsx', 'Data', 'A2', 'A4', 'X') -> B ~~|", ["XD1", "XD2", "XD3"]],
    ["A: GET DIRECT SUBSCRIPT('book.xlsx', 'Data', 'A2', 'A', '') ~~|", ["D1", "D2", "D3"]],
    ["A: GET DIRECT SUBSCRIPT('book.xlsx', 'Data', 'A3', '', '') ~~|", ["D2", "4", "5", "6", "D3", "7", "8", "9"]],
    ["A: GET DIRECT SUBSCRIPT('book.xlsx', 'Data', 'B1', '1', 'y') ~~|", ["y2000", "y2001", "y2003", "yend", "y2004"]],
    ["A: GET XLS SUBSCRIPT('book.xlsx', 'Data', 'labels', '', '') ~~|", ["D1", "D2", "D3"]],
  ])("%s", (text, members) => expect(range(text)).toEqual([members]));

  test("without a file they are an error", () => {
    expect(ranges("A: GET DIRECT SUBSCRIPT('no.xlsx', 'Data', 'A2', 'A4', '') ~~|")).toEqual([
      '1:4 external-data: there is no file "no.xlsx"',
    ]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["GET DIRECT DATA('no.csv', ',', 'A', 'B2')", 'there is no file "no.csv"'],
    ["GET DIRECT DATA('?no', ',', 'A', 'B2')", 'no file is given for "?no"'],
    ["GET DIRECT DATA('book.xlsx', 'None', 'A', 'B2')", '"book.xlsx" has no sheet "None"'],
    ["GET DIRECT DATA('book.xlsx', 'Data', 'A', 'what')", '"what" is neither a cell nor a named area of "book.xlsx"'],
    [
      "GET DIRECT DATA('book.xlsx', 'Data', 'what', 'B2')",
      '"what" is neither a row, a column nor a named area of "book.xlsx"',
    ],
    ["GET DIRECT CONSTANTS('book.xlsx', 'Data', 'C2')", '"n/a" stands in "book.xlsx" where a number belongs'],
    ["GET DIRECT DATA('twice.csv', ',', 'A', 'B2')", '"twice.csv" gives the time 1 twice'],
    ["GET DIRECT LOOKUPS('book.xlsx', 'Data', '1', 'G2')", 'nothing can be read from this place of "book.xlsx"'],
    ["GET DIRECT DATA('broken.xlsx', 'Data', '1', 'B2')", '"broken.xlsx" is no workbook of Excel'],
  ])("%s", (call, fact) => {
    expect(lines(`x = ${call} ~~|`)).toEqual([`3:5 external-data: ${fact}`]);
  });

  test("constants for three ranges at once", () => {
    expect(lines("x[D, E, D] = GET DIRECT CONSTANTS('book.xlsx', 'Data', 'B2') ~~|")).toEqual([
      "3:14 external-data: constants for 3 subscript ranges cannot be read at once",
    ]);
  });
});

import { expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { xls, xlsx } from "../workbook/testing/write-workbook.ts";
import { readDataSets } from "./data-sets.ts";
import { definitions, read } from "./testing/print-model.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const NOWHERE = { path: "", start: 0, end: 0 };
const series = (path: string, text: string) =>
  [...readDataSets([{ path, bytes: bytes(text) }], NOWHERE, new DiagnosticList())].map(
    ([name, { times, values }]) => `${name} ${times.map((t, i) => `${t}:${values[i]}`).join(" ")}`,
  );

test.each([
  ["a.dat", 'Simple One\n0\t1\n2\t3.5\n"x y"[ B1, C2 ]\n1\t-2\n', ["simple_one 0:1 2:3.5", "x_y[b1,c2] 1:-2"]],
  ["a.dat", "x\n2\t1\n1\t5\n1\t6\nnot a point\t3\n", ["x 1:6 2:1"]],
  ["a.tab", 'Time\tx\t"y[A,B]"\n0\t1\t2\n1\t\t3\n', ["x 0:1", "y[a,b] 0:2 1:3"]],
  ["a.csv", 'Time,0,1\nx,5,6\n"y[A, B]",,7\n', ["x 0:5 1:6", "y[a,b] 1:7"]],
  ["a.csv", "Time;x\n0;1\n", ["x 0:1"]],
])("%s %j", (path, text, expected) => expect(series(path, text)).toEqual(expected));

test("a variable without an equation gets its series, element by element", () => {
  const data = [{ path: "run.dat", bytes: bytes("X[A1]\n0\t1\n5\t2\nX[A3]\n0\t3\n") }];
  expect(definitions("A: A1, A2, A3 ~~|\nx[A]:HOLD BACKWARD: ~~|", { data })).toEqual([
    "x[A] = data hold-backward 0:1 5:2; none; 0:3",
  ]);
});

test.each([
  ["xlsx", xlsx],
  ["xls", xls],
])("the first sheet of an .%s is a table", (_, write) => {
  const cells = { A1: "Time", B1: "x", A2: 0, B2: 5, A3: 1, B3: 6 };
  const data = [{ path: "run.bin", bytes: write({ sheets: { one: cells, two: { A1: "Time", B1: "x" } } }) }];
  expect(definitions("x ~~|", { data })).toEqual(["x = data interpolate 0:5 1:6"]);
});

test("a damaged workbook is an error of its own", () => {
  const data = [{ path: "run.xlsx", bytes: Uint8Array.from([0x50, 0x4b, 3, 4]) }];
  expect(read("x = 1 ~~|", { data }).errors).toEqual(['1:1 external-data: "run.xlsx" is no workbook of Excel']);
});

test("a later file replaces the series of an earlier one", () => {
  const data = [
    { path: "a.dat", bytes: bytes("x\n0\t1\n") },
    { path: "b.dat", bytes: bytes("x\n0\t2\n") },
  ];
  expect(definitions("x ~~|", { data })).toEqual(["x = data interpolate 0:2"]);
});

test("a name that is used and never defined gets its series if there is one", () => {
  const data = [{ path: "a.dat", bytes: bytes("price\n0\t1\nwage[A1]\n0\t2\nother\n0\t3\n") }];
  expect(definitions("A: A1 ~~|\nx = Price + SUM(wage[A!]) + y ~~|", { data })).toEqual([
    "x = ((Price + SUM(wage[A!])) + y)",
    "wage[A] = data interpolate 0:2",
    "Price = data interpolate 0:1",
  ]);
});

test("an equation counts for more than a data set", () => {
  const data = [{ path: "a.dat", bytes: bytes("x\n0\t1\n") }];
  expect(read("x = 7 ~~|", { data }).model?.variables[0]?.kind).toBe("auxiliary");
});

import { describe, expect, test } from "vitest";
import { definitions, ranges, read } from "./testing/print-model.ts";

describe("equations", () => {
  test.each([
    ["x = 1 + 2 * 3 ~~|", "x = (1 + (2 * 3))"],
    ["x = -2^2 ~~|", "x = (- (2 ^ 2))"],
    ["x = 2^-1 ~~|", "x = (2 ^ (- 1))"],
    ["x = 2^3^4 ~~|", "x = (2 ^ (3 ^ 4))"],
    ["x = a - b - c ~~|", "x = ((a - b) - c)"],
    ["x = a * - b ~~|", "x = (a * (- b))"],
    ["x = a > 1 :AND: :NOT: b = 2 :OR: c ~~|", "x = (((a > 1) and (not (b = 2))) or c)"],
    ["x = a <> b ~~|", "x = (a <> b)"],
    ["x = :NA: ~~|", "x = -6.490371073168535e+32"],
    ["x = .5 + 5. + 1e-3 + 007 ~~|", "x = (((0.5 + 5) + 0.001) + 7)"],
    ["x == 5 ~~|", "x = 5"],
    ["x := y ~~|", "x = y"],
    ["x = IF THEN ELSE ( a > b , c , d ) ~~|", "x = IF THEN ELSE((a > b), c, d)"],
    ["x = MIN(a, MAX(b, c)) ~~|", "x = MIN(a, MAX(b, c))"],
    ["x = PI() ~~|", "x = PI()"],
    ["x = INTEG(a - b, 10) ~~|", "x = integral of (a - b) from 10"],
    ["x = ACTIVE INITIAL(a * 2, 3) ~~|", "x = (a * 2) initially 3"],
    ["x[A] = SUM(y[A, D!] * z[D!]) ~~|", "x[A] = SUM((y[A,D!] * z[D!]))"],
    ["x[A, B] :EXCEPT: [A1, B], [A, B2] = 0 ~~|", "x[A,B] except [A1,B] [A,B2] = 0"],
    ["x = f[A1](Time + 1) ~~|", "x = f[A1]((Time + 1))"],
    ["x = WITH LOOKUP(Time, ([(0,0)-(9,9)],(0,- 1),(+ 2,3e1))) ~~|", "x = WITH LOOKUP(Time, {0:-1 2:30})"],
    ["x = ((a + b) * c) ~~|", "x = ((a + b) * c)"],
  ])("%s", (text, expected) => expect(definitions(text)).toEqual([expected]));
});

describe("numbers for many elements", () => {
  test.each([
    ["x[A] = 1, -2, + 3 ~~|", "x[A] = numbers 1 -2 3"],
    ["x[A,B] = 1,2; 3,4; ~~|", "x[A,B] = numbers 1 2 3 4"],
    ["x[A] = 1, :NA: ~~|", "x[A] = numbers 1 -6.490371073168535e+32"],
    ["x[A,B] = TABBED ARRAY(\n\t1\t-2\n\t3\t4) ~~|", "x[A,B] = numbers 1 -2 3 4"],
    ["x[A] = 1, {one} 2 {two} ~~|", "x[A] = numbers 1 2"],
    ["x[A] = 1 ~~|", "x[A] = 1"],
  ])("%s", (text, expected) => expect(definitions(text)).toEqual([expected]));
});

describe("lookups", () => {
  test.each([
    ["f((0,0),(1,2)) ~~|", "f = table 0:0 1:2"],
    ["f([(0,0)-(10,10),(1,1),(2,2)],(0,0),(1,2)) ~~|", "f = table 0:0 1:2"],
    ["f([(-1,-1)-(10,10)],(-1,1e6)) ~~|", "f = table -1:1000000"],
    ["f(0,1,2,10,11,12) ~~|", "f = table 0:10 1:11 2:12"],
    ["f[A1]((0,0)) ~~|", "f[A1] = table 0:0"],
    ["f() ~~|", "f = table "],
  ])("%s", (text, expected) => expect(definitions(text)).toEqual([expected]));
});

describe("subscript ranges", () => {
  test.each([
    ["D: A, B ~~|", "D: A,B"],
    ["D: (A1-A3), X, (B08-B10) ~~|", "D: A1,A2,A3,X,B08,B09,B10"],
    ["D: A, B -> E, (F: F1, G) ~~|", "D: A,B -> E -> F(F1,G)"],
    ["D <-> E ~~|", "D: copy of E"],
    ["D: A, B <-> E ~~|", "D: A,B -> E"],
    ["D: (2000-2002) ~~|", "D: 2000,2001,2002"],
    ['D: "0-14", "65+" ~~|', "D: 0-14,65+"],
  ])("%s", (text, expected) => expect(ranges(text)).toEqual([expected]));
});

describe("names", () => {
  test.each([
    ["birth  rate\n = 1 ~~|", "birth rate = 1"],
    ["birth\\\n\t\trate = 1 ~~|", "birthrate = 1"],
    ["birth\\\n\t\t rate = 1 ~~|", "birth rate = 1"],
    ["x = a long name\\\n\t\t + b ~~|", "x = (a long name + b)"],
    ["time's up = DOLLAR SIGN$ ~~|", "time's up = DOLLAR SIGN$"],
    ['"a | b ~ (c), [d]" = 1 ~~|', "a | b ~ (c), [d] = 1"],
    ['"say \\"when\\"" = 1 ~~|', 'say \\"when\\" = 1'],
    ["城镇化率 = Größe ~~|", "城镇化率 = Größe"],
    ["°C = people’s €/m² ~~|", "°C = (people’s € / m²)"],
    ['"INTEG" = "INTEG" + 1 ~~|', "INTEG = (INTEG + 1)"],
  ])("%s", (text, expected) => expect(definitions(text)).toEqual([expected]));
});

describe("what stands round the equations", () => {
  test("units with a range, comments over several lines, flags", () => {
    const { model } = read("x = 1\n\t~\tPerson/Year [0,?,1]\n\t~\tfirst \\\n\t\tsecond\n\t~ :SUPPLEMENTARY\n\t|");
    expect(model?.variables[0]).toMatchObject({
      unit: { text: "Person/Year" },
      range: { low: 0, high: null },
      comment: "first second",
    });
  });

  test("a quotation mark in a comment opens nothing", () => {
    expect(definitions('x = 1 ~~ the "room ~|\ny = 2 ~~ 5" wide |')).toEqual(["x = 1", "y = 2"]);
  });

  test("comments in braces nest", () => {
    expect(definitions("{UTF-8}\nx = 1 {a {b} c} + 2 ~~|")).toEqual(["x = (1 + 2)"]);
  });

  test("groups and reality checks are read over", () => {
    const text =
      "***\n\t.Group\n***~\n\tx |\nx = 1 ~~|\nc:THE CONDITION: x > 0 :IMPLIES: x < 2 ~~|\nt :TEST INPUT: x = 3 ~~|";
    expect(definitions(text)).toEqual(["x = 1"]);
    expect(read(text).model?.ignored.map((part) => part.what)).toEqual(["reality check", "reality check"]);
  });

  test("place-holders count for nothing beside an equation", () => {
    expect(definitions("x = A FUNCTION OF(a, -b) ~~|\nx = a - b ~~|\n")).toEqual(["x = (a - b)"]);
  });

  test("several equations of one name are one variable, in the order of the file", () => {
    const { model } = read("x[A1] = 1 ~~|\ny = 2 ~~|\nX[A2] = INTEG(1, 0) ~kg~|");
    expect(model?.variables.slice(0, 2).map((v) => [v.name.text, v.kind, v.definitions.length, v.unit?.text])).toEqual([
      ["x", "stock", 2, "kg"],
      ["y", "auxiliary", 1, undefined],
    ]);
  });
});

describe("the clock", () => {
  const sketch = (settings: string) =>
    `\\\\\\---/// Sketch information\n*View 1\n15:9\n///---\\\\\\\n:L<%^E!@\n${settings}\n`;
  const withSettings = (settings: string) => {
    const text =
      "INITIAL TIME = 0 ~~|\nFINAL TIME = last ~~|\nTIME STEP = 1/4 ~~|\nlast = 5 ~~|\nSAVEPER = TIME STEP ~~|\n";
    return read(text + sketch(settings)).model;
  };

  test.each([
    ["15:0,0,0,0,0,0", "euler"],
    ["15:0,0,0,1,0,0", "rk4"],
    ["15:0,0,0,3,0,0", "rk2"],
    ["15:0,0,0,4,0,0", "rk2"],
    ["15:0,0,0,5,0,0", "rk4"],
    ["27:0,", "euler"],
  ])("%s → %s", (settings, method) => expect(withSettings(settings)?.time.method).toBe(method));

  test("settings may follow without a sketch", () => {
    expect(
      read("", {
        file: { path: "m.mdl", text: `TIME STEP=1~~|INITIAL TIME=0~~|FINAL TIME=1~~|\n///---\\\\\\\n15:0,0,0,5,0,0` },
      }).model?.time.method,
    ).toBe("rk4");
  });

  test("its equations are handed on, and unit synonyms of the settings", () => {
    const model = withSettings("22:$,Dollar,Dollars");
    expect(model?.time).toMatchObject({ stop: { kind: "name" }, save: { kind: "name" }, step: { kind: "binary" } });
    expect(model?.units).toEqual([{ names: ["$", "Dollar", "Dollars"], equation: null }]);
  });
});

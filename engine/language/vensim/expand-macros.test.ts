import { describe, expect, test } from "vitest";
import { definitions, read } from "./testing/print-model.ts";

const HALF = ":MACRO: HALF(x)\nHALF = x / 2 ~~|\n:END OF MACRO:\n";
const STOCK = ":MACRO: LAG(in, time)\nLAG = INTEG((in - LAG) / time, in) ~~|\n:END OF MACRO:\n";

describe("a call of a macro", () => {
  test("a name is handed in as it is", () => {
    expect(definitions(`${HALF}y = 1 + HALF(z) ~~|`)).toEqual(["y = (1 + #HALF 1)", "#HALF 1 = (z / 2)"]);
  });

  test("an expression becomes a variable of the call", () => {
    expect(definitions(`${HALF}y = HALF(z * 3) ~~|`)).toEqual([
      "y = #HALF 1",
      "#HALF 1>x = (z * 3)",
      "#HALF 1 = (#HALF 1>x / 2)",
    ]);
  });

  test("each call has variables of its own, stocks too", () => {
    expect(definitions(`${STOCK}y = LAG(a, 2) + LAG(b, 3) ~~|`)).toEqual([
      "y = (#LAG 1 + #LAG 2)",
      "#LAG 1 = integral of ((a - #LAG 1) / 2) from a",
      "#LAG 2 = integral of ((b - #LAG 2) / 3) from b",
    ]);
  });

  test("it has the ranges of the left side, without the elements", () => {
    expect(definitions(`D: D1, D2 ~~|\n${HALF}y[D, E1] :EXCEPT: [D2, E1] = HALF(z[D] + 1) ~~|`)).toEqual([
      "y[D,E1] except [D2,E1] = #HALF 1[D]",
      "#HALF 1>x[D] except [D2] = (z[D] + 1)",
      "#HALF 1[D] except [D2] = (#HALF 1>x[D] / 2)",
    ]);
  });

  test("inside a reduction it has one set of variables for each element", () => {
    expect(definitions(`D: D1, D2 ~~|\n${HALF}y = SUM(HALF(z[D!])) ~~|`)).toEqual([
      "y = SUM(#HALF 1[D!])",
      "#HALF 1[D] = (z[D] / 2)",
    ]);
  });

  test("a lookup and an array can be handed in", () => {
    const macro = ":MACRO: READ(f, a)\nREAD = f(Time$) + a[D1] + own(1) ~~|\nown((0,0),(1,1)) ~~|\n:END OF MACRO:\n";
    expect(definitions(`${macro}y[D] = READ(table, list) ~~|\nD: D1, D2 ~~|`)).toEqual([
      "y[D] = #READ 1[D]",
      "#READ 1[D] = ((table(Time) + list[D1]) + #READ 1>own(1))",
      "#READ 1>own = table 0:0 1:1",
    ]);
  });

  test("further outputs go to variables of the model", () => {
    const macro = ":MACRO: SPLIT(x : rest)\nSPLIT = x / 3 ~~|\nrest = x - SPLIT ~~|\n:END OF MACRO:\n";
    expect(definitions(`${macro}y = SPLIT(z : left over) ~~|`)).toEqual([
      "y = #SPLIT 1",
      "#SPLIT 1 = (z / 3)",
      "#SPLIT 1>rest = (z - #SPLIT 1)",
      "left over = #SPLIT 1>rest",
    ]);
  });

  test("macros call macros, and may stand behind their use", () => {
    const twice = ":MACRO: QUARTER(x)\nQUARTER = HALF(HALF(x)) ~~|\n:END OF MACRO:\n";
    expect(definitions(`y = QUARTER(z) ~~|\n${twice}${HALF}`)).toEqual([
      "y = #QUARTER 1",
      "#HALF 2 = (z / 2)",
      "#HALF 3 = (#HALF 2 / 2)",
      "#QUARTER 1 = #HALF 3",
    ]);
  });

  test("its variables are no outputs of the model", () => {
    const hidden = read(`${HALF}y = HALF(z) ~~|`).model?.variables.filter((v) => v.hidden);
    expect(hidden?.map((v) => v.name.text)).toEqual(["#HALF 1"]);
  });
});

describe("what is wrong with a macro", () => {
  test.each([
    [`${HALF}y = HALF(a, b) ~~|`, '4:5 mdl-macro: the macro "HALF" takes 1 input'],
    [`${HALF}y = HALF(a : b) ~~|`, '4:5 mdl-macro: the macro "HALF" has 0 outputs behind the colon'],
    ["y = DELAYP(a, 3 : b) ~~|", '1:5 mdl-macro: the macro "DELAYP" has 0 outputs behind the colon'],
    [":MACRO: M(x)\nM = M(x) ~~|\n:END OF MACRO:\ny = M(1) ~~|", '2:5 mdl-macro: the macro "M" calls itself'],
    [":MACRO: M(x)\nN = x ~~|\n:END OF MACRO:\ny = M(1) ~~|", '1:9 mdl-macro: the macro "M" has no equation for "M"'],
    [`${HALF}${HALF}y = HALF(1) ~~|`, '4:9 mdl-macro: there are two macros "HALF"'],
    [
      ":MACRO: M(x)\nM = x ~~|\nx = 1 ~~|\n:END OF MACRO:\ny = M(1) ~~|",
      '3:1 mdl-macro: "x" is an input of the macro "M" and has an equation in it',
    ],
    [
      ":MACRO: M(x)\nM = x + z ~~|\n:END OF MACRO:\nz = 1 ~~|\ny = M(2) ~~|",
      '2:9 mdl-macro: "z" is neither an input of the macro "M" nor defined in it',
    ],
    [
      ":MACRO: M(f)\nM = f(1) ~~|\n:END OF MACRO:\ny = M(2) ~~|",
      '2:5 mdl-macro: the macro "M" uses "f" with subscripts or as a lookup, so a variable must be handed in for it',
    ],
  ])("%j", (text, expected) => expect(read(text).errors).toEqual([expected]));

  test("calls that multiply end at a limit", () => {
    const level = (n: number) => `:MACRO: M${n}(x)\nM${n} = M${n + 1}(x) + M${n + 1}(x) ~~|\n:END OF MACRO:\n`;
    const text = `${Array.from({ length: 20 }, (_, n) => level(n)).join("")}:MACRO: M20(x)\nM20 = x ~~|\n:END OF MACRO:\ny = M0(1) ~~|`;
    expect(read(text).errors).toEqual([expect.stringMatching(/foreign-limit: .*10,000 calls of macros/)]);
  });
});

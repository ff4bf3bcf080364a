import { describe, expect, test } from "vitest";
import { read } from "./testing/print-model.ts";

describe("one mistake", () => {
  test.each([
    ["x = a + ~~|", "1:7 mdl-syntax: the definition ends too early"],
    ["x = a b) ~~|", '1:8 mdl-syntax: ")" cannot stand here'],
    ["x = (a + b ~~|", '1:5 mdl-syntax: a bracket is opened here and never closed: ")" is missing'],
    ["x[A = 1 ~~|", '1:5 mdl-syntax: "=" stands where "]" belongs'],
    ['x = "a + b ~~|\ny = 2 ~~|', '1:5 mdl-syntax: the quotation mark " is opened here and not closed on this line'],
    ["x = 1 {note ~~|", "1:7 mdl-syntax: the comment is opened here with { and never closed"],
    ["x = 2 * 3a ~~|", '1:9 mdl-syntax: a name cannot begin with a digit: "3a"'],
    ["x = 1e999 ~~|", "1:5 mdl-syntax: 1e999 is too large for a number"],
    ["x = a × b ~~|", '1:7 mdl-syntax: "×" is no sign of Vensim\'s language'],
    ["x = a @ b ~~|", '1:7 mdl-syntax: "@" is no sign of Vensim\'s language'],
    ["x[A] = 1, y ~~|", '1:11 mdl-syntax: "y" stands where a number belongs'],
    ["x[A,B] = 1,2;3; ~~|", "1:15 mdl-syntax: a row of this table has 1 number, and the row before it 2"],
    ["f(1,2,3) ~~|", "1:2 mdl-syntax: this table has an odd number of numbers"],
    ["D: (A1-B3) ~~|", '1:4 mdl-syntax: "A1" to "B3" is no numbered range'],
    ["D: (A3-A1) ~~|", '1:4 mdl-syntax: "A3" to "A1" is no numbered range'],
    ["D: E ~~|\nE: D ~~|", '1:1 mdl-syntax: the subscript range "D" contains itself'],
    ["x = 1 + INTEG(a, b) ~~|", "1:9 mdl-syntax: INTEG must be the whole right side of its equation"],
    ["x = INTEG(a) ~~|", "1:5 mdl-syntax: INTEG takes 2 arguments"],
    ["x = A FUNCTION OF(a, -b) ~~|", "1:5 mdl-syntax: this equation is still to be written"],
    ["x = a * b :IGNORE: c, d ~~|", "1:11 mdl-syntax: this equation is still to be written"],
    ["x = A FUNCTION OF(a) ~~|\nx = ~~|", "1:5 mdl-syntax: this equation is still to be written"],
    ["x = 1 + A FUNCTION OF(a) ~~|", "1:9 mdl-syntax: A FUNCTION OF must be the whole right side of its equation"],
    ["x = GET DIRECT DATA('a.csv', ',', 'A') ~~|", "1:5 mdl-syntax: GET DIRECT DATA takes 4 arguments"],
    [
      "x = GET DIRECT CONSTANTS('a.csv', b, 'A') ~~|",
      "1:35 mdl-syntax: this argument of GET DIRECT CONSTANTS must be a text in single quotes",
    ],
    [":MACRO: M(a)\nM = a ~~|", '1:8 mdl-syntax: the macro "M" is never closed'],
    ["x = 1 ~~|\nX = 2 ~~|", '2:1 duplicate-name: "X" is defined twice'],
    ["D: A, B ~~|\nx[A] = 1 ~~|\nx[B] = 1 ~~|\nx[A] = 2 ~~|", '4:1 duplicate-name: "x" is defined twice'],
    ["x ~~|", '1:1 mdl-missing: "x" has no equation, and no data set has numbers for it'],
  ])("%j", (text, expected) => expect(read(text).errors).toEqual([expected]));

  test("a file that is cut off has no end", () => {
    const { errors } = read("x = 1 ~~|\n", { file: { path: "model.mdl", text: "x = 1 ~~|\ny = 2 ~ kg" } });
    expect(errors[0]).toMatch(/^2:1 mdl-syntax: the definition of "y" has no end/);
  });

  test("a clock that is missing", () => {
    const { errors } = read("", { file: { path: "model.mdl", text: "TIME STEP = 1 ~~|\n" } });
    expect(errors).toEqual([
      "1:1 mdl-missing: the model has no INITIAL TIME",
      "1:1 mdl-missing: the model has no FINAL TIME",
    ]);
  });
});

test("all mistakes are reported at once, each definition for itself", () => {
  expect(read("a = 1 + ~~|\nb = 2 ~~|\nc = ) ~ kg ~ note |\nd[ = 4 ~~|\n").errors).toEqual([
    "1:7 mdl-syntax: the definition ends too early",
    '3:5 mdl-syntax: ")" cannot stand here',
    '4:4 mdl-syntax: "=" cannot stand here',
  ]);
});

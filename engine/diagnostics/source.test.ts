import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinSpans, lineText, positionAt } from "./source.ts";

describe("position of an offset", () => {
  const text = "ab\n人口\r\n\n𠮷x";
  test.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 2, 2],
    [7, 3, 1],
    [8, 4, 1],
    [10, 4, 2],
  ])("offset %d is line %d, column %d", (offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
  });

  test("property: line and column lead back to the offset", () => {
    const unit = fc.constantFrom("a", "口", "𠮷", "\n");
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (before, after) => {
        const all = before + after;
        const { line, column } = positionAt(all, before.length);
        const lines = all.split("\n");
        const start = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
        expect(start + [...lines[line - 1]!].slice(0, column - 1).join("").length).toBe(before.length);
      }),
    );
  });
});

describe("text of a line", () => {
  test("without its line end, Unix or Windows", () => {
    expect([1, 2, 3, 4].map((n) => lineText("a\nb\r\n\nc", n))).toEqual(["a", "b", "", "c"]);
  });
  test("beyond the end is empty", () => {
    expect(lineText("a", 2)).toBe("");
  });
  test("property: the lines are those of split", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n") }), (text) => {
        const lines = text.split("\n");
        expect(lines.map((_, i) => lineText(text, i + 1))).toEqual(lines);
      }),
    );
  });
});

test("joined spans cover both, whatever their order", () => {
  const a = { path: "m", start: 3, end: 5 };
  const b = { path: "m", start: 9, end: 11 };
  expect(joinSpans(a, b)).toEqual({ path: "m", start: 3, end: 11 });
  expect(joinSpans(b, a)).toEqual({ path: "m", start: 3, end: 11 });
});

import { expect, test } from "vitest";
import { canonicalFile, canonicalLine } from "./canonical-json.ts";

test("keys are sorted at every depth, undefined fields left out", () => {
  expect(canonicalLine({ b: [{ z: 1, y: 2 }], a: undefined, 中: 0.1, A: null })).toBe(
    '{"A":null,"b":[{"y":2,"z":1}],"中":0.1}',
  );
  expect(canonicalFile({ b: 1, a: 1e21 })).toBe('{\n  "a": 1e+21,\n  "b": 1\n}\n');
});

test.each([
  [{ a: [0, Number.NaN] }, "$.a[1] cannot be written as JSON: NaN"],
  [{ a: { b: Number.POSITIVE_INFINITY } }, "$.a.b cannot be written as JSON: Infinity"],
  [{ a: 1n }, "$.a cannot be written as JSON: 1"],
  [{ a: new Map() }, "$.a cannot be written as JSON: [object Map]"],
])("%o is refused", (value, message) => {
  expect(() => canonicalLine(value)).toThrow(message);
});

import { expect, test } from "vitest";
import { ConstantPool } from "../constant-pool.ts";
import { NO_POINTER, VectorGraph } from "./graph.ts";
import { needsOf } from "./nest.ts";

test("how many values are kept at once: one more where both operands need as many, whichever stands first", () => {
  const g = new VectorGraph(new ConstantPool(0, 4));
  const [a, b, c, d] = [0, 32, 64, 96].map((offset) => g.load({ pointer: NO_POINTER, offset })) as [
    number,
    number,
    number,
    number,
  ];
  const sum = g.add(a, b);
  const both = g.multiply(sum, g.add(c, d));
  const left = g.add(g.multiply(sum, c), d);
  const right = g.add(d, g.multiply(c, sum));
  const needs = needsOf(g);
  expect([a, sum, both, left, right].map((node) => needs[node])).toEqual([1, 2, 3, 2, 2]);
});

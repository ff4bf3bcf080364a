import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeBlocks, fakeCatalog } from "../engine/statistics/testing/fake-blocks.ts";
import { InOrder } from "./deliver-in-order.ts";

const blocks = fakeBlocks(fakeCatalog(), 1, 12, 1);
const positions = blocks.map((block) => block.block);

test("results that arrive in any order, some of them twice, are delivered once each and in order", () => {
  const arrivals = fc
    .tuple(fc.shuffledSubarray(positions), fc.shuffledSubarray(positions, { minLength: 12 }))
    .map(([some, all]) => [...some, ...all]);
  fc.assert(
    fc.property(arrivals, (order) => {
      const delivered: number[] = [];
      const queue = new InOrder(({ result }) => delivered.push(result.block));
      for (const position of order) queue.put(position, { result: blocks[position]! });
      expect(delivered).toEqual(positions);
    }),
  );
});

test("after close nothing is delivered, not even what is due", () => {
  const delivered: number[] = [];
  const queue = new InOrder(({ result }) => {
    delivered.push(result.block);
    queue.close();
  });
  queue.put(1, { result: blocks[1]! });
  queue.put(0, { result: blocks[0]! });
  expect(delivered).toEqual([0]);
  expect(queue.delivered).toBe(1);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockTree } from "./block-tree.ts";

const same = (value: string): string => value;
const join = (left: string, right: string): string => `(${left}${right})`;

function treeOf(blocks: Iterable<number>): BlockTree<string> {
  const tree = new BlockTree(join);
  for (const block of blocks) tree.add(block, String(block));
  return tree;
}

describe("BlockTree", () => {
  test.each([
    [[], undefined],
    [[3], "3"],
    [[0, 1, 2, 3, 4, 5, 6], "(((01)(23))((45)6))"],
    [[1, 2], "(12)"],
    [[0, 2, 3, 5], "(0((23)5))"],
  ])("blocks %j are joined as %s", (blocks, total) => {
    expect(treeOf(blocks).total(same)).toBe(total);
  });

  test("the total is a function of the set of blocks", () => {
    const sets = fc.uniqueArray(fc.nat(40), { maxLength: 20 });
    const splits = sets.chain((set) =>
      fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length }), fc.nat(set.length)),
    );
    fc.assert(
      fc.property(splits, ([set, order, cut]) => {
        const tree = treeOf(order.slice(0, cut));
        tree.merge(treeOf(order.slice(cut)));
        expect(tree.total(same)).toBe(treeOf([...set].sort((a, b) => a - b)).total(same));
      }),
    );
  });

  test("a block is found wherever it has gone, and is not taken twice", () => {
    const tree = treeOf([0, 1, 2, 3, 9]);
    expect([0, 3, 4, 8, 9].map((block) => tree.has(block))).toEqual([true, true, false, false, true]);
    expect(() => tree.add(2, "2")).toThrow("block 2 is added twice");
    expect(() => tree.merge(treeOf([1]))).toThrow("block 1 is added twice");
    expect(tree.total(same)).toBe("(((01)(23))9)");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateShares } from "./allocate.ts";

describe("allocateShares", () => {
  it.each([
    ["in proportion to weight while there is room", 6, [1, 2], [10, 10], [2, 4]],
    ["a full one leaves its rest to the others", 9, [1, 2], [10, 4], [5, 4]],
    ["nothing for those without weight while others have room", 6, [0, 1], [10, 10], [0, 6]],
    ["those without weight once the others are full", 9, [0, 1], [10, 4], [5, 4]],
    ["exactly the caps", 14, [1, 2], [10, 4], [10, 4]],
    ["above the caps the surplus goes by weight", 20, [1, 2], [10, 4], [12, 8]],
    ["alike where no weight is given", 6, [0, 0], [10, 10], [3, 3]],
    ["nothing", 0, [1, 2], [10, 4], [0, 0]],
  ])("%s", (_, amount, weights, caps, shares) => {
    expect(allocateShares(amount, weights, caps)).toEqual(shares);
  });

  const positive = fc.double({ min: 0, max: 1e6, noNaN: true });
  const problem = fc.tuple(positive, fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 16 }));

  it("gives out the whole amount, nobody a negative share", () => {
    fc.assert(
      fc.property(problem, ([amount, members]) => {
        const shares = allocateShares(
          amount,
          members.map((m) => m[0]),
          members.map((m) => m[1]),
        );
        const total = shares.reduce((a, b) => a + b, 0);
        expect(Math.abs(total - amount)).toBeLessThanOrEqual(1e-12 * Math.max(1, amount));
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(-1e-9 * Math.max(1, amount));
      }),
    );
  });

  it("exceeds no cap while the caps suffice", () => {
    fc.assert(
      fc.property(problem, ([amount, members]) => {
        const caps = members.map((m) => m[1]);
        const room = caps.reduce((a, b) => a + b, 0);
        fc.pre(amount <= room);
        const shares = allocateShares(
          amount,
          members.map((m) => m[0]),
          caps,
        );
        for (const [i, share] of shares.entries())
          expect(share).toBeLessThanOrEqual(caps[i]! + 1e-9 * Math.max(1, room));
      }),
    );
  });
});

/** A benchmark of wrong results is worth nothing: what is compared before anything is timed. */
import type { BlockResult } from "../engine/ensemble/block-result.ts";

/** @throws Error if a number of a block is not the expected one, bit for bit */
export function requireSame(name: string, expected: BlockResult, found: BlockResult): void {
  for (const [t, table] of expected.tables.entries()) {
    for (const [i, value] of table.entries()) {
      const other = found.tables[t]![i];
      if (!Object.is(value, other)) throw new Error(`${name}: number ${i} of table ${t} is ${other}, not ${value}`);
    }
  }
}

/** The largest relative difference between numbers. @throws Error if it is above a bound */
export function requireClose(
  name: string,
  expected: ArrayLike<number>,
  found: ArrayLike<number>,
  bound: number,
): number {
  if (expected.length !== found.length) throw new Error(`${name}: ${found.length} numbers, not ${expected.length}`);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!) / Math.max(Math.abs(expected[i]!), Number.MIN_VALUE);
    // A NaN is no difference that a comparison finds.
    if (expected[i] !== found[i] && !(difference <= bound)) {
      throw new Error(`${name}: number ${i} is ${found[i]}, not ${expected[i]}`);
    }
    if (expected[i] !== found[i]) largest = Math.max(largest, difference);
  }
  return largest;
}

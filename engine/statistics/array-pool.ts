/**
 * Arrays of numbers that are used again. What a large summary takes and gives back for one contrast after the other would else be garbage
 * of tens of megabytes, and nobody knows when that is collected.
 */
import type { NumberArray } from "./summary-state.ts";

/** The constructor of a kind of arrays. */
export type ArrayKind<A extends NumberArray> = (new (length: number) => A) & { readonly name: string };

/**
 * Sees an array of a state, under a name of its own in there, and answers with the array that takes its place. Kind and length are told,
 * since the array itself may have been given back.
 */
export type VisitArray = <A extends NumberArray>(name: string, array: A, kind: ArrayKind<A>, length: number) => A;

export class ArrayPool {
  readonly #free = new Map<string, NumberArray[]>();

  /** An array that holds anything. */
  take<A extends NumberArray>(kind: ArrayKind<A>, length: number): A {
    // Only arrays of this kind are under the key.
    const array = this.#free.get(keyOf(kind.name, length))?.pop() as A | undefined;
    return array ?? new kind(length);
  }

  /** Takes an array that nobody uses any more. */
  give(array: NumberArray): void {
    if (array.length === 0) return;
    const key = keyOf(array.constructor.name, array.length);
    const free = this.#free.get(key);
    if (free) free.push(array);
    else this.#free.set(key, [array]);
  }
}

function keyOf(kind: string, length: number): string {
  return `${kind} ${length}`;
}

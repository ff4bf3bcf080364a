/**
 * What a summary holds, as plain arrays of numbers: written to disk by whoever keeps a summary over the end of a process, and
 * read back with the same bits.
 */
import type { ArrayKind } from "./array-pool.ts";

export type NumberArray = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** One array of a state. */
export interface StateArray {
  readonly name: string;
  readonly kind: ArrayKind<NumberArray>;
  readonly length: number;
  /**
   * Its values, in pieces of its kind one after the other. They are the summary's own: they are to be used before the next piece is asked
   * for, of this array or another.
   */
  pieces(): Iterable<NumberArray>;
}

/** A state to be written, array by array, before the next block is added. */
export type SummaryState = readonly StateArray[];

/** An array of a state that is there. */
export function stateArray<A extends NumberArray>(
  name: string,
  kind: ArrayKind<A>,
  ...pieces: readonly A[]
): StateArray {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { name, kind, length, pieces: () => pieces };
}

/** An array that was saved. */
export interface SavedArray {
  readonly kind: ArrayKind<NumberArray>;
  readonly length: number;
  /** Reads its values into an array of its kind and length. */
  read(into: NumberArray): void;
}

/** A state that was saved. */
export class SavedState {
  readonly #arrays: ReadonlyMap<string, SavedArray>;

  constructor(arrays: ReadonlyMap<string, SavedArray>) {
    this.#arrays = arrays;
  }

  /** @throws Error if there is no such array, or it is of another kind or length. */
  floats(name: string, length?: number): Float64Array {
    return this.#get(name, Float64Array, length);
  }

  counts(name: string, length?: number): Uint32Array {
    return this.#get(name, Uint32Array, length);
  }

  bytes(name: string, length?: number): Uint8Array {
    return this.#get(name, Uint8Array, length);
  }

  /** Reads an array into one of its kind and length. @throws Error if there is none. */
  fill(name: string, into: NumberArray): void {
    this.#find(name, into.constructor.name, into.length).read(into);
  }

  #get<A extends NumberArray>(name: string, kind: ArrayKind<A>, length: number | undefined): A {
    const saved = this.#find(name, kind.name, length);
    const array = new kind(saved.length);
    saved.read(array);
    return array;
  }

  #find(name: string, kind: string, length: number | undefined): SavedArray {
    const saved = this.#arrays.get(name);
    if (saved?.kind.name !== kind) throw new Error(`state: there is no array "${name}" of this kind`);
    if (length !== undefined && saved.length !== length) {
      throw new Error(`state: "${name}" has ${saved.length} values instead of ${length}`);
    }
    return saved;
  }
}

/** The state in memory, as if it had been written and read. */
export function copyState(state: SummaryState): SavedState {
  return new SavedState(new Map(state.map((array) => [array.name, copyOf(array)])));
}

function copyOf({ kind, length, pieces }: StateArray): SavedArray {
  const whole = new kind(length);
  let at = 0;
  for (const piece of pieces()) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { kind, length, read: (into) => into.set(whole) };
}

/**
 * What a summary holds, as plain arrays of numbers: written to disk by whoever keeps a summary over the end of a process, and
 * read back with the same bits.
 */

export type NumberArray = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** One array of a state, in one or more pieces of the same kind; its values are those of the pieces one after the other. */
export interface StateArray {
  readonly name: string;
  readonly pieces: readonly NumberArray[];
}

/** A state to be written. The arrays are the summary's own: they must be written before the next block is added. */
export type SummaryState = readonly StateArray[];

/** A state as it was read, each array in one piece. */
export class SavedState {
  readonly #arrays: ReadonlyMap<string, NumberArray>;

  constructor(arrays: ReadonlyMap<string, NumberArray>) {
    this.#arrays = arrays;
  }

  has(name: string): boolean {
    return this.#arrays.has(name);
  }

  /** @throws Error if there is no such array, or it is of another kind or length. */
  floats(name: string, length?: number): Float64Array {
    return this.#get(name, Float64Array, length);
  }

  counts(name: string, length?: number): Uint32Array {
    return this.#get(name, Uint32Array, length);
  }

  integers(name: string, length?: number): Int32Array {
    return this.#get(name, Int32Array, length);
  }

  words(name: string, length?: number): Uint16Array {
    return this.#get(name, Uint16Array, length);
  }

  bytes(name: string, length?: number): Uint8Array {
    return this.#get(name, Uint8Array, length);
  }

  #get<A extends NumberArray>(name: string, kind: new (length: number) => A, length: number | undefined): A {
    const array = this.#arrays.get(name);
    if (!(array instanceof kind)) throw new Error(`state: there is no array "${name}" of this kind`);
    if (length !== undefined && array.length !== length) {
      throw new Error(`state: "${name}" has ${array.length} values instead of ${length}`);
    }
    return array;
  }
}

/** The state in memory, as if it had been written and read. */
export function copyState(state: SummaryState): SavedState {
  return new SavedState(new Map(state.map(({ name, pieces }) => [name, joined(pieces)])));
}

function joined(pieces: readonly NumberArray[]): NumberArray {
  const first = pieces[0] ?? new Float64Array(0);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const kind = first.constructor as new (length: number) => NumberArray;
  const whole = new kind(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

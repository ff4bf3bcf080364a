/**
 * The states of all contrasts of a summary: in memory; or of a large summary one at a time, the others in pages.
 *
 * A state that was put into its page keeps its few facts, and gets its arrays back from there.
 */
import { type ArrayKind, ArrayPool } from "./array-pool.ts";
import type { ContrastState } from "./contrast-state.ts";
import type { PageStore } from "./page-store.ts";
import type { NumberArray } from "./summary-state.ts";

interface ArrayForm {
  readonly name: string;
  readonly kind: ArrayKind<NumberArray>;
  readonly length: number;
}

export class ContrastStates {
  readonly #make: (contrast: number, pool: ArrayPool) => ContrastState;
  readonly #pages: PageStore | undefined;
  readonly #pool = new ArrayPool();
  readonly #states: (ContrastState | undefined)[];
  /** The contrast whose arrays are in memory, if there are pages. */
  #open: number | undefined;
  #isChanged = false;

  constructor(
    contrasts: number,
    make: (contrast: number, pool: ArrayPool) => ContrastState,
    pages: PageStore | undefined,
  ) {
    this.#make = make;
    this.#pages = pages;
    this.#states = new Array<ContrastState | undefined>(contrasts).fill(undefined);
  }

  /** The state of a contrast, to be looked at until the next one is asked for. */
  of(contrast: number): ContrastState {
    if (this.#pages && contrast !== this.#open) this.#swap(this.#pages, contrast);
    this.#states[contrast] ??= this.#made(contrast);
    return this.#states[contrast];
  }

  /** The same, to be changed. */
  change(contrast: number): ContrastState {
    const state = this.of(contrast);
    this.#isChanged = true;
    return state;
  }

  /** Few numbers of a state: with its arrays, all that there is to keep. */
  factsOf(contrast: number): readonly number[] {
    return (this.#states[contrast] ?? this.of(contrast)).facts;
  }

  /** What the arrays of a state are, whether they are in memory or not. */
  arraysOf(contrast: number): ArrayForm[] {
    const arrays: ArrayForm[] = [];
    const state = this.#states[contrast] ?? this.of(contrast);
    state.forEachArray((name, array, kind, length) => {
      arrays.push({ name, kind, length });
      return array;
    });
    return arrays;
  }

  /** An array of a state, to be looked at until the next state is asked for. */
  arrayOf(contrast: number, name: string): NumberArray {
    let found: NumberArray | undefined;
    this.of(contrast).forEachArray((its, array) => {
      if (its === name) found = array;
      return array;
    });
    if (!found) throw new Error(`a contrast has no array "${name}"`);
    return found;
  }

  /** Takes over, in place of a state without values, one that was saved. @param fill reads an array of it */
  restore(contrast: number, facts: readonly number[], fill: (name: string, array: NumberArray) => void): void {
    const state = this.change(contrast);
    state.facts = facts;
    state.forEachArray((name, array, kind, length) => {
      const room = array.length === length ? array : this.#pool.take(kind, length);
      fill(name, room);
      return room;
    });
  }

  #made(contrast: number): ContrastState {
    // Its page holds nothing yet.
    this.#isChanged = true;
    return this.#make(contrast, this.#pool);
  }

  /** Puts one state into its page, and takes another one out. */
  #swap(pages: PageStore, contrast: number): void {
    const before = this.#open === undefined ? undefined : this.#states[this.#open];
    if (before) {
      const arrays: NumberArray[] = [];
      before.forEachArray((_, array, kind) => {
        arrays.push(array);
        return new kind(0);
      });
      if (this.#isChanged) pages.write(this.#open!, arrays);
      for (const array of arrays) this.#pool.give(array);
    }
    this.#open = contrast;
    this.#isChanged = false;
    const arrays: NumberArray[] = [];
    this.#states[contrast]?.forEachArray((_, __, kind, length) => {
      const array = this.#pool.take(kind, length);
      arrays.push(array);
      return array;
    });
    if (arrays.length > 0) pages.read(contrast, arrays);
  }
}

/**
 * What the interpreter computes of a statement in one go: neighbouring positions of two of its loops, a tile. Several lanes count as the
 * inner loop of every tile, and leave room for one loop beside them.
 */
import type { Loop, Place } from "./program.ts";
import type { Registers } from "./registers.ts";

/** Numbers that a tile has at most: few enough for those of an expression's parts to stay in a near cache. */
const MOST_NUMBERS = 1024;

/** Numbers that lie in a tile: from one to the next along each axis; 0 where they are the same. */
export interface Steps {
  readonly inner: number;
  readonly outer: number;
}

/** One of the two directions of a tile. */
export interface Axis {
  /** Null for the lanes, and for an axis of one position. */
  readonly loop: Loop | null;
  /** Positions that a tile has at most. */
  readonly most: number;
  /** Whether all positions fit in; else the tile is moved along. */
  readonly isWhole: boolean;
  /** The register that says how many positions the next tile has. */
  readonly count: number;
}

/** The way that an operation takes through a tile: runs of numbers at equal distances. */
export interface Course {
  /** The register with the number of numbers of a run. */
  readonly length: number;
  /** The register with the number of runs. */
  readonly runs: number;
  readonly isAlongOuter: boolean;
}

type Terms = Place["terms"];

export class Tile {
  readonly inner: Axis;
  readonly outer: Axis;
  readonly #registers: Registers;
  readonly #all: number;
  readonly #single: Course;
  readonly #row: Course;
  readonly #column: Course;
  readonly #rows: Course;
  /** As one run, where the next row begins where the last one ends. */
  readonly #whole: Course;
  /** How far places move with loops that the tile does not have as a whole. */
  readonly #moves: { readonly terms: Terms; readonly register: number }[] = [];

  /** @param loops those of which a tile may have several positions */
  constructor(loops: readonly Loop[], lanes: number, registers: Registers) {
    const longest = longestOf(loops, null);
    const second = lanes > 1 ? null : longestOf(loops, longest);
    this.#registers = registers;
    this.inner = axis(lanes > 1 ? null : longest, lanes, MOST_NUMBERS, registers);
    const rest = Math.max(1, Math.floor(MOST_NUMBERS / this.inner.most));
    this.outer = axis(lanes > 1 ? longest : second, 1, rest, registers);
    const isWhole = this.inner.isWhole && this.outer.isWhole;
    this.#all = isWhole ? registers.constant(this.inner.most * this.outer.most) : registers.add();
    const one = registers.constant(1);
    this.#single = { length: one, runs: one, isAlongOuter: false };
    this.#row = { length: this.inner.count, runs: one, isAlongOuter: false };
    this.#column = { length: this.outer.count, runs: one, isAlongOuter: true };
    this.#rows = { length: this.inner.count, runs: this.outer.count, isAlongOuter: false };
    this.#whole = { length: this.#all, runs: one, isAlongOuter: false };
    if (!isWhole) this.#setAll();
  }

  /** Numbers of the scratch of one value. */
  static numbers(lanes: number): number {
    return Math.max(MOST_NUMBERS, lanes);
  }

  /** The axis along a loop, by its id; null if there is none. */
  axisOf(loop: number): Axis | null {
    if (this.inner.loop?.id === loop) return this.inner;
    return this.outer.loop?.id === loop ? this.outer : null;
  }

  /** Whether anything in the tile moves with other loops. */
  get isMoved(): boolean {
    return this.#moves.length > 0;
  }

  /**
   * The register that says how far something has moved.
   * @param terms of loops that the tile does not have as a whole
   */
  moveOf(terms: Terms): number {
    if (terms.length === 0) return this.#registers.constant(0);
    const isSame = (t: Terms): boolean =>
      t.length === terms.length &&
      t.every(({ loop, stride }, i) => loop === terms[i]!.loop && stride === terms[i]!.stride);
    const known = this.#moves.find((move) => isSame(move.terms));
    if (known) return known.register;
    const register = this.#registers.add();
    this.#moves.push({ terms, register });
    return register;
  }

  /** Moves the tile to where its loops and those around it stand. */
  move(positions: Int32Array): void {
    const moves = this.#moves;
    for (let i = 0; i < moves.length; i++) {
      const { terms, register } = moves[i]!;
      let sum = 0;
      for (let k = 0; k < terms.length; k++) sum += positions[terms[k]!.loop]! * terms[k]!.stride;
      this.#registers.set(register, sum);
    }
  }

  /** @param axis one of this tile's, along which it is moved */
  setCount(axis: Axis, count: number): void {
    this.#registers.set(axis.count, count);
    this.#setAll();
  }

  #setAll(): void {
    const registers = this.#registers;
    registers.set(this.#all, registers.get(this.inner.count) * registers.get(this.outer.count));
  }

  /** For an operation whose result differs wherever an operand does. */
  course(result: Steps, a: Steps, b: Steps = a, c: Steps = a): Course {
    if (result.outer === 0) return result.inner === 0 ? this.#single : this.#row;
    return result.inner === 0 ? this.#column : this.everywhere(result, a, b, c);
  }

  /** For an operation at every position. */
  everywhere(result: Steps, a: Steps, b: Steps = a, c: Steps = a): Course {
    const { most } = this.inner;
    const follows = ({ inner, outer }: Steps): boolean => outer === inner * most;
    return follows(result) && follows(a) && follows(b) && follows(c) ? this.#whole : this.#rows;
  }
}

/** @param positions those of an axis without a loop */
function axis(loop: Loop | null, positions: number, most: number, registers: Registers): Axis {
  if (loop === null) return { loop, most: positions, isWhole: true, count: registers.constant(positions) };
  const size = sizeOf(loop);
  if (size <= most) return { loop, most: size, isWhole: true, count: registers.constant(size) };
  return { loop, most, isWhole: false, count: registers.add(most) };
}

/** Of loops as long as each other the one that is written last. */
function longestOf(loops: readonly Loop[], but: Loop | null): Loop | null {
  let longest: Loop | null = null;
  for (const loop of loops) if (loop !== but && (longest === null || sizeOf(loop) >= sizeOf(longest))) longest = loop;
  return longest;
}

export const sizeOf = ({ from, to }: Loop): number => to - from;

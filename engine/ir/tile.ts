/**
 * What the interpreter computes of a statement in one go: neighbouring positions of two of its loops, a tile. Several lanes count as the
 * inner loop of every tile, and leave room for one loop beside them.
 */
import type { Loop, Place } from "./program.ts";

/** Numbers that a tile has at most: few enough for those of an expression's parts to stay in a near cache. */
const MOST_NUMBERS = 1024;

/** How many numbers there are in some direction. */
export interface Extent {
  count: number;
}

export const ONE: Readonly<Extent> = { count: 1 };

/** Numbers that lie in a tile: from one to the next along each axis; 0 where they are the same. */
export interface Steps {
  readonly inner: number;
  readonly outer: number;
}

/** Numbers that are the same everywhere. */
export const SINGLE: Steps = { inner: 0, outer: 0 };

/** One of the two directions of a tile. */
export class Axis implements Extent {
  /** Null for the lanes, and for an axis that has one position and no name. */
  readonly loop: Loop | null;
  /** Positions that a tile has at most. */
  readonly most: number;
  /** Positions of the tile that is computed next. */
  count: number;
  readonly #lanes: number;
  readonly #perLane: number;

  private constructor(loop: Loop | null, most: number, lanes: number, perLane: number) {
    this.loop = loop;
    this.most = most;
    this.count = most;
    this.#lanes = lanes;
    this.#perLane = perLane;
  }

  static ofLanes(lanes: number): Axis {
    return new Axis(null, lanes, lanes, 1);
  }

  static along(loop: Loop, most: number, lanes: number): Axis {
    return new Axis(loop, Math.min(most, sizeOf(loop)), lanes, 0);
  }

  static none(): Axis {
    return new Axis(null, 1, 1, 0);
  }

  /** From the number of a place to that at the next position. */
  stepOf({ terms }: Place): number {
    if (this.loop === null) return this.#perLane;
    let stride = 0;
    for (const term of terms) if (term.loop === this.loop.id) stride += term.stride;
    return stride * this.#lanes;
  }

  /** The same for what is there once for each lane. */
  get stepOfLanes(): number {
    return this.#perLane;
  }
}

/** The way that an operation takes through a tile: runs of numbers at equal distances. */
export class Course {
  /** Numbers of a run. */
  readonly length: Readonly<Extent>;
  readonly runs: Readonly<Extent>;
  readonly #alongOuter: boolean;

  constructor(length: Readonly<Extent>, runs: Readonly<Extent>, alongOuter = false) {
    this.length = length;
    this.runs = runs;
    this.#alongOuter = alongOuter;
  }

  along(steps: Steps): number {
    return this.#alongOuter ? steps.outer : steps.inner;
  }
}

export class Tile {
  readonly inner: Axis;
  readonly outer: Axis;
  readonly #all: Extent;
  readonly #single = new Course(ONE, ONE);
  readonly #row: Course;
  readonly #column: Course;
  readonly #rows: Course;
  /** As one run, where the next row begins where the last one ends. */
  readonly #whole: Course;

  /** @param loops those of which a tile may have several positions */
  constructor(loops: readonly Loop[], lanes: number) {
    const [longest, second] = loops.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    const [innerLoop, outerLoop] = lanes > 1 ? [undefined, longest] : [longest, second];
    this.inner = innerLoop ? Axis.along(innerLoop, MOST_NUMBERS, lanes) : Axis.ofLanes(lanes);
    const rest = Math.max(1, Math.floor(MOST_NUMBERS / this.inner.most));
    this.outer = outerLoop ? Axis.along(outerLoop, rest, lanes) : Axis.none();
    this.#all = { count: this.inner.count * this.outer.count };
    this.#row = new Course(this.inner, ONE);
    this.#column = new Course(this.outer, ONE, true);
    this.#rows = new Course(this.inner, this.outer);
    this.#whole = new Course(this.#all, ONE);
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

  /** @param axis one of the two of this tile */
  setCount(axis: Axis, count: number): void {
    axis.count = count;
    this.#all.count = this.inner.count * this.outer.count;
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

export const sizeOf = ({ from, to }: Loop): number => to - from;

/** Where the interpreter finds a value that an expression needs: in its memory already, or in a tile that is computed first. */
import type { Place } from "./program.ts";
import type { Axis, Steps, Tile } from "./tile.ts";

/** Evaluates, and answers with the position in `values` at which the first number of the tile is. */
export type Evaluation = () => number;

const NO_LOOP = new Int32Array(1);

/**
 * The numbers of an expression in a tile: they are computed, or they lie at
 * `base + positions[a] · x + positions[b] · y + positions[c] · z`.
 */
export class Operand implements Steps {
  /** As they were given: for a computed one, the operand that its numbers are put into. */
  readonly steps: Steps;
  readonly inner: number;
  readonly outer: number;
  readonly #positions: Int32Array;
  readonly #base: number;
  readonly #a: number;
  readonly #x: number;
  readonly #b: number;
  readonly #y: number;
  readonly #c: number;
  readonly #z: number;
  readonly #evaluate: Evaluation | null;

  private constructor(
    positions: Int32Array,
    base: number,
    terms: Place["terms"],
    lanes: number,
    steps: Steps,
    evaluate: Evaluation | null,
  ) {
    this.steps = steps;
    this.inner = steps.inner;
    this.outer = steps.outer;
    this.#positions = positions;
    this.#base = base;
    this.#a = terms[0]?.loop ?? 0;
    this.#x = (terms[0]?.stride ?? 0) * lanes;
    this.#b = terms[1]?.loop ?? 0;
    this.#y = (terms[1]?.stride ?? 0) * lanes;
    this.#c = terms[2]?.loop ?? 0;
    this.#z = (terms[2]?.stride ?? 0) * lanes;
    this.#evaluate = evaluate;
  }

  static computed(evaluate: Evaluation, steps: Steps): Operand {
    return new Operand(NO_LOOP, 0, [], 1, steps, evaluate);
  }

  static fixed(at: number, steps: Steps): Operand {
    return new Operand(NO_LOOP, at, [], 1, steps, null);
  }

  /** A place with three loops at most. */
  static inMemory(positions: Int32Array, { base, terms }: Place, lanes: number, steps: Steps): Operand {
    return new Operand(positions.length > 0 ? positions : NO_LOOP, base * lanes, terms, lanes, steps, null);
  }

  /** Position of the first number of the tile. */
  at(): number {
    if (this.#evaluate !== null) return this.#evaluate();
    const positions = this.#positions;
    return this.#base + positions[this.#a]! * this.#x + positions[this.#b]! * this.#y + positions[this.#c]! * this.#z;
  }
}

/**
 * The slot of a place under the running loops times `scale`, or a negative number where a guard fails.
 * @param scale 1, or the number of lanes for the position of a number
 */
export function slotOf(positions: Int32Array, { base, terms, guards }: Place, scale = 1): () => number {
  const first = base * scale;
  const loops = terms.map((t) => t.loop);
  const strides = terms.map((t) => t.stride * scale);
  return () => {
    if (!guardsHold(positions, guards)) return -1;
    let slot = first;
    for (let i = 0; i < loops.length; i++) slot += positions[loops[i]!]! * strides[i]!;
    return slot;
  };
}

export function guardsHold(positions: Int32Array, guards: Place["guards"]): boolean {
  for (let i = 0; i < guards.length; i++) {
    const { loop, offset, size } = guards[i]!;
    const position = positions[loop]! + offset;
    if (position < 0 || position >= size) return false;
  }
  return true;
}

export const dependsOn = ({ terms, guards }: Place, { loop }: Axis): boolean =>
  loop !== null && (terms.some((t) => t.loop === loop.id) || guards.some((g) => g.loop === loop.id));

/** The values at a place, whatever its guards are. */
export function placeOf(positions: Int32Array, place: Place, lanes: number, { inner, outer }: Tile): Operand {
  const steps = { inner: inner.stepOf(place), outer: outer.stepOf(place) };
  if (place.terms.length <= 3) return Operand.inMemory(positions, place, lanes, steps);
  return Operand.computed(slotOf(positions, { ...place, guards: [] }, lanes), steps);
}

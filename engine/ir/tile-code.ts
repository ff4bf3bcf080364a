/**
 * Instructions of the interpreter: what is to be computed for a tile, in a row of whole numbers that is gone through from one end of a span to
 * the other. An instruction names a loop (tile-loops.ts) and, for the result and each operand, where its first number is, how far it has moved
 * (a register), and the ways along a run and to the next one.
 *
 * One after the other in memory, they are read as fast as memory gives them; as functions of functions, each in a place of its own, half of the
 * time would go into finding them.
 */
import { Registers } from "./registers.ts";
import type { Course, Steps } from "./tile.ts";
import type { Loop1, Loop2, Loop3 } from "./tile-loops.ts";

/** Where the numbers of a value are: at `at`, plus what the register says. */
export interface Value extends Steps {
  readonly at: number;
  readonly moved: number;
}

/** Instructions `from … to - 1`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Kinds of instructions: a function to be called, or a loop with so many operands. */
const CALL = 0;
const ONE = 1;
const TWO = 2;
const THREE = 3;

/** Numbers of an instruction: kind, loop, length, number of runs; then those of the result and of each operand. */
const HEAD = 4;
const PART = 4;
const LONGEST = HEAD + 4 * PART;

export class TileCode {
  readonly registers = new Registers();
  /** What instructions compute on. */
  readonly values: Float64Array;
  #code = new Int32Array(1 << 14);
  #end = 0;
  readonly #calls: (() => void)[] = [];
  readonly #loops1 = new Numbered<Loop1>();
  readonly #loops2 = new Numbered<Loop2>();
  readonly #loops3 = new Numbered<Loop3>();

  constructor(values: Float64Array) {
    this.values = values;
  }

  /** Where the next instruction will be. */
  get end(): number {
    return this.#end;
  }

  call(work: () => void): void {
    this.#make(CALL, this.#calls.push(work) - 1);
  }

  loop1(loop: Loop1, course: Course, result: Value, a: Value): void {
    this.#make(ONE, this.#loops1.of(loop));
    this.#head(course);
    this.#part(course, result);
    this.#part(course, a);
  }

  loop2(loop: Loop2, course: Course, result: Value, a: Value, b: Value): void {
    this.#make(TWO, this.#loops2.of(loop));
    this.#head(course);
    this.#part(course, result);
    this.#part(course, a);
    this.#part(course, b);
  }

  loop3(loop: Loop3, course: Course, result: Value, a: Value, b: Value, c: Value): void {
    this.#make(THREE, this.#loops3.of(loop));
    this.#head(course);
    this.#part(course, result);
    this.#part(course, a);
    this.#part(course, b);
    this.#part(course, c);
  }

  #make(kind: number, number: number): void {
    if (this.#end + LONGEST > this.#code.length) {
      const longer = new Int32Array(2 * this.#code.length);
      longer.set(this.#code);
      this.#code = longer;
    }
    this.#code[this.#end] = kind;
    this.#code[this.#end + 1] = number;
    this.#end += 2;
  }

  #head({ length, runs }: Course): void {
    this.#code[this.#end] = length;
    this.#code[this.#end + 1] = runs;
    this.#end += 2;
  }

  #part({ isAlongOuter }: Course, { at, moved, inner, outer }: Value): void {
    const code = this.#code;
    const end = this.#end;
    code[end] = at;
    code[end + 1] = moved;
    code[end + 2] = isAlongOuter ? outer : inner;
    code[end + 3] = outer;
    this.#end = end + PART;
  }

  /** Nothing may be added meanwhile. */
  execute({ from, to }: Span): void {
    const { values } = this;
    const code = this.#code;
    const registers = this.registers.numbers;
    let i = from;
    while (i < to) {
      const kind = code[i]!;
      const number = code[i + 1]!;
      if (kind === CALL) {
        this.#calls[number]!();
        i += 2;
        continue;
      }
      const n = registers[code[i + 2]!]!;
      const m = registers[code[i + 3]!]!;
      let o = code[i + 4]! + registers[code[i + 5]!]!;
      const p = code[i + 6]!;
      const nextO = code[i + 7]!;
      let a = code[i + 8]! + registers[code[i + 9]!]!;
      const x = code[i + 10]!;
      const nextA = code[i + 11]!;
      i += HEAD + 2 * PART;
      if (kind === ONE) {
        const loop = this.#loops1.list[number]!;
        for (let j = 0; j < m; j++, o += nextO, a += nextA) loop(values, n, o, p, a, x);
        continue;
      }
      let b = code[i]! + registers[code[i + 1]!]!;
      const y = code[i + 2]!;
      const nextB = code[i + 3]!;
      i += PART;
      if (kind === TWO) {
        const loop = this.#loops2.list[number]!;
        for (let j = 0; j < m; j++, o += nextO, a += nextA, b += nextB) loop(values, n, o, p, a, x, b, y);
        continue;
      }
      let c = code[i]! + registers[code[i + 1]!]!;
      const z = code[i + 2]!;
      const nextC = code[i + 3]!;
      i += PART;
      const loop = this.#loops3.list[number]!;
      for (let j = 0; j < m; j++, o += nextO, a += nextA, b += nextB, c += nextC)
        loop(values, n, o, p, a, x, b, y, c, z);
    }
  }
}

/** Gives each thing a number. */
class Numbered<T> {
  readonly list: T[] = [];
  readonly #numbers = new Map<T, number>();

  of(thing: T): number {
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    this.#numbers.set(thing, this.list.length);
    return this.list.push(thing) - 1;
  }
}

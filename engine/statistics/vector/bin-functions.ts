/**
 * The functions that find the bins of two cells at a time: `binOf` of ../bins.ts on vectors, with the same comparisons and the same
 * arithmetic, so that every value comes into the same bin.
 *
 * The segment of a value is the number of knots at or below it, which are counted without a branch, four draws side by side. Values
 * outside the middle part are few; they come one by one.
 */
import type { FunctionCode, Local } from "../../kernel/encoding/function-code.ts";
import type { DeclaredFunction, ModuleBuilder } from "../../kernel/encoding/module-builder.ts";
import {
  BINS,
  KNOTS,
  LEAST_OUTER_WIDTH,
  MIDDLE_END,
  MIDDLE_START,
  OUTER_EDGES,
  SEGMENT_BINS,
  SEGMENTS,
} from "../bins.ts";
import { EDGE_PLACES, KNOTS_BYTES, ROUND_DRAWS, shiftFor, VECTOR } from "./digest-layout.ts";

const NUMBER = 8;
/** Draws side by side: more would not leave room in the processor's vector registers. */
const SIDE_BY_SIDE = 4;

/** Halves of two vectors: the first of both, the second of both. */
export const FIRST_HALVES: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
export const SECOND_HALVES: readonly number[] = FIRST_HALVES.map((byte) => byte + 8);
/** The lower four bytes of each half of two vectors. */
const LOWER_WORDS = [0, 8, 16, 24].flatMap((byte) => [byte, byte + 1, byte + 2, byte + 3]);
/** The even bytes of a vector, then the odd ones. */
const EVEN_THEN_ODD = Array.from({ length: VECTOR }, (_, i) => (i < 8 ? 2 * i : 2 * i - 15));

/** The edges between outer bins, as the module has them: each is at least one width from the middle part. */
export function edgePlaces(): Float64Array<ArrayBuffer> {
  const places = new Float64Array(EDGE_PLACES).fill(Number.NaN);
  places.set(OUTER_EDGES.subarray(1));
  return places;
}

export interface BinPlaces {
  /** {@link edgePlaces}. */
  readonly edges: number;
  /** Room for the knots of two cells side by side. */
  readonly knotPairs: number;
  /** Bytes from the bins of a cell to those of the next. */
  readonly binStride: number;
}

/**
 * `bins(values, knots, bins, rounds)`: values of two cells [draw][cell] in rounds of eight draws; the knots of the first cell, behind
 * which those of the second one lie; and where the bins go, one byte each, cell by cell.
 */
export function declareBins(module: ModuleBuilder, places: BinPlaces): DeclaredFunction {
  const outer = declareOuterBin(module, places);
  const declared = module.declare("bins", { parameters: ["i32", "i32", "i32", "i32"], results: [] });
  new BinsFunction(declared.code, places, outer).write();
  return declared;
}

class BinsFunction {
  readonly #code: FunctionCode;
  readonly #places: BinPlaces;
  readonly #outer: DeclaredFunction;
  readonly #values: Local;
  readonly #knots: Local;
  readonly #bins: Local;
  readonly #rounds: Local;
  readonly #packed: Local;

  constructor(code: FunctionCode, places: BinPlaces, outer: DeclaredFunction) {
    this.#code = code;
    this.#places = places;
    this.#outer = outer;
    const [values, knots, bins, rounds] = code.parameters();
    this.#values = values!;
    this.#knots = knots!;
    this.#bins = bins!;
    this.#rounds = rounds!;
    this.#packed = code.local("v128");
  }

  write(): void {
    const code = this.#code;
    this.#pairKnots();
    code.repeat(this.#rounds, () => {
      this.#sideBySide(0);
      this.#sideBySide(SIDE_BY_SIDE);
      code.op("i8x16.narrow_i16x8_u");
      code.set(this.#packed);
      this.#storeBins();
      this.#outside();
      code.advance(this.#values, ROUND_DRAWS * VECTOR);
      code.advance(this.#bins, ROUND_DRAWS);
    });
  }

  /** Puts the knots of both cells side by side. */
  #pairKnots(): void {
    const code = this.#code;
    for (let knot = 0; knot < KNOTS; knot++) {
      code.i32(this.#places.knotPairs);
      code.get(this.#knots);
      code.get(this.#knots);
      code.memory("v128.load64_zero", knot * NUMBER);
      code.memoryLane("v128.load64_lane", KNOTS_BYTES + knot * NUMBER, 1);
      code.memory("v128.store", knot * VECTOR);
    }
  }

  /** Leaves the bins of some draws as i16x8 on the stack; -1 for a value outside the middle part. */
  #sideBySide(first: number): void {
    const code = this.#code;
    const draws = Array.from({ length: SIDE_BY_SIDE }, (_, i) => i);
    const [values, below, outside] = [draws, draws, draws].map((list) => list.map(() => code.local("v128")));
    for (const i of draws) {
      code.get(this.#values);
      code.memory("v128.load", (first + i) * VECTOR);
      code.set(values![i]!);
    }
    const knot = code.local("v128");
    // A mask is -1, so the sum of masks is minus the number of the segment.
    for (let k = 1; k < SEGMENTS; k++) {
      this.#loadKnot(k, knot);
      for (const i of draws) {
        code.get(values![i]!);
        code.get(knot);
        code.op("f64x2.ge");
        if (k > 1) {
          code.get(below![i]!);
          code.op("i64x2.add");
        }
        code.set(below![i]!);
      }
    }
    for (const [k, compare] of [
      [0, "f64x2.lt"],
      [SEGMENTS, "f64x2.gt"],
    ] as const) {
      this.#loadKnot(k, knot);
      for (const i of draws) {
        code.get(values![i]!);
        code.get(knot);
        code.op(compare);
        if (k > 0) {
          code.get(outside![i]!);
          code.op("v128.or");
        }
        code.set(outside![i]!);
      }
    }
    for (let i = 0; i < SIDE_BY_SIDE; i += 2) {
      const [a, b] = [i, i + 1];
      this.#inSegment(values![a]!, below![a]!);
      this.#inSegment(values![b]!, below![b]!);
      code.shuffle(FIRST_HALVES);
      this.#splat32(SEGMENT_BINS - 1);
      code.op("i32x4.min_s");
      this.#splat32(MIDDLE_START);
      code.op("i32x4.add");
      code.get(below![a]!);
      code.get(below![b]!);
      code.shuffle(LOWER_WORDS);
      code.i32(shiftFor(SEGMENT_BINS));
      code.op("i32x4.shl", "i32x4.sub");
      code.get(outside![a]!);
      code.get(outside![b]!);
      code.shuffle(LOWER_WORDS);
      code.op("v128.or");
    }
    code.op("i16x8.narrow_i32x4_s");
    for (const local of [...values!, ...below!, ...outside!, knot]) code.release(local);
  }

  #loadKnot(k: number, knot: Local): void {
    this.#code.i32(this.#places.knotPairs);
    this.#code.memory("v128.load", k * VECTOR);
    this.#code.set(knot);
  }

  /** Leaves the place of two values in their segments, in bins, as two whole numbers in the lower half. */
  #inSegment(value: Local, below: Local): void {
    const code = this.#code;
    const [bytes, first, second, start] = [0, 0, 0, 0].map(() => code.local("v128")) as [Local, Local, Local, Local];
    code.get(below);
    code.i32(shiftFor(NUMBER));
    code.op("i64x2.shl");
    code.set(bytes);
    for (const [lane, knots] of [first, second].entries()) {
      // The knot at or below the value, and the next one.
      code.get(this.#knots);
      code.get(bytes);
      code.indexed("i64x2.extract_lane", lane);
      code.op("i32.wrap_i64", "i32.sub");
      code.memory("v128.load", lane * KNOTS_BYTES);
      code.set(knots);
    }
    code.get(first);
    code.get(second);
    code.shuffle(FIRST_HALVES);
    code.set(start);
    code.get(value);
    code.get(start);
    code.op("f64x2.sub");
    code.get(first);
    code.get(second);
    code.shuffle(SECOND_HALVES);
    code.get(start);
    code.op("f64x2.sub", "f64x2.div");
    code.f64(SEGMENT_BINS);
    // What is not a number, as the place in a segment without width, becomes 0.
    code.op("f64x2.splat", "f64x2.mul", "i32x4.trunc_sat_f64x2_s_zero");
    for (const local of [bytes, first, second, start]) code.release(local);
  }

  #storeBins(): void {
    const code = this.#code;
    code.get(this.#packed);
    code.get(this.#packed);
    code.shuffle(EVEN_THEN_ODD);
    const byCell = code.local("v128");
    code.set(byCell);
    for (const lane of [0, 1]) {
      code.get(this.#bins);
      code.get(byCell);
      code.memoryLane("v128.store64_lane", lane * this.#places.binStride, lane);
    }
    code.release(byCell);
  }

  /** Values outside the middle part have got bin 0, which no value in it has: their bins are found one by one. */
  #outside(): void {
    const code = this.#code;
    const [left, at, cell, draw] = [0, 0, 0, 0].map(() => code.local("i32")) as [Local, Local, Local, Local];
    code.get(this.#packed);
    code.i32(0);
    code.op("i8x16.splat", "i8x16.eq", "i8x16.bitmask");
    code.tee(left);
    code.when(() =>
      code.loop(() => {
        code.get(left);
        code.op("i32.ctz");
        code.tee(at);
        code.i32(1);
        code.op("i32.and");
        code.set(cell);
        code.get(at);
        code.i32(1);
        code.op("i32.shr_u");
        code.set(draw);

        code.get(this.#bins);
        code.get(draw);
        code.op("i32.add");
        code.get(cell);
        code.i32(this.#places.binStride);
        code.op("i32.mul", "i32.add");
        code.get(this.#values);
        code.get(at);
        code.i32(NUMBER);
        code.op("i32.mul", "i32.add");
        code.memory("f64.load", 0);
        code.get(this.#knots);
        code.get(cell);
        code.i32(KNOTS_BYTES);
        code.op("i32.mul", "i32.add");
        code.call(this.#outer.index);
        code.memory("i32.store8", 0);

        // Takes the lowest bit away.
        code.get(left);
        code.get(left);
        code.i32(1);
        code.op("i32.sub", "i32.and");
        code.tee(left);
        code.indexed("br_if", 0);
      }),
    );
    for (const local of [left, at, cell, draw]) code.release(local);
  }

  #splat32(value: number): void {
    this.#code.i32(value);
    this.#code.op("i32x4.splat");
  }
}

/** `outer bin(value, knots)`: the bin of a value outside the middle part. */
function declareOuterBin(module: ModuleBuilder, { edges }: BinPlaces): DeclaredFunction {
  const declared = module.declare("outer bin", { parameters: ["f64", "i32"], results: ["i32"] });
  const { code } = declared;
  const [value, knots] = code.parameters() as [Local, Local];
  const [low, high, distance] = [0, 0, 0].map(() => code.local("f64")) as [Local, Local, Local];
  const [bin, isBelow] = [code.local("i32"), code.local("i32")];
  const knot = (k: number): void => {
    code.get(knots);
    code.memory("f64.load", k * NUMBER);
  };
  /** The distance on the stack, in widths of the first outer bin, which is beside the segment that begins at knot `k`. */
  const inWidths = (k: number): void => {
    knot(k + 1);
    knot(k);
    code.op("f64.sub");
    code.f64(SEGMENT_BINS);
    code.op("f64.div");
    code.get(high);
    code.get(low);
    code.op("f64.sub");
    code.f64(LEAST_OUTER_WIDTH);
    code.op("f64.mul", "f64.max", "f64.div");
    code.set(distance);
  };
  knot(0);
  code.set(low);
  knot(SEGMENTS);
  code.set(high);
  code.get(value);
  code.get(low);
  code.op("f64.lt");
  code.tee(isBelow);
  code.when(
    () => {
      code.get(low);
      code.get(value);
      code.op("f64.sub");
      inWidths(0);
    },
    () => {
      code.get(value);
      code.get(high);
      code.op("f64.sub");
      inWidths(SEGMENTS - 1);
    },
  );
  // The number of edges at or below the distance, by five halvings without a branch.
  code.i32(0);
  code.set(bin);
  for (let step = EDGE_PLACES / 2; step >= 1; step /= 2) {
    code.get(distance);
    code.get(bin);
    code.i32(NUMBER);
    code.op("i32.mul");
    code.memory("f64.load", edges + (step - 1) * NUMBER);
    code.op("f64.ge");
    code.i32(shiftFor(step));
    code.op("i32.shl");
    code.get(bin);
    code.op("i32.add");
    code.set(bin);
  }
  code.i32(MIDDLE_START - 1);
  code.get(bin);
  code.op("i32.sub");
  code.i32(MIDDLE_END);
  code.get(bin);
  code.op("i32.add");
  code.get(isBelow);
  code.op("select");
  return declared;
}

/** A bin is one byte. */
if (BINS > 256) throw new Error(`${BINS} bins do not fit a byte`);

/**
 * The function that takes in the values of many cells in one block: means, squared deviations, extremes, the number of positive
 * differences, and bins. It does what `setMoments`, `countPositive` and `binOf` do, with the same operations in the same order.
 *
 * The two halves of a vector are two cells, and draws follow one another, so that each sum adds its values in the order of the draws.
 * Four cells are in work at once: an addition waits for the one before it, and those of the other pair fill the time.
 */
import type { FunctionCode, Local } from "../../kernel/encoding/function-code.ts";
import type { DeclaredFunction, ModuleBuilder } from "../../kernel/encoding/module-builder.ts";
import { FIRST_HALVES, SECOND_HALVES } from "./bin-functions.ts";
import {
  BATCH_CELLS,
  type CellsForm,
  type DigestLayout,
  KNOTS_BYTES,
  ROUND_DRAWS,
  shiftFor,
  VECTOR,
} from "./digest-layout.ts";

const NUMBER = 8;
const WORD = 4;
const PAIRS = [0, 1] as const;

/**
 * `cells(at, batches, values, reference, draws)`: at `at` lie the places of the cells' values, counted from `values` and `reference`, as
 * many as `batches` of four cells have. Returns 1 if a mean or an extreme is not finite, else 0.
 */
export function declareCells(
  module: ModuleBuilder,
  layout: DigestLayout,
  bins: DeclaredFunction,
  form: CellsForm,
): DeclaredFunction {
  const name = `${form.isDifference ? "differences" : "levels"} of ${form.isWhole ? "all" : "some"} draws`;
  const declared = module.declare(name, { parameters: ["i32", "i32", "i32", "i32", "i32"], results: ["i32"] });
  new CellsFunction(declared.code, layout, bins, form).write();
  return declared;
}

/** What is gathered of a pair of cells. */
interface Gathered {
  readonly sum: Local;
  readonly minimum: Local;
  readonly maximum: Local;
  /** Draws with a value above 0, of a difference. */
  readonly positive: Local | undefined;
}

class CellsFunction {
  readonly #code: FunctionCode;
  readonly #layout: DigestLayout;
  readonly #bins: DeclaredFunction;
  readonly #form: CellsForm;
  readonly #at: Local;
  readonly #batches: Local;
  readonly #values: Local;
  readonly #reference: Local;
  readonly #draws: Local;
  /** Bytes from the first cell to that in work: of numbers, of knots, of bins. */
  readonly #numbers: Local;
  readonly #knots: Local;
  readonly #binBytes: Local;
  /** Draws, and how many rounds of bins they make. */
  readonly #count: Local;
  readonly #rounds: Local;
  readonly #suspect: Local;
  readonly #cells: readonly Local[];
  readonly #lessCells: readonly Local[];
  readonly #pairs: readonly Gathered[];
  readonly #draw: Local;

  constructor(code: FunctionCode, layout: DigestLayout, bins: DeclaredFunction, form: CellsForm) {
    this.#code = code;
    this.#layout = layout;
    this.#bins = bins;
    this.#form = form;
    const [at, batches, values, reference, draws] = code.parameters();
    this.#at = at!;
    this.#batches = batches!;
    this.#values = values!;
    this.#reference = reference!;
    this.#draws = draws!;
    const word = () => code.local("i32");
    const vector = () => code.local("v128");
    [this.#numbers, this.#knots, this.#binBytes, this.#rounds, this.#draw] = [word(), word(), word(), word(), word()];
    [this.#count, this.#suspect] = [vector(), vector()];
    this.#cells = Array.from({ length: BATCH_CELLS }, word);
    this.#lessCells = form.isDifference ? Array.from({ length: BATCH_CELLS }, word) : [];
    this.#pairs = PAIRS.map(() => ({
      sum: vector(),
      minimum: vector(),
      maximum: vector(),
      positive: form.isDifference ? vector() : undefined,
    }));
  }

  write(): void {
    const code = this.#code;
    code.get(this.#draws);
    code.op("f64.convert_i32_s", "f64x2.splat");
    code.set(this.#count);
    code.get(this.#draws);
    code.i32(ROUND_DRAWS - 1);
    code.op("i32.add");
    code.i32(shiftFor(ROUND_DRAWS));
    code.op("i32.shr_u");
    code.set(this.#rounds);
    code.repeat(this.#batches, () => {
      this.#findCells();
      this.#begin();
      if (this.#form.isWhole) this.#gatherWhole();
      else this.#gatherSome();
      this.#fillUp();
      this.#finish();
      this.#squares();
      for (const pair of PAIRS) this.#findBins(pair);
      code.advance(this.#at, BATCH_CELLS * WORD);
      code.advance(this.#numbers, BATCH_CELLS * NUMBER);
      code.advance(this.#knots, BATCH_CELLS * KNOTS_BYTES);
      code.advance(this.#binBytes, BATCH_CELLS * this.#layout.binStride);
    });
    code.get(this.#suspect);
    code.op("v128.any_true");
  }

  #findCells(): void {
    const code = this.#code;
    for (const [base, cells] of [
      [this.#values, this.#cells],
      [this.#reference, this.#lessCells],
    ] as const)
      for (const [i, cell] of cells.entries()) {
        code.get(this.#at);
        code.memory("i32.load", i * WORD);
        code.get(base);
        code.op("i32.add");
        code.set(cell);
      }
  }

  #begin(): void {
    const code = this.#code;
    for (const { sum, minimum, maximum, positive } of this.#pairs) {
      const starts: [Local | undefined, number][] = [
        [sum, 0],
        [positive, 0],
        [minimum, Number.POSITIVE_INFINITY],
        [maximum, Number.NEGATIVE_INFINITY],
      ];
      for (const [local, value] of starts) {
        if (!local) continue;
        this.#splat(value);
        code.set(local);
      }
    }
  }

  /** Draws stand in pairs beside each other, at places known now. */
  #gatherWhole(): void {
    const code = this.#code;
    const [first, second] = [code.local("v128"), code.local("v128")];
    for (let draw = 0; draw < this.#layout.draws; draw += 2) {
      for (const pair of PAIRS) {
        for (const [side, local] of [first, second].entries()) {
          const cell = 2 * pair + side;
          code.get(this.#cells[cell]!);
          code.memory("v128.load", this.#layout.placeOfDraw(draw));
          if (this.#form.isDifference) {
            code.get(this.#lessCells[cell]!);
            code.memory("v128.load", this.#layout.placeOfDraw(draw));
            code.op("f64x2.sub");
          }
          code.set(local);
        }
        for (const [i, halves] of [FIRST_HALVES, SECOND_HALVES].entries()) {
          code.get(first);
          code.get(second);
          code.shuffle(halves);
          this.#take(pair, () => code.i32(0), (draw + i) * VECTOR);
        }
      }
    }
    code.release(first);
    code.release(second);
  }

  #gatherSome(): void {
    const code = this.#code;
    const place = code.local("i32");
    const [value, less] = [code.local("v128"), code.local("v128")];
    this.#eachDraw(() => {
      code.get(this.#draw);
      code.i32(VECTOR / WORD);
      code.op("i32.div_s");
      code.memory("i32.load", this.#layout.drawPlaces);
      code.set(place);
      for (const pair of PAIRS) {
        for (const [cells, local] of [
          [this.#cells, value],
          [this.#lessCells, less],
        ] as const) {
          if (cells.length === 0) continue;
          const address = (side: number): void => {
            code.get(cells[2 * pair + side]!);
            code.get(place);
            code.op("i32.add");
          };
          address(1);
          address(0);
          code.memory("v128.load64_zero", 0);
          code.memoryLane("v128.load64_lane", 0, 1);
          code.set(local);
        }
        code.get(value);
        if (this.#form.isDifference) {
          code.get(less);
          code.op("f64x2.sub");
        }
        this.#take(pair, () => code.get(this.#draw), 0);
      }
    });
    for (const local of [place, value, less]) code.release(local);
  }

  /** Takes in the vector on the stack, and keeps it at `address` + `offset` among the values of the pair. */
  #take(pair: number, address: () => void, offset: number): void {
    const code = this.#code;
    const { sum, minimum, maximum, positive } = this.#pairs[pair]!;
    const value = code.local("v128");
    code.set(value);
    address();
    code.get(value);
    code.memory("v128.store", this.#layout.pairValues[pair]! + offset);
    for (const [local, operation] of [
      [sum, "f64x2.add"],
      [minimum, "f64x2.pmin"],
      [maximum, "f64x2.pmax"],
    ] as const) {
      code.get(local);
      code.get(value);
      code.op(operation);
      code.set(local);
    }
    if (positive) {
      code.get(positive);
      code.get(value);
      this.#splat(0);
      code.op("f64x2.gt");
      this.#splat(1);
      code.op("v128.and", "f64x2.add");
      code.set(positive);
    }
    code.release(value);
  }

  /** Repeats the last draw up to a whole round, for the bins. */
  #fillUp(): void {
    const code = this.#code;
    const { draws, pairValues, roomDraws } = this.#layout;
    if (this.#form.isWhole) {
      for (const values of pairValues)
        for (let draw = draws; draw < roomDraws; draw++) {
          code.i32(0);
          code.i32(0);
          code.memory("v128.load", values + (draws - 1) * VECTOR);
          code.memory("v128.store", values + draw * VECTOR);
        }
      return;
    }
    const last = code.local("i32");
    code.get(this.#draws);
    code.i32(VECTOR);
    code.op("i32.mul");
    code.set(last);
    for (const values of pairValues)
      for (let i = 0; i < ROUND_DRAWS - 1; i++) {
        code.get(last);
        code.get(last);
        code.memory("v128.load", values - VECTOR);
        code.memory("v128.store", values + i * VECTOR);
      }
    code.release(last);
  }

  /** Writes means, extremes and numbers of positive values; the sums are means afterwards. */
  #finish(): void {
    const code = this.#code;
    const { mean, minimum, maximum, positive } = this.#layout;
    for (const [i, pair] of this.#pairs.entries()) {
      code.get(pair.sum);
      code.get(this.#count);
      code.op("f64x2.div");
      code.set(pair.sum);
      const written: [Local | undefined, number][] = [
        [pair.sum, mean],
        [pair.minimum, minimum],
        [pair.maximum, maximum],
        [pair.positive, positive],
      ];
      for (const [local, at] of written) {
        if (!local) continue;
        code.get(this.#numbers);
        code.get(local);
        code.memory("v128.store", at + i * VECTOR);
      }
      for (const local of [pair.sum, pair.minimum, pair.maximum]) {
        // x - x is 0 for every finite x and not a number for all others.
        code.get(local);
        code.get(local);
        code.op("f64x2.sub");
        this.#splat(0);
        code.op("f64x2.ne");
        code.get(this.#suspect);
        code.op("v128.or");
        code.set(this.#suspect);
      }
    }
  }

  #squares(): void {
    const code = this.#code;
    const { draws, pairValues, squares } = this.#layout;
    const sums = PAIRS.map(() => code.local("v128"));
    const deviation = code.local("v128");
    const add = (address: () => void, offset: number): void => {
      for (const pair of PAIRS) {
        address();
        code.memory("v128.load", pairValues[pair]! + offset);
        code.get(this.#pairs[pair]!.sum);
        code.op("f64x2.sub");
        code.set(deviation);
        code.get(sums[pair]!);
        code.get(deviation);
        code.get(deviation);
        code.op("f64x2.mul", "f64x2.add");
        code.set(sums[pair]!);
      }
    };
    for (const sum of sums) {
      this.#splat(0);
      code.set(sum);
    }
    if (this.#form.isWhole) for (let draw = 0; draw < draws; draw++) add(() => code.i32(0), draw * VECTOR);
    else this.#eachDraw(() => add(() => code.get(this.#draw), 0));
    for (const [i, sum] of sums.entries()) {
      code.get(this.#numbers);
      code.get(sum);
      code.memory("v128.store", squares + i * VECTOR);
    }
    for (const local of [...sums, deviation]) code.release(local);
  }

  /** Finds the bins of a pair of cells, unless all values of both are one number. */
  #findBins(pair: number): void {
    const code = this.#code;
    const { minimum, maximum } = this.#pairs[pair]!;
    code.get(minimum);
    code.get(maximum);
    code.op("f64x2.ne", "v128.any_true");
    code.when(() => {
      code.i32(this.#layout.pairValues[pair]!);
      code.get(this.#knots);
      code.i32(this.#layout.knots + 2 * pair * KNOTS_BYTES);
      code.op("i32.add");
      code.get(this.#binBytes);
      code.i32(this.#layout.bins + 2 * pair * this.#layout.binStride);
      code.op("i32.add");
      code.get(this.#rounds);
      code.call(this.#bins.index);
    });
  }

  /** `body` for each draw, with its bytes from the first one in `#draw`. */
  #eachDraw(body: () => void): void {
    const code = this.#code;
    code.i32(0);
    code.set(this.#draw);
    code.loop(() => {
      body();
      code.get(this.#draw);
      code.i32(VECTOR);
      code.op("i32.add");
      code.tee(this.#draw);
      code.get(this.#draws);
      code.i32(VECTOR);
      code.op("i32.mul", "i32.lt_s");
      code.indexed("br_if", 0);
    });
  }

  #splat(value: number): void {
    this.#code.f64(value);
    this.#code.op("f64x2.splat");
  }
}

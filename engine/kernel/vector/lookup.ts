/** Tables of lookups and series in the kernel's memory, and the functions that read one at two numbers at once, without branches on them. */
import type { Table } from "../../ir/program.ts";
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";

/** Index of the last point, address of x, address of y, and nothing: four whole numbers. */
export const TABLE_RECORD_BYTES = 16;
const LAST = 0;
const X = 4;
const Y = 8;
const NUMBER_BYTES = 8;
/** Both lanes take the lower, or the upper, number of their own pair: bytes of two vectors, those of the second from 16 on. */
const LOWER = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const UPPER = LOWER.map((byte) => byte + NUMBER_BYTES);

export function tableBytes(tables: readonly Table[]): number {
  return tables.reduce((n, t) => n + TABLE_RECORD_BYTES + 2 * t.x.length * NUMBER_BYTES, 0);
}

/** Records of all tables, then their points. */
export function encodeTables(tables: readonly Table[], at: number): Uint8Array {
  const bytes = new Uint8Array(tableBytes(tables));
  const view = new DataView(bytes.buffer);
  let next = tables.length * TABLE_RECORD_BYTES;
  const points = (values: Float64Array): number => {
    const start = next;
    for (const v of values) {
      view.setFloat64(next, v, true);
      next += NUMBER_BYTES;
    }
    return at + start;
  };
  for (const [i, { x, y }] of tables.entries()) {
    const record = i * TABLE_RECORD_BYTES;
    view.setInt32(record + LAST, x.length - 1, true);
    view.setInt32(record + X, points(x), true);
    view.setInt32(record + Y, points(y), true);
  }
  return bytes;
}

/** `lookup(record, x)` for tables of a mode: the operations of `lookup` in ir/arithmetic.ts, for the two lanes of a vector. */
export function declareLookup(module: ModuleBuilder, mode: Table["mode"]): DeclaredFunction {
  const declared = module.declare(`lookup ${mode}`, { parameters: ["i32", "v128"], results: ["v128"] });
  new LookupFunction(declared.code).write(mode);
  return declared;
}

class LookupFunction {
  readonly #code: FunctionCode;
  readonly #record: Local;
  readonly #x: Local;
  readonly #last: Local;
  readonly #xs: Local;
  readonly #ys: Local;
  /** The last point at or below x, in each lane; and whether it is the last of all. */
  readonly #index: Local;
  readonly #atEnd: Local;

  constructor(code: FunctionCode) {
    this.#code = code;
    const [record, x] = code.parameters();
    this.#record = record!;
    this.#x = x!;
    [this.#last, this.#xs, this.#ys] = [code.local("i32"), code.local("i32"), code.local("i32")];
    [this.#index, this.#atEnd] = [code.local("v128"), code.local("v128")];
  }

  write(mode: Table["mode"]): void {
    const code = this.#code;
    for (const [offset, local] of [
      [LAST, this.#last],
      [X, this.#xs],
      [Y, this.#ys],
    ] as const) {
      code.get(this.#record);
      code.memory("i32.load", offset);
      code.set(local);
    }
    this.#findIndex();
    this.#splatLast();
    code.get(this.#index);
    code.op("i64x2.eq");
    code.set(this.#atEnd);
    // A NaN gives itself.
    code.get(this.#x);
    this.#value(mode);
    code.get(this.#x);
    code.get(this.#x);
    code.op("f64x2.ne", "v128.bitselect");
  }

  /** Counts the points from the second on that are at or below x: a mask is -1. */
  #findIndex(): void {
    const code = this.#code;
    const [at, end] = [code.local("i32"), code.local("i32")];
    code.get(this.#xs);
    code.set(at);
    code.get(this.#xs);
    code.get(this.#last);
    code.i32(NUMBER_BYTES);
    code.op("i32.mul", "i32.add");
    code.set(end);
    code.block(() =>
      code.loop(() => {
        code.get(at);
        code.get(end);
        code.op("i32.eq");
        code.indexed("br_if", 1);
        code.get(this.#index);
        code.get(at);
        code.memory("v128.load64_splat", NUMBER_BYTES);
        code.get(this.#x);
        code.op("f64x2.le", "i64x2.sub");
        code.set(this.#index);
        code.get(at);
        code.i32(NUMBER_BYTES);
        code.op("i32.add");
        code.set(at);
        code.indexed("br", 0);
      }),
    );
  }

  #value(mode: Table["mode"]): void {
    const code = this.#code;
    const [x0, x1] = this.#pairs(this.#xs);
    const [y0, y1] = this.#pairs(this.#ys);
    const line = (): void => {
      code.get(y0);
      code.get(y1);
      code.get(y0);
      code.op("f64x2.sub");
      code.get(this.#x);
      code.get(x0);
      code.op("f64x2.sub");
      code.get(x1);
      code.get(x0);
      code.op("f64x2.sub", "f64x2.div", "f64x2.mul", "f64x2.add");
    };
    switch (mode) {
      case "extrapolate":
        return line();
      case "linear":
        this.#firstY();
        this.#lastYAtEnd(line);
        code.get(this.#x);
        code.get(this.#xs);
        code.memory("v128.load64_splat", 0);
        code.op("f64x2.lt", "v128.bitselect");
        return;
      case "previous":
        return this.#lastYAtEnd(() => code.get(y0));
      case "next":
        return this.#lastYAtEnd(() => {
          code.get(y1);
          code.get(y0);
          code.get(this.#x);
          code.get(x0);
          code.op("f64x2.gt", "v128.bitselect");
        });
    }
  }

  #firstY(): void {
    this.#code.get(this.#ys);
    this.#code.memory("v128.load64_splat", 0);
  }

  /** The last y where the index is the last, elsewhere another value. */
  #lastYAtEnd(other: () => void): void {
    const code = this.#code;
    code.get(this.#ys);
    code.get(this.#last);
    code.i32(NUMBER_BYTES);
    code.op("i32.mul", "i32.add");
    code.memory("v128.load64_splat", 0);
    other();
    code.get(this.#atEnd);
    code.op("v128.bitselect");
  }

  /** The numbers at the index and after it, one lane each; at the end those of the last line. */
  #pairs(array: Local): [Local, Local] {
    const code = this.#code;
    const [lower, upper] = [code.local("v128"), code.local("v128")];
    const both = [code.local("v128"), code.local("v128")];
    const at = code.local("i32");
    for (const [lane, pair] of both.entries()) {
      // max(0, min(index, last - 1))
      code.get(this.#index);
      code.indexed("i32x4.extract_lane", 2 * lane);
      code.set(at);
      code.get(at);
      code.get(at);
      code.get(this.#last);
      code.op("i32.eq");
      code.get(at);
      code.i32(0);
      code.op("i32.gt_s", "i32.and", "i32.sub");
      code.i32(NUMBER_BYTES);
      code.op("i32.mul");
      code.get(array);
      code.op("i32.add");
      code.memory("v128.load", 0);
      code.set(pair);
    }
    for (const [local, bytes] of [
      [lower, LOWER],
      [upper, UPPER],
    ] as const) {
      code.get(both[0]!);
      code.get(both[1]!);
      code.shuffle(bytes);
      code.set(local);
    }
    return [lower, upper];
  }

  /** The index of the last point, in both lanes as whole numbers of 64 bits. */
  #splatLast(): void {
    const code = this.#code;
    code.get(this.#last);
    code.op("i64.extend_i32_u", "i64x2.splat");
  }
}

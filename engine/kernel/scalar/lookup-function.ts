/** Tables of lookups and series in the kernel's memory, and the function that reads one at a number. */
import type { Table } from "../../ir/program.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";

/** Last index, mode, address of x, address of y: four whole numbers. */
export const TABLE_RECORD_BYTES = 16;
const MODE = { linear: 0, previous: 1, next: 2, extrapolate: 3 } as const;
const NUMBER_BYTES = 8;

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
  for (const [i, { x, y, mode }] of tables.entries()) {
    const record = [x.length - 1, MODE[mode], points(x), points(y)];
    for (const [k, value] of record.entries()) view.setInt32(i * TABLE_RECORD_BYTES + 4 * k, value, true);
  }
  return bytes;
}

/** `lookup(record, x)`: the operations of `lookup` in ir/arithmetic.ts. */
export function declareLookup(module: ModuleBuilder): DeclaredFunction {
  const declared = module.declare("lookup", { parameters: ["i32", "f64"], results: ["f64"] });
  const { code } = declared;
  const [record, x] = code.parameters() as [ReturnType<typeof code.local>, ReturnType<typeof code.local>];
  const [last, mode, i, xs, ys] = Array.from({ length: 5 }, () => code.local("i32")) as [
    typeof record,
    typeof record,
    typeof record,
    typeof record,
    typeof record,
  ];
  for (const [k, local] of [last, mode, xs, ys].entries()) {
    code.get(record);
    code.memory("i32.load", 4 * k);
    code.set(local);
  }
  /** The number at index `i + plus` of an array. */
  const at = (array: typeof record, plus: number): void => {
    code.get(array);
    code.get(i);
    code.i32(NUMBER_BYTES);
    code.op("i32.mul", "i32.add");
    code.memory("f64.load", plus * NUMBER_BYTES);
  };
  const isMode = (name: keyof typeof MODE): void => {
    code.get(mode);
    code.i32(MODE[name]);
    code.op("i32.eq");
  };
  const atLast = (): void => {
    code.get(i);
    code.get(last);
    code.op("i32.eq");
  };
  const giveY = (): void => {
    at(ys, 0);
    code.op("return");
  };
  code.get(x);
  code.get(x);
  code.op("f64.ne");
  code.when(() => {
    code.get(x);
    code.op("return");
  });
  // The last point at or below x
  code.block(() =>
    code.loop(() => {
      code.get(i);
      code.get(last);
      code.op("i32.ge_s");
      code.indexed("br_if", 1);
      at(xs, 1);
      code.get(x);
      code.op("f64.le", "i32.eqz");
      code.indexed("br_if", 1);
      code.get(i);
      code.i32(1);
      code.op("i32.add");
      code.set(i);
      code.indexed("br", 0);
    }),
  );
  isMode("previous");
  code.when(giveY);
  isMode("next");
  code.when(() => {
    code.get(x);
    at(xs, 0);
    code.op("f64.gt");
    code.get(i);
    code.get(last);
    code.op("i32.lt_s", "i32.and");
    code.get(i);
    code.op("i32.add");
    code.set(i);
    giveY();
  });
  isMode("linear");
  code.when(() => {
    code.get(x);
    code.get(xs);
    code.memory("f64.load", 0);
    code.op("f64.lt");
    atLast();
    code.op("i32.or");
    code.when(giveY);
  });
  // Beyond the last point the last line goes on.
  code.get(i);
  atLast();
  code.op("i32.sub");
  code.set(i);
  at(ys, 0);
  at(ys, 1);
  at(ys, 0);
  code.op("f64.sub");
  code.get(x);
  at(xs, 0);
  code.op("f64.sub");
  at(xs, 1);
  at(xs, 0);
  code.op("f64.sub", "f64.div", "f64.mul", "f64.add");
  return declared;
}

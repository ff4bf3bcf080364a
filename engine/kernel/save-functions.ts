/** The functions that read outputs at save points, and that look for values that are not finite at the end. */
import { type Cells, emitCells } from "./cells.ts";
import { finiteCells } from "./integration.ts";
import type { KernelContext } from "./kernel-context.ts";

/** Reads all outputs into the row of the save point, checks them, and sets their integrals to 0. */
export function declareSave(context: KernelContext, first: boolean): number {
  const { layout, stepGlobal } = context;
  const { clock, outputs } = context.program;
  const { index, code } = context.declare(first ? "save first" : "save");
  const row = code.local("i32");
  code.indexed("global.get", stepGlobal);
  code.i32(clock.stepsPerSave);
  code.op("i32.div_s");
  code.i32(layout.outputCells * layout.value);
  code.op("i32.mul");
  code.set(row);
  const length = (clock.stepsPerSave * clock.stepNumerator) / clock.stepDenominator;
  const counter = { local: row, depth: 0, shift: 0, from: 0, to: layout.rows * layout.outputCells * layout.value };
  const rowPointer = { key: `${row.index}*1`, terms: [{ counter, bytes: 1 }], guards: [], fixed: 0 };
  let cell = 0;
  const cells: Cells[] = outputs.map((o) => {
    const target = layout.outputs + cell * layout.value;
    cell += o.size;
    return {
      size: o.size,
      build: (g, at, effects) => {
        const now = g.load(at(layout.slots + o.base * layout.value));
        effects.check(now);
        const integral = () => g.load(at(layout.slots + o.integral * layout.value));
        const mean = o.reading === "mean";
        const value =
          o.reading === "end" || (first && mean)
            ? now
            : first
              ? g.multiply(now, g.constant(length))
              : mean
                ? g.divide(integral(), g.constant(length))
                : integral();
        effects.store(at(target, rowPointer), value);
      },
    };
  });
  emitCells(context, code, cells);
  for (const o of outputs) {
    if (o.integral < 0) continue;
    code.i32(layout.slots + o.integral * layout.value);
    code.i32(0);
    code.i32(o.size * layout.value);
    code.memoryFill();
  }
  return index;
}

/** Checks stocks and net flows at the last step, after which nothing is integrated. */
export function declareCheck(context: KernelContext): number {
  const { layout } = context;
  const { index, code } = context.declare("check");
  const cells = context.program.stocks.flatMap((s): Cells[] => {
    if (s.inStep) return [];
    const build: Cells["build"] = (g, at, effects) => {
      for (const base of [s.base, s.net]) effects.check(g.load(at(layout.slots + base * layout.value)));
    };
    return [{ size: s.size, build }];
  });
  emitCells(context, code, [...finiteCells(context), ...cells]);
  return index;
}

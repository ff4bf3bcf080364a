/** Integration in the kernel: Euler, Heun's second-order and the classical fourth-order Runge–Kutta method, as in ir/run-program.ts. */
import { type Cells, emitCells } from "./cells.ts";
import type { FunctionCode } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";

/**
 * The code that moves the stocks over one step.
 *
 * @param stageFunctions what the stages of rk2 and rk4 compute again
 */
export function declareIntegration(
  context: KernelContext,
  stageFunctions: readonly number[],
): (code: FunctionCode) => void {
  const { layout } = context;
  const { clock, method, stocks } = context.program;
  const dt = clock.stepNumerator / clock.stepDenominator;
  const slot = (base: number) => layout.slots + base * layout.value;
  const declare = (name: string, cells: readonly Cells[]): number => {
    const { index, code } = context.declare(name);
    emitCells(context, code, cells);
    return index;
  };
  if (method === "euler") {
    // A net flow that is a stock (the mean of a stock as an indicator) is checked as that stock, before it moves.
    const stockBases = new Set(stocks.map((s) => s.base));
    const cells = stocks.flatMap((s): Cells[] => {
      if (s.inStep) return [];
      const build: Cells["build"] = (g, at, effects) => {
        const [y, k] = [g.load(at(slot(s.base))), g.load(at(slot(s.net)))];
        effects.check(y);
        if (!stockBases.has(s.net)) effects.check(k);
        effects.store(at(slot(s.base)), g.add(y, g.multiply(g.constant(dt), k)));
      };
      return [{ size: s.size, build }];
    });
    const move = declare("integrate", [...finiteCells(context), ...cells]);
    return (code) => code.call(move);
  }
  const total = stocks.reduce((n, s) => n + s.size, 0);
  /** Stage 0 is the stocks before the step, stage i the net flows at the beginning of stage i. */
  const at = (stage: number, i: number): number => {
    const before = stocks.slice(0, i).reduce((n, s) => n + s.size, 0);
    return layout.stages + (stage * total + before) * layout.value;
  };
  const keep = (stage: number) =>
    declare(
      `keep ${stage}`,
      stocks.map((s, i) => ({
        size: s.size,
        build: (g, address, effects) => {
          const k = g.load(address(slot(s.net)));
          effects.store(address(at(stage, i)), k);
          if (stage > 1) return;
          const y = g.load(address(slot(s.base)));
          effects.check(y);
          effects.check(k);
          effects.store(address(at(0, i)), y);
        },
      })),
    );
  const advance = (stage: number, weight: number) =>
    declare(
      `advance ${stage}`,
      stocks.map((s, i) => ({
        size: s.size,
        build: (g, address, effects) => {
          const change = g.multiply(g.constant(dt * weight), g.load(address(at(stage, i))));
          effects.store(address(slot(s.base)), g.add(g.load(address(at(0, i))), change));
        },
      })),
    );
  const finish = declare(
    "integrate",
    stocks.map((s, i) => ({
      size: s.size,
      build: (g, address, effects) => {
        const k = (stage: number) => g.load(address(at(stage, i)));
        const two = g.constant(2);
        const slope =
          method === "rk2"
            ? g.divide(g.add(k(1), k(2)), two)
            : g.divide(g.add(g.add(g.add(k(1), g.multiply(two, k(2))), g.multiply(two, k(3))), k(4)), g.constant(6));
        const y = g.load(address(at(0, i)));
        effects.store(address(slot(s.base)), g.add(y, g.multiply(g.constant(dt), slope)));
      },
    })),
  );
  const stages = (method === "rk2" ? [1] : [0.5, 0.5, 1]).map((weight, i) => ({
    weight,
    advance: advance(i + 1, weight),
    keep: keep(i + 2),
  }));
  const keepFirst = keep(1);
  return (code) => {
    const time = code.local("f64");
    code.i32(0);
    code.memory("f64.load", layout.time);
    code.set(time);
    code.call(keepFirst);
    for (const stage of stages) {
      code.call(stage.advance);
      storeTime(context, code, () => {
        code.get(time);
        code.f64(dt * stage.weight);
        code.op("f64.add");
      });
      for (const index of stageFunctions) code.call(index);
      code.call(stage.keep);
    }
    code.call(finish);
  };
}

/** Asks the slot in which the step says whether the stocks that it integrates, and their net flows, are finite. */
export function finiteCells({ layout, program: { finite } }: KernelContext): Cells[] {
  if (finite === undefined) return [];
  return [{ size: 1, build: (g, at, effects) => effects.check(g.load(at(layout.slots + finite * layout.value))) }];
}

/** Puts a time into all lanes. */
export function storeTime({ layout, lanes }: KernelContext, code: FunctionCode, time: () => void): void {
  for (let lane = 0; lane < lanes; lane++) {
    code.i32(layout.time + lane * Float64Array.BYTES_PER_ELEMENT);
    time();
    code.memory("f64.store", 0);
  }
}

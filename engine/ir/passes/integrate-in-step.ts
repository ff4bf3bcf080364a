/** Stocks that are integrated where their net flow is computed. */
import { constant } from "../constant.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement, StockSlots } from "../program.ts";
import { loopRanges, overlaps, readUnder, type SlotInterval, writtenUnder } from "../slot-interval.ts";
import { HiddenSlots } from "./hidden-slots.ts";

type Assign = Extract<Statement, { kind: "assign" }>;

/**
 * With Euler's method, stocks that nothing reads between the step's equations and their integration (no output, identity or past value) are
 * integrated by statements at the end of the step: y + dt k, the operations of the clock in their order. Fusion brings them to the loops that compute the net flow,
 * which then need not be stored. Whether stock and net flow are finite is asked there too: the slot `finite` is a NaN if one is not, since y · 0 is.
 */
export function integrateInStep(program: Program): Program {
  if (program.method !== "euler") return program;
  const moved = new Map(
    program.stocks.flatMap((s) => {
      const net = isReadAfterStep(program, s) ? null : netFlowOf(program, s);
      return net ? [[s, net] as const] : [];
    }),
  );
  if (moved.size === 0) return program;
  const hidden = new HiddenSlots(program);
  const dt = program.clock.stepNumerator / program.clock.stepDenominator;
  const checks: IrExpression[] = [];
  const integrated = [...moved].map(([stock, net]): Definition => {
    const check = checkOf(stock, net, (size) => hidden.allocate(stock.name, size));
    checks.push(check.result);
    return { name: stock.name, hidden: true, statements: [...check.statements, advance(stock, net, dt)] };
  });
  const finite = hidden.allocate("finite", 1);
  const value = checks.reduce((left, right) => ({ kind: "binary", op: "add", left, right }));
  const asked: Definition = {
    name: integrated.at(-1)!.name,
    hidden: true,
    statements: [{ kind: "assign", loops: [], target: plain(finite), value }],
  };
  const step = [...program.step, ...integrated, asked];
  const stocks = program.stocks.map((s) => (moved.has(s) ? { ...s, inStep: true } : s));
  const { slots, slotCount } = hidden;
  return { ...program, slots, slotCount, step, stage: step, stocks, finite };
}

/** Whether something reads a stock after the step's equations and before it is integrated. */
function isReadAfterStep(program: Program, stock: StockSlots): boolean {
  const own = { from: stock.base, to: stock.base + stock.size };
  const range = (base: number, size: number): SlotInterval => ({ from: base, to: base + size });
  const statements = [...program.past, ...program.identities.flatMap((i) => i.statements)];
  return [
    ...program.outputs.flatMap((o) => [range(o.base, o.size), ...(o.integral < 0 ? [] : [range(o.integral, o.size)])]),
    ...program.stocks.map((s) => range(s.net, s.size)),
    ...statements.flatMap((s) => [...readUnder(s, loopRanges(s))]),
  ].some((read) => overlaps(read, own));
}

/** The one statement of the step that computes all of a net flow, in loops; null where there is none. */
function netFlowOf(program: Program, stock: StockSlots): Assign | null {
  const own = { from: stock.net, to: stock.net + stock.size };
  const writers = program.step
    .flatMap((d) => d.statements)
    .filter((s) => writtenUnder(s, loopRanges(s)).some((w) => overlaps(w, own)));
  const [writer] = writers;
  if (writers.length !== 1 || writer?.kind !== "assign") return null;
  return coversAll(writer, stock) ? writer : null;
}

/** Whether a statement stores each slot of a net flow once: its loops are those of an array that lies there, from the outermost on. */
function coversAll({ loops, target }: Assign, { net, size }: StockSlots): boolean {
  if (loops.length === 0 || target.guards.length > 0 || target.base !== net || target.terms.length !== loops.length)
    return false;
  let inner = 1;
  for (const loop of loops.toReversed()) {
    const term = target.terms.find((t) => t.loop === loop.id);
    if (term?.stride !== inner || loop.from !== 0) return false;
    inner *= loop.to;
  }
  return inner === size;
}

/** y + dt k */
function advance(stock: StockSlots, { loops, target }: Assign, dt: number): Statement {
  const place = { ...target, base: stock.base };
  const change: IrExpression = {
    kind: "binary",
    op: "multiply",
    left: constant(dt),
    right: load(target),
  };
  return {
    kind: "assign",
    loops,
    target: place,
    value: { kind: "binary", op: "add", left: load(place), right: change },
  };
}

/** A sum that is a NaN if a stock or its net flow is not finite somewhere, else 0: over the innermost loop first. */
function checkOf(
  stock: StockSlots,
  { loops, target }: Assign,
  allocate: (size: number) => number,
): { statements: Statement[]; result: IrExpression } {
  const zeroOf = (place: Place): IrExpression => ({
    kind: "binary",
    op: "multiply",
    left: load(place),
    right: constant(0),
  });
  const statements: Statement[] = [];
  let value: IrExpression = {
    kind: "binary",
    op: "add",
    left: zeroOf({ ...target, base: stock.base }),
    right: zeroOf(target),
  };
  for (const [outer, over] of [...loops.entries()].toReversed()) {
    const around = loops.slice(0, outer);
    const place = arrayOf(around, allocate);
    statements.push({ kind: "reduce", op: "sum", loops: around, over, target: place, value });
    value = load(place);
  }
  return { statements, result: value };
}

/** A place in new slots for every position of some loops. */
function arrayOf(loops: readonly Loop[], allocate: (size: number) => number): Place {
  let size = 1;
  const terms = loops.toReversed().map((loop) => {
    const term = { loop: loop.id, stride: size };
    size *= loop.to;
    return term;
  });
  return { base: allocate(size), terms: terms.toReversed(), guards: [] };
}

const plain = (base: number): Place => ({ base, terms: [], guards: [] });
const load = (place: Place): IrExpression => ({ kind: "load", place });

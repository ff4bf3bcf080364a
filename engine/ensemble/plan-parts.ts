/** How a plan computes its runs, apart from its scenarios: a text for each part, so that two plans can be compared part by part. */
import type { IrExpression, Statement, Table } from "../ir/program.ts";
import { visitStatement } from "../ir/visit.ts";
import type { EnsemblePlan } from "./plan.ts";

/**
 * The parts by name: one for each variable, event and identity, and a few for what belongs to no variable. Plans whose parts are
 * equal, and whose seed and draws are, give runs with the same bits up to a time under scenarios that set the same.
 * @param until That time: points of a series beyond it do not count.
 */
export function planParts(plan: EnsemblePlan, until: number): ReadonlyMap<string, string> {
  const { program } = plan;
  const named = statementText(program.tables, until);
  const parts = new Map<string, unknown[]>();
  const add = (name: string, what: unknown) => {
    const part = parts.get(name);
    if (part) part.push(what);
    else parts.set(name, [what]);
  };
  add("time grid and method", [program.clock, program.method]);
  for (const { name, kind, base, size, keys } of program.slots) add(name, { kind, base, size, keys });
  for (const p of plan.parameters) {
    const { base: _, size: __, ...parameter } = p;
    add(p.name, parameter);
  }
  for (const lever of program.levers) add(lever.name, lever);
  for (const block of ["constants", "initial", "step"] as const) {
    for (const { name, statements } of program[block]) add(name, { block, statements: statements.map(named) });
  }
  for (const noise of program.noise) add(noise.name, { ...noise, update: noise.update.map(named) });
  for (const { name, ...stock } of program.stocks) add(name, stock);
  for (const event of program.events) {
    const definitions = event.definitions.map(({ name, statements }) => ({
      name,
      statements: statements.map(named),
    }));
    add(`event ${event.name}`, { ...event, definitions });
  }
  for (const identity of program.identities) {
    add(`identity ${identity.name}`, { ...identity, statements: identity.statements.map(named) });
  }
  add("pasts", program.past);
  add("correlations", [program.correlate.map(named), plan.correlations]);
  return new Map([...parts].map(([name, what]) => [name, plainText(what)]));
}

/** A statement with the points of the tables that it looks up, which stand for the numbers of the tables. */
function statementText(all: readonly Table[], until: number): (s: Statement) => unknown {
  return (s) => {
    const tables: unknown[] = [];
    const visit = (e: IrExpression): void => {
      if (e.kind !== "lookup") return;
      const positions = e.table.terms.reduce((sum, { loop, stride }) => sum + (sizeOf(s, loop) - 1) * stride, 1);
      const read = all.slice(e.table.base, e.table.base + positions);
      tables.push(e.x.kind === "time" ? read.map((table) => upTo(table, until)) : read);
    };
    visitStatement(s, visit);
    return tables.length === 0 ? s : { s, tables };
  };
}

/** The points of a series over time that its values up to a time depend on: those up to it, and the next one unless one stands there. */
function upTo(table: Table, until: number): Table {
  const { x, y, mode } = table;
  const next = x.findIndex((time) => time >= until);
  // The line beyond the last point begins at the one before it, so that a further point changes it.
  if (next < 0 || mode === "extrapolate") return table;
  // Jumps have two points at one time.
  const end = x.lastIndexOf(x[next]!) + 1;
  return { x: x.slice(0, end), y: y.slice(0, end), mode };
}

function sizeOf(s: Statement, loop: number): number {
  const loops = "loops" in s ? ("over" in s ? [...s.loops, s.over] : s.loops) : [];
  return loops.find(({ id }) => id === loop)?.to ?? 1;
}

/** JSON in which typed arrays are lists, and numbers that JSON does not have are texts. */
export function plainText(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => {
    if (ArrayBuffer.isView(v)) return Array.from(v as Float64Array);
    return typeof v === "number" && (!Number.isFinite(v) || Object.is(v, -0)) ? `${1 / v} ${v}` : v;
  });
}

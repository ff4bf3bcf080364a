/** How a plan computes its runs, apart from its scenarios: a text for each part, so that two plans can be compared part by part. */
import type { IrExpression, Program, Statement } from "../ir/program.ts";
import { visitStatement } from "../ir/visit.ts";
import type { EnsemblePlan } from "./plan.ts";

/**
 * The parts by name: one for each variable, event and identity, and a few for what belongs to no variable. Plans whose parts are
 * equal, and whose seed and draws are, give runs with the same bits under scenarios that set the same.
 */
export function planParts(plan: EnsemblePlan): ReadonlyMap<string, string> {
  const { program } = plan;
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
    for (const { name, statements } of program[block]) add(name, { block, statements: statements.map(named(program)) });
  }
  for (const noise of program.noise) add(noise.name, { ...noise, update: noise.update.map(named(program)) });
  for (const { name, ...stock } of program.stocks) add(name, stock);
  for (const event of program.events) {
    const definitions = event.definitions.map(({ name, statements }) => ({
      name,
      statements: statements.map(named(program)),
    }));
    add(`event ${event.name}`, { ...event, definitions });
  }
  for (const identity of program.identities) {
    add(`identity ${identity.name}`, { ...identity, statements: identity.statements.map(named(program)) });
  }
  add("pasts", program.past);
  add("correlations", [program.correlate.map(named(program)), plan.correlations]);
  return new Map([...parts].map(([name, what]) => [name, plainText(what)]));
}

/** A statement with the points of the tables that it looks up, which stand for the numbers of the tables. */
function named(program: Program): (s: Statement) => unknown {
  return (s) => {
    const tables: unknown[] = [];
    const visit = (e: IrExpression): void => {
      if (e.kind !== "lookup") return;
      const positions = e.table.terms.reduce((sum, { loop, stride }) => sum + (sizeOf(s, loop) - 1) * stride, 1);
      tables.push(program.tables.slice(e.table.base, e.table.base + positions));
    };
    visitStatement(s, visit);
    return tables.length === 0 ? s : { s, tables };
  };
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

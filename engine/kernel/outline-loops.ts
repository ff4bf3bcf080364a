/** The loops of a step in outline: what each computes, hands on and stores. Between two loops over the same positions stands a barrier. */
import type { Definition, Program, Statement } from "../ir/program.ts";

/** Names that are listed for a loop. */
const LISTED = 6;

export function outlineLoops(program: Program): string[] {
  const lines: string[] = [];
  let single = 0;
  const flush = () => {
    if (single > 0) lines.push(`  ${single} statements of single values`);
    single = 0;
  };
  for (const d of [...program.ahead, ...program.step]) {
    for (const s of d.statements) {
      const own = loopLines(s, d.name, "  ");
      if (own.length === 0) single++;
      else {
        flush();
        lines.push(...own);
      }
    }
  }
  flush();
  return lines;
}

function loopLines(s: Statement, name: string, indent: string): string[] {
  if (s.kind === "fused") return fusedLines(s, indent);
  if (s.kind === "repeat")
    return [`${indent}${s.loop.to - s.loop.from} rounds of ${s.body.length} statements: ${name}`];
  const loops = "loops" in s ? s.loops : [];
  const over = s.kind === "reduce" || s.kind === "allocate" ? [s.over] : [];
  const all = [...loops, ...over].map((l) => `${l.name} ${l.from}..${l.to - 1}`);
  return all.length === 0 ? [] : [`${indent}${all.join(", ")}: ${s.kind} ${name}`];
}

function fusedLines({ loop, totals, body }: Extract<Statement, { kind: "fused" }>, indent: string): string[] {
  const statements = body.flatMap((d) => d.statements);
  const count = (kind: Statement["kind"]) => statements.filter((s) => s.kind === kind).length;
  const stored = count("assign") + totals.filter((t) => t.target !== null).length;
  const facts = [
    `${statements.length} statements`,
    ...(totals.length > 0 ? [`${totals.length} totals`] : []),
    ...(count("set") > 0 ? [`${count("set")} values handed on`] : []),
    `${stored} stored`,
  ];
  const head = `${indent}${loop.name} ${loop.from}..${loop.to - 1}: ${facts.join(", ")}: ${namesOf(body)}`;
  const inner = body.flatMap((d) =>
    d.statements.filter((s) => s.kind === "fused").flatMap((s) => fusedLines(s, `${indent}  `)),
  );
  return [head, ...inner];
}

function namesOf(body: readonly Definition[]): string {
  const names = [...new Set(body.map((d) => d.name))];
  return names.length > LISTED ? `${names.slice(0, LISTED).join(", ")}, … (${names.length})` : names.join(", ");
}

/** A kernel in words and numbers: memory, functions, operations, and what each equation costs. */
import type { Program } from "../ir/program.ts";
import type { KernelCode } from "./compile-kernel.ts";
import { printLayout } from "./layout.ts";
import { outlineLoops } from "./outline-loops.ts";
import { type DefinitionProfile, isOfStep } from "./profile.ts";

/** Equations that are listed one by one. */
const LISTED = 40;

/**
 * @param program what the kernel was made from
 * @param files the file in which each variable stands, for the cost by files of a model that has several
 */
export function explainKernel(
  { bytes, layout, laneByLane, profile }: KernelCode,
  program: Program,
  files: ReadonlyMap<string, string> = new Map(),
): string {
  const step = byName(profile.definitions.filter((d) => isOfStep(d.block)));
  const total = sum(step);
  const perLane = Math.round(layout.bytes / layout.lanes);
  const loops = outlineLoops(program);
  const scalar = laneByLane.length === 0 ? "nothing" : laneByLane.join(", ");
  const lines = [
    `module: ${bytes.length} bytes`,
    `memory: ${layout.bytes} bytes, ${perLane} a lane`,
    `done lane by lane, for want of vectors: ${scalar}`,
    "",
    "memory",
    printLayout(layout),
    "",
    `one step, for one vector: ${total.loops} loops, ${total.arithmetic} arithmetic instructions, ${total.loads} loads, ` +
      `${total.stores} stores, ${total.calls} functions, ${total.scalarCalls} calls lane by lane`,
    ...[...profile.instructions].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${pad(n, 9)}  ${name}`),
    "",
    `loops of a step, in their order, with ${barriersOf(loops)} barriers between them`,
    ...loops,
    "",
    ...fileLines(step, total, files),
    `what costs most in a step (${Math.min(LISTED, step.length)} of ${step.length} names)`,
    "    share  arithmetic      loads     stores  functions  lane by lane",
    ...step.slice(0, LISTED).map((d) => {
      const share = `${((100 * work(d)) / work(total)).toFixed(1)} %`;
      const counts = [d.arithmetic, d.loads, d.stores, d.calls, d.scalarCalls].map((n) => pad(n, 11)).join("");
      return `${share.padStart(9)}${counts}  ${d.name}`;
    }),
  ];
  return lines.join("\n");
}

/** A piece of a step begins when the one before it has run through all of its positions. */
function barriersOf(loops: readonly string[]): number {
  const pieces = loops.filter((line) => !line.startsWith("    "));
  return Math.max(0, pieces.length - 1);
}

/** Shares of the model's files, where there are several. */
function fileLines(
  step: readonly DefinitionProfile[],
  total: DefinitionProfile,
  files: ReadonlyMap<string, string>,
): string[] {
  if (new Set(files.values()).size < 2) return [];
  const groups = Map.groupBy(step, (d) => files.get(d.name) ?? "(made by the compiler)");
  const parts = [...groups]
    .map(([file, own]) => ({ file, share: sum(own) }))
    .sort((a, b) => work(b.share) - work(a.share));
  const line = ({ file, share }: (typeof parts)[number]) =>
    `${((100 * work(share)) / work(total)).toFixed(1).padStart(7)} %  ${file}`;
  return ["what the files of the model cost in a step", ...parts.map(line), ""];
}

/** Rough instructions of a call: exp has about 35, power 130. */
const CALL = 80;
const work = (d: DefinitionProfile): number => d.arithmetic + d.loads + d.stores + CALL * (d.calls + d.scalarCalls);
const pad = (n: number, width: number): string => String(n).padStart(width);

/** Definitions of one name together, the most costly first. */
function byName(definitions: readonly DefinitionProfile[]): DefinitionProfile[] {
  const groups = Map.groupBy(definitions, (d) => d.name);
  return [...groups].map(([name, parts]) => ({ ...sum(parts), name })).sort((a, b) => work(b) - work(a));
}

function sum(parts: readonly DefinitionProfile[]): DefinitionProfile {
  const total = { block: "step", name: "", loops: 0, loads: 0, stores: 0, arithmetic: 0, calls: 0, scalarCalls: 0 };
  for (const part of parts) {
    total.loops += part.loops;
    total.loads += part.loads;
    total.stores += part.stores;
    total.arithmetic += part.arithmetic;
    total.calls += part.calls;
    total.scalarCalls += part.scalarCalls;
  }
  return total;
}

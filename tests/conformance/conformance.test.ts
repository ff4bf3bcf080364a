/**
 * Models of Vensim and XMILE against the numbers expected of them, and the kernel against the interpreter on each of them.
 *
 * The cases in `cases/` are our own. A larger set, with models and numbers of other projects, lies beside the repository where it has been
 * unpacked (`../shared/conformance`); `docs/conformance.md` lists which of its files pass.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import { optimizeProgram, PASSES } from "../../engine/ir/passes/optimize-program.ts";
import { verifyProgram } from "../../engine/ir/passes/verify-program.ts";
import { differences } from "../../engine/testing/same-bits.ts";
import { type ConformanceItem, compileItem, itemsOf, problemsOf } from "./run-case.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const SHARED = join(ROOT, "..", "shared", "conformance");

/** Where kernel and interpreter differ, with the passes that a run takes and, `thoroughly`, with none and with each left out, on two and four lanes. */
function kernelDifferences({ model, program }: ReturnType<typeof compileItem>, thoroughly: boolean): string[] {
  if (!model || !program) return ["the file has errors"];
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, lanes: number) => {
    for (const p of parameters)
      for (let e = 0; e < p.size; e++) memory.fill(p.central[e]!, (p.base + e) * lanes, (p.base + e + 1) * lanes);
  };
  const all = PASSES.map((p) => p.name);
  const choices = thoroughly ? [all, [], ...all.map((name) => all.filter((other) => other !== name))] : [all];
  return choices.flatMap((passes) =>
    (thoroughly ? ([2, 4] as const) : ([2] as const)).flatMap((lanes) =>
      differences(program, lanes, { load }, optimizeProgram(program, passes, verifyProgram)),
    ),
  );
}

function check(item: ConformanceItem, thoroughly = false): void {
  const compiled = compileItem(item);
  expect(problemsOf(item, compiled)).toEqual([]);
  expect(kernelDifferences(compiled, thoroughly)).toEqual([]);
}

const named = (items: readonly ConformanceItem[]) => items.map((i) => [`${i.info.id}/${i.model}`, i] as const);

describe("our own cases", () => {
  test.each(named(itemsOf(join(import.meta.dirname, "cases"))))("%s", (_, item) => check(item, true));
});

/** Files that the list of docs/conformance.md has under a heading. */
function listed(heading: string): string[] {
  const text = readFileSync(join(ROOT, "docs", "conformance.md"), "utf8");
  const section = text.split(/^## /m).find((s) => s.startsWith(heading)) ?? "";
  return [...section.matchAll(/^[*-] `([^`]+)`/gm)].map((m) => m[1]!);
}

describe.skipIf(!existsSync(SHARED))("the shared set (skipped where it does not lie beside the repository)", () => {
  const items = new Map<string, ConformanceItem>(existsSync(SHARED) ? named(itemsOf(SHARED)) : []);
  const passing = listed("Files that pass");

  test("the list names every file, as passing or with what is wrong", () => {
    expect([...passing, ...listed("Files that do not")].sort()).toEqual([...items.keys()].sort());
  });

  test.each(passing)("%s", (name) => check(items.get(name)!));

  test.each(listed("Files that do not"))("%s does not run, and says why", (name) => {
    const { diagnostics } = compileItem(items.get(name)!);
    expect(diagnostics.filter((d) => d.severity === "error").length).toBeGreaterThan(0);
  });
});

/** From model text to machine code: the time of each phase. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticList } from "../../engine/diagnostics/diagnostic.ts";
import type { SourceFile } from "../../engine/diagnostics/source.ts";
import { lowerModel } from "../../engine/ir/lower-model.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import type { Program } from "../../engine/ir/program.ts";
import { compileKernel, type KernelCode } from "../../engine/kernel/compile-kernel.ts";
import { readDocument } from "../../engine/language/read-document.ts";
import { buildModel } from "../../engine/model/build-model.ts";
import type { Model } from "../../engine/model/model.ts";
import { withOptimizingTier } from "../../workers/optimizing-tier.ts";
import { folderOf } from "../models.ts";
import { digits, heading, table } from "../print.ts";
import { syntheticModel } from "../synthetic-model.ts";

/** The first time has code that V8 has not optimized, as a command has; the others show what is left then. */
const TIMES = 4;

type Phases = Map<string, number>;

export function compileSuite(): void {
  heading("Compilation: milliseconds of processor time of each phase, the first time and at best of three later ones");
  const sources: [string, readonly SourceFile[]][] = [
    ["teacup", filesOf("teacup")],
    ["synthetic, 16 places", [{ path: "model.yaml", text: syntheticModel(16) }]],
    ["yunnan", filesOf("yunnan")],
  ];
  const columns = sources.map(([, files]) => Array.from({ length: TIMES }, (_, i) => compileOnce(files, i)));
  const names = [...columns[0]![0]!.keys()];
  const cell = (runs: readonly Phases[], name: string): string => {
    const [first, ...later] = runs.map((phases) => phases.get(name)!);
    return `${digits(first!)} / ${digits(Math.min(...later))}`;
  };
  table(
    ["", ...sources.map(([name]) => name)],
    names.map((name) => [name, ...columns.map((runs) => cell(runs, name))]),
  );
}

function filesOf(name: string): SourceFile[] {
  const folder = folderOf(name);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.csv$|^[^/\\]*\.ya?ml$/i.test(path))
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, path), "utf8") }));
}

function compileOnce(files: readonly SourceFile[], time: number): Phases {
  const phases: Phases = new Map();
  const timed = <T>(name: string, work: () => T): T => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    phases.set(name, (user + system) / 1000);
    return result;
  };
  const diagnostics = new DiagnosticList();
  const yaml = files.filter((f) => /\.ya?ml$/i.test(f.path));
  const data = new Map(files.filter((f) => !yaml.includes(f)).map((f) => [f.path, f]));
  const texts = new Map(files.map((f) => [f.path, f.text]));
  const document = required(timed("text to document", () => readDocument(yaml, diagnostics)));
  const built = timed("document to checked model", () => buildModel(document, texts, data, diagnostics));
  const model: Model = required(built).model;
  const program: Program = required(timed("model to program", () => lowerModel(model, diagnostics)));
  const optimized = timed("passes", () => optimizeProgram(program));
  const code = timed("program to WebAssembly", () => compileKernel(optimized));
  timed("V8, optimizing compiler", () => withOptimizingTier(() => new WebAssembly.Module(fresh(code, time))));
  phases.set(
    "all",
    [...phases.values()].reduce((sum, ms) => sum + ms),
  );
  return phases;
}

/** The bytes with a section of their own: V8 gives a module that it knows the code that it has. */
function fresh({ bytes }: KernelCode, time: number): Uint8Array<ArrayBuffer> {
  const section = [0, 2, 1, time];
  const all = new Uint8Array(bytes.length + section.length);
  all.set(bytes);
  all.set(section, bytes.length);
  return all;
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error("a model of the benchmarks has errors");
  return value;
}

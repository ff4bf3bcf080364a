/** For tests: a model from text, its runs, and its errors as short lines. */
import { type Compilation, compileModel } from "../compile.ts";
import { positionAt } from "../diagnostics/source.ts";
import { type SimulateOptions, type Simulation, simulate } from "../ensemble/simulate.ts";
import type { Program } from "../ir/program.ts";
import type { Model } from "../model/model.ts";

/** Header of a test model over ten years in steps of one, unless it brings its own. */
const HEADER = "model: {name: test, time: {start: 0, stop: 10, step: 1, save: 1, unit: year}}\n";

export type Files = Readonly<Record<string, string>>;

/** Compiles YAML (a header is added where there is none) and CSV texts. */
export function compileText(yaml: string, csv: Files = {}): Compilation {
  const text = /^model:/m.test(yaml) ? yaml : HEADER + yaml;
  return compileModel([{ path: "model.yaml", text }, ...Object.entries(csv).map(([path, t]) => ({ path, text: t }))]);
}

/** The model and program of a text that must be right. */
export function goodModel(yaml: string, csv: Files = {}): { model: Model; program: Program } {
  const compilation = compileText(yaml, csv);
  const { model, program } = compilation;
  if (!model || !program) throw new Error(`the test model is wrong: ${errorsOf(compilation).join("; ")}`);
  return { model, program };
}

/** `code data` of each error, in order. */
function errorsOf({ diagnostics }: Compilation): string[] {
  return diagnostics.filter((d) => d.severity === "error").map((d) => `${d.code} ${JSON.stringify(d.data)}`);
}

/** `code line:column` of each diagnostic of a text, in order. */
export function problems(yaml: string, csv: Files = {}): string[] {
  const text = /^model:/m.test(yaml) ? yaml : HEADER + yaml;
  const headerLines = /^model:/m.test(yaml) ? 0 : 1;
  return compileText(yaml, csv).diagnostics.map((d) => {
    if (!d.span) return d.code;
    const source = d.span.path === "model.yaml" ? text : (csv[d.span.path] ?? "");
    const { line, column } = positionAt(source, d.span.start);
    const where = d.span.path === "model.yaml" ? `${line - headerLines}:${column}` : `${d.span.path}:${line}:${column}`;
    return `${d.code} ${where}`;
  });
}

/** Values of one column of a run at central values: `name` or `name[kunming]`. */
export function trajectory(yaml: string, name: string, options: SimulateOptions & { csv?: Files } = {}): number[] {
  const { model, program } = goodModel(yaml, options.csv);
  return columnOf(simulate(model, program, options), name);
}

export function columnOf(result: Simulation, name: string): number[] {
  const found = result.columns.find(
    (c) => (c.key === "" ? c.variable : `${c.variable}[${c.key.replaceAll("|", ",")}]`) === name,
  );
  if (!found) throw new Error(`no column ${name}`);
  return [...found.values];
}

/** Runs the model files of a folder of cases and compares each with the numbers expected of it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileForeignModel, type ForeignCompilation } from "../../engine/compile-foreign.ts";
import { renderDiagnostics } from "../../engine/diagnostics/render.ts";
import { inForeignNames } from "../../engine/ensemble/foreign-columns.ts";
import { simulate } from "../../engine/ensemble/simulate.ts";
import { differences, readTable, type Table } from "./compare-results.ts";

export interface CaseFile {
  readonly id: string;
  readonly models: readonly string[];
  readonly expected?: string;
  readonly data_files?: readonly string[];
  readonly file_tags?: Readonly<Record<string, string>>;
  readonly rtol?: number;
  readonly atol?: number;
  readonly until?: number;
  readonly ignore?: readonly string[];
}

export interface ConformanceItem {
  readonly folder: string;
  readonly model: string;
  readonly info: CaseFile;
}

/** Every model file of the cases in a folder. */
export function itemsOf(root: string): ConformanceItem[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "case.json")))
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => {
      const folder = join(root, name);
      const info = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as CaseFile;
      return info.models.map((model) => ({ folder, model, info }));
    });
}

export function compileItem({ folder, model, info }: ConformanceItem): ForeignCompilation {
  const read = (path: string): Uint8Array | null => {
    const full = join(folder, path);
    return existsSync(full) ? new Uint8Array(readFileSync(full)) : null;
  };
  return compileForeignModel({
    path: model,
    bytes: new Uint8Array(readFileSync(join(folder, model))),
    external: read,
    tags: new Map(Object.entries(info.file_tags ?? {})),
    data: (info.data_files ?? []).map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) })),
  });
}

/** What is wrong with a run of an item: errors of its file, a failure, or differences; empty where all is well. */
export function problemsOf(item: ConformanceItem, compiled: ForeignCompilation): string[] {
  const { model, program, origin, diagnostics, files } = compiled;
  if (!model || !program || !origin) {
    const errors = diagnostics.filter((d) => d.severity === "error");
    return [renderDiagnostics(errors, new Map(files.map((f) => [f.path, f.text])), { language: "en" })];
  }
  const outputs = model.variables.filter((v) => v.indicator !== null).map((v) => v.name);
  const result = simulate(model, program, { variables: outputs });
  const table = inForeignNames(result, model, origin);
  const got: Table = {
    header: ["time", ...table.columns.map((c) => c.label)],
    rows: table.times.map((t, i) => [String(t), ...table.columns.map((c) => cell(c.values[i]!))]),
  };
  const { info, folder } = item;
  const expected = readTable(decode(readFileSync(join(folder, info.expected ?? "expected.csv"))));
  const found = differences(got, expected, {
    relative: Math.max(1e-4, info.rtol ?? 0),
    absolute: Math.max(1e-6, info.atol ?? 0),
    until: info.until ?? null,
    ignore: info.ignore ?? [],
  });
  const { failure } = result;
  return failure ? [`${failure.variable}[${failure.key}] became ${failure.value} at ${failure.time}`, ...found] : found;
}

const cell = (x: number): string => (Number.isFinite(x) ? String(x) : "");

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** `terrace simulate`: one run at central values, as CSV or JSON. */
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { inForeignNames, type NamedTable, ownNames } from "../../engine/ensemble/foreign-columns.ts";
import { type Setting, type Simulation, simulate } from "../../engine/ensemble/simulate.ts";
import type { Model } from "../../engine/model/model.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { openModel, usableModel } from "../load-model.ts";
import { checkOutputFile, writeOutput } from "../output-file.ts";
import { inOutputUnits, readUnitRequest } from "./output-units.ts";

export interface SimulateArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly scenario: string | undefined;
  readonly scenarioFiles: readonly string[];
  readonly settings: readonly string[];
  readonly variables: readonly string[] | undefined;
  /** `name=unit`, for variables to be given in another unit. */
  readonly units: readonly string[];
  readonly out: string | undefined;
  readonly foreign: ForeignFiles;
}

export async function simulateCommand(path: string, options: SimulateArguments): Promise<number> {
  checkOutputFile(options.out);
  const loaded = await openModel(path, options.scenarioFiles, options.foreign);
  const usable = await usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  const { model, program } = usable;
  const own = (names: readonly string[], kind: "variable" | "parameter or lever") =>
    loaded.origin ? ownNames(model, names, kind) : names;
  const isAll = options.variables?.length === 1 && options.variables[0] === "all";
  const variables = isAll ? undefined : options.variables ? own(options.variables, "variable") : shownVariables(model);
  const settings = options.settings.map(readSetting);
  const settingNames = own(
    settings.map((s) => s.name),
    "parameter or lever",
  );
  const units = options.units.map(readUnitRequest);
  const unitNames = own(
    units.map((u) => u.name),
    "variable",
  );
  const simulated = simulate(model, program, {
    settings: settings.map((s, i) => ({ ...s, name: settingNames[i]! })),
    ...(options.scenario !== undefined && { scenario: options.scenario }),
    ...(variables && { variables }),
  });
  const requests = units.map((u, i) => ({ ...u, name: unitNames[i]! }));
  const result = loaded.document ? inOutputUnits(simulated, requests, loaded.document) : simulated;
  const named = loaded.origin ? inForeignNames(result, model, loaded.origin) : labelled(result);
  const text = options.json ? `${JSON.stringify(asJson(result))}\n` : csv(named);
  writeOutput(options.out, text);
  return report(result, options.language);
}

/** Indicators by default; a model without any shows all. */
function shownVariables(model: Model): readonly string[] | undefined {
  const indicators = model.variables.filter((v) => v.indicator !== null).map((v) => v.name);
  return indicators.length > 0 ? indicators : undefined;
}

function readSetting(text: string): Setting {
  const match = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/u.exec(text);
  const value = match ? Number(match[2]) : Number.NaN;
  if (!match || !Number.isFinite(value)) throw new UsageError(`invalid --set: ${text} (write name=value)`);
  return { name: match[1]!.normalize("NFC"), value };
}

const labelled = (result: Simulation): NamedTable => ({
  times: result.times,
  columns: result.columns.map((c) => ({
    ...c,
    label: c.key === "" ? c.variable : `${c.variable}[${c.key.replaceAll("|", ",")}]`,
  })),
});
const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A row a save point, a column a value; numbers in the shortest form that gives the same bits. */
function csv(result: NamedTable): string {
  const header = ["time", ...result.columns.map((c) => quoted(c.label))].join(",");
  const rows = result.times.map((time, i) =>
    [String(time), ...result.columns.map((c) => (Number.isFinite(c.values[i]) ? String(c.values[i]) : ""))].join(","),
  );
  return `${[header, ...rows].join("\n")}\n`;
}

function asJson(result: Simulation) {
  return {
    times: result.times,
    columns: result.columns.map((c) => ({
      variable: c.variable,
      key: c.key,
      unit: c.unit,
      values: Array.from(c.values, (v) => (Number.isFinite(v) ? v : null)),
    })),
    failure: result.failure && { ...result.failure, value: String(result.failure.value) },
    identities: result.identities,
  };
}

function report({ failure, identities }: Simulation, language: Language): number {
  if (!failure) return EXIT.well;
  const where = failure.key === "" ? failure.variable : `${failure.variable}[${failure.key.replaceAll("|", ", ")}]`;
  const broken = identities.find((i) => i.name === failure.variable);
  const en = broken
    ? `identity "${where}" does not hold at time ${failure.time}: its residual is ${failure.value} of its scale (tolerance ${broken.tolerance})`
    : `"${where}" became ${failure.value} at time ${failure.time}`;
  const zh = broken
    ? `恒等式 "${where}" 在时间 ${failure.time} 不成立：残差为其规模的 ${failure.value}（容差 ${broken.tolerance}）`
    : `"${where}" 在时间 ${failure.time} 变为 ${failure.value}`;
  process.stderr.write(language === "zh" ? `错误[run-failed]：${zh}\n` : `error[run-failed]: ${en}\n`);
  return EXIT.failed;
}

/** The checked {@link Model} from a document, or everything that is wrong with it. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { ModelDocument } from "../language/document.ts";
import { ChartsBuilder } from "./build-charts.ts";
import { buildDimensions, buildGroups, NameRegister, reportRepeated } from "./build-dimensions.ts";
import { RunsBuilder } from "./build-runs.ts";
import { ScenariosBuilder } from "./build-scenarios.ts";
import { VariableBuilder } from "./build-variables.ts";
import { checkUse } from "./check-use.ts";
import { correlationGroups } from "./correlations.ts";
import { DataReader } from "./data-cells.ts";
import type { Model, Variable } from "./model.ts";
import { NamedIndicators } from "./named-indicators.ts";
import { limitOutflows } from "./non-negative.ts";
import { parameterCorrelations } from "./parameter-correlations.ts";
import { Symbols } from "./symbols.ts";
import { buildTimeGrid } from "./time-grid.ts";
import { checkUnits } from "./units/check-units.ts";

export interface BuiltModel {
  readonly model: Model;
  /** CSV files that the model reads, by path relative to its folder. */
  readonly dataFiles: readonly string[];
}

/**
 * Resolves and checks a document.
 *
 * @param sources YAML texts by path, for messages
 * @param data CSV files by path relative to the model's folder
 * @returns null where any error was found; all are in `diagnostics`
 */
export function buildModel(
  document: ModelDocument,
  sources: ReadonlyMap<string, string>,
  data: ReadonlyMap<string, SourceFile>,
  diagnostics: DiagnosticList,
  { unitsAreChecked }: { readonly unitsAreChecked: boolean } = { unitsAreChecked: true },
): BuiltModel | null {
  const { header } = document;
  const time = buildTimeGrid(header, diagnostics);
  if (!time) return null;
  const symbols = new Symbols(sources);
  for (const name of document.broken) symbols.broken.add(name);
  for (const name of document.doubtful) symbols.doubtful.add(name);
  const names = new NameRegister(diagnostics);
  const { dimensions, groups: pending } = buildDimensions(document, symbols, names, diagnostics);
  const reader = new DataReader(data, diagnostics);
  const builder = new VariableBuilder(symbols, reader, time, diagnostics);

  const declared = document.variables.map((doc) => ({ doc, variable: builder.declare(doc, names) }));
  const groups = buildGroups(pending, symbols, diagnostics);
  symbols.completeProducts(diagnostics);
  const variables: Variable[] = [];
  for (const { doc, variable } of declared) {
    if (!variable) continue;
    variables.push(variable);
    builder.resolve(doc, variable);
  }
  const nonNegative = new Set(
    document.variables.flatMap((v) => (v.kind === "stock" && v.nonNegative ? [v.name.text] : [])),
  );
  limitOutflows(variables, (name) => nonNegative.has(name), time.step.numerator / time.step.denominator);

  const indicators = new NamedIndicators(document, symbols, time, diagnostics);
  const runs = new RunsBuilder(document, symbols, builder, time, indicators, diagnostics);
  const settings = new ScenariosBuilder(document, symbols, builder, time, diagnostics);
  const charts = new ChartsBuilder(document.charts, symbols, indicators, time, reader, diagnostics);
  for (const section of [document.events, document.identities, document.targets, document.charts]) {
    reportRepeated(section, diagnostics);
  }
  const scenarios = settings.scenarios();
  const noises = variables.filter((v) => v.kind === "noise");
  const model: Model = {
    name: header.name.text,
    title: header.title,
    description: header.description,
    seed: header.seed,
    time,
    method: header.method,
    numerics: header.numerics ?? "exact",
    dimensions,
    groups,
    variables,
    correlations: correlationGroups(noises, runs.correlations(), diagnostics),
    parameterCorrelations: parameterCorrelations(document.correlations, symbols, diagnostics),
    events: runs.events(),
    identities: runs.identities(),
    targets: runs.targets(),
    scenarios,
    reference: settings.reference(scenarios),
    charts: charts.charts(scenarios),
  };
  if (unitsAreChecked) checkUnits(document, model, sources, diagnostics);
  if (diagnostics.hasErrors) return null;
  checkUse(model, diagnostics);
  return { model, dataFiles: [...reader.used].sort() };
}

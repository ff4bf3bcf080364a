/** Files of scenarios from outside a model's folder: they add scenarios, and leave the model as it is. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { ModelDocument, ScenarioDocument } from "./document.ts";
import { NodeReader } from "./node-reader.ts";
import { readScenarios } from "./read-runs.ts";
import { readYaml } from "./yaml-reader.ts";

/**
 * The document with the scenarios of the files after its own. A model without scenarios keeps its base run, as `base`.
 *
 * Everything wrong is added to `diagnostics`.
 */
export function withScenarioFiles(
  document: ModelDocument,
  files: readonly SourceFile[],
  diagnostics: DiagnosticList,
): ModelDocument {
  if (files.length === 0) return document;
  const read = new NodeReader(diagnostics);
  const broken = [...document.broken];
  const added = files.flatMap((file) => readFile(file, read, broken));
  const own =
    document.scenarios.length > 0 || added.some((s) => s.name.text === "base") ? document.scenarios : [BASE_SCENARIO];
  return { ...document, scenarios: [...own, ...added], broken };
}

/** The run of a model without scenarios, once it has some. */
export const BASE_SCENARIO: ScenarioDocument = {
  name: { text: "base", span: { path: "", start: 0, end: 0 } },
  title: { en: "Base run", zh: "基准运行" },
  description: null,
  like: null,
  levers: [],
  parameters: [],
  repeated: false,
};

function readFile(file: SourceFile, read: NodeReader, broken: string[]): ScenarioDocument[] {
  const yaml = readYaml(file, read.diagnostics);
  if (!yaml.good) return [];
  const sections = yaml.node ? (read.map(yaml.node, file.path)?.entries ?? []) : [];
  if (!yaml.node) {
    const span = { path: file.path, start: 0, end: 0 };
    read.diagnostics.add("missing-section", span, { section: "scenarios" });
  }
  return sections.flatMap(({ key, keySpan, value }) => {
    if (key === "scenarios") return readScenarios(read, value, broken);
    read.diagnostics.add("scenario-file-section", keySpan, { section: key });
    return [];
  });
}

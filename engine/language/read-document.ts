/** YAML files to one {@link ModelDocument}: sections of the same name are joined, in the order of the files' names. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { HeaderDocument, ModelDocument } from "./document.ts";
import { NodeReader } from "./node-reader.ts";
import { readDimensions, readHeader, readUnits } from "./read-header.ts";
import { checkIncludes } from "./read-includes.ts";
import { readCharts, readCorrelations, readEvents, readIdentities, readScenarios, readTargets } from "./read-runs.ts";
import { declaredName, readVariables, VARIABLE_SECTIONS } from "./read-variables.ts";
import type { YamlEntry } from "./yaml-node.ts";
import { readYaml } from "./yaml-reader.ts";

const OTHER_SECTIONS = ["include", "correlations", "events", "identities", "targets", "scenarios", "charts"] as const;
export const SECTIONS: readonly string[] = ["model", "units", "dimensions", ...VARIABLE_SECTIONS, ...OTHER_SECTIONS];

/**
 * Reads all files; everything wrong is added to `diagnostics`. Null where there is no usable header, or where a file or a
 * section cannot be read at all: what it holds would be missed everywhere else.
 */
export function readDocument(files: readonly SourceFile[], diagnostics: DiagnosticList): ModelDocument | null {
  const read = new NodeReader(diagnostics);
  let header: HeaderDocument | null = null;
  let headerEntry: YamlEntry | null = null;
  const lists = {
    units: [] as ModelDocument["units"][number][],
    dimensions: [] as ModelDocument["dimensions"][number][],
    variables: [] as ModelDocument["variables"][number][],
    correlations: [] as ModelDocument["correlations"][number][],
    events: [] as ModelDocument["events"][number][],
    identities: [] as ModelDocument["identities"][number][],
    targets: [] as ModelDocument["targets"][number][],
    scenarios: [] as ModelDocument["scenarios"][number][],
    charts: [] as ModelDocument["charts"][number][],
    broken: [] as string[],
    doubtful: [] as string[],
  };
  let readable = true;
  const readSection = (entry: YamlEntry): void => {
    const { key, value } = entry;
    if (value.kind === "scalar" && value.value === null && key !== "model") return;
    if (key === "include")
      checkIncludes(
        read,
        value,
        files.map((file) => file.path),
      );
    else if (value.kind !== "map" && SECTIONS.includes(key) && key !== "correlations") {
      read.map(value, key);
      readable = false;
    } else if (VARIABLE_SECTIONS.includes(key)) lists.variables.push(...readVariables(read, key, value, lists));
    else if (key === "model") {
      if (headerEntry) {
        const related = [{ span: headerEntry.keySpan, label: "first-defined-here" as const }];
        diagnostics.add("duplicate-key", entry.keySpan, { key: "model" }, related);
        return;
      }
      headerEntry = entry;
      header = readHeader(read, value);
    } else if (key === "units") lists.units.push(...readUnits(read, value));
    else if (key === "dimensions") lists.dimensions.push(...readDimensions(read, value, lists.broken));
    else if (key === "correlations") lists.correlations.push(...readCorrelations(read, value));
    else if (key === "events") lists.events.push(...readEvents(read, value));
    else if (key === "identities") lists.identities.push(...readIdentities(read, value));
    else if (key === "targets") lists.targets.push(...readTargets(read, value));
    else if (key === "scenarios") lists.scenarios.push(...readScenarios(read, value, lists.broken));
    else if (key === "charts") lists.charts.push(...readCharts(read, value));
    else {
      const near = nearestNames(key, SECTIONS);
      diagnostics.add("unknown-section", entry.keySpan, { section: key, near, allowed: SECTIONS });
      // What stands in a misspelt section is declared, if not readable.
      if (value.kind === "map") lists.broken.push(...value.entries.map((e) => declaredName(e.key)));
    }
  };
  // File by file, so that no more than one tree is held.
  for (const file of files) {
    const sections = sectionsOf(file, read);
    if (sections === null) readable = false;
    else for (const entry of sections) readSection(entry);
  }
  if (!headerEntry && !diagnostics.hasErrors) diagnostics.add("missing-section", null, { section: "model" });
  return header && readable ? { header, ...lists } : null;
}

/** Sections of one file; null where it cannot be read. */
function sectionsOf(file: SourceFile, read: NodeReader): readonly YamlEntry[] | null {
  const yaml = readYaml(file, read.diagnostics);
  if (!yaml.good) return null;
  return yaml.node ? (read.map(yaml.node, file.path)?.entries ?? null) : [];
}

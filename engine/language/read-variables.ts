/** Reads the sections that declare variables. */
import type { YearReading } from "../ensemble/catalog.ts";
import type {
  Declaration,
  LeverDocument,
  LookupDocument,
  NoiseDocument,
  ParameterDocument,
  VariableDocument,
} from "./document.ts";
import type { Equation } from "./equation.ts";
import type { Fields, NodeReader } from "./node-reader.ts";
import { curveColumn, curvePoints, readCurve } from "./read-curve.ts";
import { readDataBlock, readDistributionNode, readEquations, readPoints, readValue } from "./read-data-block.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";

const LABELS = ["title", "description", "unit", "source", "grade", "note", "indicator", "observed"];
const STOCK_KEYS = [...LABELS, "initial", "inflows", "outflows", "non_negative"];
const COMPUTED_KEYS = [...LABELS, "equation", "equations", "initial", "non_negative"];
const PARAMETER_KEYS = [...LABELS, "value", "data", "distribution"];
const LEVER_KEYS = [...LABELS, "default", "range", "ramp", "lag"];
const LOOKUP_KEYS = [...LABELS, "points", "data", "interpolate", "outside", "x_unit", "uncertain"];
const SERIES_KEYS = [...LABELS, "data", "interpolate", "uncertain"];
const PROCESS_TERMS = {
  ar1: ["persistence", "sd"],
  random_walk: ["sd"],
  normal: ["sd"],
  uniform: [],
  markov: ["leave", "return"],
} as const;
const NOISE_TERMS = ["persistence", "sd", "leave", "return"];
const NOISE_KEYS = [...LABELS, "process", "every", "initial", "values", ...NOISE_TERMS];
const PROCESSES = Object.keys(PROCESS_TERMS) as NoiseDocument["process"][];

/** Sections of variables, and how one entry of each is read. */
const READERS: Readonly<Record<string, (read: NodeReader, entry: YamlEntry) => VariableDocument | null>> = {
  stocks: readStock,
  flows: (read, entry) => readComputed(read, entry, "flow"),
  auxiliaries: (read, entry) => readComputed(read, entry, "auxiliary"),
  parameters: readParameter,
  levers: readLever,
  lookups: readLookup,
  series: readSeries,
  noise: readNoise,
};
export const VARIABLE_SECTIONS: readonly string[] = Object.keys(READERS);

/** The name that a key such as `births[prefecture]` declares. */
export const declaredName = (key: string): string => key.replace(/\[.*$/su, "").trim().normalize("NFC");

/**
 * Reads one section of variables. Entries that do not read are left out, their errors reported and their names added to
 * `broken`, so that equations that use them are not blamed; those that read only in part are added to `doubtful`.
 */
export function readVariables(
  read: NodeReader,
  section: string,
  node: YamlNode,
  names: { readonly broken: string[]; readonly doubtful: string[] },
): VariableDocument[] {
  const map = read.map(node, section);
  const reader = READERS[section];
  if (!map || !reader) return [];
  return map.entries.flatMap((entry) => {
    const before = read.diagnostics.errorCount;
    const variable = reader(read, entry);
    if (!variable) names.broken.push(declaredName(entry.key));
    else if (read.diagnostics.errorCount > before) names.doubtful.push(variable.name.text);
    return variable ?? [];
  });
}

function begin(
  read: NodeReader,
  entry: YamlEntry,
  keys: readonly string[],
): { fields: Fields; base: Declaration } | null {
  const declared = read.declaration(entry);
  const fields = read.fields(entry.value, `"${entry.key}"`, keys, entry.keySpan);
  if (!declared || !fields) return null;
  const reading = fields.choice<YearReading>("indicator", ["end", "total", "mean"]);
  const observed = fields.node("observed");
  const base: Declaration = {
    ...declared,
    labels: fields.labels(),
    indicator: reading && { reading, span: fields.keySpan("indicator") },
    observed: observed && readDataBlock(read, observed, `"${entry.key}": observed`, "time"),
  };
  return { fields, base };
}

function readStock(read: NodeReader, entry: YamlEntry): VariableDocument | null {
  const start = begin(read, entry, STOCK_KEYS);
  if (!start) return null;
  const initial = readEquations(read, start.fields, "initial", null);
  const inflows = readFlows(read, start.fields, "inflows");
  const outflows = readFlows(read, start.fields, "outflows");
  const nonNegative = start.fields.boolean("non_negative") ?? false;
  if (!initial || !inflows || !outflows) return null;
  return { kind: "stock", ...start.base, initial, inflows, outflows, nonNegative };
}

function readFlows(read: NodeReader, fields: Fields, key: string): Equation[] | null {
  const node = fields.node(key);
  if (node === null) return [];
  const items = node.kind === "list" ? node.items : [node];
  const equations = items.map((item) => read.equation(item, `${fields.where}: ${key}`));
  return equations.some((e) => e === null) ? null : (equations as Equation[]);
}

function readComputed(read: NodeReader, entry: YamlEntry, kind: "flow" | "auxiliary"): VariableDocument | null {
  if (entry.value.kind === "scalar") {
    const declared = read.declaration(entry);
    const equation = read.equation(entry.value, `"${entry.key}"`);
    if (!declared || !equation) return null;
    const labels = { title: null, description: null, unit: null, source: null, grade: null, note: null };
    const equations = [{ region: null, regionSpan: entry.keySpan, equation }];
    const plain = { indicator: null, observed: null, initial: null, nonNegative: false };
    return { kind, ...declared, labels, ...plain, equations };
  }
  const start = begin(read, entry, COMPUTED_KEYS);
  const equations = start && readEquations(read, start.fields, "equation", "equations");
  if (!start || !equations) return null;
  const nonNegative = start.fields.boolean("non_negative") ?? false;
  const initial = start.fields.node("initial") ? readEquations(read, start.fields, "initial", null) : null;
  if (start.fields.node("initial") && !initial) return null;
  return { kind, ...start.base, equations, initial, nonNegative };
}

function readParameter(read: NodeReader, entry: YamlEntry): ParameterDocument | null {
  const start = begin(read, entry, PARAMETER_KEYS);
  if (!start) return null;
  const { fields, base } = start;
  const where = `"${entry.key}"`;
  fields.notBoth("value", "data");
  const valueNode = fields.node("value");
  const dataNode = fields.node("data");
  const data = dataNode && readDataBlock(read, dataNode, `${where}: data`, null);
  const value = valueNode
    ? readValue(read, valueNode, `${where}: value`)
    : data
      ? ({ kind: "data", data } as const)
      : null;
  const distributionNode = fields.node("distribution");
  const distribution = distributionNode && readDistributionNode(read, distributionNode, `${where}: distribution`);
  if (!value && !distribution) {
    if (!valueNode && !dataNode && !distributionNode) fields.required("value", null);
    return null;
  }
  // A distribution may vary around the value, and is not to be blamed where that could not be read.
  if (!value && (valueNode || dataNode || !fields.complete)) return null;
  return { kind: "parameter", ...base, value, distribution };
}

function readLever(read: NodeReader, entry: YamlEntry): LeverDocument | null {
  const uncertain = entry.value.kind === "map" && entry.value.entries.find((e) => e.key === "distribution");
  const start = begin(read, entry, uncertain ? [...LEVER_KEYS, "distribution"] : LEVER_KEYS);
  if (!start) return null;
  const { fields, base } = start;
  if (uncertain) read.diagnostics.add("lever-uncertain", uncertain.keySpan, { name: base.name.text });
  const initial = fields.required("default", fields.number("default"));
  const rangeNode = fields.node("range");
  const bounds = rangeNode
    ? read.numbers(rangeNode, `"${entry.key}": range`)
    : fields.required<number[]>("range", null);
  if (bounds && bounds.length !== 2) read.wrong(rangeNode!, `"${entry.key}": range`, "pair of numbers");
  const rampNode = fields.node("ramp");
  const ramp = rampNode && read.fields(rampNode, `"${entry.key}": ramp`, ["from", "to"]);
  const from = ramp ? ramp.required("from", ramp.number("from")) : null;
  if (initial === null || bounds?.length !== 2 || (ramp && from === null)) return null;
  return {
    kind: "lever",
    ...base,
    initial,
    range: { low: bounds[0]!, high: bounds[1]!, span: rangeNode!.span },
    ramp: ramp && from !== null ? { from, to: ramp.number("to") ?? from, span: rampNode!.span } : null,
    lag: fields.number("lag") ?? 0,
  };
}

function readLookup(read: NodeReader, entry: YamlEntry): LookupDocument | null {
  const start = begin(read, entry, LOOKUP_KEYS);
  if (!start) return null;
  const { fields, base } = start;
  fields.notBoth("points", "data");
  const dataNode = fields.node("data");
  const node = dataNode ?? fields.required("points", fields.node("points"));
  if (!node) return null;
  const where = `"${entry.key}": ${dataNode ? "data" : "points"}`;
  const data = dataNode && readDataBlock(read, dataNode, where, "x");
  const points = dataNode ? data && ({ kind: "data", data } as const) : readPoints(read, node, where);
  const interpolate = fields.choice("interpolate", ["linear", "previous", "next"]) ?? "linear";
  const outside = fields.choice("outside", interpolate === "linear" ? ["hold", "extrapolate"] : ["hold"]) ?? "hold";
  const xUnit = fields.word("x_unit");
  const curve = fields.node("uncertain");
  const uncertain = curve && readCurve(read, curve, `"${entry.key}": uncertain`, curvePoints(read));
  if (!points || (curve && !uncertain)) return null;
  return { kind: "lookup", ...base, points, xUnit, interpolate, outside, uncertain, span: node.span };
}

function readSeries(read: NodeReader, entry: YamlEntry): VariableDocument | null {
  const start = begin(read, entry, SERIES_KEYS);
  const node = start?.fields.required("data", start.fields.node("data"));
  const data = node && readDataBlock(read, node, `"${entry.key}": data`, "time");
  if (!start || !data) return null;
  const interpolate = start.fields.choice("interpolate", ["linear", "previous"]) ?? "linear";
  const curve = start.fields.node("uncertain");
  const uncertain = curve && readCurve(read, curve, `"${entry.key}": uncertain`, curveColumn(read));
  if (curve && !uncertain) return null;
  return { kind: "series", ...start.base, data, interpolate, uncertain };
}

function readNoise(read: NodeReader, entry: YamlEntry): NoiseDocument | null {
  const start = begin(read, entry, NOISE_KEYS);
  if (!start) return null;
  const { fields, base } = start;
  const process = fields.required("process", fields.choice<NoiseDocument["process"]>("process", PROCESSES));
  if (!process) return null;
  const needed: readonly string[] = PROCESS_TERMS[process];
  const equations: Record<string, Equation> = {};
  for (const term of NOISE_TERMS) {
    if (!needed.includes(term)) {
      if (fields.node(term)) {
        const data = { key: term, where: `"${entry.key}" (process ${process})`, near: [], allowed: needed };
        read.diagnostics.add("unknown-key", fields.keySpan(term), data);
      }
      continue;
    }
    const equation = fields.required(term, fields.equation(term));
    if (equation) equations[term] = equation;
  }
  const valuesNode = fields.node("values");
  const values = valuesNode ? read.numbers(valuesNode, `"${entry.key}": values`) : null;
  if (process === "markov" && !valuesNode) fields.required("values", null);
  if (values && values.length !== 2) read.wrong(valuesNode!, `"${entry.key}": values`, "pair of numbers");
  if (Object.keys(equations).length < needed.length || (process === "markov" && values?.length !== 2)) return null;
  return {
    kind: "noise",
    ...base,
    process,
    every: fields.fraction("every"),
    initial: fields.number("initial"),
    values: values ? [values[0]!, values[1]!] : null,
    terms: equations,
    span: entry.keySpan,
  };
}

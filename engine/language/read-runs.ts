/** Reads events, identities, targets, scenarios, correlations and charts. */
import type {
  ChartDocument,
  EventDocument,
  IdentityDocument,
  LeverSetting,
  ModelDocument,
  ParameterOverride,
  ScenarioDocument,
  TargetDocument,
} from "./document.ts";
import { readGenerated } from "./generate-scenarios.ts";
import type { NodeReader } from "./node-reader.ts";
import { readDistributionNode, readEquations, readValue } from "./read-data-block.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";

const entriesOf = (read: NodeReader, node: YamlNode, where: string): readonly YamlEntry[] =>
  read.map(node, where)?.entries ?? [];

export function readEvents(read: NodeReader, node: YamlNode): EventDocument[] {
  return entriesOf(read, node, "events").flatMap((entry) => {
    const name = read.name(entry.key, entry.keySpan);
    const fields = read.fields(entry.value, `"${entry.key}"`, ["title", "every", "at", "set"], entry.keySpan);
    const set = fields?.required("set", fields.node("set"));
    if (!name || !fields || !set) return [];
    fields.notBoth("every", "at");
    const every = fields.fraction("every");
    const at = fields.number("at");
    if (every === null && at === null) {
      fields.required("every", null);
      return [];
    }
    const sets = entriesOf(read, set, `"${entry.key}": set`).flatMap((item) => readSet(read, item) ?? []);
    return [{ name, title: fields.title("title"), every, at, atSpan: fields.valueSpan("at"), sets }];
  });
}

function readSet(read: NodeReader, entry: YamlEntry): EventDocument["sets"][number] | null {
  const declared = read.declaration(entry);
  if (!declared) return null;
  const where = `set "${entry.key}"`;
  if (entry.value.kind === "map") {
    const fields = read.fields(entry.value, where, ["equation", "equations"], entry.keySpan);
    const equations = fields && readEquations(read, fields, "equation", "equations");
    return equations ? { stock: declared.name, shape: declared.shape, equations } : null;
  }
  const equation = read.equation(entry.value, where);
  if (!equation) return null;
  const equations = [{ region: null, regionSpan: entry.keySpan, equation }];
  return { stock: declared.name, shape: declared.shape, equations };
}

export function readIdentities(read: NodeReader, node: YamlNode): IdentityDocument[] {
  return entriesOf(read, node, "identities").flatMap((entry) => {
    const declared = read.declaration(entry);
    const keys = ["title", "left", "right", "scale", "tolerance"];
    const fields = read.fields(entry.value, `"${entry.key}"`, keys, entry.keySpan);
    if (!declared || !fields) return [];
    const left = fields.required("left", fields.equation("left"));
    const right = fields.required("right", fields.equation("right"));
    if (!left || !right) return [];
    const scale = fields.equation("scale");
    const tolerance = fields.number("tolerance") ?? 1e-9;
    return [{ ...declared, title: fields.title("title"), left, right, scale, tolerance }];
  });
}

export function readTargets(read: NodeReader, node: YamlNode): TargetDocument[] {
  return entriesOf(read, node, "targets").flatMap((entry) => {
    const name = read.name(entry.key, entry.keySpan);
    const keys = ["title", "indicator", "at_least", "at_most", "due", "note", "source"];
    const fields = read.fields(entry.value, `"${entry.key}"`, keys, entry.keySpan);
    if (!name || !fields) return [];
    const indicator = fields.required("indicator", fields.equation("indicator"));
    fields.notBoth("at_least", "at_most");
    const least = fields.number("at_least");
    const most = fields.number("at_most");
    const due = fields.required("due", fields.number("due"));
    if (least === null && most === null) fields.required("at_least", null);
    const threshold = least ?? most;
    if (!indicator || threshold === null || due === null) return [];
    return [
      {
        name,
        title: fields.title("title"),
        indicator,
        comparison: least !== null ? "at_least" : "at_most",
        threshold,
        due,
        dueSpan: fields.valueSpan("due"),
        note: fields.text("note"),
        source: fields.text("source"),
      } satisfies TargetDocument,
    ];
  });
}

/** Reads the scenarios; names of those that do not read are added to `broken`. */
export function readScenarios(read: NodeReader, node: YamlNode, broken: string[]): ScenarioDocument[] {
  return entriesOf(read, node, "scenarios").flatMap((entry) => {
    const name = read.name(entry.key, entry.keySpan);
    const keys = ["title", "description", "like", "generate", "levers", "parameters"];
    const fields = read.fields(entry.value, `"${entry.key}"`, keys, entry.keySpan);
    if (!name || !fields) {
      broken.push(entry.key.normalize("NFC"));
      return [];
    }
    const leversNode = fields.node("levers");
    const levers = leversNode ? entriesOf(read, leversNode, `"${entry.key}": levers`) : [];
    const parameters = fields.node("parameters");
    const common = {
      name,
      title: fields.title("title"),
      description: fields.title("description"),
      like: fields.word("like"),
      parameters: parameters
        ? entriesOf(read, parameters, `"${entry.key}": parameters`).flatMap((e) => readOverride(read, e) ?? [])
        : [],
    };
    if (fields.node("generate")) return readGenerated(read, fields, levers, common);
    return [{ ...common, levers: levers.flatMap((e) => readSetting(read, e) ?? []), repeated: false }];
  });
}

function readSetting(read: NodeReader, entry: YamlEntry): LeverSetting | null {
  const lever = { text: entry.key.normalize("NFC"), span: entry.keySpan };
  if (entry.value.kind !== "map") {
    const set = read.number(entry.value, `"${entry.key}"`);
    if (set === null) return null;
    return { lever, set, setSpan: entry.value.span, from: null, to: null, lag: null, span: entry.value.span };
  }
  const fields = read.fields(entry.value, `"${entry.key}"`, ["set", "from", "to", "lag"], entry.keySpan);
  const set = fields?.required("set", fields.number("set")) ?? null;
  if (!fields || set === null) return null;
  const setSpan = fields.node("set")!.span;
  const [from, to, lag] = [fields.number("from"), fields.number("to"), fields.number("lag")];
  return { lever, set, setSpan, from, to, lag, span: entry.value.span };
}

function readOverride(read: NodeReader, entry: YamlEntry): ParameterOverride | null {
  const parameter = { text: entry.key.normalize("NFC"), span: entry.keySpan };
  const node = entry.value;
  if (node.kind === "map" && node.entries.some((e) => e.key === "distribution")) {
    const fields = read.fields(node, `"${entry.key}"`, ["distribution"], entry.keySpan);
    const given = fields?.node("distribution");
    const distribution = given ? readDistributionNode(read, given, `"${entry.key}": distribution`) : null;
    return distribution && { parameter, value: null, distribution };
  }
  const value = readValue(read, node, `"${entry.key}"`);
  return value && { parameter, value, distribution: null };
}

export function readCorrelations(read: NodeReader, node: YamlNode): ModelDocument["correlations"] {
  if (node.kind !== "list") {
    read.wrong(node, "correlations", "list");
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind !== "list" || item.items.length !== 3) {
      read.wrong(item, "correlations: [name, name, number]", "list");
      return [];
    }
    const a = read.word(item.items[0]!, "correlations");
    const b = read.word(item.items[1]!, "correlations");
    const value = read.number(item.items[2]!, "correlations");
    return a && b && value !== null ? [{ a, b, value, span: item.span }] : [];
  });
}

const CHART_KEYS = [
  "kind",
  "title",
  "note",
  "indicator",
  "indicators",
  "scenario",
  "scenarios",
  "per",
  "years",
  "from",
  "file",
  "columns",
];

/** What each kind of chart draws: one indicator, several, a file, or what the model has. */
const CHART_NEEDS: Readonly<Record<string, "indicator" | "indicators" | "file" | null>> = {
  fan: "indicator",
  multiples: "indicator",
  stacked: "indicators",
  paired: "indicators",
  targets: null,
  map: "indicator",
  ranks: "indicator",
  matrix: "indicator",
  pyramid: "indicator",
  dumbbell: "indicator",
  phase: "indicator",
  lines: "indicators",
  areas: "indicators",
  waterfall: "indicators",
  quality: null,
  tornado: "indicator",
  decomposition: "indicators",
  lights: "indicator",
  backtest: "indicators",
  robustness: "indicator",
  convergence: "indicator",
  table: "file",
};

export function readCharts(read: NodeReader, node: YamlNode): ChartDocument[] {
  return entriesOf(read, node, "charts").flatMap((entry) => {
    const name = read.name(entry.key, entry.keySpan);
    const fields = read.fields(entry.value, `"${entry.key}"`, CHART_KEYS, entry.keySpan);
    const kind = fields?.required("kind", fields.choice("kind", Object.keys(CHART_NEEDS)));
    if (!name || !fields || !kind) return [];
    const indicator = fields.equation("indicator");
    const indicators = fields.words("indicators");
    const need = CHART_NEEDS[kind]!;
    if (need === "indicator" && !fields.required(need, indicator)) return [];
    if (need === "indicators" && indicators.length === 0) {
      const node = fields.required(need, fields.node(need));
      if (node?.kind === "list") read.wrong(node, `${fields.where}: ${need}`, "list of names");
      return [];
    }
    if (
      need === "file" &&
      (!fields.required(need, fields.node(need)) || !fields.required("columns", fields.node("columns")))
    )
      return [];
    const years = fields.node("years");
    const columns = fields.node("columns");
    return [
      {
        name,
        title: fields.title("title"),
        note: fields.title("note"),
        kind: { text: kind, span: fields.node("kind")!.span },
        indicator,
        indicators,
        scenario: fields.word("scenario"),
        scenarios: fields.words("scenarios"),
        per: fields.word("per"),
        from: fields.number("from"),
        fromSpan: fields.valueSpan("from"),
        file: fields.word("file"),
        columns: columns ? readColumns(read, columns, `"${entry.key}": columns`) : [],
        yearsSpan: fields.valueSpan("years"),
        years: years ? (read.numbers(years, `"${entry.key}": years`) ?? []) : [],
        span: entry.keySpan,
      },
    ];
  });
}

/** Columns of a file with their headings. */
function readColumns(read: NodeReader, node: YamlNode, where: string): ChartDocument["columns"] {
  const map = read.map(node, where);
  return (map?.entries ?? []).flatMap(({ key, keySpan, value }) => {
    const title = read.title(value, `${where}: ${key}`);
    return title === null ? [] : [{ column: { text: key.normalize("NFC"), span: keySpan }, title }];
  });
}

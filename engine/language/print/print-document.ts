/** A document as the YAML of one file. Everything is written out, defaults too; places play no part. */
import { stringify } from "yaml";
import type {
  ChartDocument,
  CurveDocument,
  DataBlock,
  DimensionDocument,
  EquationByElement,
  EventDocument,
  IdentityDocument,
  LookupPoint,
  ModelDocument,
  ParameterOverride,
  PointsBlock,
  SampleBlock,
  ScenarioDocument,
  TargetDocument,
  ValueBlock,
  VariableDocument,
  Word,
} from "../document.ts";
import type { Equation } from "../equation.ts";
import { printExpression } from "./print-expression.ts";

type Plain = { [key: string]: unknown };
/** Entries under the author's names, in their order: an object would put names that are whole numbers first. */
type Named = ReadonlyMap<string, unknown>;

/** @param braces whether mappings and lists are written in `{ }` and `[ ]`, not by indentation */
export function printDocument(document: ModelDocument, braces = false): string {
  return printYaml(Object.fromEntries(documentSections(document)), braces);
}

/** A value as YAML. Texts of several lines stand in quotes: a tab at the start of a line would be taken for indentation. */
export const printYaml = (value: unknown, braces: boolean): string =>
  stringify(value, {
    lineWidth: 0,
    collectionStyle: braces ? "flow" : "any",
    aliasDuplicateObjects: false,
    blockQuote: false,
  });

/** Paths of the files in which a document stands, in order. */
export function filesOf(document: ModelDocument): string[] {
  const lists = LISTED.flatMap((list) => document[list].map((item) => item.name.span.path));
  const correlations = document.correlations.map((c) => c.span.path);
  return [...new Set([document.header.name.span.path, ...lists, ...correlations])].sort();
}

const LISTED = ["units", "dimensions", "variables", "events", "identities", "targets", "scenarios", "charts"] as const;

/**
 * The sections of a document that hold something, in their usual order, as plain values.
 *
 * @param file only what stands in the file of this path
 */
export function documentSections(document: ModelDocument, file?: string): Map<string, unknown> {
  return file === undefined
    ? sectionsOf(document, true)
    : sectionsOf(partOf(document, file), document.header.name.span.path === file);
}

function partOf(document: ModelDocument, file: string): ModelDocument {
  const lists = LISTED.map((list) => [list, document[list].filter((item) => item.name.span.path === file)] as const);
  const correlations = document.correlations.filter((c) => c.span.path === file);
  return { ...document, ...Object.fromEntries(lists), correlations };
}

function sectionsOf(document: ModelDocument, withHeader: boolean): Map<string, unknown> {
  const { header } = document;
  const sections: Plain = {
    model: withHeader && {
      name: header.name.text,
      title: header.title,
      ...some({ description: header.description, reference: header.reference?.text, seed: header.seed }),
      time: {
        start: header.start,
        stop: header.stop,
        step: header.step.text,
        save: header.save.text,
        unit: header.timeUnit,
      },
      method: header.method,
      ...some({ numerics: header.numerics }),
    },
    units: byName(document.units, (u) => some({ title: u.title, of: u.of?.text, times: u.of ? u.times : null })),
    dimensions: byName(document.dimensions, dimension),
    ...Object.fromEntries(inOrder(document).map(([section, kind]) => [section, variables(document, kind)])),
    correlations: document.correlations.map((c) => [c.a.text, c.b.text, c.value]),
    events: byName(document.events, event),
    identities: new Map(document.identities.map((i) => [key(i.name, i.shape), identity(i)])),
    targets: byName(document.targets, target),
    scenarios: byName(document.scenarios, scenario),
    charts: byName(document.charts, chart),
  };
  return new Map(Object.entries(sections).filter(([, section]) => !isEmpty(section)));
}

/** The section in which each kind of variable stands. */
export const VARIABLE_SECTIONS: readonly (readonly [section: string, kind: VariableDocument["kind"]])[] = [
  ["stocks", "stock"],
  ["flows", "flow"],
  ["auxiliaries", "auxiliary"],
  ["parameters", "parameter"],
  ["levers", "lever"],
  ["lookups", "lookup"],
  ["series", "series"],
  ["noise", "noise"],
];

/** The sections of variables in the order in which they begin, which is part of what a document says: it decides the order of a program. */
function inOrder(document: ModelDocument): typeof VARIABLE_SECTIONS {
  const first = (kind: VariableDocument["kind"]) => document.variables.findIndex((v) => v.kind === kind);
  return VARIABLE_SECTIONS.toSorted(([, a], [, b]) => first(a) - first(b));
}

/** A variable: the key under which it stands in its section, and what stands there. */
export const variableEntry = (v: VariableDocument): readonly [key: string, value: unknown] => [
  key(v.name, v.shape),
  { ...labels(v), ...ownFields(v) },
];

const isEmpty = (section: unknown): boolean =>
  section === false ||
  (section instanceof Map && section.size === 0) ||
  (Array.isArray(section) && section.length === 0);
/** Without the fields that are not there. */
const some = (fields: Plain): Plain =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
const byName = <T extends { readonly name: Word }>(list: readonly T[], print: (item: T) => unknown): Named =>
  new Map(list.map((item) => [item.name.text, print(item)]));
const key = (name: Word, shape: readonly Word[]): string =>
  shape.length === 0 ? name.text : `${name.text}[${texts(shape).join(", ")}]`;
const texts = (words: readonly Word[]): string[] => words.map((w) => w.text);
const text = (equation: Equation): string => printExpression(equation.expression);

function dimension(d: DimensionDocument): Plain {
  return some({
    title: d.title,
    elements: new Map(d.elements.map((e) => [e.name.text, some({ title: e.title, code: e.code })])),
    aliases: d.aliases.length > 0 ? texts(d.aliases) : null,
    groups: d.groups.length > 0 ? byName(d.groups, group) : null,
    layout: d.layout?.map(texts),
  });
}

function group(g: DimensionDocument["groups"][number]): Plain {
  const weight = (w: number | Word) => (typeof w === "number" ? w : w.text);
  const members = new Map(g.members.map((m) => [m.element.text, weight(m.weight)]));
  return some({ title: g.title, members });
}

function variables(document: ModelDocument, kind: VariableDocument["kind"]): Named {
  const list = document.variables.filter((v) => v.kind === kind);
  return new Map(list.map(variableEntry));
}

function labels({ labels: l, indicator, observed }: VariableDocument): Plain {
  const { title, description, unit, source, grade, note } = l;
  const reading = indicator?.reading;
  return some({
    ...{ title, description, source, grade, note },
    unit: unit?.text,
    indicator: reading,
    observed: observed && data(observed),
  });
}

function ownFields(v: VariableDocument): Plain {
  switch (v.kind) {
    case "stock":
      return { initial: pieces(v.initial), inflows: v.inflows.map(text), outflows: v.outflows.map(text), ...limit(v) };
    case "flow":
    case "auxiliary":
      return { equation: pieces(v.equations), ...(v.initial && { initial: pieces(v.initial) }), ...limit(v) };
    case "parameter":
      return { ...values(v.value), ...some({ distribution: distribution(v.distribution) }) };
    case "lever": {
      const ramp = v.ramp && { from: v.ramp.from, to: v.ramp.to };
      return some({ default: v.initial, range: [v.range.low, v.range.high], ramp, lag: v.lag });
    }
    case "lookup":
      return some({
        ...points(v.points),
        interpolate: v.interpolate,
        outside: v.outside,
        x_unit: v.xUnit?.text,
        uncertain: curve(v.uncertain, (block) => points(block).points),
      });
    case "series": {
      const uncertain = curve(v.uncertain, (word) => word.text);
      return some({ data: data(v.data), interpolate: v.interpolate, uncertain });
    }
    case "noise": {
      const terms = Object.fromEntries(Object.entries(v.terms).map(([name, equation]) => [name, text(equation)]));
      return some({ process: v.process, every: v.every?.text, initial: v.initial, values: v.values, ...terms });
    }
  }
}

const limit = ({ nonNegative }: { readonly nonNegative: boolean }) => (nonNegative ? { non_negative: true } : {});

function pieces(equations: readonly EquationByElement[]): unknown {
  const first = equations[0]!;
  if (first.region === null) return text(first.equation);
  return new Map(equations.map((e) => [texts(e.region!).join(", "), text(e.equation)]));
}

function values(block: ValueBlock | null): Plain {
  if (!block) return {};
  return block.kind === "data" ? { data: data(block.data) } : { value: cells(block) };
}

function cells(block: Exclude<ValueBlock, { kind: "data" }>): unknown {
  if (block.kind === "number") return block.value;
  const entries = block.entries.map((e) => [e.element.text, e.value] as const);
  return new Map([...entries, ...(block.otherwise === null ? [] : [["default", block.otherwise] as const])]);
}

function points(block: PointsBlock): Plain {
  const pairs = (list: readonly LookupPoint[]) => list.map((p) => [p.x, p.y]);
  if (block.kind === "data") {
    const { time, ...rest } = data(block.data);
    return { data: { ...rest, x: time } };
  }
  if (block.kind === "points") return { points: pairs(block.points) };
  const entries = block.entries.map((e) => [e.element.text, pairs(e.points)] as const);
  return { points: new Map([...entries, ...(block.otherwise ? [["default", pairs(block.otherwise)] as const] : [])]) };
}

function curve<Curve>(c: CurveDocument<Curve> | null, print: (curve: Curve) => unknown): Plain | null {
  if (!c) return null;
  if (c.kind === "factor") return { factor: c.parameter.text };
  return { position: c.parameter.text, low: print(c.low), high: print(c.high) };
}

function data(block: DataBlock): Plain {
  const filters = (list: DataBlock["where"]) => new Map(list.map((w) => [w.column.text, w.texts]));
  return some({
    file: block.file.text,
    column: block.column?.text,
    columns: block.columns?.text,
    time: block.time?.text,
    scale: block.scale,
    key: new Map(block.key.map((k) => [k.column.text, k.dimension.text])),
    where: filters(block.where),
    ignore: filters(block.ignore),
  });
}

function distribution(written: Equation | SampleBlock | null): unknown {
  if (!written) return null;
  return "family" in written ? { [written.family]: data(written.data) } : text(written);
}

function event(e: EventDocument): Plain {
  const set = new Map(
    e.sets.map((s) => {
      const equation = pieces(s.equations);
      return [key(s.stock, s.shape), typeof equation === "string" ? equation : { equations: equation }];
    }),
  );
  return some({ title: e.title, every: e.every?.text, at: e.at, set });
}

function identity(i: IdentityDocument): Plain {
  const scale = i.scale && text(i.scale);
  return some({ title: i.title, left: text(i.left), right: text(i.right), scale, tolerance: i.tolerance });
}

function target(t: TargetDocument): Plain {
  const { title, due, note, source } = t;
  return some({ title, indicator: text(t.indicator), [t.comparison]: t.threshold, due, note, source });
}

function scenario(s: ScenarioDocument): Plain {
  const levers = s.levers.map(({ lever, set, from, to, lag }) => [lever.text, some({ set, from, to, lag })] as const);
  const override = (p: ParameterOverride): unknown =>
    p.distribution
      ? { distribution: distribution(p.distribution) }
      : cells(p.value as Exclude<ValueBlock, { kind: "data" }>);
  return some({
    title: s.title,
    description: s.description,
    like: s.like?.text,
    levers: new Map(levers),
    parameters: new Map(s.parameters.map((p) => [p.parameter.text, override(p)])),
  });
}

function chart(c: ChartDocument): Plain {
  return some({
    kind: c.kind.text,
    title: c.title,
    note: c.note,
    indicator: c.indicator && text(c.indicator),
    indicators: c.indicators.length > 0 ? texts(c.indicators) : null,
    scenario: c.scenario?.text,
    scenarios: c.scenarios.length > 0 ? texts(c.scenarios) : null,
    per: c.per?.text,
    from: c.from,
    file: c.file?.text,
    columns: c.columns.length > 0 ? new Map(c.columns.map(({ column, title }) => [column.text, title])) : null,
    years: c.years.length > 0 ? c.years : null,
  });
}

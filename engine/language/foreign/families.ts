/**
 * Dimensions of a foreign file as dimensions of our language.
 *
 * In Vensim an element belongs to all ranges that name it (reference manual, "Subscript Ranges"): ranges that share an element,
 * and copies (`<->`), are parts of one *family*. A family becomes one dimension, its ranges become groups, and second axes of the
 * same family aliases. In XMILE (1.0, section 4.5.2) every dimension has elements of its own; those with
 * the same elements in the same order are one family too, since a dimension is also a number where another one is indexed.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { DimensionDocument } from "../document.ts";
import type { Dialect, ForeignDimension, ForeignModel, ForeignName } from "./foreign-model.ts";
import { elementNames, type Identifiers } from "./identifiers.ts";

/** Most elements that one dimension may have. */
const MAX_ELEMENTS = 100_000;

/** Elements that may stand together on one axis. */
export interface Family {
  readonly elements: readonly { readonly key: string; readonly text: string; readonly name: string }[];
  readonly positions: ReadonlyMap<string, number>;
  /** Name of the first axis over it in an equation, of the second, and so on; given out as they are needed. */
  readonly axisName: (index: number) => string;
  /** Name of the group of some positions; the axis' own name where they are all of them. */
  readonly groupName: (positions: readonly number[]) => string;
}

/** A dimension, subrange or copy, as equations name it. */
export interface Range {
  readonly key: string;
  readonly text: string;
  readonly family: Family;
  /** Positions in the family, in the range's own order. */
  readonly positions: readonly number[];
  /** What each own element is as a number: its place in the range that has all elements of the family, else in this one. */
  readonly numbers: readonly number[];
  /** For each range that this one is mapped to: which positions of that range's family belong to each own element. */
  readonly mappings: readonly { readonly to: string; readonly targets: readonly (readonly number[])[] }[];
}

export interface Families {
  readonly ranges: ReadonlyMap<string, Range>;
  /** The range that a dimension of XMILE or a mapping names. */
  readonly range: (key: string) => Range | null;
  /** Families that have an element of this key. */
  readonly familiesOf: (elementKey: string) => readonly Family[];
  /** The dimensions of the document; called when all equations are translated. */
  readonly documents: () => DimensionDocument[];
}

interface Flat {
  readonly dimension: ForeignDimension;
  readonly members: readonly ForeignName[];
}

export function buildFamilies(model: ForeignModel, identifiers: Identifiers, diagnostics: DiagnosticList): Families {
  const flat = flatten(model, diagnostics);
  const builders = joinFamilies(flat, model.dialect).map((part) => new FamilyBuilder(part, identifiers));
  const ranges = new Map<string, Range>();
  for (const builder of builders) for (const range of builder.ranges) ranges.set(range.key, range);
  for (const { dimension } of flat) addMappings(dimension, ranges, diagnostics);
  const byElement = new Map<string, Family[]>();
  for (const { family } of builders)
    for (const { key } of family.elements) {
      const known = byElement.get(key);
      if (known) known.push(family);
      else byElement.set(key, [family]);
    }
  return {
    ranges,
    range: (key) => ranges.get(key) ?? null,
    familiesOf: (key) => byElement.get(key) ?? [],
    documents: () => builders.map((b) => b.document()),
  };
}

/** The elements of each dimension, with names of other dimensions replaced by their elements. */
function flatten(model: ForeignModel, diagnostics: DiagnosticList): Flat[] {
  const byKey = new Map(model.dimensions.map((d) => [d.name.key, d]));
  const known = new Map<string, readonly ForeignName[]>();
  const open = new Set<string>();
  const membersOf = (dimension: ForeignDimension): readonly ForeignName[] => {
    const { key, text, span } = dimension.name;
    const done = known.get(key);
    if (done) return done;
    if (open.has(key)) {
      diagnostics.add("foreign-dimension", span, { name: text, problem: "circular", other: "" });
      return [];
    }
    open.add(key);
    const source = dimension.copyOf ? byKey.get(dimension.copyOf.key) : undefined;
    if (dimension.copyOf && !source) {
      const data = { name: text, problem: "unknown", other: dimension.copyOf.text } as const;
      diagnostics.add("foreign-dimension", dimension.copyOf.span, data);
    }
    const written = source ? membersOf(source) : dimension.members.flatMap((m) => innerMembers(m, dimension));
    const seen = new Set<string>();
    const members = written.filter((m) => !seen.has(m.key) && seen.add(m.key));
    if (members.length > MAX_ELEMENTS) {
      const data = { what: text, size: members.length, limit: MAX_ELEMENTS };
      diagnostics.add("model-too-large", span, data);
    }
    open.delete(key);
    known.set(key, members);
    return members;
  };
  const innerMembers = (member: ForeignName, dimension: ForeignDimension): readonly ForeignName[] => {
    const inner = byKey.get(member.key);
    return inner && inner !== dimension && model.dialect === "vensim" ? membersOf(inner) : [member];
  };
  return model.dimensions.flatMap((dimension) => {
    const members = membersOf(dimension);
    if (members.length > 0) return [{ dimension, members }];
    const data = { name: dimension.name.text, problem: "empty", other: "" } as const;
    if (!diagnostics.hasErrors) diagnostics.add("foreign-dimension", dimension.span, data);
    return [];
  });
}

/** Dimensions that share elements, together; in the order of the file. */
function joinFamilies(flat: readonly Flat[], dialect: Dialect): Flat[][] {
  if (dialect === "xmile") {
    // Dimensions with the same elements in the same order are one axis under several names.
    return grouped(flat, ({ members }) => members.map((m) => m.key).join("\n"));
  }
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let at = key;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  const owner = new Map<string, string>();
  for (const { dimension, members } of flat) {
    const { key } = dimension.name;
    parent.set(key, key);
    for (const member of members) {
      const first = owner.get(member.key);
      if (first === undefined) owner.set(member.key, key);
      else parent.set(root(key), root(first));
    }
  }
  return grouped(flat, (f) => root(f.dimension.name.key));
}

function grouped(flat: readonly Flat[], keyOf: (f: Flat) => string): Flat[][] {
  const families = new Map<string, Flat[]>();
  for (const f of flat) {
    const key = keyOf(f);
    families.set(key, [...(families.get(key) ?? []), f]);
  }
  return [...families.values()];
}

class FamilyBuilder {
  readonly family: Family;
  readonly ranges: readonly Range[];
  readonly #main: ForeignDimension;
  readonly #name: string;
  readonly #identifiers: Identifiers;
  readonly #aliases: string[] = [];
  readonly #groups = new Map<string, { readonly name: string; readonly title: string }>();
  readonly #groupTexts = new Map<string, string>();

  constructor(parts: readonly Flat[], identifiers: Identifiers) {
    this.#identifiers = identifiers;
    const order = new Map<string, ForeignName>();
    const largest = parts.reduce((a, b) => (b.members.length > a.members.length ? b : a));
    for (const part of [largest, ...parts]) for (const m of part.members) if (!order.has(m.key)) order.set(m.key, m);
    const members = [...order.values()];
    const names = elementNames(members.map((m) => m.text));
    this.#main = largest.dimension;
    this.#name = identifiers.take(largest.dimension.name.text);
    this.family = {
      elements: members.map((m, i) => ({ key: m.key, text: m.text, name: names[i]! })),
      positions: new Map(members.map((m, i) => [m.key, i])),
      axisName: (index) => this.#axisName(index),
      groupName: (positions) => this.#groupName(positions),
    };
    const isCovered = largest.members.length === members.length;
    this.ranges = parts.map(({ dimension, members: own }) => {
      const positions = own.map((m) => this.family.positions.get(m.key)!);
      const sorted = [...positions].sort((a, b) => a - b).join();
      if (!this.#groupTexts.has(sorted)) this.#groupTexts.set(sorted, dimension.name.text);
      const { key, text } = dimension.name;
      const numbers = positions.map((p, i) => (isCovered ? p : i) + 1);
      return { key, text, family: this.family, positions, numbers, mappings: [] };
    });
  }

  #axisName(index: number): string {
    if (index === 0) return this.#name;
    while (this.#aliases.length < index) this.#aliases.push(this.#identifiers.take(`${this.#name}_b`));
    return this.#aliases[index - 1]!;
  }

  #groupName(positions: readonly number[]): string {
    if (positions.length === this.family.elements.length) return this.#name;
    const key = [...positions].sort((a, b) => a - b).join();
    const known = this.#groups.get(key);
    if (known) return known.name;
    const title = this.#groupTexts.get(key) ?? `${this.#main.name.text} part`;
    const group = { name: this.#identifiers.take(title), title };
    this.#groups.set(key, group);
    return group.name;
  }

  document(): DimensionDocument {
    const { span, text } = this.#main.name;
    const word = (name: string) => ({ text: name, span });
    const titled = (title: string) => ({ en: title, zh: title });
    return {
      name: word(this.#name),
      title: titled(text),
      elements: this.family.elements.map((e) => ({ name: word(e.name), title: titled(e.text), code: null })),
      aliases: this.#aliases.map(word),
      groups: [...this.#groups].map(([positions, { name, title }]) => ({
        name: word(name),
        title: titled(title),
        members: positions.split(",").map((p) => ({ element: word(this.family.elements[Number(p)]!.name), weight: 1 })),
      })),
      layout: null,
    };
  }
}

/** `-> DimB` by position, and `-> (DimB: B2, SubB1)` with a target for each own element (Vensim reference manual, "Subscript Mapping"). */
function addMappings(dimension: ForeignDimension, ranges: Map<string, Range>, diagnostics: DiagnosticList): void {
  const own = ranges.get(dimension.name.key);
  if (!own) return;
  const mappings: Range["mappings"][number][] = [];
  for (const { to, members, span } of dimension.mappings) {
    const target = ranges.get(to.key);
    if (!target) {
      diagnostics.add("foreign-dimension", to.span, { name: dimension.name.text, problem: "unknown", other: to.text });
      continue;
    }
    const targets = members
      ? members.map((m) => targetsOf(m, target, ranges))
      : target.positions.map((position): readonly number[] => [position]);
    if (targets.length !== own.positions.length || targets.some((t) => t === null)) {
      diagnostics.add("foreign-dimension", span, { name: dimension.name.text, problem: "mapping", other: to.text });
      continue;
    }
    mappings.push({ to: to.key, targets: targets as number[][] });
  }
  ranges.set(own.key, { ...own, mappings });
}

/** Positions that a target of a mapping names: an element, or a range of the family. */
function targetsOf(member: ForeignName, target: Range, ranges: ReadonlyMap<string, Range>): readonly number[] | null {
  const range = ranges.get(member.key);
  if (range && range.family === target.family) return range.positions;
  const position = target.family.positions.get(member.key);
  return position === undefined ? null : [position];
}

/** Reads the sections `model` and `dimensions`. */
import type { DimensionDocument, GroupDocument, HeaderDocument, UnitDocument, Word } from "./document.ts";
import type { Fields, NodeReader } from "./node-reader.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";

const DEFAULT_SEED = 20_200_101;
const MAX_RANGE = 100_000;

export function readHeader(read: NodeReader, node: YamlNode): HeaderDocument | null {
  const fields = read.fields(node, "model", [
    "name",
    "title",
    "description",
    "time",
    "method",
    "numerics",
    "reference",
    "seed",
  ]);
  if (!fields) return null;
  const name = fields.required("name", fields.word("name"));
  const timeNode = fields.node("time");
  if (!timeNode) fields.required("time", null);
  const time = timeNode && read.fields(timeNode, "model: time", ["start", "stop", "step", "save", "unit"]);
  if (!name || !time) return null;
  const start = time.required("start", time.number("start"));
  const stop = time.required("stop", time.number("stop"));
  const step = time.required("step", time.fraction("step"));
  if (start === null || stop === null || step === null) return null;
  return {
    name,
    title: fields.title("title") ?? { en: name.text, zh: name.text },
    description: fields.title("description"),
    start,
    stop,
    step,
    save: time.fraction("save") ?? step,
    timeUnit: time.text("unit") ?? "year",
    timeSpan: timeNode!.span,
    method: fields.choice("method", ["euler", "rk2", "rk4"]) ?? "euler",
    numerics: fields.choice("numerics", ["exact", "logarithms", "factors"]),
    reference: fields.word("reference"),
    seed: fields.number("seed") ?? DEFAULT_SEED,
  };
}

/** Reads the units of the model's own. */
export function readUnits(read: NodeReader, node: YamlNode): UnitDocument[] {
  return (read.map(node, "units")?.entries ?? []).flatMap((entry) => {
    const name = read.name(entry.key.trim(), entry.keySpan);
    const fields = read.fields(entry.value, `"${entry.key}"`, ["title", "of", "times"], entry.keySpan);
    if (!name) return [];
    // A unit whose definition does not read is a unit nevertheless: variables in it are not blamed.
    if (!fields) return [{ name, title: null, of: null, times: 1, timesSpan: entry.keySpan }];
    const times = fields.number("times");
    const base = { name, title: fields.title("title"), of: fields.word("of") };
    return [{ ...base, times: times ?? 1, timesSpan: fields.valueSpan("times") }];
  });
}

/** Reads the dimensions; the names of those that do not read, with their aliases and groups, are added to `broken`. */
export function readDimensions(read: NodeReader, node: YamlNode, broken: string[]): DimensionDocument[] {
  const map = read.map(node, "dimensions");
  return (map?.entries ?? []).flatMap((entry) => {
    const dimension = readDimension(read, entry);
    if (!dimension) broken.push(entry.key.trim().normalize("NFC"), ...namesInside(entry.value));
    return dimension ?? [];
  });
}

/** Names of the aliases and groups of a dimension that does not read. */
function namesInside(node: YamlNode): string[] {
  if (node.kind !== "map") return [];
  return node.entries.flatMap(({ key, value }) => {
    if (key === "groups" && value.kind === "map") return value.entries.map((e) => e.key.normalize("NFC"));
    if (key !== "aliases" || value.kind !== "list") return [];
    return value.items.flatMap((item) => (item.kind === "scalar" ? item.text.trim().normalize("NFC") : []));
  });
}

function readDimension(read: NodeReader, entry: YamlEntry): DimensionDocument | null {
  const where = `"${entry.key}"`;
  const name = read.name(entry.key, entry.keySpan);
  const fields = read.fields(entry.value, where, ["title", "elements", "aliases", "groups", "layout"], entry.keySpan);
  const node = fields?.required("elements", fields.node("elements"));
  if (!name || !fields || !node) return null;
  const elements = readElements(read, node, `${where}: elements`);
  if (!elements) return null;
  return {
    name,
    title: fields.title("title"),
    elements,
    aliases: fields.words("aliases").flatMap((w) => read.name(w.text, w.span) ?? []),
    groups: readGroups(read, fields, where),
    layout: readLayout(read, fields, where),
  };
}

function readElements(read: NodeReader, node: YamlNode, where: string): DimensionDocument["elements"] | null {
  if (node.kind === "scalar") {
    const range = readRange({ text: node.text.trim(), span: node.span });
    if (!range) return read.wrong(node, where, "list of names");
    return range.map((name) => ({ name, title: null, code: null }));
  }
  if (node.kind === "list") {
    const words = read.words(node, where) ?? [];
    return words.map((name) => ({ name, title: null, code: null }));
  }
  if (node.kind === "bad") return null;
  return node.entries.map((entry) => {
    const name: Word = { text: entry.key.normalize("NFC"), span: entry.keySpan };
    if (entry.value.kind === "scalar") {
      return { name, title: entry.value.value === null ? null : read.title(entry.value, where), code: null };
    }
    const fields = read.fields(entry.value, `${where}: ${entry.key}`, ["title", "code"], entry.keySpan);
    return { name, title: fields?.title("title") ?? null, code: fields?.text("code") ?? null };
  });
}

/** The whole numbers of a range `0..91`, as words; null if the text is not a range. */
export function readRange(word: Word): Word[] | null {
  const match = /^(-?\d+)\s*\.\.\s*(-?\d+)$/.exec(word.text);
  if (!match) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  if (to < from || to - from > MAX_RANGE) return null;
  return Array.from({ length: to - from + 1 }, (_, i) => ({ text: String(from + i), span: word.span }));
}

function readGroups(read: NodeReader, fields: Fields, where: string): GroupDocument[] {
  const node = fields.node("groups");
  const map = node && read.map(node, `${where}: groups`);
  if (!map) return [];
  return map.entries.flatMap((entry) => {
    const name = read.name(entry.key, entry.keySpan);
    if (!name) return [];
    const group = `${where}: groups: ${entry.key}`;
    const titled = entry.value.kind === "map" && entry.value.entries.some((e) => e.key === "members");
    if (!titled) return [{ name, title: null, members: readMembers(read, entry.value, group) }];
    const inner = read.fields(entry.value, group, ["title", "members"], entry.keySpan);
    const members = inner?.node("members");
    return [{ name, title: inner?.title("title") ?? null, members: members ? readMembers(read, members, group) : [] }];
  });
}

function readMembers(read: NodeReader, node: YamlNode, where: string): GroupDocument["members"] {
  if (node.kind === "list") return (read.words(node, where) ?? []).map((element) => ({ element, weight: 1 }));
  if (node.kind === "scalar") {
    const word = read.word(node, where);
    return word ? (readRange(word) ?? [word]).map((element) => ({ element, weight: 1 })) : [];
  }
  if (node.kind === "bad") return [];
  return node.entries.flatMap((entry): { element: Word; weight: number | Word }[] => {
    const element: Word = { text: entry.key.normalize("NFC"), span: entry.keySpan };
    if (entry.value.kind === "scalar" && typeof entry.value.value === "number") {
      return [{ element, weight: entry.value.value }];
    }
    const weight = read.word(entry.value, `${where}: ${entry.key}`);
    return weight ? [{ element, weight }] : [];
  });
}

function readLayout(read: NodeReader, fields: Fields, where: string): Word[][] | null {
  const node = fields.node("layout");
  if (!node) return null;
  if (node.kind !== "list") return read.wrong(node, `${where}: layout`, "list");
  return node.items.map((row) => read.words(row, `${where}: layout`) ?? []);
}

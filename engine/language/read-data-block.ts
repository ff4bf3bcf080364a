/** Reads `data`, `value` and equations by element: the parts that several kinds of variables share. */
import type { Span } from "../diagnostics/source.ts";
import type {
  DataBlock,
  EquationByElement,
  LookupPoint,
  PointsBlock,
  SampleBlock,
  ValueBlock,
  Word,
} from "./document.ts";
import type { Equation } from "./equation.ts";
import { type Fields, type NodeReader, splitWords } from "./node-reader.ts";
import type { YamlNode } from "./yaml-node.ts";

const DATA_KEYS = ["file", "column", "columns", "scale", "key", "where", "ignore"] as const;

/** Reads a `data` block. With `argument`, the block must name under that key the column of the times, or of a lookup's x. */
export function readDataBlock(
  read: NodeReader,
  node: YamlNode,
  where: string,
  argument: "time" | "x" | null,
): DataBlock | null {
  const fields = read.fields(node, where, [...DATA_KEYS, argument ?? "time"]);
  if (!fields) return null;
  const file = fields.required("file", fields.word("file"));
  const column = fields.word("column");
  const columns = fields.word("columns");
  const time = fields.word(argument ?? "time");
  if (column === null && columns === null) fields.required("column", null);
  if (argument !== null && time === null) fields.required(argument, null);
  if (!fields.complete || !file || (!column && !columns) || (argument !== null && !time)) return null;
  return {
    file,
    column,
    columns,
    time,
    scale: fields.number("scale") ?? 1,
    key: readPairs(read, fields, "key"),
    where: readTexts(read, fields, "where"),
    ignore: readTexts(read, fields, "ignore"),
    span: node.span,
  };
}

function readPairs(read: NodeReader, fields: Fields, key: string): { column: Word; dimension: Word }[] {
  const node = fields.node(key);
  const map = node && read.map(node, `${fields.where}: ${key}`);
  if (!map) return [];
  return map.entries.flatMap((entry) => {
    const dimension = read.word(entry.value, `${fields.where}: ${key}: ${entry.key}`);
    return dimension ? [{ column: { text: entry.key, span: entry.keySpan }, dimension }] : [];
  });
}

function readTexts(read: NodeReader, fields: Fields, key: string): { column: Word; texts: string[] }[] {
  const node = fields.node(key);
  const map = node && read.map(node, `${fields.where}: ${key}`);
  if (!map) return [];
  return map.entries.map((entry) => {
    const column = { text: entry.key, span: entry.keySpan };
    const where = `${fields.where}: ${key}: ${entry.key}`;
    if (entry.value.kind === "list")
      return { column, texts: (read.words(entry.value, where) ?? []).map((w) => w.text) };
    const word = read.word(entry.value, where);
    return { column, texts: word ? [word.text] : [] };
  });
}

/** Reads `distribution`: a call such as `normal(0, 1)`, or a column of a file under `empirical` or `joint`. */
export function readDistributionNode(read: NodeReader, node: YamlNode, where: string): Equation | SampleBlock | null {
  if (node.kind !== "map") return read.equation(node, where);
  const fields = read.fields(node, where, ["empirical", "joint"]);
  if (!fields) return null;
  fields.notBoth("empirical", "joint");
  const family = fields.node("joint") ? "joint" : "empirical";
  const block = fields.required(family, fields.node(family));
  const data = block && readDataBlock(read, block, `${where}: ${family}`, null);
  return data && { family, data };
}

/** Reads `points` of a lookup: a list of pairs, or such lists by element with an optional `default`. */
export function readPoints(read: NodeReader, node: YamlNode, where: string): PointsBlock | null {
  if (node.kind !== "map") {
    const points = readPairsOfNumbers(read, node, where);
    return points && { kind: "points", points };
  }
  let otherwise: LookupPoint[] | null = null;
  let good = true;
  const entries: { element: Word; points: LookupPoint[] }[] = [];
  for (const entry of node.entries) {
    const points = readPairsOfNumbers(read, entry.value, `${where}: ${entry.key}`);
    if (!points) good = false;
    else if (entry.key === "default") otherwise = points;
    else entries.push({ element: { text: entry.key, span: entry.keySpan }, points });
  }
  return good ? { kind: "by-element", entries, otherwise } : null;
}

function readPairsOfNumbers(read: NodeReader, node: YamlNode, where: string): LookupPoint[] | null {
  if (node.kind !== "list") return read.wrong(node, where, "list");
  const points = node.items.map((item) => {
    const pair = read.numbers(item, where);
    if (pair && pair.length !== 2) read.wrong(item, where, "pair of numbers");
    return pair?.length === 2 ? { x: pair[0]!, y: pair[1]!, span: item.span } : null;
  });
  return points.some((p) => p === null) ? null : (points as LookupPoint[]);
}

/** Reads `value`: a number, or numbers by element with an optional `default`. */
export function readValue(read: NodeReader, node: YamlNode, where: string): ValueBlock | null {
  if (node.kind !== "map") {
    const value = read.number(node, where);
    return value === null ? null : { kind: "number", value, span: node.span };
  }
  let otherwise: number | null = null;
  const entries: { element: Word; value: number }[] = [];
  for (const entry of node.entries) {
    const value = read.number(entry.value, `${where}: ${entry.key}`);
    if (value === null) continue;
    if (entry.key === "default") otherwise = value;
    else entries.push({ element: { text: entry.key, span: entry.keySpan }, value });
  }
  return { kind: "by-element", entries, otherwise, span: node.span };
}

/**
 * Reads `equation` or `equations`. A key of `equations` lists a dimension, group, element or range for each dimension of
 * the shape.
 */
export function readEquations(
  read: NodeReader,
  fields: Fields,
  single: string,
  plural: string | null,
): EquationByElement[] | null {
  const one = fields.node(single);
  const many = plural === null ? null : fields.node(plural);
  if (plural !== null) fields.notBoth(single, plural);
  if (many === null) {
    if (one?.kind === "map") return readRegions(read, one, `${fields.where}: ${single}`);
    const equation = fields.required(single, fields.equation(single));
    return equation ? [{ region: null, regionSpan: fields.keySpan(single), equation }] : null;
  }
  return readRegions(read, many, `${fields.where}: ${plural}`);
}

function readRegions(read: NodeReader, node: YamlNode, where: string): EquationByElement[] | null {
  const map = read.map(node, where);
  if (!map) return null;
  const result: EquationByElement[] = [];
  let good = true;
  for (const entry of map.entries) {
    const equation = read.equation(entry.value, `${where}: ${entry.key}`);
    if (!equation) {
      good = false;
      continue;
    }
    result.push({ region: splitRegion(entry.key, entry.keySpan), regionSpan: entry.keySpan, equation });
  }
  return good ? result : null;
}

/** Splits the key of an equation by element into its words; quotes and brackets around it are allowed. */
export function splitRegion(key: string, span: Span): Word[] {
  const inner = key.trim().replace(/^\[(.*)\]$/su, "$1");
  return splitWords(inner, 0, () => span).map((w) => ({ text: w.text.replace(/^["'](.*)["']$/su, "$1"), span }));
}

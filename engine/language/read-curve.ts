/** Reads `uncertain` of a lookup or series. */
import type { CurveDocument, PointsBlock, Word } from "./document.ts";
import type { Fields, NodeReader } from "./node-reader.ts";
import { readPoints } from "./read-data-block.ts";
import type { YamlNode } from "./yaml-node.ts";

/** Reads `{factor: parameter}` or `{position: parameter, low: …, high: …}`; `curve` reads what stands under `low` and `high`. */
export function readCurve<Curve>(
  read: NodeReader,
  node: YamlNode,
  where: string,
  curve: (node: YamlNode, where: string) => Curve | null,
): CurveDocument<Curve> | null {
  const keys = node.kind === "map" && node.entries.some((e) => e.key === "factor") ? FACTOR : BAND;
  const fields = read.fields(node, where, keys);
  if (!fields) return null;
  if (keys === FACTOR) {
    const parameter = fields.word("factor");
    return parameter && { kind: "factor", parameter };
  }
  const parameter = fields.required("position", fields.word("position"));
  const [low, high] = [side(fields, "low", curve), side(fields, "high", curve)];
  return parameter && low && high ? { kind: "band", parameter, low, high } : null;
}

const FACTOR = ["factor"];
const BAND = ["position", "low", "high"];

function side<Curve>(
  fields: Fields,
  key: string,
  curve: (node: YamlNode, where: string) => Curve | null,
): Curve | null {
  const node = fields.required(key, fields.node(key));
  return node && curve(node, `${fields.where}: ${key}`);
}

/** Points of a lookup. */
export const curvePoints =
  (read: NodeReader) =>
  (node: YamlNode, where: string): PointsBlock | null =>
    readPoints(read, node, where);

/** A column of a series' file. */
export const curveColumn =
  (read: NodeReader) =>
  (node: YamlNode, where: string): Word | null =>
    read.word(node, where);

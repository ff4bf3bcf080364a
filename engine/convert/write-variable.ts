/** A variable of a model as elements of an XMILE file. */
import { centralValues } from "../ensemble/quantile.ts";
import type { Computed, Lookup, Parameter, Piece, Series, Stock, Variable } from "../model/model.ts";
import { type AxisPlace, canBeGraph, NotInXmile, writeTerm } from "./write-term.ts";
import { elementName } from "./xmile-names.ts";
import { element, type XmlNode } from "./xml-node.ts";

/** Something of the model that a reader of XMILE does not see, and what it is a part of. */
export interface Unseen {
  readonly kind: "equation" | "lookup" | "series" | "uncertainty" | "noise" | "lever";
  readonly name: string;
  /** The part of an equation, in our language; else empty. */
  readonly what: string;
}

export interface WriteContext {
  readonly timeUnit: string;
  readonly unseen: Unseen[];
}

/** A cell of a shape, with the positions of its elements. */
interface Cell {
  readonly positions: readonly number[];
  readonly index: number;
}

/** Elements of the variable, its own last: a stock that is changed by an equation gets a flow for it. */
export function variableNodes(variable: Variable, context: WriteContext): { own: XmlNode; made: readonly XmlNode[] } {
  switch (variable.kind) {
    case "stock":
      return stockNodes(variable, context);
    case "flow":
    case "auxiliary":
      return { own: computedNode(variable, context), made: [] };
    case "parameter":
      return { own: parameterNode(variable, context), made: [] };
    case "lever":
      context.unseen.push({ kind: "lever", name: variable.name, what: "" });
      return { own: plain("aux", variable, [eqn(String(variable.initial))]), made: [] };
    case "noise": {
      context.unseen.push({ kind: "noise", name: variable.name, what: "" });
      return { own: plain("aux", variable, [eqn(String(variable.values?.[0] ?? variable.initial))]), made: [] };
    }
    case "lookup":
      return { own: lookupNode(variable, context), made: [] };
    case "series":
      return { own: seriesNode(variable, context), made: [] };
  }
}

const eqn = (text: string): XmlNode => element("eqn", {}, text);

/** What stands for an equation that XMILE cannot say; readers, ours among them, take it for unfinished. */
const PLACEHOLDER = "???";

/** Documentation, dimensions and unit round what is particular. */
function plain(tag: string, variable: Variable, parts: readonly XmlNode[], more: readonly XmlNode[] = []): XmlNode {
  const { name, shape, title, description, unit } = variable;
  const doc = [title.en, description?.en].filter((text) => text !== undefined && text !== "" && text !== name);
  return element(tag, { name }, [
    ...(doc.length > 0 ? [element("doc", {}, doc.join("\n"))] : []),
    ...(shape.length > 0
      ? [
          element(
            "dimensions",
            {},
            shape.map((axis) => element("dim", { name: axis.name })),
          ),
        ]
      : []),
    ...parts,
    ...more,
    ...(unit === "" ? [] : [element("units", {}, unit)]),
  ]);
}

/** All cells of a shape, the last axis fastest. */
function cellsOf(variable: Pick<Variable, "shape" | "size">): Cell[] {
  const lengths = variable.shape.map((axis) => axis.dimension.elements.length);
  return Array.from({ length: variable.size }, (_, index) => {
    const positions: number[] = [];
    let rest = index;
    for (const length of lengths.toReversed()) {
      positions.unshift(rest % length);
      rest = Math.floor(rest / length);
    }
    return { positions, index };
  });
}

const subscriptsOf = ({ shape }: Pick<Variable, "shape">, { positions }: Cell): string =>
  shape.map((axis, i) => elementName(axis.dimension, positions[i]!)).join(", ");

/** One value for all cells where they are the same, else one for each. */
function byCell(variable: Pick<Variable, "shape" | "size">, nodesOf: (index: number) => readonly XmlNode[]): XmlNode[] {
  if (variable.shape.length === 0) return [...nodesOf(0)];
  return cellsOf(variable).map((cell) =>
    element("element", { subscript: subscriptsOf(variable, cell) }, nodesOf(cell.index)),
  );
}

/** Numbers by cell. */
function numbers(variable: Pick<Variable, "shape" | "size">, values: ArrayLike<number>): XmlNode[] {
  const all = Array.from({ length: variable.size }, (_, i) => values[i]!);
  if (all.every((value) => value === all[0])) return [eqn(String(all[0]))];
  return byCell(variable, (i) => [eqn(String(values[i]))]);
}

function parameterNode(parameter: Parameter, context: WriteContext): XmlNode {
  if (parameter.distribution) context.unseen.push({ kind: "uncertainty", name: parameter.name, what: "" });
  const lastLength = parameter.shape.at(-1)?.dimension.elements.length ?? 1;
  const values = parameter.values ?? centralValues(parameter.distribution!, lastLength);
  return plain("aux", parameter, numbers(parameter, values));
}

/** The equation of all cells, or of each cell where they differ or the whole cannot be said in one. */
function equations(
  variable: Pick<Variable, "name" | "shape" | "size">,
  pieces: readonly Piece[],
  tag: "eqn" | "init_eqn",
  context: WriteContext,
): (cell: Cell | null) => XmlNode {
  const told = new Set<string>();
  const attempt = (piece: Piece, cell: Cell | null): string => {
    const places = new Map(
      piece.axes.map((axis, i): [typeof axis, AxisPlace] => [
        axis,
        cell ? { kind: "element", position: cell.positions[i]! } : { kind: "dimension", name: variable.shape[i]!.name },
      ]),
    );
    return writeTerm(piece.term, places);
  };
  return (cell) => {
    const piece = cell ? pieces.find((p) => holds(p, cell)) : pieces[0];
    if (!piece) return element(tag, {}, "0");
    try {
      return element(tag, {}, attempt(piece, cell));
    } catch (error) {
      if (!(error instanceof NotInXmile)) throw error;
      if (!told.has(error.what)) context.unseen.push({ kind: "equation", name: variable.name, what: error.what });
      told.add(error.what);
      return element(tag, {}, `${PLACEHOLDER} ${comment(error.what)}`);
    }
  };
}

const comment = (text: string) => `{${text.replace(/[{}]/g, "")}}`;

const holds = (piece: Piece, { positions }: Cell): boolean =>
  piece.axes.every((axis, i) => positions[i]! >= axis.from && positions[i]! < axis.to);

/** Most cells for which an equation is written one by one only because it cannot be said for all. */
const MOST_WRITTEN_OUT = 500;

/** True where one equation can be written for all cells. */
function isWhole(variable: Pick<Variable, "shape" | "size">, pieces: readonly Piece[]): boolean {
  if (variable.shape.length === 0) return true;
  const [piece, second] = pieces;
  if (second || !piece?.axes.every((axis) => axis.from === 0 && axis.to === axis.dimension.elements.length))
    return false;
  if (variable.size > MOST_WRITTEN_OUT) return true;
  try {
    writeTerm(
      piece.term,
      new Map(piece.axes.map((axis, i) => [axis, { kind: "dimension", name: variable.shape[i]!.name }])),
    );
    return true;
  } catch (error) {
    if (error instanceof NotInXmile) return false;
    throw error;
  }
}

/** `<eqn>`, or `<element>` for each cell, with what else each has. */
function equationNodes(
  variable: Pick<Variable, "name" | "shape" | "size">,
  pieces: readonly Piece[],
  context: WriteContext,
  starts: readonly Piece[] | null = null,
): XmlNode[] {
  const main = equations(variable, pieces, "eqn", context);
  const start = starts && equations(variable, starts, "init_eqn", context);
  const at = (cell: Cell | null) => [main(cell), ...(start ? [start(cell)] : [])];
  if (isWhole(variable, pieces) && (!starts || isWhole(variable, starts))) return at(null);
  return cellsOf(variable).map((cell) => element("element", { subscript: subscriptsOf(variable, cell) }, at(cell)));
}

function computedNode(variable: Computed, context: WriteContext): XmlNode {
  const tag = variable.kind === "flow" ? "flow" : "aux";
  return plain(tag, variable, equationNodes(variable, variable.pieces, context, variable.starts));
}

function stockNodes(stock: Stock, context: WriteContext): { own: XmlNode; made: XmlNode[] } {
  const made: XmlNode[] = [];
  const flows = (pieces: readonly Piece[], side: "inflow" | "outflow") =>
    pieces.map((piece, i) => {
      const name = flowOf(piece) ?? `${stock.name}_${side}_${i + 1}`;
      if (flowOf(piece) === null) {
        const unit = stock.unit === "" ? "" : `${stock.unit}/${context.timeUnit}`;
        const flow = { name, shape: stock.shape, size: stock.size, unit };
        const parts = equationNodes(flow, [piece], context);
        made.push(plain("flow", { ...stock, ...flow, title: { en: "", zh: "" }, description: null }, parts));
      }
      return element(side, {}, name);
    });
  const nodes = [...flows(stock.inflows, "inflow"), ...flows(stock.outflows, "outflow")];
  const limited = stock.limit === "none" ? [] : [element("non_negative", {})];
  return { own: plain("stock", stock, equationNodes(stock, stock.initial, context), [...nodes, ...limited]), made };
}

/** The flow that a change of a stock is, cell for cell; null where it is an equation. */
function flowOf({ axes, term }: Piece): string | null {
  if (term.kind !== "read" || term.variable.kind !== "flow" || term.index.length !== axes.length) return null;
  const isSame = term.index.every((index, i) => index.kind === "axis" && index.axis === axes[i] && index.offset === 0);
  return isSame ? term.variable.name : null;
}

const points = (name: string, values: ArrayLike<number>) => element(name, {}, Array.from(values, String).join(","));

const graph = (type: string, x: ArrayLike<number>, y: ArrayLike<number>): XmlNode =>
  element("gf", { type }, [points("xpts", x), points("ypts", y)]);

const GRAPH_TYPES = {
  linear: "continuous",
  extrapolate: "extrapolate",
  previous: "discrete",
  next: "continuous",
} as const;

/** A table that others call: a graph without an equation, or with 0 where it has elements. */
function lookupNode(lookup: Lookup, context: WriteContext): XmlNode {
  if (!canBeGraph(lookup)) context.unseen.push({ kind: "lookup", name: lookup.name, what: "interpolate: next" });
  if (lookup.uncertain) context.unseen.push({ kind: "uncertainty", name: lookup.name, what: "" });
  const type = GRAPH_TYPES[lookup.mode];
  const gf = (i: number) => graph(type, lookup.tables[i]!.x, lookup.tables[i]!.y);
  return plain(
    "aux",
    lookup,
    byCell(lookup, (i) => (lookup.shape.length === 0 ? [gf(i)] : [eqn("0"), gf(i)])),
  );
}

/** Data over time: a graph of the time. */
function seriesNode(series: Series, context: WriteContext): XmlNode {
  if (series.uncertain) context.unseen.push({ kind: "uncertainty", name: series.name, what: "" });
  const type = GRAPH_TYPES[series.interpolate];
  return plain(
    "aux",
    series,
    byCell(series, (i) => [eqn("TIME"), graph(type, series.cells[i]!.time, series.cells[i]!.value)]),
  );
}

/** Lookups and series: curves written as points, in the file or in data, with their uncertainty. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type {
  DataBlock,
  LookupDocument,
  LookupPoint,
  PointsBlock,
  SeriesDocument,
  Word,
} from "../language/document.ts";
import type { DataReader } from "./data-cells.ts";
import type { Axis, Lookup, Series, SeriesCell } from "./model.ts";
import type { Symbols } from "./symbols.ts";
import type { ElementReader } from "./values-by-element.ts";

export class CurveBuilder {
  readonly #symbols: Symbols;
  readonly #data: DataReader;
  readonly #elements: ElementReader;
  readonly #diagnostics: DiagnosticList;

  constructor(symbols: Symbols, data: DataReader, elements: ElementReader, diagnostics: DiagnosticList) {
    this.#symbols = symbols;
    this.#data = data;
    this.#elements = elements;
    this.#diagnostics = diagnostics;
  }

  /** A lookup with the tables of its elements; null where anything is wrong. */
  lookup(doc: LookupDocument, base: Omit<Lookup, "kind" | "tables" | "mode" | "uncertain" | "side">): Lookup | null {
    const tables = this.#tables(doc, doc.points, base);
    if (!tables) return null;
    const { interpolate, uncertain } = doc;
    const mode = interpolate === "linear" && doc.outside === "extrapolate" ? "extrapolate" : interpolate;
    const central: Lookup = { ...base, kind: "lookup", tables, mode, uncertain: null, side: null };
    if (!uncertain) return central;
    const parameter = uncertain.parameter.text;
    if (uncertain.kind === "factor") return { ...central, uncertain: { kind: "factor", parameter } };
    const [low, high] = [this.#tables(doc, uncertain.low, base), this.#tables(doc, uncertain.high, base)];
    if (!low || !high) return null;
    const side = (name: "low" | "high", own: Lookup["tables"]): Lookup => ({ ...central, tables: own, side: name });
    return { ...central, uncertain: { kind: "band", parameter, low: side("low", low), high: side("high", high) } };
  }

  /** The tables of every element of a lookup, from points written in any of the three ways. */
  #tables(
    doc: LookupDocument,
    block: PointsBlock,
    { shape, size }: Pick<Lookup, "shape" | "size">,
  ): Lookup["tables"] | null {
    const points = this.#points(doc, block, shape, size);
    if (!points?.every((list) => this.#isTable(list, doc))) return null;
    return points.map((list) => ({
      x: Float64Array.from(list, (p) => p.x),
      y: Float64Array.from(list, (p) => p.y),
    }));
  }

  /** The points of every element of a lookup. */
  #points(
    doc: LookupDocument,
    block: PointsBlock,
    shape: readonly Axis[],
    size: number,
  ): (readonly LookupPoint[])[] | null {
    const name = doc.name.text;
    switch (block.kind) {
      case "points":
        return new Array<readonly LookupPoint[]>(size).fill(block.points);
      case "by-element": {
        const owner = this.#elements.owners({ ...block, span: doc.span }, shape, name);
        return owner && Array.from(owner, (r) => (r < 0 ? block.otherwise! : block.entries[r]!.points));
      }
      case "data": {
        const cells = this.#data.timed(block.data, shape, name, false);
        return cells?.map((list) => list.map((p) => ({ x: p.time, y: p.value, span: p.span }))) ?? null;
      }
    }
  }

  /** Whether points make a table: at least two, with rising x. */
  #isTable(points: readonly LookupPoint[], doc: LookupDocument): boolean {
    const name = doc.name.text;
    const fallen = points.findIndex((p, i) => i > 0 && !(p.x > points[i - 1]!.x));
    if (points.length < 2) this.#diagnostics.add("lookup-too-short", doc.span, { name });
    else if (fallen > 0) {
      const [before, after] = [points[fallen - 1]!, points[fallen]!];
      this.#diagnostics.add("lookup-order", after.span, { name, before: before.x, after: after.x });
    } else return true;
    return false;
  }

  /** A series with the points of its cells; null where anything is wrong. */
  series(doc: SeriesDocument, base: Omit<Series, "kind" | "cells" | "interpolate" | "uncertain">): Series | null {
    const cells = this.#cells(doc.data, base);
    if (!cells) return null;
    const central = { ...base, kind: "series", cells, interpolate: doc.interpolate } as const;
    if (!doc.uncertain) return { ...central, uncertain: null };
    const { uncertain } = doc;
    const parameter = uncertain.parameter.text;
    if (uncertain.kind === "factor") return { ...central, uncertain: { kind: "factor", parameter } };
    const side = (column: Word) => this.#cells({ ...doc.data, column, columns: null }, base);
    const [low, high] = [side(uncertain.low), side(uncertain.high)];
    return low && high ? { ...central, uncertain: { kind: "band", parameter, low, high } } : null;
  }

  #cells(data: DataBlock, { shape, name }: Pick<Series, "shape" | "name">): SeriesCell[] | null {
    const points = this.#data.timed(data, shape, name, false);
    return (
      points?.map((list) => ({
        time: Float64Array.from(list, (p) => p.time),
        value: Float64Array.from(list, (p) => p.value),
      })) ?? null
    );
  }

  /** Whether the name by which a curve is uncertain is a scalar parameter; else a diagnostic. */
  isCurveParameter({ text, span }: Word, curve: string): boolean {
    const variable = this.#symbols.variables.get(text);
    if (variable?.kind === "parameter" && variable.shape.length === 0) return true;
    if (variable) {
      const shape = variable.shape.map((a) => a.name);
      this.#diagnostics.add("curve-parameter", span, { name: text, kind: variable.kind, shape, curve });
    } else if (!this.#symbols.broken.has(text)) {
      this.#diagnostics.add("unknown-name", span, { name: text, near: this.#symbols.near(text) });
    }
    return false;
  }
}

/**
 * Which equation (or value) holds for which cells of a shape. A key names, for each axis, the whole dimension, a group, a
 * range or one element; the most specific key wins; the cells of one key are then cut into boxes.
 */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Word } from "../language/document.ts";
import { readRange } from "../language/read-header.ts";
import type { Axis } from "./model.ts";
import { cellKeys, elementPosition, type Symbols, shapeSize } from "./symbols.ts";

/** Positions on each axis, and how specific each word was: 0 dimension, 1 group, 2 range, 3 element. */
export interface Region {
  readonly positions: readonly (readonly number[])[];
  readonly specificity: number;
  readonly span: Span;
}

/** A box of cells: positions `from … to - 1` on each axis. */
export type Box = readonly { readonly from: number; readonly to: number }[];

/** Reads the words of a key against a shape; null where one of them names nothing. */
export function readRegion(
  words: readonly Word[],
  span: Span,
  shape: readonly Axis[],
  name: string,
  symbols: Symbols,
  diagnostics: DiagnosticList,
): Region | null {
  if (words.length !== shape.length) {
    const data = { name, given: words.length, shape: shape.map((a) => a.name) };
    diagnostics.add("wrong-subscript-count", span, data);
    return null;
  }
  const parts = words.map((word, i) => axisPositions(word, shape[i]!, symbols, diagnostics));
  if (parts.some((p) => p === null)) return null;
  const good = parts as { positions: number[]; rank: number }[];
  const specificity = good.reduce((sum, p) => sum + p.rank, 0);
  return { positions: good.map((p) => p.positions), specificity, span };
}

function axisPositions(
  word: Word,
  axis: Axis,
  symbols: Symbols,
  diagnostics: DiagnosticList,
): { positions: number[]; rank: number } | null {
  const { dimension } = axis;
  if (word.text === axis.name || word.text === dimension.name) {
    return { positions: dimension.elements.map((_, i) => i), rank: 0 };
  }
  const group = symbols.groups.get(word.text);
  if (group && group.dimension === dimension) return { positions: group.members.map((m) => m.position), rank: 1 };
  const range = readRange(word);
  const names = range ? range.map((w) => w.text) : [word.text];
  const positions = names.map((n) => elementPosition(dimension, n));
  const bad = positions.indexOf(-1);
  if (bad < 0) return { positions, rank: range ? 2 : 3 };
  if (symbols.broken.has(word.text)) return null;
  const near = nearestNames(names[bad]!, [...dimension.elements.map((e) => e.name), axis.name]);
  diagnostics.add("unknown-element", word.span, { element: names[bad]!, dimension: dimension.name, near });
  return null;
}

/**
 * For each cell the number of the region that holds it, -1 for none. Two equally specific regions must not share a cell.
 */
export function assignCells(
  regions: readonly Region[],
  shape: readonly Axis[],
  name: string,
  diagnostics: DiagnosticList,
): Int32Array {
  const owner = new Int32Array(shapeSize(shape)).fill(-1);
  const reported = new Set<number>();
  const order = regions.map((_, i) => i).sort((a, b) => regions[a]!.specificity - regions[b]!.specificity || a - b);
  for (const r of order) {
    const region = regions[r]!;
    forEachCell(region.positions, shape, (cell) => {
      const before = owner[cell]!;
      if (before >= 0 && regions[before]!.specificity === region.specificity && !reported.has(r)) {
        reported.add(r);
        const related = [{ span: regions[before]!.span, label: "first-defined-here" as const }];
        const data = { name, element: cellKeys(shape)[cell]! };
        diagnostics.add("equation-covered-twice", region.span, data, related);
      }
      owner[cell] = r;
    });
  }
  return owner;
}

function forEachCell(
  positions: readonly (readonly number[])[],
  shape: readonly Axis[],
  visit: (cell: number) => void,
): void {
  const walk = (axis: number, base: number): void => {
    if (axis === shape.length) return visit(base);
    const length = shape[axis]!.dimension.elements.length;
    for (const p of positions[axis]!) walk(axis + 1, base * length + p);
  };
  walk(0, 0);
}

/** Cuts the cells of each of so many regions into boxes, each as long as possible on the last axis, then on the ones before. */
export function boxesByRegion(owner: Int32Array, regions: number, shape: readonly Axis[]): Box[][] {
  const lengths = shape.map((a) => a.dimension.elements.length);
  const taken = new Uint8Array(owner.length);
  const boxes = Array.from({ length: regions }, (): Box[] => []);
  for (let cell = 0; cell < owner.length; cell++) {
    const region = owner[cell]!;
    if (region < 0 || taken[cell]) continue;
    const isFree = (c: number): boolean => owner[c] === region && !taken[c];
    const box = unravel(cell, lengths).map((p) => ({ from: p, to: p + 1 }));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const { from, to } = box[axis]!;
      let end = to;
      for (; end < lengths[axis]!; end++) {
        box[axis] = { from: end, to: end + 1 };
        if (!everyCell(box, lengths, isFree)) break;
      }
      box[axis] = { from, to: end };
    }
    everyCell(box, lengths, (c) => {
      taken[c] = 1;
      return true;
    });
    boxes[region]!.push(box);
  }
  return boxes;
}

/** Keys of the cells that no region holds. */
export function uncovered(owner: Int32Array, shape: readonly Axis[]): string[] {
  return owner.includes(-1) ? cellKeys(shape).filter((_, cell) => owner[cell]! < 0) : [];
}

function unravel(cell: number, lengths: readonly number[]): number[] {
  const at: number[] = [];
  let rest = cell;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    at.unshift(rest % lengths[axis]!);
    rest = Math.floor(rest / lengths[axis]!);
  }
  return at;
}

/** Whether all cells of a box pass a test. */
function everyCell(box: Box, lengths: readonly number[], test: (cell: number) => boolean): boolean {
  const walk = (axis: number, base: number): boolean => {
    if (axis === box.length) return test(base);
    for (let p = box[axis]!.from; p < box[axis]!.to; p++) if (!walk(axis + 1, base * lengths[axis]! + p)) return false;
    return true;
  };
  return walk(0, 0);
}

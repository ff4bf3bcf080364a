/** What each name of a model stands for, and the search for the nearest one. */
import type { NearName } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import { positionAt } from "../diagnostics/source.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Axis, Dimension, Group, Variable } from "./model.ts";

/** Names that the language itself gives a meaning. */
export const BUILT_IN_NAMES: readonly string[] = ["time", "time_step", "start_time", "stop_time", "pi"];

export class Symbols {
  readonly variables = new Map<string, Variable>();
  /** Dimensions under their own names and their aliases. */
  readonly axes = new Map<string, Axis>();
  readonly groups = new Map<string, Group>();
  /** Names with an error of their own; using them is not an error again. */
  readonly broken = new Set<string>();
  readonly #sources: ReadonlyMap<string, string>;

  constructor(sources: ReadonlyMap<string, string>) {
    this.#sources = sources;
  }

  /** Up to four declared names near to a misspelt one, with kind and line. */
  near(name: string): NearName[] {
    const names = [...this.variables.keys(), ...this.axes.keys(), ...this.groups.keys(), ...Object.keys(FUNCTIONS)];
    return nearestNames(name, [...names, ...BUILT_IN_NAMES]).map((n) => this.#describe(n));
  }

  #describe(name: string): NearName {
    const variable = this.variables.get(name);
    if (variable) {
      const text = this.#sources.get(variable.span.path) ?? "";
      return { name, kind: variable.kind, line: positionAt(text, variable.span.start).line };
    }
    const kind = this.axes.has(name) ? "dimension" : this.groups.has(name) ? "group" : "function";
    return { name, kind, line: 0 };
  }
}

/** Position of an element in a dimension, by name; -1 if it has none. */
export function elementPosition(dimension: Dimension, name: string): number {
  let positions = POSITIONS.get(dimension);
  if (!positions) {
    positions = new Map(dimension.elements.map((e, i) => [e.name, i]));
    POSITIONS.set(dimension, positions);
  }
  return positions.get(name) ?? -1;
}
const POSITIONS = new WeakMap<Dimension, Map<string, number>>();

/** Position of an element by name, or else by code; -1 if neither is known. */
export function elementByNameOrCode(dimension: Dimension, text: string): number {
  const byName = elementPosition(dimension, text);
  return byName >= 0 ? byName : dimension.elements.findIndex((e) => e.code === text);
}

/** Keys of all cells of a shape, row-major: `""`, `"kunming"`, `"kunming|urban"`. */
export function cellKeys(shape: readonly Axis[]): string[] {
  let keys = [""];
  for (const axis of shape) {
    keys = keys.flatMap((k) => axis.dimension.elements.map((e) => (k === "" ? e.name : `${k}|${e.name}`)));
  }
  return keys;
}

/** Number of elements of a shape. */
export function shapeSize(shape: readonly Axis[]): number {
  return shape.reduce((n, axis) => n * axis.dimension.elements.length, 1);
}

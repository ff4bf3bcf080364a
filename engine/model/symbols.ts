/** What each name of a model stands for, and the search for the nearest one. */
import type { DiagnosticList, NearName } from "../diagnostics/diagnostic.ts";
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
  /** Names of variables with an error in a part of their declaration, such as `indicator`. */
  readonly doubtful = new Set<string>();
  readonly #sources: ReadonlyMap<string, string>;

  constructor(sources: ReadonlyMap<string, string>) {
    this.#sources = sources;
  }

  /** Up to four declared names near to a misspelt one, with kind and line. */
  near(name: string): NearName[] {
    const names = [...this.variables.keys(), ...this.axes.keys(), ...this.groups.keys(), ...Object.keys(FUNCTIONS)];
    return nearestNames(name, [...names, ...BUILT_IN_NAMES]).map((n) => this.describe(n));
  }

  /** Kind and place of a name that has a meaning. */
  describe(name: string): NearName {
    const variable = this.variables.get(name);
    if (variable) {
      const { path, start } = variable.span;
      return { name, kind: variable.kind, path, line: positionAt(this.#sources.get(path) ?? "", start).line };
    }
    const kind = this.axes.has(name)
      ? "dimension"
      : this.groups.has(name)
        ? "group"
        : Object.hasOwn(FUNCTIONS, name)
          ? "function"
          : "built-in";
    return { name, kind, path: "", line: 0 };
  }

  /** Completes the diagnostics of the parser, which knows no names: what a product without sign may have meant. */
  completeProducts(diagnostics: DiagnosticList): void {
    diagnostics.complete("implicit-product", (data) => {
      const { joined } = data;
      const known = joined !== null && (this.variables.has(joined) || this.axes.has(joined));
      return known ? { ...data, declared: this.describe(joined) } : data;
    });
  }
}

/** Position of an element in a dimension, by name; -1 if it has none. */
export function elementPosition(dimension: Dimension, name: string): number {
  return positionsOf(dimension).byName.get(name) ?? -1;
}

/** Position of an element by name, or else by code; -1 if neither is known. */
export function elementByNameOrCode(dimension: Dimension, text: string): number {
  const { byName, byCode } = positionsOf(dimension);
  return byName.get(text) ?? byCode.get(text) ?? -1;
}

interface Positions {
  readonly byName: ReadonlyMap<string, number>;
  /** The first element that has the code. */
  readonly byCode: ReadonlyMap<string, number>;
}
const POSITIONS = new WeakMap<Dimension, Positions>();

function positionsOf(dimension: Dimension): Positions {
  let positions = POSITIONS.get(dimension);
  if (!positions) {
    const byName = new Map<string, number>();
    const byCode = new Map<string, number>();
    for (const [i, { name, code }] of dimension.elements.entries()) {
      byName.set(name, i);
      if (code !== null && !byCode.has(code)) byCode.set(code, i);
    }
    positions = { byName, byCode };
    POSITIONS.set(dimension, positions);
  }
  return positions;
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

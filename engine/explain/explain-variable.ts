/** Everything the model knows of one variable, as data. */

import { known } from "../diagnostics/known-name.ts";
import type { Title } from "../ensemble/catalog.ts";
import { planParameters } from "../ensemble/plan-parameters.ts";
import type { Program } from "../ir/program.ts";
import type { Axis, Model, Piece, Variable } from "../model/model.ts";
import { type CausalGraph, type CausalTree, causalGraph, causalTree, type Link } from "./links.ts";
import { feedbackLoops } from "./loops.ts";
import { machineAtStart, type Polarity, PolarityProbe } from "./polarity.ts";
import { printTerm } from "./print-term.ts";

/** One equation: for which elements it holds, as the author wrote it, and as the engine read it. */
export interface ExplainedEquation {
  readonly role: "equation" | "initial" | "inflow" | "outflow" | "sd" | "persistence" | "leave" | "return";
  readonly elements: string;
  readonly written: string;
  readonly read: string;
}

export interface SignedLoop {
  readonly names: readonly string[];
  /** Sign of the link from each name to the next, at the start of a run at central values. */
  readonly links: readonly Polarity[];
  /** `+` reinforcing, `-` balancing, `±` neither for all elements. */
  readonly sign: Polarity;
}

export interface Explanation {
  readonly name: string;
  readonly kind: Variable["kind"];
  readonly title: Title;
  readonly description: Title | null;
  readonly unit: string;
  readonly shape: readonly string[];
  readonly source: string | null;
  readonly grade: string | null;
  readonly note: Title | null;
  readonly equations: readonly ExplainedEquation[];
  readonly causes: CausalTree;
  readonly uses: CausalTree;
  readonly loops: readonly SignedLoop[];
}

/** Explains models; graphs and signs are computed once. */
export class Explainer {
  readonly #model: Model;
  readonly #graph: CausalGraph;
  readonly #probe: PolarityProbe;
  readonly #signs = new Map<string, Polarity>();

  constructor(model: Model, program: Program) {
    this.#model = model;
    this.#graph = causalGraph(model);
    const parameters = planParameters(model, program);
    const machine = machineAtStart(program, (memory) => {
      for (const p of parameters) memory.set(p.central, p.base);
      for (const l of program.levers) memory.set([l.initial, model.time.start, model.time.start, 0], l.set);
    });
    this.#probe = new PolarityProbe(program, machine);
  }

  /**
   * @param depth levels of the trees of causes and uses
   * @throws UsageError for a name that the model does not have
   */
  variable(name: string, depth = 2): Explanation {
    const names = this.#model.variables.map((v) => v.name);
    const variable = this.#model.variables.find((v) => v.name === known(name, names, "variable"))!;
    const { kind, title, description, unit, shape, source, grade, note } = variable;
    return {
      name,
      kind,
      title,
      description,
      unit,
      shape: shape.map((a) => a.name),
      source,
      grade,
      note,
      equations: equationsOf(variable),
      causes: causalTree(this.#graph, name, "into", depth),
      uses: causalTree(this.#graph, name, "outOf", depth),
      loops: this.loops().filter((l) => l.names.includes(name)),
    };
  }

  /** The feedback loops of the whole model, shortest first, with signs. */
  loops(): SignedLoop[] {
    return feedbackLoops(this.#graph).map(({ names }) => {
      const links = names.map((n, i) => this.#sign(n, names[(i + 1) % names.length]!));
      return { names, links, sign: product(links) };
    });
  }

  #sign(from: string, to: string): Polarity {
    const key = `${from}\n${to}`;
    let sign = this.#signs.get(key);
    if (sign === undefined) {
      const links = (this.#graph.into.get(to) ?? []).filter((l) => l.from === from);
      const link = links.find((l) => l.kind === "flow") ?? links.find((l) => l.kind === "equation");
      sign = link ? this.#probe.of(link satisfies Link) : "0";
      this.#signs.set(key, sign);
    }
    return sign;
  }
}

function product(links: readonly Polarity[]): Polarity {
  if (links.includes("0")) return "0";
  if (links.includes("±")) return "±";
  return links.filter((l) => l === "-").length % 2 === 0 ? "+" : "-";
}

function equationsOf(v: Variable): ExplainedEquation[] {
  const explain = (role: ExplainedEquation["role"], pieces: readonly Piece[]) =>
    pieces.map((p) => ({
      role,
      elements: boxName(p, v.shape),
      written: p.equation.source.text.trim().replace(/\s+/g, " "),
      read: printTerm(p.term),
    }));
  switch (v.kind) {
    case "stock":
      return [...explain("initial", v.initial), ...explain("inflow", v.inflows), ...explain("outflow", v.outflows)];
    case "flow":
    case "auxiliary":
      return explain("equation", v.pieces);
    case "noise":
      return Object.entries(v.terms).flatMap(([role, piece]) => explain(role as ExplainedEquation["role"], [piece]));
    default:
      return [];
  }
}

/** The elements that a piece holds for: `""` for all, else `kunming, 0..15`. */
export function boxName(piece: Piece, shape: readonly Axis[]): string {
  const parts = piece.axes.map((axis, i) => {
    const { elements } = shape[i]!.dimension;
    if (axis.from === 0 && axis.to === elements.length) return axis.name;
    const first = elements[axis.from]!.name;
    return axis.to - axis.from === 1 ? first : `${first}..${elements[axis.to - 1]!.name}`;
  });
  return piece.axes.every((a) => a.from === 0 && a.to === a.dimension.elements.length) ? "" : parts.join(", ");
}

/** Where the random processes of a model lie in a run: their states, innovations and updates. */

import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { CorrelationGroup, Model, Noise } from "../model/model.ts";
import { constant } from "./constant.ts";
import type { Graph } from "./graph.ts";
import { noiseUpdate } from "./lower-noise.ts";
import type { TermLowering } from "./lower-term.ts";
import type { Order } from "./order.ts";
import type { IrExpression, NoiseSlots, Statement } from "./program.ts";
import { movedTo, openedAxes, openShape } from "./whole-shape.ts";

/** The slots of every noise, and the statements that correlate innovations before they are used. */
export function lowerNoises(
  model: Model,
  graph: Graph,
  terms: TermLowering,
): { readonly slots: NoiseSlots[]; readonly correlate: Statement[] } {
  const noises = model.variables.filter((v) => v.kind === "noise");
  const raw = new Map(noises.map((n) => [n, graph.allocate(n.name, "hidden", n.size)]));
  const used = new Map(raw);
  const correlate = model.correlations.flatMap((group) => {
    for (const member of group.members) used.set(member, graph.allocate(member.name, "hidden", member.size));
    return correlated(group, raw, used);
  });
  const slots = noises.map((noise) => noiseSlots(noise, raw.get(noise)!, used.get(noise)!, graph, terms));
  return { slots, correlate };
}

/** `used = factor · raw` for the members of a group, by the lower triangle of the factor. */
function correlated(
  { members, factor }: CorrelationGroup,
  raw: ReadonlyMap<Noise, number>,
  used: ReadonlyMap<Noise, number>,
): Statement[] {
  return members.map((member, i) => {
    const base = used.get(member)!;
    const { scope, target } = openShape(base, member);
    const parts = members.slice(0, i + 1).map((other, j): IrExpression => {
      const load: IrExpression = { kind: "load", place: movedTo(target, base, raw.get(other)!) };
      return { kind: "binary", op: "multiply", left: constant(factor[i]![j]!), right: load };
    });
    const value = parts.reduce((sum, part): IrExpression => ({ kind: "binary", op: "add", left: sum, right: part }));
    return { kind: "assign", loops: scope.loops, target, value };
  });
}

function noiseSlots(noise: Noise, raw: number, innovation: number, graph: Graph, terms: TermLowering): NoiseSlots {
  const node = graph.nodeOf(noise)!;
  const base = graph.baseOf(noise);
  const { scope, target } = openShape(base, noise);
  const term = (name: string): IrExpression => {
    const piece = noise.terms[name]!;
    for (const [i, axis] of openedAxes(noise).entries()) scope.share(axis, piece.axes[i]!);
    return terms.lower(piece.term, scope, node);
  };
  const now: IrExpression = { kind: "load", place: target };
  const shock: IrExpression = { kind: "load", place: movedTo(target, base, innovation) };
  const value = noiseUpdate(noise, now, shock, term);
  const { name, process, size, initial, everySteps, firstStep, firstIndex } = noise;
  const update: Statement[] = [{ kind: "assign", loops: scope.loops, target, value }];
  const streams = streamNames(noise);
  return {
    name,
    streams,
    process,
    state: base,
    initial,
    innovation: raw,
    size,
    everySteps,
    firstStep,
    firstIndex,
    update,
  };
}

/** The name of each element's stream of random numbers: the noise's own, or with the element in brackets. */
function streamNames({ name, shape }: Noise): string[] {
  if (shape.length === 0) return [name];
  const elements = shape.reduce<string[]>(
    (names, axis) => names.flatMap((n) => axis.dimension.elements.map((e) => (n === "" ? e.name : `${n},${e.name}`))),
    [""],
  );
  return elements.map((e) => `${name}[${e}]`);
}

/** Whether `sd`, `persistence` and so on stay the same within a run; else a diagnostic. */
export function checkNoiseTerms(model: Model, graph: Graph, order: Order, diagnostics: DiagnosticList): boolean {
  let good = true;
  for (const noise of model.variables) {
    if (noise.kind !== "noise") continue;
    for (const read of graph.nodeOf(noise)!.reads) {
      if (!order.varies(read)) continue;
      const data = { name: noise.name, because: read.name, where: "noise" };
      diagnostics.add("not-constant-in-run", noise.span, data);
      good = false;
    }
  }
  return good;
}

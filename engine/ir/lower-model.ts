/** The checked model to the typed {@link Program}: slots, statements, causal order. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type {
  Identity,
  Lever,
  Model,
  ModelEvent,
  Noise,
  Parameter,
  Piece,
  Series,
  SeriesCell,
  Stock,
  Variable,
} from "../model/model.ts";
import type { AxisVariable, IndexTerm, Readable } from "../model/term.ts";
import { Graph, type Node } from "./graph.ts";
import { LoopScope, placeOf } from "./loop-scope.ts";
import { leverValue } from "./lower-lever.ts";
import { noiseUpdate } from "./lower-noise.ts";
import { constant, TermLowering } from "./lower-term.ts";
import { closure, type Order, orderNodes } from "./order.ts";
import type {
  Definition,
  EventBlock,
  IdentityBlock,
  IrExpression,
  LeverSlots,
  NoiseSlots,
  OutputSlots,
  Place,
  Program,
  Statement,
} from "./program.ts";

/** Most values of one run, with all hidden stocks and kept pasts. */
const MAX_SLOTS = 20_000_000;

const SLOT_KIND = {
  stock: "stock",
  flow: "flow",
  auxiliary: "auxiliary",
  parameter: "parameter",
  lever: "lever",
  series: "series",
  noise: "noise",
} as const;

/** Lowers a model; null where its equations go in a circle, which is then in `diagnostics`. */
export function lowerModel(model: Model, diagnostics: DiagnosticList): Program | null {
  const lowering = new ModelLowering(model, diagnostics);
  return lowering.run();
}

class ModelLowering {
  readonly #model: Model;
  readonly #diagnostics: DiagnosticList;
  readonly #graph = new Graph();
  readonly #terms = new TermLowering(this.#graph);
  readonly #levers: LeverSlots[] = [];
  readonly #nets: { stock: Stock; net: number }[] = [];

  constructor(model: Model, diagnostics: DiagnosticList) {
    this.#model = model;
    this.#diagnostics = diagnostics;
  }

  run(): Program | null {
    const { model } = this;
    for (const variable of model.variables) if (variable.kind !== "lookup") this.#declare(variable);
    for (const variable of model.variables) if (variable.kind !== "lookup") this.#define(variable);
    for (const variable of model.variables) if (variable.kind === "stock") this.#net(variable);
    const noise = this.#noise();
    const identities = model.identities.map((identity) => this.#identity(identity));
    const events = model.events.map((event) => this.#event(event));
    const order = orderNodes(this.#graph, this.#diagnostics);
    if (!order || !this.#checkNoiseTerms(order)) return null;
    const stocks = this.#nets.map(({ stock, net }) => ({
      name: stock.name,
      base: this.#graph.baseOf(stock),
      size: stock.size,
      net,
    }));
    stocks.push(...this.#graph.hiddenStocks);
    const outputs = this.#outputs(stocks);
    if (this.#graph.slotCount > MAX_SLOTS) {
      const data = { what: model.name, size: this.#graph.slotCount, limit: MAX_SLOTS };
      this.#diagnostics.add("model-too-large", null, data);
      return null;
    }
    const { time } = model;
    const step = order.step.map(definition);
    return {
      slotCount: this.#graph.slotCount,
      slots: this.#graph.slots,
      tables: this.#graph.tables,
      clock: {
        start: time.start,
        stepNumerator: time.step.numerator,
        stepDenominator: time.step.denominator,
        steps: time.steps,
        stepsPerSave: time.stepsPerSave,
      },
      method: model.method,
      levers: this.#levers,
      noise: noise.slots,
      correlate: noise.correlate,
      constants: order.constants.map(definition),
      initial: order.initial.map(definition),
      step,
      stage: order.step.some((n) => n.oncePerStep) ? step.filter((_, i) => !order.step[i]!.oncePerStep) : step,
      past: this.#graph.past,
      stocks,
      events: events.map((e) => this.#eventBlock(e, order)),
      identities,
      outputs,
    };
  }

  get model(): Model {
    return this.#model;
  }

  #declare(variable: Readable): void {
    const phase = variable.kind === "stock" ? "state" : variable.kind === "noise" ? "noise" : "computed";
    const equation =
      variable.kind === "stock"
        ? variable.initial[0]
        : variable.kind === "flow" || variable.kind === "auxiliary"
          ? variable.pieces[0]
          : null;
    const node =
      variable.kind === "parameter"
        ? null
        : this.#graph.node(variable.name, phase, variable.span, equation?.equation.source ?? null);
    this.#graph.declare(variable, SLOT_KIND[variable.kind], node);
  }

  #define(variable: Readable): void {
    const node = this.#graph.nodeOf(variable);
    if (!node) return;
    const base = this.#graph.baseOf(variable);
    switch (variable.kind) {
      case "flow":
      case "auxiliary":
        node.statements.push(...variable.pieces.map((p) => this.#assign(p, base, variable, node)));
        if (variable.starts) {
          const start = this.#graph.startNode(node, variable.starts[0]?.equation.source ?? null);
          start.statements.push(...variable.starts.map((p) => this.#assign(p, base, variable, start)));
        }
        break;
      case "stock":
        node.statements.push(...variable.initial.map((p) => this.#assign(p, base, variable, node)));
        break;
      case "lever":
        this.#lever(variable, base, node);
        break;
      case "series":
        this.#series(variable, base, node);
        break;
      case "noise":
      case "parameter":
        break;
    }
  }

  /** `target[shape] = piece`, over the piece's box. */
  #assign(piece: Piece, base: number, variable: Pick<Variable, "shape">, node: Node): Statement {
    const scope = new LoopScope();
    for (const axis of piece.axes) scope.open(axis);
    const target = wholePlace(
      base,
      piece.axes,
      variable.shape.map((a) => a.dimension.elements.length),
      scope,
    );
    const value = this.#terms.lower(piece.term, scope, node);
    const statement: Statement = { kind: "assign", loops: scope.loops, target, value };
    this.#graph.equations.set(statement, piece.equation.source);
    return statement;
  }

  /** The lever's value from the scenario's setting and the time, as the language defines it. */
  #lever(lever: Lever, base: number, node: Node): void {
    const at = this.#graph.allocate(lever.name, "lever", 4);
    this.#levers.push({ name: lever.name, initial: lever.initial, set: at, from: at + 1, to: at + 2, lag: at + 3 });
    node.readsTime = true;
    const value = leverValue(lever.initial, at);
    const { scope, target } = openShape(base, lever);
    node.statements.push({ kind: "assign", loops: scope.loops, target, value });
  }

  #series(series: Series, base: number, node: Node): void {
    node.readsTime = true;
    const { scope, target } = openShape(base, series);
    const read = (cells: readonly SeriesCell[]): IrExpression => {
      const first = this.#graph.tables.length;
      for (const { time, value } of cells) this.#graph.tables.push({ x: time, y: value, mode: series.interpolate });
      return {
        kind: "lookup",
        table: { ...target, base: target.base - base + first },
        x: { kind: "time" },
      };
    };
    const value = this.#curve(series, read);
    node.statements.push({ kind: "assign", loops: scope.loops, target, value });
  }

  /** The value of a series, with its uncertainty as `lookupTerm` has it for lookups. */
  #curve({ cells, uncertain }: Series, read: (cells: readonly SeriesCell[]) => IrExpression): IrExpression {
    const central = read(cells);
    if (!uncertain) return central;
    const parameter = this.#model.variables.find((v) => v.name === uncertain.parameter) as Parameter;
    const p: IrExpression = {
      kind: "load",
      place: { base: this.#graph.baseOf(parameter), terms: [], guards: [] },
    };
    const binary = (op: "add" | "subtract" | "multiply" | "greater", left: IrExpression, right: IrExpression) =>
      ({ kind: "binary", op, left, right }) as const;
    if (uncertain.kind === "factor") return binary("multiply", p, central);
    const [low, high] = [read(uncertain.low), read(uncertain.high)];
    return {
      kind: "select",
      condition: binary("greater", p, constant(0)),
      ifTrue: binary("add", central, binary("multiply", p, binary("subtract", high, central))),
      ifFalse: binary("add", central, binary("multiply", p, binary("subtract", central, low))),
    };
  }

  /** Net flow of a stock: inflows in the order written, less outflows in the order written. */
  #net(stock: Stock): void {
    const node = this.#graph.hiddenNode(stock);
    const net = this.#graph.allocate(stock.name, "hidden", stock.size);
    this.#nets.push({ stock, net });
    const parts = [...stock.inflows.map((p) => ({ p, sign: 1 })), ...stock.outflows.map((p) => ({ p, sign: -1 }))];
    const axes = stock.shape.map(
      (a): AxisVariable => ({ name: a.name, dimension: a.dimension, from: 0, to: a.dimension.elements.length }),
    );
    const scope = new LoopScope();
    for (const [i, axis] of axes.entries()) {
      const loop = scope.bind(axis);
      if (loop) scope.loops.push(loop);
      for (const { p } of parts) scope.share(axis, p.axes[i]!);
    }
    const target = wholePlace(
      net,
      axes,
      axes.map((a) => a.to),
      scope,
    );
    let value: IrExpression | null = null;
    for (const { p, sign } of parts) {
      const flow = this.#terms.lower(p.term, scope, node);
      if (value) value = { kind: "binary", op: sign > 0 ? "add" : "subtract", left: value, right: flow };
      else value = sign > 0 ? flow : { kind: "unary", op: "negate", operand: flow };
    }
    const change = stock.limit === "level" && value ? this.#limited(value, stock, net, target) : value;
    if (change !== value) node.reads.add(this.#graph.nodeOf(stock)!);
    node.statements.push({ kind: "assign", loops: scope.loops, target, value: change ?? constant(0) });
  }

  /** A net flow that takes no more than is there: at least -stock / time_step. */
  #limited(value: IrExpression, stock: Stock, net: number, target: Place): IrExpression {
    const { numerator, denominator } = this.#model.time.step;
    const level: IrExpression = {
      kind: "load",
      place: { ...target, base: target.base - net + this.#graph.baseOf(stock) },
    };
    const all: IrExpression = { kind: "binary", op: "divide", left: level, right: constant(numerator / denominator) };
    return { kind: "binary", op: "max", left: value, right: { kind: "unary", op: "negate", operand: all } };
  }

  #noise(): { slots: NoiseSlots[]; correlate: Statement[] } {
    const noises = this.#model.variables.filter((v) => v.kind === "noise");
    const raw = new Map(noises.map((n) => [n, this.#graph.allocate(n.name, "hidden", n.size)]));
    const used = new Map(raw);
    const correlate: Statement[] = [];
    for (const { members, factor } of this.#model.correlations) {
      for (const member of members) used.set(member, this.#graph.allocate(member.name, "hidden", member.size));
      for (const [i, member] of members.entries()) {
        const { scope, target } = openShape(used.get(member)!, member);
        const load = (n: Noise): IrExpression => ({
          kind: "load",
          place: { ...target, base: target.base - used.get(member)! + raw.get(n)! },
        });
        const value = members.slice(0, i + 1).reduce<IrExpression | null>((sum, other, j) => {
          const part: IrExpression = {
            kind: "binary",
            op: "multiply",
            left: constant(factor[i]![j]!),
            right: load(other),
          };
          return sum ? { kind: "binary", op: "add", left: sum, right: part } : part;
        }, null);
        correlate.push({ kind: "assign", loops: scope.loops, target, value: value! });
      }
    }
    const slots = noises.map((noise) => this.#noiseSlots(noise, raw.get(noise)!, used.get(noise)!));
    return { slots, correlate };
  }

  #noiseSlots(noise: Noise, raw: number, innovation: number): NoiseSlots {
    const node = this.#graph.nodeOf(noise)!;
    const base = this.#graph.baseOf(noise);
    const { scope, target } = openShape(base, noise);
    const term = (name: string): IrExpression => {
      const piece = noise.terms[name]!;
      for (const [i, axis] of openedAxes(noise).entries()) scope.share(axis, piece.axes[i]!);
      return this.#terms.lower(piece.term, scope, node);
    };
    const now: IrExpression = { kind: "load", place: target };
    const shock: IrExpression = { kind: "load", place: { ...target, base: target.base - base + innovation } };
    const value = noiseUpdate(noise, now, shock, term);
    const streams =
      noise.size === 1 && noise.shape.length === 0
        ? [noise.name]
        : elementNames(noise).map((e) => `${noise.name}[${e}]`);
    const { name, process, size, initial, everySteps, firstStep, firstIndex } = noise;
    const update: Statement[] = [{ kind: "assign", loops: scope.loops, target, value }];
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

  /** `sd`, `persistence` and so on must not change within a run. */
  #checkNoiseTerms(order: Order): boolean {
    let good = true;
    for (const noise of this.#model.variables) {
      if (noise.kind !== "noise") continue;
      for (const read of this.#graph.nodeOf(noise)!.reads) {
        if (!order.varies(read)) continue;
        const data = { name: noise.name, because: read.name, where: "noise" };
        this.#diagnostics.add("not-constant-in-run", noise.span, data);
        good = false;
      }
    }
    return good;
  }

  #identity(identity: Identity): IdentityBlock {
    const node = this.#graph.node(identity.name, "computed", null, null);
    const size = identity.shape.reduce((n, a) => n * a.dimension.elements.length, 1);
    const shaped = { ...identity, size };
    const side = (piece: Piece): number => {
      const base = this.#graph.allocate(identity.name, "hidden", size);
      node.statements.push(this.#assign(piece, base, shaped, node));
      return base;
    };
    const [left, right] = [side(identity.left), side(identity.right)];
    const scale = identity.scale ? side(identity.scale) : null;
    const residual = this.#graph.allocate(identity.name, "hidden", 1);
    const { scope, target } = openShape(left, shaped);
    const load = (base: number): IrExpression => ({
      kind: "load",
      place: { ...target, base: target.base - left + base },
    });
    const abs = (operand: IrExpression): IrExpression => ({ kind: "unary", op: "abs", operand });
    const difference = abs({ kind: "binary", op: "subtract", left: load(left), right: load(right) });
    const size0: IrExpression =
      scale === null ? { kind: "binary", op: "max", left: abs(load(left)), right: abs(load(right)) } : abs(load(scale));
    const value: IrExpression = {
      kind: "select",
      condition: { kind: "binary", op: "equal", left: difference, right: constant(0) },
      ifTrue: constant(0),
      ifFalse: { kind: "binary", op: "divide", left: difference, right: size0 },
    };
    const statements: Statement[] = [{ kind: "keep-maximum", loops: scope.loops, target: residual, value }];
    return { name: identity.name, tolerance: identity.tolerance, residual, statements };
  }

  /** New values go to slots of their own first, so that all of them see the state before the event. */
  #event(event: ModelEvent): { event: ModelEvent; node: Node; copies: Statement[] } {
    const node = this.#graph.looseNode(event.name);
    const copies: Statement[] = [];
    for (const set of event.sets) {
      const base = this.#graph.allocate(set.stock.name, "hidden", set.stock.size);
      node.statements.push(...set.pieces.map((p) => this.#assign(p, base, set.stock, node)));
      copies.push({ kind: "copy", from: base, to: this.#graph.baseOf(set.stock), size: set.stock.size });
    }
    return { event, node, copies };
  }

  #eventBlock(built: { event: ModelEvent; node: Node; copies: Statement[] }, order: Order): EventBlock {
    const computed = (n: Node) => [...n.reads].filter((r) => r.phase === "computed").flatMap(order.partsOf);
    const needed = closure(computed(built.node), computed);
    const before = order.step.filter((n) => needed.has(n)).map(definition);
    const own: Definition = {
      name: built.event.name,
      hidden: true,
      statements: [...built.node.statements, ...built.copies],
    };
    const { name, everySteps, firstStep } = built.event;
    return { name, everySteps, firstStep, definitions: [...before, own] };
  }

  #outputs(stocks: { name: string; base: number; size: number; net: number }[]): OutputSlots[] {
    return this.#model.variables.flatMap((variable): OutputSlots[] => {
      if (!variable.indicator || variable.kind === "lookup") return [];
      const base = this.#graph.baseOf(variable);
      const { name, size, indicator: reading } = variable;
      if (reading === "end") return [{ name, base, size, reading, integral: -1 }];
      const integral = this.#graph.allocate(name, "hidden", size);
      stocks.push({ name, base: integral, size, net: base });
      return [{ name, base, size, reading, integral }];
    });
  }
}

const definition = (node: Node): Definition => ({ name: node.name, hidden: node.hidden, statements: node.statements });

const AXES = new WeakMap<object, AxisVariable[]>();
/** One axis variable for each axis of a shape, over its whole length; the same ones at every call. */
function openedAxes(variable: { readonly shape: Variable["shape"] }): AxisVariable[] {
  let axes = AXES.get(variable.shape);
  if (!axes) {
    axes = variable.shape.map((a) => ({
      name: a.name,
      dimension: a.dimension,
      from: 0,
      to: a.dimension.elements.length,
    }));
    AXES.set(variable.shape, axes);
  }
  return axes;
}

/** Loops over a whole shape and the place that they run through. */
function openShape(base: number, variable: { readonly shape: Variable["shape"] }): { scope: LoopScope; target: Place } {
  const scope = new LoopScope();
  const axes = openedAxes(variable);
  for (const axis of axes) scope.open(axis);
  return {
    scope,
    target: wholePlace(
      base,
      axes,
      axes.map((a) => a.to),
      scope,
    ),
  };
}

function wholePlace(base: number, axes: readonly AxisVariable[], lengths: readonly number[], scope: LoopScope): Place {
  const index = axes.map((axis): IndexTerm => ({ kind: "axis", axis, offset: 0 }));
  return placeOf(base, index, lengths, scope)!;
}

function elementNames(noise: Noise): string[] {
  return noise.shape.reduce<string[]>(
    (names, axis) => names.flatMap((n) => axis.dimension.elements.map((e) => (n === "" ? e.name : `${n},${e.name}`))),
    [""],
  );
}

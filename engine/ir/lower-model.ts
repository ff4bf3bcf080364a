/** The checked model to the typed {@link Program}: slots, statements, causal order. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Lever, Model, ModelEvent, Piece, Stock } from "../model/model.ts";
import type { Readable } from "../model/term.ts";
import { checkWork } from "./check-work.ts";
import { Graph, type Node } from "./graph.ts";
import { lowerIdentity } from "./lower-identity.ts";
import { leverValue } from "./lower-lever.ts";
import { lowerNetFlow } from "./lower-net-flow.ts";
import { lowerSeries } from "./lower-series.ts";
import { TermLowering } from "./lower-term.ts";
import { checkNoiseTerms, lowerNoises } from "./noise-slots.ts";
import { closure, type Order, orderNodes } from "./order.ts";
import type { Definition, EventBlock, LeverSlots, OutputSlots, Program, Statement } from "./program.ts";
import { assignPiece, openShape, type Shaped } from "./whole-shape.ts";

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

  constructor(model: Model, diagnostics: DiagnosticList) {
    this.#model = model;
    this.#diagnostics = diagnostics;
  }

  run(): Program | null {
    const model = this.#model;
    for (const variable of model.variables) if (variable.kind !== "lookup") this.#declare(variable);
    for (const variable of model.variables) if (variable.kind !== "lookup") this.#define(variable);
    const nets = model.variables.filter((v) => v.kind === "stock").map((stock) => this.#net(stock));
    const noise = lowerNoises(model, this.#graph, this.#terms);
    const identities = model.identities.map((identity) => lowerIdentity(identity, this.#graph, this.#terms));
    const events = model.events.map((event) => this.#event(event));
    const order = orderNodes(this.#graph, this.#diagnostics);
    if (!order || !checkNoiseTerms(model, this.#graph, order, this.#diagnostics)) return null;
    if (!checkWork(order, this.#diagnostics)) return null;
    const stocks = [...nets, ...this.#graph.hiddenStocks];
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
      ahead: [],
      step,
      stage: order.step.some((n) => n.oncePerStep) ? step.filter((_, i) => !order.step[i]!.oncePerStep) : step,
      past: this.#graph.past,
      stocks,
      events: events.map((e) => this.#eventBlock(e, order)),
      identities,
      outputs,
    };
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
        lowerSeries(variable, base, node, this.#graph, this.#model);
        break;
      case "noise":
      case "parameter":
        break;
    }
  }

  #assign(piece: Piece, base: number, variable: Shaped, node: Node): Statement {
    return assignPiece(piece, base, variable, node, this.#graph, this.#terms);
  }

  #net(stock: Stock): { name: string; base: number; size: number; net: number } {
    const net = lowerNetFlow(stock, this.#graph, this.#terms, this.#model.time);
    return { name: stock.name, base: this.#graph.baseOf(stock), size: stock.size, net };
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

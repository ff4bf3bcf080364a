/**
 * Stocks that never fall below 0. What leaves such a stock within a step is at most what is there and what comes in: each outflow is
 * limited to what the ones before it leave, in the order in which they are written (XMILE 1.0, section 4.2). The flow itself has the limited
 * value, for whoever reads it.
 *
 * A flow that is no plain outflow of this one stock cannot be limited for its sake: where there is one, the change of the stock is
 * limited instead.
 */
import { add, constant, divide, larger, smaller, subtract } from "./build-term.ts";
import { withAxes } from "./map-term.ts";
import type { Computed, Piece, Stock, Variable } from "./model.ts";
import { type AxisVariable, forEachRead, type IndexTerm, type Term } from "./term.ts";

/** Limits what leaves the stocks that are declared so. @param timeStep length of a step */
export function limitOutflows(
  variables: readonly Variable[],
  isNonNegative: (name: string) => boolean,
  timeStep: number,
): void {
  const stocks = variables.filter((v) => v.kind === "stock");
  for (const stock of stocks) {
    if (!isNonNegative(stock.name)) continue;
    const flows = stock.outflows.map((piece) => plainFlow(piece, stock));
    const isOwn = (flow: Computed | null): flow is Computed =>
      flow !== null && flows.filter((f) => f === flow).length === 1 && sourcesOf(flow, stocks) === 1;
    if (flows.length === 0 || !flows.every(isOwn) || comesBack(flows, stock)) {
      stock.limit = "level";
      continue;
    }
    stock.limit = "outflows";
    for (const [i, flow] of flows.entries()) {
      flow.pieces = flow.pieces.map((piece) => limited(piece, stock, flows.slice(0, i), timeStep));
    }
  }
}

/** The flow that an outflow is, element by element; null where it is an expression. */
function plainFlow({ term, axes }: Piece, stock: Stock): Computed | null {
  if (term.kind !== "read" || term.variable.kind !== "flow") return null;
  const flow = term.variable;
  const isPlain =
    term.index.length === stock.shape.length &&
    term.index.every((index, i) => index.kind === "axis" && index.axis === axes[i] && index.offset === 0);
  return isPlain ? flow : null;
}

/** Of how many stocks a flow is an outflow. */
function sourcesOf(flow: Computed, stocks: readonly Stock[]): number {
  return stocks.filter((s) => s.outflows.some(({ term }) => reads(term, flow))).length;
}

function reads(term: Term, flow: Computed): boolean {
  let found = false;
  forEachRead(term, (variable) => {
    if (variable === flow) found = true;
  });
  return found;
}

/** Whether an inflow of the stock depends on one of its outflows, so that neither can be computed first. */
function comesBack(flows: readonly Computed[], stock: Stock): boolean {
  const seen = new Set<unknown>();
  const depends = (term: Term): boolean => {
    let found = false;
    forEachRead(term, (variable) => {
      if (found || seen.has(variable)) return;
      seen.add(variable);
      if ((flows as readonly unknown[]).includes(variable)) found = true;
      else if ("pieces" in variable) found ||= variable.pieces.some((p) => depends(p.term));
    });
    return found;
  };
  return stock.inflows.some(({ term }) => depends(term));
}

/** A piece of a flow, at most what is left: stock / time_step + inflows - outflows before it. */
function limited(piece: Piece, stock: Stock, before: readonly Computed[], timeStep: number): Piece {
  const index = piece.axes.map((axis): IndexTerm => ({ kind: "axis", axis, offset: 0 }));
  const level: Term = { kind: "read", variable: stock, index };
  const along = ({ term, axes }: Piece): Term =>
    withAxes(term, new Map(axes.map((axis, i): [AxisVariable, AxisVariable] => [axis, piece.axes[i]!])));
  let left: Term = divide(level, constant(timeStep));
  for (const inflow of stock.inflows) left = add(left, along(inflow));
  for (const flow of before) left = subtract(left, { kind: "read", variable: flow, index });
  return { ...piece, term: smaller(piece.term, larger(left, constant(0))) };
}

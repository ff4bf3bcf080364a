/** Warnings about what is declared and has no effect: flows of no stock, parameters that no equation uses. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Model, Piece } from "./model.ts";
import { forEachRead } from "./term.ts";

export function checkUse(model: Model, diagnostics: DiagnosticList): void {
  const read = new Set<string>();
  const attached = new Set<string>();
  const visit = (piece: Piece | null, into: Set<string>) => piece && forEachRead(piece.term, (v) => into.add(v.name));
  for (const variable of model.variables) {
    if (variable.kind === "stock") {
      for (const piece of variable.initial) visit(piece, read);
      for (const piece of [...variable.inflows, ...variable.outflows]) {
        visit(piece, read);
        visit(piece, attached);
      }
    } else if (variable.kind === "flow" || variable.kind === "auxiliary") {
      for (const piece of [...variable.pieces, ...(variable.starts ?? [])]) visit(piece, read);
    } else if (variable.kind === "series") {
      if (variable.uncertain) read.add(variable.uncertain.parameter);
    } else if (variable.kind === "noise") {
      for (const piece of Object.values(variable.terms)) visit(piece, read);
    }
  }
  for (const event of model.events) for (const set of event.sets) for (const piece of set.pieces) visit(piece, read);
  for (const identity of model.identities) {
    for (const piece of [identity.left, identity.right, identity.scale]) visit(piece, read);
  }
  for (const group of model.groups)
    for (const m of group.members) if (typeof m.weight !== "number") read.add(m.weight.name);
  for (const variable of model.variables) {
    if (variable.kind === "flow" && !attached.has(variable.name) && !feedsFlow(model, variable.name, attached)) {
      diagnostics.add("unattached-flow", variable.span, { name: variable.name });
    }
    if (variable.kind === "parameter" && !read.has(variable.name) && !variable.indicator) {
      diagnostics.add("unused-parameter", variable.span, { name: variable.name });
    }
  }
}

/** Whether a flow is a part of a flow that is attached to a stock. */
function feedsFlow(model: Model, name: string, attached: ReadonlySet<string>): boolean {
  return model.variables.some((v) => {
    if (v.kind !== "flow" || !attached.has(v.name)) return false;
    let reads = false;
    for (const piece of v.pieces) forEachRead(piece.term, (r) => (reads ||= r.name === name));
    return reads;
  });
}

/**
 * Flows that what they enter may hold back: a conveyor takes no more than its capacity and its inflow limit let in, and nothing while it
 * stands still (XMILE 1.0, section 4.2.1). Of several inflows the first ones have the right of way.
 */
import type { ForeignBody } from "./foreign-model.ts";
import type { VariableInfo } from "./variable-info.ts";

export type StockBody = Extract<ForeignBody, { kind: "stock" }>;

/** For each flow that may be held back, by key, the auxiliary that says how much of it may enter, and the key of the conveyor. */
export type HeldFlows = ReadonlyMap<string, { readonly limit: string; readonly by: string }>;

/** The limits of all conveyors; a limit is given a name before the flows that read it are translated. */
export function heldFlows(variables: Iterable<VariableInfo>, takeName: (text: string) => string): HeldFlows {
  const held = new Map<string, { limit: string; by: string }>();
  for (const { name, foreign } of variables) {
    const body = foreign.definitions[0]?.body;
    if (body?.kind !== "stock" || !holdsBack(body)) continue;
    for (const { key, text } of body.inflows) {
      if (!held.has(key)) held.set(key, { limit: takeName(`${name} room for ${text}`), by: foreign.name.key });
    }
  }
  return held;
}

export const holdsBack = ({ conveyor }: StockBody): boolean =>
  conveyor !== null && (conveyor.capacity !== null || conveyor.inflowLimit !== null || conveyor.arrest !== null);

/** Keys of the flows whose values follow from the stock that they leave: all outflows of a queue, the end of a conveyor and its leaks. */
export function drivenFlows(body: ForeignBody): string[] {
  if (body.kind !== "stock") return [];
  if (body.queue) return body.outflows.map((o) => o.key);
  if (!body.conveyor) return [];
  const leaks = body.conveyor.leaks.map((l) => l.flow.key);
  const exit = exitOf(body);
  return [...leaks, ...(exit ? [exit.key] : [])];
}

/** Keys of the flows that a stock which is no conveyor has; the others change no stock of ours, since slats move by equations. */
export function attachedFlows(variables: Iterable<VariableInfo>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { foreign } of variables)
    for (const { body } of foreign.definitions)
      if (body.kind === "stock" && !body.conveyor)
        for (const flow of [...body.inflows, ...body.outflows]) keys.add(flow.key);
  return keys;
}

/** The outflow at the end of a conveyor: its first that is no leak. */
export const exitOf = (body: StockBody) =>
  body.outflows.find((o) => !body.conveyor?.leaks.some((l) => l.flow.key === o.key));

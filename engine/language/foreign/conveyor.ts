/**
 * Conveyors (XMILE 1.0, section 4.2.1; isee's manual, "Conveyor computation"): what enters leaves a transit time later. The content lies in
 * slats, one a step: slat 1 leaves in this step, all others move up, and what enters lies down at the place of the transit time, which has
 * no more effect on it then. Inflows may be held back (held-flows.ts); a conveyor that is arrested does not move, leak or take in.
 */
import type { Expression } from "../equation.ts";
import { Belt } from "./belt.ts";
import { type AddedLeak, addLeaks, hasLinearLeaks } from "./conveyor-leaks.ts";
import type { ForeignConveyor, ForeignName } from "./foreign-model.ts";
import { exitOf, holdsBack, type StockBody } from "./held-flows.ts";
import type { VariableLayout } from "./variable-layout.ts";

/** Adds the slats of a conveyor, and what they say of its stock and of the flows that it drives. */
export function conveyorDocuments(layout: VariableLayout, body: StockBody, conveyor: ForeignConveyor): void {
  const definition = { subscripts: [], except: [], body, span: conveyor.span };
  const scope = layout.scopeOf(definition);
  if (!scope) return;
  const belt = new Belt(layout, body, conveyor, { definition, scope, owns: () => true });
  if (conveyor.discrete) belt.refuse("discrete", conveyor.span);
  if (!exitOf(body)) belt.refuse("no-exit", conveyor.span);
  if (belt.isTooLong) {
    const data = { what: belt.title, size: belt.size, limit: belt.limit };
    layout.context.t.context.diagnostics.add("model-too-large", conveyor.span, data);
    return;
  }
  const isRunning = runningOf(belt);
  const entered = hasLinearLeaks(conveyor) ? layout.context.takeName(`${layout.info.name} entered`) : null;
  const leaks = addLeaks(belt, entered, isRunning);
  const initial = belt.initial();
  addSlats(belt, leaks, entered, isRunning, initial);
  layout.context.add({
    kind: "auxiliary",
    ...layout.declaration(layout.info.name, belt.title, true),
    equations: [belt.everywhere(belt.sum(belt.slats))],
    // A transit time that depends on the content needs it before the slats are laid.
    initial: belt.steps === null ? [belt.everywhere(initial)] : null,
    nonNegative: false,
  });
  driveFlows(belt, leaks, isRunning);
  holdInflows(belt, leaks, isRunning);
}

/** Whether the belt moves; null where it always does. */
function runningOf(belt: Belt): Expression | null {
  const { conveyor, b } = belt;
  if (!conveyor.arrest) return null;
  return b.binary("==", belt.value(conveyor.arrest, "arrest"), b.number(0));
}

/** The place at which what enters lies down: that of the transit time, now or when it was sampled last. */
function lagOf(belt: Belt): Expression {
  const { b, conveyor, steps, size } = belt;
  if (steps !== null) return b.number(steps);
  const length = belt.value(conveyor.transit, "transit time");
  const sampled = conveyor.sample
    ? b.call("sample_if_true", b.binary("!=", belt.value(conveyor.sample, "sample"), b.number(0)), length, length)
    : length;
  const inSteps = b.call("round", b.divide(sampled, b.name("time_step")));
  return belt.shared("steps of transit", b.call("clip", inSteps, b.number(1), b.number(size)));
}

/** The slats, and beside them what lay on each when it entered. */
function addSlats(
  belt: Belt,
  leaks: readonly AddedLeak[],
  entered: string | null,
  isRunning: Expression | null,
  initial: Expression,
): void {
  const { b, steps } = belt;
  const lag = lagOf(belt);
  const next = b.add(b.name(belt.place), b.number(1));
  const position = b.call("position", b.name(belt.place));
  const inflows = inflowsOf(belt).map(({ name }) => belt.read(name));
  const inflow = b.joined("+", inflows, 0);
  const entering = (amount: Expression) => b.if(b.binary("==", position, lag), amount, b.number(0));
  const moved = (after: Expression, before: Expression, amount: Expression) => {
    const net = b.add(b.divide(b.subtract(after, before), b.name("time_step")), entering(amount));
    return isRunning ? b.if(isRunning, net, b.number(0)) : net;
  };
  // At the start the content lies evenly on the slats of the transit time then.
  const evenly = b.divide(initial, lag);
  const start = (amount: Expression) =>
    steps === null ? b.if(b.binary("<=", position, lag), amount, b.number(0)) : amount;
  belt.stockOnBelt(belt.slats, "slats", start(evenly), moved(left(belt, leaks, next), belt.at(belt.slats), inflow));
  if (entered === null) return;
  const share = (amount: Expression) => (steps === null ? b.divide(amount, lag) : amount);
  const net = moved(belt.at(entered, next), belt.at(entered), share(inflow));
  belt.stockOnBelt(entered, "entered", start(share(evenly)), net);
}

/** What is left on a slat when the leaks have taken theirs. */
const left = (belt: Belt, leaks: readonly AddedLeak[], place: Expression): Expression =>
  leaks.reduce<Expression>((rest, { lost }) => belt.b.subtract(rest, belt.at(lost, place)), belt.at(belt.slats, place));

function inflowsOf(belt: Belt): { readonly flow: ForeignName; readonly name: string }[] {
  const { t } = belt.layout.context;
  return belt.body.inflows.flatMap((flow) => {
    const variable = t.context.variables.get(flow.key);
    if (variable?.axes.length === belt.axes.length) return [{ flow, name: variable.name }];
    t.fail("foreign-flow", flow.span, { name: flow.text, stock: belt.title });
    return [];
  });
}

/** The flow at the end of the belt and the leaks. */
function driveFlows(belt: Belt, leaks: readonly AddedLeak[], isRunning: Expression | null): void {
  const { b, layout } = belt;
  const { t, held } = layout.context;
  const dt = b.name("time_step");
  const drive = ({ key, span, text }: ForeignName, amount: Expression) => {
    const variable = t.context.variables.get(key);
    if (held.has(key)) belt.refuse("held-exit", span);
    if (variable?.axes.length !== belt.axes.length) t.fail("foreign-flow", span, { name: text, stock: belt.title });
    else layout.context.drive(variable, belt.equation(b.divide(amount, dt)));
  };
  const exit = exitOf(belt.body);
  const last = left(belt, leaks, b.element("1"));
  if (exit) drive(exit, isRunning ? b.if(isRunning, last, b.number(0)) : last);
  for (const { flow, lost } of leaks) drive(flow, belt.sum(lost));
}

/** How much each inflow may bring: what is free after this step's outflows, no more than the inflow limit, less what those before it bring. */
function holdInflows(belt: Belt, leaks: readonly AddedLeak[], isRunning: Expression | null): void {
  const { b, conveyor, layout, body } = belt;
  if (!holdsBack(body)) return;
  const dt = b.name("time_step");
  const outflow = leaks.reduce<Expression>(
    (sum, { lost }) => b.add(sum, belt.sum(lost)),
    left(belt, leaks, b.element("1")),
  );
  const free = (capacity: Expression) =>
    b.divide(b.add(b.subtract(capacity, belt.read(layout.info.name)), outflow), dt);
  const limits = [
    ...(conveyor.capacity ? [free(belt.value(conveyor.capacity, "capacity"))] : []),
    ...(conveyor.inflowLimit ? [belt.value(conveyor.inflowLimit, "inflow limit")] : []),
  ];
  const [only] = limits;
  const all = limits.length > 1 ? b.call("min", ...limits) : (only ?? b.number(Number.MAX_VALUE));
  const room = belt.shared("room", isRunning ? b.if(isRunning, all, b.number(0)) : all);
  const before: Expression[] = [];
  for (const { flow, name } of inflowsOf(belt)) {
    const rest = before.reduce((sum, other) => b.subtract(sum, other), room);
    const { limit, by } = layout.context.held.get(flow.key)!;
    if (by !== layout.info.foreign.name.key) {
      belt.refuse("shared-inflow", flow.span);
      continue;
    }
    belt.define(limit, `room for ${flow.text}`, b.call("max", rest, b.number(0)));
    before.push(belt.read(name));
  }
}

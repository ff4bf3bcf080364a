/**
 * Leaks of conveyors (XMILE 1.0, section 4.3; isee's manual, "Leakage"). A linear leak takes a fraction of what entered, in equal parts over
 * the part of the belt that leaks; an exponential one takes a fraction of what is there, each time unit.
 */
import type { Expression } from "../equation.ts";
import type { Belt } from "./belt.ts";
import type { ForeignConveyor, ForeignExpression, ForeignName } from "./foreign-model.ts";

type Leak = ForeignConveyor["leaks"][number];

export interface AddedLeak {
  readonly flow: ForeignName;
  /** What each slat loses to it in a step. */
  readonly lost: string;
}

export const hasLinearLeaks = ({ leaks }: ForeignConveyor): boolean => leaks.some((l) => !l.exponential);

/**
 * Adds what the leaks take from each slat.
 *
 * @param entered the stock that holds, slat by slat, what entered; divided by the steps of its way where the transit time changes
 * @param isRunning whether the belt moves; null where it always does
 */
export function addLeaks(belt: Belt, entered: string | null, isRunning: Expression | null): AddedLeak[] {
  const { b } = belt;
  return belt.conveyor.leaks.map((leak) => {
    const fraction = belt.value(leak.fraction, `leak ${leak.flow.text}`);
    const zone = zoneOf(belt, leak);
    const slat = belt.at(belt.slats);
    const lost = leak.exponential
      ? b.multiply(b.multiply(slat, fraction), b.name("time_step"))
      : partOf(belt, b.multiply(fraction, belt.at(entered!)), zone.slats);
    const least = b.call("min", lost, slat);
    const inZone = zone.condition ? b.if(zone.condition, least, b.number(0)) : least;
    const value = isRunning ? b.if(isRunning, inZone, b.number(0)) : inZone;
    return { flow: leak.flow, lost: belt.auxiliaryOnBelt(`lost by ${leak.flow.text}`, value) };
  });
}

const partOf = ({ b, steps }: Belt, amount: Expression, slats: number): Expression =>
  steps === null ? amount : b.divide(amount, b.number(slats));

/** The slats that lie in the part of the belt that leaks, 0 being where material enters. */
function zoneOf(belt: Belt, leak: Leak): { readonly slats: number; readonly condition: Expression | null } {
  const { b, steps } = belt;
  const [from, to] = [zoneEnd(belt, leak.zone.from, 0), zoneEnd(belt, leak.zone.to, 1)];
  if (leak.integers) belt.refuse("integers", leak.fraction.span);
  if (steps === null) {
    // Where the transit time changes, one place is not the same part of the way for all that pass it.
    if (from > 0 || to < 1) belt.refuse("zone", leak.flow.span);
    return { slats: 1, condition: null };
  }
  const place = (k: number) =>
    b.divide(b.subtract(b.number(steps + k), b.call("position", b.name(belt.place))), b.number(steps));
  const condition = b.binary(
    "and",
    b.binary(">=", place(1e-9), b.number(from)),
    b.binary("<=", place(1 - 1e-9), b.number(to)),
  );
  const inside = Array.from({ length: steps }, (_, i) => i).filter(
    (i) => i / steps >= from - 1e-9 && (i + 1) / steps <= to + 1e-9,
  );
  return { slats: Math.max(inside.length, 1), condition };
}

function zoneEnd(belt: Belt, end: ForeignExpression | null, otherwise: number): number {
  if (!end) return otherwise;
  const value = belt.constant(end);
  if (value === null) belt.refuse("zone", end.span);
  return value ?? otherwise;
}

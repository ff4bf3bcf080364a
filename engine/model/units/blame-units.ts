/**
 * Which declaration is to blame where several tasks fail: if one variable in another unit would make two or more of them
 * right (less those that it would make wrong), that variable is reported once and they are not.
 */
import type { Variable } from "../model.ts";
import { firstUnit } from "./infer-units.ts";
import { divideUnits, equalUnits, multiplyUnits, type Unit } from "./unit.ts";
import { isWell, namesOf, type UnitChecker, type UnitFinding } from "./unit-checker.ts";
import type { UnitTask } from "./unit-tasks.ts";

export interface Blame {
  readonly variable: Variable;
  readonly declared: Unit;
  /** The unit that its uses need. */
  readonly needed: Unit;
  /** What it explains, in source order. */
  readonly explained: readonly UnitFinding[];
}

/** With more failing tasks than this, each is reported by itself. */
const MAX_ANALYSED = 80;

/** The one declaration that explains most of the failing tasks; null where none explains two. */
export function blameDeclaration(
  failing: readonly UnitFinding[],
  tasks: readonly UnitTask[],
  variables: ReadonlyMap<string, Variable>,
  checker: UnitChecker,
): Blame | null {
  if (failing.length < 2 || failing.length > MAX_ANALYSED) return null;
  const bad = new Set(failing.map((f) => f.task));
  let best: (Blame & { score: number }) | null = null;
  for (const { variable, declared, needed } of hypotheses(failing, variables, checker)) {
    const touched = tasks.filter((t) => namesOf(t).has(variable.name));
    const wellNow = checker.withUnits(variable, [needed], () => touched.filter((t) => isWell(checker.run(t))));
    const explained = failing.filter((f) => wellNow.includes(f.task));
    const broken = touched.filter((t) => !bad.has(t) && !wellNow.includes(t));
    const score = explained.length - broken.length;
    if (score >= 2 && score > (best?.score ?? 0)) best = { variable, declared, needed, explained, score };
  }
  return best;
}

interface Hypothesis {
  readonly variable: Variable;
  readonly declared: Unit;
  readonly needed: Unit;
}

/** Every variable of a failing task, in a unit that is larger or smaller by what the task lacks. */
function hypotheses(
  failing: readonly UnitFinding[],
  variables: ReadonlyMap<string, Variable>,
  checker: UnitChecker,
): Hypothesis[] {
  const list: Hypothesis[] = [];
  for (const { task, faults, mismatch } of failing) {
    const fault = faults.find((f) => f.kind === "mismatch");
    const pair = mismatch ?? fault;
    if (pair?.needed.kind !== "units" || pair.found.kind !== "units") continue;
    const ratio = divideUnits(firstUnit(pair.needed), firstUnit(pair.found));
    for (const name of namesOf(task)) {
      const variable = variables.get(name);
      const measure = variable ? checker.measureOf(variable) : null;
      // A variable that was blamed before is taken in two units already.
      if (!variable || measure?.kind !== "units" || measure.units.length > 1 || !checker.isDeclared(variable)) continue;
      const declared = measure.units[0]!;
      for (const needed of [multiplyUnits(declared, ratio), divideUnits(declared, ratio)]) {
        if (list.some((h) => h.variable === variable && equalUnits(h.needed, needed))) continue;
        list.push({ variable, declared, needed });
      }
    }
  }
  return list;
}

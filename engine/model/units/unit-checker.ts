/** Runs the tasks of a model: what each finds, given the declared units and those taken instead of wrong ones. */
import type { Lookup, Variable } from "../model.ts";
import type { DeclaredUnits } from "./declared-units.ts";
import { type LookupUse, type UnitFault, UnitInference, type UnitScope } from "./infer-units.ts";
import { commonMeasure, fits, type Measure, measureIn, UNKNOWN } from "./measure.ts";
import type { Unit } from "./unit.ts";
import type { UnitTask } from "./unit-tasks.ts";

/** What a task found: faults inside its expression, or a whole that does not fit. Neither if all is well. */
export interface UnitFinding {
  readonly task: UnitTask;
  readonly faults: readonly UnitFault[];
  readonly mismatch: { readonly needed: Measure; readonly found: Measure } | null;
  readonly lookupUses: readonly LookupUse[];
}

export class UnitChecker {
  readonly #declared: DeclaredUnits;
  readonly #overrides = new Map<Variable, Measure>();
  /** Units of variables that declare none, by their equations; unknown while they are being inferred. */
  readonly #inferred = new Map<Variable, Measure>();
  readonly #scope: UnitScope;

  constructor(declared: DeclaredUnits, variables: ReadonlyMap<string, Variable>) {
    this.#declared = declared;
    this.#scope = {
      variables,
      measureOf: this.measureOf,
      argumentUnit: (lookup: Lookup) => declared.ofArgument.get(lookup) ?? null,
      time: declared.time,
    };
  }

  readonly measureOf = (variable: Variable): Measure => {
    const override = this.#overrides.get(variable);
    if (override) return override;
    const declared = this.#declared.of.get(variable);
    if (declared?.kind === "unit") return measureIn(declared.unit);
    return declared?.kind === "missing" ? this.#inferredMeasure(variable) : UNKNOWN;
  };

  /** Whether the author wrote the variable's unit, readably. */
  isDeclared(variable: Variable): boolean {
    return this.#declared.of.get(variable)?.kind === "unit";
  }

  /** Runs `work` with a variable in one of these units. */
  withUnits<T>(variable: Variable, units: readonly Unit[], work: () => T): T {
    const before = this.#overrides.get(variable);
    this.takeUnits(variable, units);
    const result = work();
    if (before) this.#overrides.set(variable, before);
    else this.#overrides.delete(variable);
    return result;
  }

  /** Takes a variable in one of these units from now on. */
  takeUnits(variable: Variable, units: readonly Unit[]): void {
    this.#overrides.set(variable, { kind: "units", units, isDate: false });
  }

  #inferredMeasure(variable: Variable): Measure {
    const known = this.#inferred.get(variable);
    if (known) return known;
    this.#inferred.set(variable, UNKNOWN);
    const pieces = variable.kind === "stock" ? variable.initial : "pieces" in variable ? variable.pieces : [];
    const expression = pieces[0]?.equation.expression;
    const measure = expression ? new UnitInference(this.#scope).infer(expression) : UNKNOWN;
    const result = measure.kind === "units" ? measureIn(measure.units[0]!) : UNKNOWN;
    this.#inferred.set(variable, result);
    return result;
  }

  /** Whether a variable is taken in other units than it declares. */
  get hasTakenUnits(): boolean {
    return this.#overrides.size > 0;
  }

  run(task: UnitTask): UnitFinding {
    const inference = new UnitInference(this.#scope);
    const found = inference.infer(task.expression);
    const time = this.#declared.time ? measureIn(this.#declared.time) : UNKNOWN;
    const needed = task.other ? inference.infer(task.other) : task.needed(this.measureOf, time);
    const { faults, lookupUses } = inference;
    if (faults.length > 0) return { task, faults, mismatch: null, lookupUses };
    const isWell =
      task.role === "identity"
        ? commonMeasure(needed, found) !== null
        : needed.kind !== "units" || fits(found, needed.units);
    return { task, faults, mismatch: isWell ? null : { needed, found }, lookupUses };
  }
}

export const isWell = (finding: UnitFinding): boolean => finding.faults.length === 0 && finding.mismatch === null;

/** Names of the variables that a task reads, and the one that declares the unit it needs. */
export function namesOf(task: UnitTask): Set<string> {
  const names = new Set<string>(task.declaredBy ? [task.declaredBy.name] : []);
  for (const expression of [task.expression, task.other]) if (expression) namesIn(expression, names);
  return names;
}

/** Adds the names in an expression, subscripts left out. */
export function namesIn(expression: UnitTask["expression"], names: Set<string>): void {
  switch (expression.kind) {
    case "name":
    case "subscripted":
      names.add(expression.name);
      break;
    case "unary":
      namesIn(expression.operand, names);
      break;
    case "binary":
      namesIn(expression.left, names);
      namesIn(expression.right, names);
      break;
    case "call":
      names.add(expression.name);
      for (const argument of expression.arguments) namesIn(argument, names);
      break;
    case "number":
    case "text":
      break;
  }
}

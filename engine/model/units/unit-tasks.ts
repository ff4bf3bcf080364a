/** Every place of a model where two units must agree, one task each. */
import type { UnitMismatch } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Equation, Expression } from "../../language/equation.ts";
import type { Group, Identity, Model, ModelEvent, Noise, Parameter, Piece, Variable } from "../model.ts";
import { invertMeasure, type Measure, multiplyMeasures, PLAIN } from "./measure.ts";

/** The parts of a model that hold equations; what failed to resolve is left out. */
export type UnitModel = Pick<Model, "variables" | "events" | "identities" | "groups">;

export interface UnitTask {
  readonly role: UnitMismatch["role"];
  /** Variable, identity or group. */
  readonly name: string;
  readonly owner: string;
  readonly expression: Expression;
  /** Place of the whole equation, or of the name where there is none. */
  readonly span: Span;
  /** The unit that is needed; `other` is given for the two sides of an identity instead. */
  readonly needed: (measureOf: (variable: Variable) => Measure, time: Measure) => Measure;
  readonly other: Expression | null;
  /** The variable whose declaration gives the needed unit. */
  readonly declaredBy: Variable | null;
}

export function unitTasks(model: UnitModel): UnitTask[] {
  return [
    ...model.variables.flatMap(tasksOfVariable),
    ...model.events.flatMap(tasksOfEvent),
    ...model.identities.flatMap(tasksOfIdentity),
    ...model.groups.flatMap(tasksOfGroup),
  ];
}

/** The distinct equations of pieces: one that was cut into several boxes is checked once. */
const equationsOf = (pieces: readonly Piece[]): Equation[] => [...new Set(pieces.map((p) => p.equation))];

const unitOf =
  (variable: Variable): UnitTask["needed"] =>
  (measureOf) =>
    measureOf(variable);
const plain: UnitTask["needed"] = () => PLAIN;

function task(equation: Equation, rest: Pick<UnitTask, "role" | "name" | "needed"> & Partial<UnitTask>): UnitTask {
  const { expression } = equation;
  return { owner: "", other: null, declaredBy: null, ...rest, expression, span: expression.span };
}

function tasksOfVariable(variable: Variable): UnitTask[] {
  const { name } = variable;
  const needed = unitOf(variable);
  switch (variable.kind) {
    case "flow":
    case "auxiliary":
      return equationsOf([...variable.pieces, ...(variable.starts ?? [])]).map((e) =>
        task(e, { role: "equation", name, needed, declaredBy: variable }),
      );
    case "stock": {
      const perTime: UnitTask["needed"] = (measureOf, time) =>
        multiplyMeasures(measureOf(variable), invertMeasure(time));
      const flows = (role: "inflow" | "outflow", pieces: readonly Piece[]) =>
        equationsOf(pieces).map((e) =>
          task(e, { role, name: e.source.text, owner: name, needed: perTime, declaredBy: variable }),
        );
      return [
        ...equationsOf(variable.initial).map((e) => task(e, { role: "initial", name, needed, declaredBy: variable })),
        ...flows("inflow", variable.inflows),
        ...flows("outflow", variable.outflows),
      ];
    }
    case "noise":
      return tasksOfNoise(variable);
    default:
      return [];
  }
}

/** `sd` has the unit of the process; `persistence`, `leave` and `return` are plain. */
function tasksOfNoise(noise: Noise): UnitTask[] {
  return Object.entries(noise.terms).map(([name, { equation }]) => {
    const own = name === "sd";
    const needed = own ? unitOf(noise) : plain;
    return task(equation, { role: "noise", name, owner: noise.name, needed, declaredBy: own ? noise : null });
  });
}

function tasksOfEvent(event: ModelEvent): UnitTask[] {
  return event.sets.flatMap(({ stock, pieces }) =>
    equationsOf(pieces).map((e) =>
      task(e, { role: "event", name: stock.name, owner: event.name, needed: unitOf(stock), declaredBy: stock }),
    ),
  );
}

function tasksOfIdentity({ name, left, right, scale }: Identity): UnitTask[] {
  const sides = task(right.equation, { role: "identity", name, needed: plain, other: left.equation.expression });
  if (!scale) return [sides];
  // The scale is compared with the left side; a bare number is one in its unit.
  return [sides, task(scale.equation, { role: "scale", name, needed: plain, other: left.equation.expression })];
}

function tasksOfGroup(group: Group): UnitTask[] {
  const weights = group.members.map((m) => m.weight).filter((w): w is Parameter => typeof w !== "number");
  return [...new Set(weights)].map((weight) => ({
    role: "weight",
    name: weight.name,
    owner: group.name,
    expression: { kind: "name", name: weight.name, span: weight.span },
    span: weight.span,
    needed: plain,
    other: null,
    declaredBy: null,
  }));
}

/** What the runs of a model may differ in: its parameters as a run reads them, what draws give them, and what a scenario changes. */
import type { Program } from "../ir/program.ts";
import type { Distribution } from "../model/distribution.ts";
import type { Axis, Model, Parameter } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import type { CatalogInput, Title } from "./catalog.ts";
import { centralValues } from "./quantile.ts";

export interface PlanParameter {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  /** Values of a run at central values: the declared ones, else medians. */
  readonly central: Float64Array;
  readonly distribution: readonly Distribution[] | null;
  /** `name` or `name[element]` of each element. */
  readonly labels: readonly string[];
  /** Name of the random stream of each element: its label, or one name for all columns of a file of joint draws. */
  readonly streams: readonly string[];
  /** Length of the last dimension, over which shares of a Dirichlet distribution sum to one. */
  readonly lastLength: number;
  /** First column in `draws`, or -1 for a parameter that is not uncertain. */
  readonly column: number;
}

/** What a scenario changes. */
export interface PlanScenario {
  readonly name: string;
  /** One for each of the program's levers, in order. */
  readonly levers: readonly {
    readonly set: number;
    readonly from: number;
    readonly to: number;
    readonly lag: number;
  }[];
  /** Index of a parameter, and its fixed values or its other distribution. */
  readonly overrides: readonly {
    readonly parameter: number;
    readonly values: Float64Array | null;
    readonly distribution: readonly Distribution[] | null;
  }[];
}

/** `name` for a scalar, `name[kunming,urban]` for an element: the name of its column and, mostly, of its random stream. */
export function elementLabels(variable: Pick<Parameter, "name" | "shape">): string[] {
  if (variable.shape.length === 0) return [variable.name];
  return cellKeys(variable.shape).map((key) => `${variable.name}[${key.replaceAll("|", ",")}]`);
}

/** Labels of all uncertain numbers, in the order of the columns of `draws`. */
export function drawColumns(model: Model): string[] {
  return uncertainParameters(model).flatMap(elementLabels);
}

/** Titles and grades of the same numbers; an element's title stands behind that of its parameter. */
export function drawInputs(model: Model): CatalogInput[] {
  return uncertainParameters(model).flatMap(({ title, grade, shape }) =>
    elementTitles(shape).map((elements) => ({
      title: {
        en: [title.en, ...elements.map(({ en }) => en)].join(", "),
        zh: [title.zh, ...elements.map(({ zh }) => zh)].join("，"),
      },
      ...(grade !== null && { grade }),
    })),
  );
}

/** Titles of the elements of each cell, row-major. */
function elementTitles(shape: readonly Axis[]): Title[][] {
  return shape.reduce<Title[][]>(
    (cells, { dimension }) => cells.flatMap((cell) => dimension.elements.map(({ title }) => [...cell, title])),
    [[]],
  );
}

/** Parameters with a distribution of their own or in some scenario. */
function uncertainParameters(model: Model): Parameter[] {
  const overridden = new Set(
    model.scenarios.flatMap((s) => s.parameters.filter((p) => p.distribution).map((p) => p.parameter)),
  );
  return model.variables
    .filter((v) => v.kind === "parameter")
    .filter((p) => p.distribution !== null || overridden.has(p));
}

/** A parameter where a run reads it, with its values at central values. */
export interface CentralParameter extends Pick<PlanParameter, "name" | "base" | "central" | "lastLength"> {
  readonly parameter: Parameter;
}

/** Where each parameter lies and its central values. */
export function centralParameters(model: Model, program: Program): CentralParameter[] {
  const bases = new Map(program.slots.filter((s) => s.kind === "parameter").map((s) => [s.name, s.base]));
  return model.variables
    .filter((v) => v.kind === "parameter")
    .map((parameter) => {
      const lastLength = parameter.shape.at(-1)?.dimension.elements.length ?? 1;
      const central = parameter.values ?? centralValues(parameter.distribution!, lastLength);
      const { name } = parameter;
      return { parameter, name, base: bases.get(name)!, central, lastLength };
    });
}

/** The same with the streams of each. */
export function planParameters(model: Model, program: Program): PlanParameter[] {
  const uncertain = new Set(uncertainParameters(model));
  let next = 0;
  return centralParameters(model, program).map(({ parameter: p, name, base, central, lastLength }) => {
    const column = uncertain.has(p) ? next : -1;
    if (column >= 0) next += p.size;
    const { size, distribution } = p;
    const labels = elementLabels(p);
    const streams = p.sharedStream === null ? labels : labels.map(() => p.sharedStream!);
    return { name, base, size, central, distribution, labels, streams, lastLength, column };
  });
}

/** What a scenario changes, by the program's levers and the plan's parameters. */
export function planScenario(
  model: Model,
  program: Program,
  parameters: readonly Pick<PlanParameter, "name">[],
  name: string,
): PlanScenario {
  const scenario = model.scenarios.find((s) => s.name === name)!;
  const levers = program.levers.map((slots) => {
    const setting = scenario.levers.find((l) => l.lever.name === slots.name);
    if (!setting) return { set: slots.initial, from: model.time.start, to: model.time.start, lag: 0 };
    const { set, from, to, lag } = setting;
    return { set, from, to, lag };
  });
  const overrides = scenario.parameters.map(({ parameter, values, distribution }) => ({
    parameter: parameters.findIndex((p) => p.name === parameter.name),
    values,
    distribution,
  }));
  return { name, levers, overrides };
}

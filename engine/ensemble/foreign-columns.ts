/** The columns of a run of a foreign model, under the names that its file gives them. */
import { allKnown } from "../diagnostics/known-name.ts";
import { foreignKey } from "../language/foreign/foreign-key.ts";
import type { ForeignOrigin } from "../language/foreign/translate-model.ts";
import type { Model } from "../model/model.ts";
import type { Catalog } from "./catalog.ts";
import type { SimulatedColumn, Simulation } from "./simulate.ts";

/** The result as the file's own tool would show it: its names, the elements that it defines, the rows that it saves. */
export function inForeignNames(result: Simulation, model: Model, origin: ForeignOrigin): NamedTable {
  const variables = new Map(model.variables.map((v) => [v.name, v]));
  const rows = origin.savedSteps ?? result.times.map((_, i) => i);
  const columns = result.columns.filter((c) => !origin.absent.get(c.variable)?.has(c.key));
  return {
    times: rows.map((r) => result.times[r]!),
    columns: columns.map((column) => ({
      ...column,
      label: labelOf(column, variables.get(column.variable)!),
      values: Float64Array.from(rows, (r) => column.values[r]!),
    })),
  };
}

/** A run with a label for each column. */
export interface NamedTable {
  readonly times: readonly number[];
  readonly columns: readonly (SimulatedColumn & { readonly label: string })[];
}

/** The name in our language of a variable that is called as its file calls it; any other name stays. */
export function ownName(model: Model, name: string): string {
  if (model.variables.some((v) => v.name === name)) return name;
  const bare = name.replace(/\[.*$/su, "");
  const key = foreignKey(bare);
  const found = model.variables.find((v) => foreignKey(v.title.en) === key);
  return found ? found.name + name.slice(bare.length) : name;
}

/** The same for an indicator of results, whose English title is the name in the file of a model of another tool. */
export function ownIndicator({ indicators }: Pick<Catalog, "indicators">, name: string): string {
  if (indicators.some((i) => i.name === name)) return name;
  const key = foreignKey(name);
  return indicators.find((i) => foreignKey(i.title.en) === key)?.name ?? name;
}

/**
 * The names in our language of what a user calls as the file does.
 * @throws UsageError with the file's own names for those that are not there
 */
export function ownNames(model: Model, names: readonly string[], kind: "variable" | "parameter or lever"): string[] {
  const offered = model.variables.filter((v) => kind === "variable" || v.kind === "parameter" || v.kind === "lever");
  const own = names.map((name) => ownName(model, name));
  const bare = (name: string) => name.replace(/\[.*$/su, "");
  const unknown = names.filter((_, i) => !offered.some((v) => v.name === bare(own[i]!)));
  allKnown(
    unknown.map(bare),
    offered.map((v) => v.title.en),
    kind,
  );
  return own;
}

/** What a variable is called before users: for a model of another tool as its file calls it, else by its own name. */
export function shownNames(model: Model, origin: ForeignOrigin | null): (name: string) => string {
  if (!origin) return (name) => name;
  const titles = new Map(model.variables.map((v) => [v.name, v.title.en]));
  return (name) => titles.get(name) ?? name;
}

/** `Population[North,young]`: titles are the texts of the file. */
function labelOf({ key }: SimulatedColumn, variable: Model["variables"][number]): string {
  if (key === "") return variable.title.en;
  const elements = key.split("|").map((name, i) => {
    const { elements: all } = variable.shape[i]!.dimension;
    return all.find((e) => e.name === name)?.title.en ?? name;
  });
  return `${variable.title.en}[${elements.join(",")}]`;
}

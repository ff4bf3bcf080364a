/** The models that are timed. */
import { join } from "node:path";
import { loadModel } from "../cli/load-model.ts";
import { compileModel } from "../engine/compile.ts";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { type EnsemblePlan, planEnsemble } from "../engine/ensemble/plan.ts";
import type { Program } from "../engine/ir/program.ts";
import type { Model } from "../engine/model/model.ts";
import { syntheticModel } from "./synthetic-model.ts";

export interface BenchModel {
  readonly name: string;
  readonly model: Model;
  readonly program: Program;
}

export const folderOf = (name: string): string => join(import.meta.dirname, "..", "scenarios", name);

/** A model of scenarios/. @throws Error if it has errors */
export function shippedModel(name: string): BenchModel {
  const { model, program } = loadModel(folderOf(name));
  if (!model || !program) throw new Error(`${name} has errors; terrace check shows them`);
  return { name, model, program };
}

/** @param changes texts of the model to replace, each once */
export function synthetic(places: number, changes: readonly (readonly [string, string])[] = []): BenchModel {
  const text = changes.reduce((t, [from, to]) => t.replace(from, to), syntheticModel(places));
  const { model, program, diagnostics } = compileModel([{ path: "model.yaml", text }]);
  if (!model || !program) throw new Error(`the synthetic model is wrong: ${JSON.stringify(diagnostics)}`);
  return { name: `synthetic, ${places} ${places === 1 ? "place" : "places"}`, model, program };
}

/** An ensemble of a model, of one scenario unless it says more. */
export function planOf(
  { model, program }: Omit<BenchModel, "name">,
  options: { readonly draws: number; readonly blockDraws?: number; readonly scenarios?: number },
): EnsemblePlan {
  const { scenarios = 1, ...sizes } = options;
  const names = model.scenarios.slice(0, scenarios).map((s) => s.name);
  const catalog = buildCatalog(model, "bench", names.length === 0 ? undefined : names);
  return planEnsemble(model, program, catalog, { seed: 1, ...sizes });
}

/** Equations of a step: scalar stocks, flows and auxiliaries. */
export function equationsOf({ slots }: Program): number {
  const counted = new Set(["stock", "flow", "auxiliary"]);
  return slots.filter((s) => counted.has(s.kind)).reduce((n, s) => n + s.size, 0);
}

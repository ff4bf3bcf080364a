/** The model and the plan that a results folder came from, made again and held to what its manifest says. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Language, UsageError } from "../engine/diagnostics/diagnostic.ts";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { DESIGN_KINDS } from "../engine/ensemble/designs/design.ts";
import { type EnsemblePlan, planEnsemble } from "../engine/ensemble/plan.ts";
import type { ForeignOrigin } from "../engine/language/foreign/translate-model.ts";
import type { Model } from "../engine/model/model.ts";
import { readJsonFile } from "../output/results/json-file.ts";
import { type Manifest, manifestDifferences, readManifest } from "../output/results/manifest.ts";
import { ResultsError } from "../output/results/results-error.ts";
import { PROVENANCE_FILE } from "../output/results/results-folder.ts";
import { readDrawsFile } from "./draws-file.ts";
import { foreignOf } from "./foreign-files.ts";
import { openModel, usableModel } from "./load-model.ts";
import { NUMERICS_EDITIONS } from "./numerics-editions.ts";
import { openStart } from "./open-start.ts";
import { type StartFrom, startAt } from "./start-from.ts";

export interface PlanOfResults {
  readonly model: Model;
  /** Of a model of another tool: what its document does not say; else null. */
  readonly origin: ForeignOrigin | null;
  readonly plan: EnsemblePlan;
  readonly manifest: Manifest;
}

/**
 * @param path The model; default: where it was when the run was made.
 * @returns null if the model has errors, which are then written to standard error.
 * @throws ResultsError if the model, the numerics or the file of draws are not those of the results.
 */
export async function planOfResults(
  folder: string,
  path: string | undefined,
  language: Language,
): Promise<PlanOfResults | null> {
  const manifest = readManifest(folder);
  const provenance = existsSync(join(folder, PROVENANCE_FILE)) ? readJsonFile(join(folder, PROVENANCE_FILE)) : {};
  const where = path ?? provenance.model;
  if (typeof where !== "string" || !existsSync(where))
    throw new UsageError(`no such model: ${String(where)} (name it with --model)`);
  const files = Array.isArray(provenance.scenarioFiles) ? provenance.scenarioFiles.map(String) : [];
  const loaded = await openModel(where, files, foreignOf(provenance));
  const then = { numerics: manifest.numerics, model: manifest.model };
  const now = {
    numerics: NUMERICS_EDITIONS[loaded.model?.numerics ?? "exact"],
    model: { ...(manifest.model as object), hash: loaded.hash, files: loaded.inputs },
  };
  const differences = manifestDifferences(then, now);
  if (differences.length > 0) throw new ResultsError({ code: "other-model", path: folder, differences });
  const usable = await usableModel(loaded, language);
  if (!usable) return null;
  const { model, program } = usable;
  // Written by batchManifest.
  const { scenarios, quantiles, reference } = manifest as {
    readonly scenarios: readonly string[];
    readonly quantiles: readonly number[];
    readonly reference: string;
  };
  const catalog = buildCatalog(model, loaded.hash, scenarios, quantiles, reference);
  const given = givenDraws(manifest, provenance, catalog);
  const replications = Number(manifest.replications);
  const plan = planEnsemble(model, program, catalog, {
    seed: Number(manifest.seed),
    draws: Number(manifest.draws) / replications,
    design: DESIGN_KINDS.find((kind) => kind === manifest.design)!,
    replicates: Number(manifest.replicates),
    replications,
    blockDraws: Number(manifest.blockDraws),
    ...(given && { given }),
  });
  const start = startOfResults(manifest, provenance);
  return { model, origin: loaded.origin, plan: start ? startAt(plan, start) : plan, manifest };
}

/** The states that the runs went on from, from where they were. */
function startOfResults(manifest: Manifest, provenance: Manifest): StartFrom | null {
  const wanted = manifest.startFrom as { readonly time: number; readonly sha256: string } | undefined;
  if (!wanted) return null;
  const start = openStart(`${String(provenance.startFrom)}@${wanted.time}`);
  if (start.checkpoint.sha256 === wanted.sha256) return start;
  const differences = ["the states that the runs went on from have changed"];
  throw new ResultsError({ code: "other-model", path: start.folder, differences });
}

/** The file of draws that the run had, from where it was. */
function givenDraws(manifest: Manifest, provenance: Manifest, catalog: Parameters<typeof readDrawsFile>[1]) {
  const wanted = manifest.drawsFile as { readonly sha256: string } | null | undefined;
  if (!wanted) return null;
  const file = readDrawsFile(String(provenance.drawsFile), catalog);
  if (file.sha256 === wanted.sha256) return file.draws;
  throw new ResultsError({ code: "other-model", path: file.path, differences: ["the file of draws has changed"] });
}

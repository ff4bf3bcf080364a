/** The options of `run` that say how parameters are sampled, as the plan and the manifest need them. */
import type { Language } from "../engine/diagnostics/diagnostic.ts";
import type { DesignKind } from "../engine/ensemble/designs/design.ts";
import type { EnsembleOptions, EnsemblePlan } from "../engine/ensemble/plan.ts";
import { LEAST_REPLICATES } from "../engine/statistics/replicates.ts";
import { planSummary } from "../engine/statistics/summary-method.ts";
import type { DrawsInput } from "./draws-file.ts";

export interface DrawsArguments {
  /** Undefined: as many as the draws file has, else {@link DEFAULT_DRAWS}. */
  readonly draws: number | undefined;
  /** Default `monte-carlo`. */
  readonly design: DesignKind | undefined;
  /** Default 1, as that of replications. */
  readonly replicates: number | undefined;
  readonly replications: number | undefined;
  readonly drawsFile: string | undefined;
}

/** A power of two, so that a Sobol' sequence is balanced. */
export const DEFAULT_DRAWS = 1000;

/** The part of the plan's options that says how parameters are sampled. */
export function samplingOptions(options: DrawsArguments, file: DrawsInput | null): Omit<EnsembleOptions, "seed"> {
  const { design = "monte-carlo", replicates = 1, replications = 1 } = options;
  const draws = options.draws ?? file?.draws.rows ?? DEFAULT_DRAWS;
  return { draws, design, replicates, replications, ...(file && { given: file.draws }) };
}

/** What of the sampling determines the numbers, for the manifest. */
export function samplingManifest(plan: EnsemblePlan, file: DrawsInput | null): object {
  return {
    design: plan.design.kind,
    draws: plan.draws,
    replicates: plan.design.replicates,
    replications: plan.replications,
    drawsFile: file && { sha256: file.sha256, rows: file.draws.rows },
    monteCarloErrors: monteCarloErrors(plan),
  };
}

/** What the errors of a summary come from, or what they are worth. */
export type ErrorBasis = "independent" | "replicates" | "conservative" | "too small";

/**
 * What the summary's Monte Carlo errors are worth. Where they come from neither independent draws nor replicates, they are those of independent
 * draws: a stratified design makes most errors smaller than that, and several noise paths for each draw of the parameters make them larger.
 */
export function monteCarloErrors({ design, replications, catalog, draws }: EnsemblePlan): ErrorBasis {
  const hasReplicates = (catalog.replicates ?? 1) >= LEAST_REPLICATES;
  if (hasReplicates && planSummary(catalog, draws).method === "exact") return "replicates";
  if (replications > 1) return "too small";
  return design.kind === "monte-carlo" ? "independent" : "conservative";
}

/** A line for the user where a Sobol' sequence has a number of draws that leaves it uneven; else null. */
export function balanceNote({ design }: EnsemblePlan, language: Language): string | null {
  if (design.kind !== "sobol" || Number.isInteger(Math.log2(design.size))) return null;
  const near = 2 ** Math.ceil(Math.log2(design.size));
  return language === "zh"
    ? `Sobol' 序列在抽样数为 2 的幂时才均匀，例如 ${near}`
    : `a Sobol' sequence is even where the number of draws is a power of two, such as ${near}`;
}

/** A line for the user where the Monte Carlo errors are not what they are for independent draws; else null. */
export function errorsNote(plan: EnsemblePlan, language: Language): string | null {
  const worth = monteCarloErrors(plan);
  if (worth === "independent") return null;
  const zh = language === "zh";
  if (worth === "replicates") {
    return zh
      ? `蒙特卡洛误差由 ${plan.design.replicates} 次独立重复的离散计算`
      : `Monte Carlo errors are computed from the spread of the ${plan.design.replicates} replicates`;
  }
  // Replicates need all values, which a summary in histograms does not keep.
  const options = `--replicates 8${planSummary(plan.catalog, plan.draws).method === "exact" ? "" : " --exact-memory"}`;
  const hint = zh ? `；${options} 可由独立重复计算误差` : `; ${options} computes them from replicates`;
  if (worth === "conservative") {
    return zh
      ? `蒙特卡洛误差按独立抽样计算；所用设计的实际误差一般更小${hint}`
      : `Monte Carlo errors are computed as for independent draws; those of this design are mostly smaller${hint}`;
  }
  return zh
    ? `蒙特卡洛误差按独立抽样计算；每次参数抽样有多条随机路径时，实际误差更大${hint}`
    : `Monte Carlo errors are computed as for independent draws; with several noise paths a draw they are larger${hint}`;
}

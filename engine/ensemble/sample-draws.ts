/**
 * What the runs of a block are given: uniform numbers and values of every uncertain parameter, and the innovations of noises.
 *
 * Everything is a pure function of (seed, stream, draw, index), so any block can be sampled alone, by any worker.
 */
import type { NoiseSlots } from "../ir/program.ts";
import { normalQuantile, streamOf, uniform, type Words } from "../numerics/index.ts";
import type { EnsemblePlan } from "./plan.ts";
import { quantile } from "./quantile.ts";

/** The numbers of some consecutive draws, the same under every scenario. */
export interface SampledDraws {
  readonly first: number;
  readonly count: number;
  /** Uniform numbers in (0, 1), row-major [draw, column] with the catalog's `drawColumns`. */
  readonly uniforms: Float64Array;
  /** Values under the model's own distributions, [draw, column]. */
  readonly values: Float64Array;
}

/** Runs that are executed side by side: consecutive draws of one scenario. */
export interface RunGroup {
  /** Index into the plan's scenarios. */
  readonly scenario: number;
  /** First draw of the group, counted within the sampled draws. */
  readonly from: number;
  /** Number of draws; lanes beyond it repeat the last one. */
  readonly used: number;
}

export class DrawSampler {
  readonly #plan: EnsemblePlan;
  readonly #parameterStreams: readonly (readonly Words[])[];
  readonly #noiseStreams: ReadonlyMap<string, readonly Words[]>;

  constructor(plan: EnsemblePlan) {
    this.#plan = plan;
    this.#parameterStreams = plan.parameters.map((p) => (p.column < 0 ? [] : p.streams.map(streamOf)));
    this.#noiseStreams = new Map(plan.program.noise.map((n) => [n.name, n.streams.map(streamOf)]));
  }

  /** Samples the draws `first … first + count - 1`. */
  sample(first: number, count: number): SampledDraws {
    const { parameters, catalog, seed } = this.#plan;
    const columns = catalog.drawColumns.length;
    const uniforms = new Float64Array(count * columns);
    const values = new Float64Array(count * columns);
    for (const [p, parameter] of parameters.entries()) {
      if (parameter.column < 0) continue;
      for (const [e, stream] of this.#parameterStreams[p]!.entries()) {
        const distribution = parameter.distribution?.[e];
        for (let d = 0; d < count; d++) {
          const at = d * columns + parameter.column + e;
          const u = uniform(seed, stream, first + d, 0);
          uniforms[at] = u;
          values[at] = distribution ? quantile(distribution, u) : parameter.central[e]!;
        }
      }
    }
    return { first, count, uniforms, values };
  }

  /** Writes parameters and lever settings of a group's runs into the memory, [slot, lane]. */
  load(sampled: SampledDraws, group: RunGroup, memory: Float64Array, lanes: number): void {
    for (let lane = 0; lane < lanes; lane++) {
      this.#loadLane(sampled, group, memory, lanes, lane, Math.min(lane, group.used - 1));
    }
  }

  #loadLane(
    sampled: SampledDraws,
    group: RunGroup,
    memory: Float64Array,
    lanes: number,
    lane: number,
    draw: number,
  ): void {
    const { parameters, program, catalog, scenarios } = this.#plan;
    const { uniforms, values } = sampled;
    const scenario = scenarios[group.scenario]!;
    const row = (group.from + draw) * catalog.drawColumns.length;
    for (const p of parameters) {
      for (let e = 0; e < p.size; e++) {
        memory[(p.base + e) * lanes + lane] = p.column < 0 ? p.central[e]! : values[row + p.column + e]!;
      }
    }
    for (const { parameter, values: fixed, distribution } of scenario.overrides) {
      const p = parameters[parameter]!;
      for (let e = 0; e < p.size; e++) {
        memory[(p.base + e) * lanes + lane] = fixed
          ? fixed[e]!
          : quantile(distribution![e]!, uniforms[row + p.column + e]!);
      }
    }
    for (const [i, lever] of program.levers.entries()) {
      const setting = scenario.levers[i]!;
      memory[lever.set * lanes + lane] = setting.set;
      memory[lever.from * lanes + lane] = setting.from;
      memory[lever.to * lanes + lane] = setting.to;
      memory[lever.lag * lanes + lane] = setting.lag;
    }
  }

  /**
   * Fills `out` [element, lane] with the innovations of a noise for the period `index`: standard normal, or uniform on (0, 1)
   * for a Markov process. They are the same under every scenario and in every design.
   */
  innovations(
    noise: NoiseSlots,
    index: number,
    sampled: SampledDraws,
    group: RunGroup,
    out: Float64Array,
    lanes: number,
  ): void {
    const { seed } = this.#plan;
    const first = sampled.first + group.from;
    for (const [e, stream] of this.#noiseStreams.get(noise.name)!.entries()) {
      for (let l = 0; l < lanes; l++) {
        const u = uniform(seed, stream, first + Math.min(l, group.used - 1), index);
        out[e * lanes + l] = noise.process === "markov" ? u : normalQuantile(u);
      }
    }
  }
}

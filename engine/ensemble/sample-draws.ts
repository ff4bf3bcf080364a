/**
 * What the runs of a block are given: uniform numbers and values of every uncertain parameter, and the innovations of noises.
 *
 * Everything is a pure function of (seed, stream, draw, index), so any block can be sampled alone, by any worker.
 */
import { isUniform } from "../ir/lower-noise.ts";
import type { NoiseSlots } from "../ir/program.ts";
import type { Distribution } from "../model/distribution.ts";
import { normalQuantile, streamOf, uniform, type Words } from "../numerics/index.ts";
import { correlateNormal } from "./correlate.ts";
import { CorrelatedStrata } from "./correlated-strata.ts";
import { type Coordinate, type UniformSource, uniformSource } from "./designs/design.ts";
import type { EnsemblePlan } from "./plan.ts";
import type { PlanParameter } from "./plan-parameters.ts";
import { parameterValues } from "./quantile.ts";

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
  /** The source of each column's uniform numbers; columns that share a stream share the source. */
  readonly #sources: readonly UniformSource[];
  readonly #strata: CorrelatedStrata | null;
  readonly #noiseStreams: ReadonlyMap<string, readonly Words[]>;

  constructor(plan: EnsemblePlan) {
    const { design, seed } = plan;
    this.#plan = plan;
    const names = plan.parameters.flatMap((p) => (p.column < 0 ? [] : p.streams));
    const coordinates = new Map<string, Coordinate>();
    for (const name of names) {
      if (!coordinates.has(name)) coordinates.set(name, { seed, stream: streamOf(name), dimension: coordinates.size });
    }
    const sources = new Map([...coordinates].map(([name, at]) => [name, uniformSource(design, at)]));
    this.#sources = names.map((name) => sources.get(name)!);
    const stratified = design.kind === "latin-hypercube" && plan.correlations.length > 0;
    this.#strata = stratified
      ? new CorrelatedStrata(
          seed,
          design.size,
          plan.correlations,
          names.map((name) => coordinates.get(name)!.stream),
        )
      : null;
    this.#noiseStreams = new Map(plan.program.noise.map((n) => [n.name, n.streams.map(streamOf)]));
  }

  /** Samples the draws `first … first + count - 1`. */
  sample(first: number, count: number): SampledDraws {
    const uniforms = this.#uniforms(first, count);
    return { first, count, uniforms, values: this.#values(first, count, uniforms) };
  }

  /** Draws at uniform numbers that are chosen, [draw, column], before any correlation; `first` names their shocks. */
  at(uniforms: Float64Array, first: number): SampledDraws {
    const { correlations, catalog } = this.#plan;
    const columns = catalog.drawColumns.length;
    const correlated = uniforms.slice();
    const count = columns === 0 ? 0 : uniforms.length / columns;
    for (const group of correlations) {
      for (let d = 0; d < count; d++) correlateNormal(group, correlated, d * columns);
    }
    return { first, count, uniforms: correlated, values: this.#values(first, count, correlated) };
  }

  #uniforms(first: number, count: number): Float64Array {
    const { catalog, correlations, replications } = this.#plan;
    const columns = catalog.drawColumns.length;
    const uniforms = new Float64Array(count * columns);
    for (const [column, source] of this.#sources.entries()) {
      for (let d = 0; d < count; d++) uniforms[d * columns + column] = source(Math.floor((first + d) / replications));
    }
    for (const [g, group] of correlations.entries()) {
      for (let d = 0; d < count; d++) {
        if (this.#strata) this.#strata.fill(g, Math.floor((first + d) / replications), uniforms, d * columns);
        else correlateNormal(group, uniforms, d * columns);
      }
    }
    return uniforms;
  }

  #values(first: number, count: number, uniforms: Float64Array): Float64Array {
    const { parameters, catalog, given, replications } = this.#plan;
    const columns = catalog.drawColumns.length;
    const values = new Float64Array(count * columns);
    for (let d = 0; d < count; d++) {
      for (const p of parameters) {
        if (p.column < 0) continue;
        const from = d * columns + p.column;
        const out = values.subarray(from, from + p.size);
        if (p.distribution) parameterValues(p.distribution, p.lastLength, uniforms.subarray(from, from + p.size), out);
        else out.set(p.central);
      }
      if (!given) continue;
      const row = Math.floor((first + d) / replications) * given.columns.length;
      for (const [i, column] of given.columns.entries()) values[d * columns + column] = given.values[row + i]!;
    }
    return values;
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
      const overridden = fixed ?? this.#redrawn(p, distribution!, uniforms, row + p.column);
      for (let e = 0; e < p.size; e++) memory[(p.base + e) * lanes + lane] = overridden[e]!;
    }
    for (const [i, lever] of program.levers.entries()) {
      const setting = scenario.levers[i]!;
      memory[lever.set * lanes + lane] = setting.set;
      memory[lever.from * lanes + lane] = setting.from;
      memory[lever.to * lanes + lane] = setting.to;
      memory[lever.lag * lanes + lane] = setting.lag;
    }
  }

  /** Values under a scenario's own distribution, from the same uniform numbers. */
  #redrawn(
    p: PlanParameter,
    distribution: readonly Distribution[],
    uniforms: Float64Array,
    from: number,
  ): Float64Array {
    const out = new Float64Array(p.size);
    parameterValues(distribution, p.lastLength, uniforms.subarray(from, from + p.size), out);
    return out;
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
        out[e * lanes + l] = isUniform(noise) ? u : normalQuantile(u);
      }
    }
  }

  /** The innovations of one draw, [element]; see {@link innovations}. */
  innovationsOf(noise: NoiseSlots, index: number, draw: number, out: Float64Array): void {
    const sampled = { first: draw, count: 1, uniforms: NO_NUMBERS, values: NO_NUMBERS };
    this.innovations(noise, index, sampled, { scenario: 0, from: 0, used: 1 }, out, 1);
  }
}

const NO_NUMBERS = new Float64Array(0);

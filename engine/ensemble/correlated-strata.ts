/** Correlated columns of a Latin hypercube: their order depends on all draws of a replicate, so it is kept from block to block. */
import type { Words } from "../numerics/index.ts";
import { type CorrelatedColumns, correlateStrata } from "./correlate.ts";
import { latinStrata, withinStratum } from "./designs/latin-hypercube.ts";

export class CorrelatedStrata {
  readonly #seed: number;
  readonly #size: number;
  readonly #groups: readonly CorrelatedColumns[];
  readonly #streams: readonly Words[];
  #replicate = -1;
  /** [group][member][draw of the replicate] */
  #strata: (readonly Uint32Array[])[] = [];

  /** @param streams the random stream of each column */
  constructor(seed: number, size: number, groups: readonly CorrelatedColumns[], streams: readonly Words[]) {
    this.#seed = seed;
    this.#size = size;
    this.#groups = groups;
    this.#streams = streams;
  }

  /** Writes the correlated uniform numbers of a group for one draw; `row` is where the draw begins in `uniforms`. */
  fill(group: number, draw: number, uniforms: Float64Array, row: number): void {
    const size = this.#size;
    const replicate = Math.floor(draw / size);
    if (replicate !== this.#replicate) this.#prepare(replicate);
    const within = draw - replicate * size;
    const strata = this.#strata[group]!;
    for (const [i, column] of this.#groups[group]!.columns.entries()) {
      const place = withinStratum(this.#seed, this.#streams[column]!, replicate, size, within);
      uniforms[row + column] = (strata[i]![within]! + place) / size;
    }
  }

  #prepare(replicate: number): void {
    this.#strata = this.#groups.map(({ columns, factor }) => {
      const independent = columns.map((column) => {
        const stratum = latinStrata(this.#seed, this.#streams[column]!, replicate, this.#size);
        return Uint32Array.from({ length: this.#size }, (_, within) => stratum(within));
      });
      return correlateStrata(independent, factor);
    });
    this.#replicate = replicate;
  }
}

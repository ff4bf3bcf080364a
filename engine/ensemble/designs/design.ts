/**
 * Designs: how the uniform numbers of uncertain parameters are laid out over the draws. Shocks of noises are in every design
 * independent numbers of their own.
 */
import { UsageError } from "../../diagnostics/diagnostic.ts";
import { uniform, type Words } from "../../numerics/index.ts";
import { latinHypercube } from "./latin-hypercube.ts";
import { scrambledSobol } from "./sobol.ts";
import { SOBOL_DIMENSIONS } from "./sobol-directions.ts";

export const DESIGN_KINDS = ["monte-carlo", "latin-hypercube", "sobol"] as const;
export type DesignKind = (typeof DESIGN_KINDS)[number];

/**
 * A design over all parameter draws. A Latin hypercube and a Sobol' sequence are spread evenly over `size` draws; after those
 * the next replicate begins, with the same structure and other random numbers.
 */
export interface Design {
  readonly kind: DesignKind;
  /** Draws of one replicate. */
  readonly size: number;
  readonly replicates: number;
}

/** One number that a design spreads: the uniform numbers of one stream. */
export interface Coordinate {
  readonly seed: number;
  readonly stream: Words;
  /** Number of the coordinate among all; the dimension of a Sobol' sequence. */
  readonly dimension: number;
}

/** The uniform number in (0, 1) of a parameter draw. */
export type UniformSource = (draw: number) => number;

/** @throws UsageError for a size or a number of coordinates that the design cannot have. */
export function checkDesign({ kind, size, replicates }: Design, coordinates: number): void {
  if (!Number.isSafeInteger(replicates) || replicates < 1) throw new UsageError(`invalid replicates: ${replicates}`);
  if (!Number.isSafeInteger(size)) throw new UsageError(`draws are not a multiple of the ${replicates} replicates`);
  if (kind === "sobol" && coordinates > SOBOL_DIMENSIONS) {
    throw new UsageError(`too many uncertain numbers for sobol: ${coordinates} (at most ${SOBOL_DIMENSIONS})`);
  }
}

/** The uniform numbers of a coordinate under a design: a pure function of (seed, stream, draw). */
export function uniformSource({ kind, size }: Design, coordinate: Coordinate): UniformSource {
  const { seed, stream, dimension } = coordinate;
  switch (kind) {
    case "monte-carlo":
      return (draw) => uniform(seed, stream, draw, 0);
    case "latin-hypercube":
      return replicated(size, (replicate) => latinHypercube(seed, stream, replicate, size));
    case "sobol":
      return replicated(size, (replicate) => scrambledSobol(seed, stream, replicate, size, dimension));
  }
}

/** Keeps the prepared replicate that was asked for last, since draws come in order. */
function replicated(size: number, prepare: (replicate: number) => (within: number) => number): UniformSource {
  let current = -1;
  let source: (within: number) => number = () => Number.NaN;
  return (draw) => {
    const replicate = Math.floor(draw / size);
    if (replicate !== current) {
      source = prepare(replicate);
      current = replicate;
    }
    return source(draw - replicate * size);
  };
}

/**
 * What one block of draws yields: plain data, so that it crosses threads and is written to disk as it is.
 */

/** One run that went wrong; the run's identity is (scenario, draw). */
export interface RunFailure {
  /** Index into the catalog's scenarios. */
  readonly scenario: number;
  readonly draw: number;
  readonly code: "non-finite-value" | "identity-violated";
  /** First variable, in causal order, whose value is not finite; or the identity's name. */
  readonly variable: string;
  /** Key of the element, `""` for a scalar. */
  readonly key: string;
  /** Step number from the start, and the time it stands for. */
  readonly step: number;
  readonly time: number;
  /** What the value was: `NaN`, `Infinity`, `-Infinity`, or the residual. */
  readonly value: string;
}

/**
 * Results of all scenarios for the draws `firstDraw … firstDraw + draws - 1`.
 *
 * A block is the unit of work, of writing, of resuming and of reduction.
 */
export interface BlockResult {
  readonly block: number;
  readonly firstDraw: number;
  readonly draws: number;
  /**
   * One array a catalog table, row-major [indicator, scenario, draw, time, cell], so that a column of the Arrow table is
   * one contiguous range. NaN marks a value that a failed run does not have.
   */
  readonly tables: readonly Float64Array[];
  /** 1 where a run failed, row-major [scenario, draw]. A failed run has no part in any summary. */
  readonly failed: Uint8Array;
  readonly failures: readonly RunFailure[];
  /** Sampled values, row-major [draw, column] with the catalog's `drawColumns`. */
  readonly drawValues: Float64Array;
  /** The state of every run at the checkpoint, for each column of the catalog's `checkpoint` row-major [scenario, draw, element]. */
  readonly checkpoint?: readonly Float64Array[];
  /** Largest residual of each identity over all steps and runs of the block, as a share of its scale. */
  readonly identityResiduals: Float64Array;
}

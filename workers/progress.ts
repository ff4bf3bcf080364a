/** How far an ensemble is. */

export interface Progress {
  readonly blocks: number;
  readonly blocksDone: number;
  readonly runs: number;
  readonly runsDone: number;
  readonly runsFailed: number;
  /** Mean rate since the start. */
  readonly runsPerSecond: number;
  /** Time left at that rate. */
  readonly secondsLeft: number;
}

/** Counts what is done against a clock that starts now. */
export class ProgressMeter {
  readonly #blocks: number;
  readonly #runs: number;
  readonly #start = performance.now();
  #blocksDone = 0;
  #runsDone = 0;
  #runsFailed = 0;

  constructor(blocks: number, runs: number) {
    this.#blocks = blocks;
    this.#runs = runs;
  }

  /** Counts one block. */
  add(runs: number, failed: number): void {
    this.#blocksDone += 1;
    this.#runsDone += runs;
    this.#runsFailed += failed;
  }

  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  now(): Progress {
    const runsPerSecond = this.#runsDone / Math.max(this.seconds, 1e-9);
    return {
      blocks: this.#blocks,
      blocksDone: this.#blocksDone,
      runs: this.#runs,
      runsDone: this.#runsDone,
      runsFailed: this.#runsFailed,
      runsPerSecond,
      secondsLeft: this.#runsDone === 0 ? Number.POSITIVE_INFINITY : (this.#runs - this.#runsDone) / runsPerSecond,
    };
  }
}

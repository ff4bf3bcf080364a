/**
 * Shared memory through which workers take blocks: who has claimed which, and how far ahead of the writer they may run.
 *
 * Blocks are addressed by their position in the list of blocks to compute. A claim is one atomic exchange that takes the
 * position and records the worker, so a worker that dies at any moment leaves no claim unrecorded. Positions are
 * tried upwards from a hint, which never needs to be exact.
 */

const LIMIT = 0;
const STOPPED = 1;
const HINT = 2;
const CLAIMS = 3;

const UNCLAIMED = 0;
/** Above every position: nobody waits any more. */
const NO_LIMIT = 0x7fffffff;

export class ClaimBoard {
  /** To be handed to other threads, which make their own board of it. */
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  private constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /**
   * @param positions Number of blocks to compute.
   * @param limit Positions below it may be computed before anything is delivered.
   */
  static create(positions: number, limit: number): ClaimBoard {
    const board = new ClaimBoard(new SharedArrayBuffer((CLAIMS + positions) * Int32Array.BYTES_PER_ELEMENT));
    board.raiseLimit(limit);
    return board;
  }

  static from(buffer: SharedArrayBuffer): ClaimBoard {
    return new ClaimBoard(buffer);
  }

  /** Takes the next free position for a worker; nothing if all are taken. */
  claim(worker: number): number | undefined {
    const positions = this.#words.length - CLAIMS;
    for (let position = Atomics.load(this.#words, HINT); position < positions; position++) {
      const holder = Atomics.compareExchange(this.#words, CLAIMS + position, UNCLAIMED, worker + 1);
      if (holder !== UNCLAIMED) continue;
      Atomics.store(this.#words, HINT, position + 1);
      return position;
    }
    return undefined;
  }

  /** Positions that a worker has claimed. */
  claimedBy(worker: number): number[] {
    const claimed: number[] = [];
    for (let position = 0; position < this.#words.length - CLAIMS; position++) {
      if (Atomics.load(this.#words, CLAIMS + position) === worker + 1) claimed.push(position);
    }
    return claimed;
  }

  /** Blocks the thread until a position may be computed. Returns false if the work is stopped. */
  waitForTurn(position: number): boolean {
    for (;;) {
      const limit = Atomics.load(this.#words, LIMIT);
      if (Atomics.load(this.#words, STOPPED) !== 0) return false;
      if (position < limit) return true;
      Atomics.wait(this.#words, LIMIT, limit);
    }
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, STOPPED) !== 0;
  }

  /** Lets positions below `limit` be computed. */
  raiseLimit(limit: number): void {
    if (Atomics.load(this.#words, STOPPED) !== 0) return;
    Atomics.store(this.#words, LIMIT, limit);
    Atomics.notify(this.#words, LIMIT);
  }

  /** Ends the work: no more turns are given, and waiting threads wake. */
  stop(): void {
    Atomics.store(this.#words, STOPPED, 1);
    Atomics.store(this.#words, LIMIT, NO_LIMIT);
    Atomics.notify(this.#words, LIMIT);
  }
}

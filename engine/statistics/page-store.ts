/**
 * Room outside of the memory of the program for what a large summary does not have in work: the engine says when what is put there and
 * taken back, whoever runs it says where that is (a file, as a rule).
 */
import type { NumberArray } from "./summary-state.ts";

/** Pages by number. A page holds bytes from its start on, as many as have been written. */
export interface PageStore {
  /** Writes arrays one after the other, from the start of a page on. */
  write(page: number, arrays: readonly NumberArray[]): void;
  /** Reads into arrays what stands in a page from a byte on. */
  read(page: number, arrays: readonly NumberArray[], from?: number): void;
}

/** The pages of a summary. */
export interface SummaryPages {
  /** The knots of each contrast, written once. */
  readonly knots: PageStore;
  /** What digests say of each contrast, until it is added; slot after slot, see `BlockDigest`. */
  readonly digests: PageStore;
  /** What has been added up of each contrast. */
  readonly contrasts: PageStore;
}

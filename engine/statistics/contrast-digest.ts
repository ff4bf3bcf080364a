/** What a block adds to the cells of one contrast, in a buffer of its own, so that it is moved or put away as a whole. */
import type { PageStore } from "./page-store.ts";
import type { SummaryLayout } from "./summary-layout.ts";

/** One number a cell, and the bins. */
export interface ContrastDigest {
  readonly mean: Float64Array;
  readonly squares: Float64Array;
  /** Smallest and largest value; infinite where there is none. */
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;
  /** Draws above 0; for differences only. */
  readonly positive?: Float64Array;
  /**
   * Bin of each value, cell after cell; each has room for all draws of the block, and as many as count in the contrast. Those of a cell
   * whose values are all one number say nothing.
   */
  readonly bins: Uint8Array;
  /** Draws of the block. */
  readonly draws: number;
}

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
/** Numbers of a cell, its draws above 0 included. */
const NUMBERS = 5;

/** Bytes of a digest at most. */
export function contrastDigestBytes(contrastCells: number, draws: number): number {
  return contrastCells * (NUMBERS * NUMBER + draws);
}

/** The digest of a contrast in a buffer that has room for it, and the bytes that it takes there. */
function digestIn(
  buffer: ArrayBuffer,
  cells: number,
  draws: number,
  isDifference: boolean,
): { digest: ContrastDigest; bytes: Uint8Array } {
  let at = 0;
  const numbers = () => {
    const array = new Float64Array(buffer, at, cells);
    at += array.byteLength;
    return array;
  };
  const digest: ContrastDigest = {
    mean: numbers(),
    squares: numbers(),
    minimum: numbers(),
    maximum: numbers(),
    ...(isDifference && { positive: numbers() }),
    bins: new Uint8Array(buffer, at, cells * draws),
    draws,
  };
  return { digest, bytes: new Uint8Array(buffer, 0, at + cells * draws) };
}

/** The digests of the contrasts of a block: in a buffer each, or in the pages of a slot. */
export type DigestParts = readonly ArrayBuffer[] | { readonly slot: number };

/** Takes the digests of a block's contrasts down as they are made. */
export class DigestWriter {
  readonly #layout: SummaryLayout;
  readonly #pages: PageStore | undefined;
  /** The room for one after the other, if they go into pages. */
  #room = new ArrayBuffer(0);

  /** @param pages Where they go; default into buffers. */
  constructor(layout: SummaryLayout, pages: PageStore | undefined) {
    this.#layout = layout;
    this.#pages = pages;
  }

  /** Begins with a block. @param slot of the pages */
  begin(draws: number, slot: number): BlockParts {
    const { contrasts, contrastCells, scenarios } = this.#layout;
    const pages = this.#pages;
    const bytes = contrastDigestBytes(contrastCells, draws);
    if (pages && this.#room.byteLength < bytes) this.#room = new ArrayBuffer(bytes);
    const buffers: ArrayBuffer[] = [];
    return {
      parts: pages ? { slot } : buffers,
      write: (contrast, fill) => {
        const buffer = pages ? this.#room : new ArrayBuffer(bytes);
        const part = digestIn(buffer, contrastCells, draws, contrast >= scenarios);
        fill(part.digest);
        if (pages) pages.write(slot * contrasts.length + contrast, [part.bytes]);
        else buffers[contrast] = buffer;
      },
    };
  }
}

export interface BlockParts {
  /** All of them, when all have been written. */
  readonly parts: DigestParts;
  /** Writes that of a contrast. @param fill Sets every number of it. */
  write(contrast: number, fill: (digest: ContrastDigest) => void): void;
}

/** Gives the digests of a block's contrasts back. */
export class DigestReader {
  readonly #layout: SummaryLayout;
  readonly #pages: PageStore | undefined;
  #room = new ArrayBuffer(0);

  constructor(layout: SummaryLayout, pages: PageStore | undefined) {
    this.#layout = layout;
    this.#pages = pages;
  }

  /**
   * Shows the digest of a contrast, once: its memory is used again or given back. For a large model a block's are tens of megabytes,
   * and nobody knows when they would be collected.
   */
  read(parts: DigestParts, contrast: number, draws: number, use: (digest: ContrastDigest) => void): void {
    const { contrasts, contrastCells, scenarios } = this.#layout;
    const isDifference = contrast >= scenarios;
    if (!("slot" in parts)) {
      const buffer = parts[contrast]!;
      use(digestIn(buffer, contrastCells, draws, isDifference).digest);
      // A buffer that is moved into one without bytes is given back.
      buffer.transfer(0);
      return;
    }
    if (!this.#pages) throw new Error("a digest in pages, for a summary that has none");
    const bytes = contrastDigestBytes(contrastCells, draws);
    if (this.#room.byteLength < bytes) this.#room = new ArrayBuffer(bytes);
    const part = digestIn(this.#room, contrastCells, draws, isDifference);
    this.#pages.read(parts.slot * contrasts.length + contrast, [part.bytes]);
    use(part.digest);
  }
}

/** What the digest module and its users agree on: where it keeps what, in bytes of its memory, and the names of its functions. */
import { KNOTS } from "../bins.ts";

const NUMBER = Float64Array.BYTES_PER_ELEMENT;
/** Bytes of a vector, and of the knots of a cell. */
export const VECTOR = 16;
export const KNOTS_BYTES: number = KNOTS * NUMBER;
/** Cells in work at once. */
export const BATCH_CELLS = 4;
/** Draws of which the bins are found in one round; room for values and bins is a multiple of it. */
export const ROUND_DRAWS = 8;
/** Places for the edges between outer bins, a power of two; those beyond the last edge hold no number, and nothing reaches them. */
export const EDGE_PLACES = 32;

/** The rows that a run saves, and how many runs there are: all that the module's code depends on. */
export interface SavedShape {
  /** Draws of a block. */
  readonly draws: number;
  /** Runs that stand side by side in a row. */
  readonly lanes: number;
  /** Rows of a run, one for each save time. */
  readonly rows: number;
  /** Values of a row. */
  readonly cells: number;
  /** Cells of a contrast. */
  readonly contrastCells: number;
}

export interface DigestLayout {
  readonly draws: number;
  /** Draws for which there is room: whole rounds. */
  readonly roomDraws: number;
  readonly edges: number;
  readonly knotPairs: number;
  /** Places of draws, four bytes each. */
  readonly drawPlaces: number;
  /** Values of each of two pairs of cells, [draw][cell]. */
  readonly pairValues: readonly number[];
  /** Places of the cells of a contrast, four bytes each. */
  readonly cellPlaces: number;
  /** Cells that are handed in and out at once: what follows has room for so many. */
  readonly chunk: number;
  readonly knots: number;
  readonly mean: number;
  readonly squares: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly positive: number;
  readonly bins: number;
  readonly binStride: number;
  /** Saved values of the reference and of another scenario, [group of lanes][row][cell][lane]. */
  readonly values: readonly [number, number];
  readonly bytes: number;
  /** Bytes from the first draw's value of a cell to that of another draw. */
  placeOfDraw(draw: number): number;
  /** Bytes from the start of the values to those of the first draw. */
  placeOfCell(row: number, cell: number): number;
}

/** By how many bits a number is shifted to multiply it with a power of two. */
export const shiftFor = (power: number): number => 31 - Math.clz32(power);

const LINE = 64;
/** Few enough that knots, results and bins of a chunk stay in a processor's second cache. */
const CHUNK_CELLS = 512;

export function layOutDigest({ draws, lanes, rows, cells, contrastCells }: SavedShape): DigestLayout {
  let next = LINE;
  const room = (bytes: number): number => {
    const at = next;
    next += Math.ceil(bytes / LINE) * LINE;
    return at;
  };
  const roomDraws = Math.ceil(draws / ROUND_DRAWS) * ROUND_DRAWS;
  const groups = Math.ceil(draws / lanes);
  const groupBytes = rows * cells * lanes * NUMBER;
  const numbers = () => room(CHUNK_CELLS * NUMBER);
  return {
    draws,
    roomDraws,
    edges: room(EDGE_PLACES * NUMBER),
    knotPairs: room(KNOTS * VECTOR),
    drawPlaces: room(draws * 4),
    // Some draws are filled up by a whole round.
    pairValues: [0, 1].map(() => room((roomDraws + ROUND_DRAWS) * VECTOR)),
    cellPlaces: room((Math.ceil(contrastCells / BATCH_CELLS) + 1) * BATCH_CELLS * 4),
    chunk: CHUNK_CELLS,
    knots: room(CHUNK_CELLS * KNOTS_BYTES),
    mean: numbers(),
    squares: numbers(),
    minimum: numbers(),
    maximum: numbers(),
    positive: numbers(),
    binStride: roomDraws,
    bins: room(CHUNK_CELLS * roomDraws),
    values: [room(groups * groupBytes), room(groups * groupBytes)],
    bytes: next,
    placeOfDraw: (draw) => Math.floor(draw / lanes) * groupBytes + (draw % lanes) * NUMBER,
    placeOfCell: (row, cell) => (row * cells + cell) * lanes * NUMBER,
  };
}

export interface CellsForm {
  /** Whether the values of the reference are subtracted. */
  readonly isDifference: boolean;
  /** Whether all draws of a whole block count; else their places are looked up one by one. */
  readonly isWhole: boolean;
}

export const MEMORY_EXPORT = "memory";
export const cellsExport = ({ isDifference, isWhole }: CellsForm): string =>
  `${isDifference ? "differences" : "levels"}-${isWhole ? "whole" : "some"}`;

/** Whether the draws of a whole block stand in pairs beside each other. */
export const standInPairs = ({ draws, lanes }: SavedShape): boolean => draws % 2 === 0 && lanes % 2 === 0;

/**
 * Where each summarised number stands: contrasts × indicators × elements × save times, as one flat index.
 *
 * A *cell* of a summary is one (contrast, indicator, key, save time). Cells are numbered contrast by contrast, inside a
 * contrast table by table and indicator by indicator, then by key, then by time, so that a time series is contiguous.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";

/** What is summarised: the level of a scenario, or its difference from the reference scenario on the same draws. */
export interface Contrast {
  /** Index into the catalog's scenarios. */
  readonly scenario: number;
  /** Index of the scenario that is subtracted, or -1 for a level. */
  readonly reference: number;
}

/** The cells of one indicator inside a contrast. */
export interface IndicatorCells {
  readonly table: number;
  /** Position of the indicator inside its table. */
  readonly column: number;
  /** Index into the catalog's indicators. */
  readonly indicator: number;
  readonly keys: number;
  /** First cell, counted from the start of the contrast. */
  readonly offset: number;
}

export interface SummaryLayout {
  readonly scenarios: number;
  readonly times: number;
  /** Levels of all scenarios in catalog order, then the differences of all others from the reference. */
  readonly contrasts: readonly Contrast[];
  readonly indicators: readonly IndicatorCells[];
  /** Cells of one contrast. */
  readonly contrastCells: number;
  /** Cells of all contrasts. */
  readonly cells: number;
}

/**
 * The layout of the summaries of a catalog.
 * @throws Error if a table names an indicator, or the catalog a reference, that does not exist (a fault of the engine).
 */
export function layOutSummary(catalog: Catalog): SummaryLayout {
  const times = catalog.saveTimes.length;
  const reference = catalog.scenarios.findIndex((scenario) => scenario.name === catalog.reference);
  if (reference < 0) throw new Error(`catalog: the reference scenario "${catalog.reference}" is not in the catalog`);
  const levels = catalog.scenarios.map((_, scenario): Contrast => ({ scenario, reference: -1 }));
  const differences = levels
    .filter(({ scenario }) => scenario !== reference)
    .map(({ scenario }): Contrast => ({ scenario, reference }));

  const indicators: IndicatorCells[] = [];
  let offset = 0;
  for (const [table, { indicators: names, keys }] of catalog.tables.entries()) {
    for (const [column, name] of names.entries()) {
      const indicator = catalog.indicators.findIndex((candidate) => candidate.name === name);
      if (indicator < 0) throw new Error(`catalog: table ${table} names an unknown indicator "${name}"`);
      indicators.push({ table, column, indicator, keys: keys.length, offset });
      offset += keys.length * times;
    }
  }
  const contrasts = [...levels, ...differences];
  return {
    scenarios: catalog.scenarios.length,
    times,
    contrasts,
    indicators,
    contrastCells: offset,
    cells: offset * contrasts.length,
  };
}

/** Draws of a block, counted inside it, that have a part in a contrast: those that failed on neither side. */
export function drawsOfContrast(block: BlockResult, contrast: Contrast): Int32Array {
  const kept = new Int32Array(block.draws);
  let n = 0;
  for (let draw = 0; draw < block.draws; draw++) {
    if (block.failed[contrast.scenario * block.draws + draw] !== 0) continue;
    if (contrast.reference >= 0 && block.failed[contrast.reference * block.draws + draw] !== 0) continue;
    kept[n++] = draw;
  }
  return kept.subarray(0, n);
}

/**
 * Copies the values of one cell in the given draws of a block to `out`, from `start` on.
 * @param key Position of the element's key inside the indicator.
 * @param time Position of the save time.
 * @param draws Draws inside the block, as {@link drawsOfContrast} returns them.
 */
export function gatherCell(
  layout: SummaryLayout,
  block: BlockResult,
  contrast: Contrast,
  cells: IndicatorCells,
  key: number,
  time: number,
  draws: Int32Array,
  out: Float64Array,
  start: number,
): void {
  const values = block.tables[cells.table]!;
  const rowLength = layout.times * cells.keys;
  const inRow = time * cells.keys + key;
  const from = (cells.column * layout.scenarios + contrast.scenario) * block.draws * rowLength + inRow;
  if (contrast.reference < 0) {
    for (let i = 0; i < draws.length; i++) out[start + i] = values[from + draws[i]! * rowLength]!;
    return;
  }
  const less = (cells.column * layout.scenarios + contrast.reference) * block.draws * rowLength + inRow;
  for (let i = 0; i < draws.length; i++) {
    const row = draws[i]! * rowLength;
    out[start + i] = values[from + row]! - values[less + row]!;
  }
}

/**
 * Calls `visit` once for every cell of the layout, in cell order, with the values that a block adds to it.
 *
 * The array handed to `visit` is used again for the next cell; only its first `n` entries count.
 */
export function forEachCell(
  layout: SummaryLayout,
  block: BlockResult,
  visit: (cell: number, values: Float64Array, n: number) => void,
): void {
  for (const [position, contrast] of layout.contrasts.entries()) {
    const first = position * layout.contrastCells;
    forEachCellOf(layout, block, contrast, drawsOfContrast(block, contrast), (cell, values, n) =>
      visit(first + cell, values, n),
    );
  }
}

/**
 * The same for one contrast, with cells counted from its start.
 * @param draws Draws inside the block, as {@link drawsOfContrast} returns them.
 */
export function forEachCellOf(
  layout: SummaryLayout,
  block: BlockResult,
  contrast: Contrast,
  draws: Int32Array,
  visit: (cell: number, values: Float64Array, n: number) => void,
): void {
  const values = new Float64Array(block.draws);
  for (const cells of layout.indicators) {
    let cell = cells.offset;
    for (let key = 0; key < cells.keys; key++) {
      for (let time = 0; time < layout.times; time++, cell++) {
        gatherCell(layout, block, contrast, cells, key, time, draws, values, 0);
        visit(cell, values, draws.length);
      }
    }
  }
}

/**
 * Holds a block to its contract before it is summarised.
 * @throws Error if an array has the wrong length, or if a run that is not marked as failed has a value that is not finite:
 *   a summary never drops a value unseen.
 */
export function checkBlock(layout: SummaryLayout, catalog: Catalog, block: BlockResult): void {
  const where = `block ${block.block}`;
  if (block.tables.length !== catalog.tables.length || block.failed.length !== layout.scenarios * block.draws) {
    throw new Error(`${where}: its arrays do not have the sizes that the catalog gives`);
  }
  for (const [table, values] of block.tables.entries()) {
    const { indicators, keys, name } = catalog.tables[table]!;
    const rowLength = layout.times * keys.length;
    if (values.length !== indicators.length * layout.scenarios * block.draws * rowLength) {
      throw new Error(`${where}: table "${name}" does not have the size that the catalog gives`);
    }
    const runs = layout.scenarios * block.draws;
    for (let row = 0, at = 0; row < indicators.length * runs; row++, at += rowLength) {
      const run = row % runs;
      if (block.failed[run] !== 0) continue;
      for (let i = at; i < at + rowLength; i++) {
        const value = values[i]!;
        // x - x is 0 for every finite x and NaN for all others.
        if (value - value !== 0) {
          const scenario = catalog.scenarios[Math.floor(run / block.draws)]!.name;
          const draw = block.firstDraw + (run % block.draws);
          throw notFinite(block.block, scenario, draw, indicators[Math.floor(row / runs)]!, value);
        }
      }
    }
  }
}

/** A run that is not marked as failed has a value that is not finite: a fault of the engine. */
export function notFinite(block: number, scenario: string, draw: number, indicator: string, value: number): Error {
  return new Error(
    `block ${block}: scenario "${scenario}", draw ${draw}: "${indicator}" is ${value}, but the run is not marked as failed`,
  );
}

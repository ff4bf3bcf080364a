/** `runs/<table>.arrow`: every run of the ensemble, one table for the indicators of one shape, one record batch a block. */
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog, CatalogIndicator, CatalogTable } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import {
  type Column,
  type ColumnNote,
  type ColumnValues,
  integerColumn,
  nameColumn,
  namePositions,
  numberColumn,
  TableShape,
} from "./columns.ts";
import { KEEP_ALL, type Keep, keptDraws } from "./keep.ts";

/** Rows run through scenario, draw, save time and cell, the last varying fastest. */
export class RunsTable {
  readonly shape: TableShape;
  readonly #catalog: Catalog;
  readonly #table: number;
  readonly #layout: CatalogTable;
  readonly #keep: Keep;
  /** Positions, inside the table, of the indicators that are kept. */
  readonly #kept: readonly number[];
  readonly #scenario: Column;
  readonly #dimensions: readonly Column[];
  /** Columns that are the same for every block with the same number of draws. */
  #repeated: RepeatedColumns | undefined;

  constructor(catalog: Catalog, table: number, note: ColumnNote, keep: Keep = KEEP_ALL) {
    const layout = catalog.tables[table]!;
    this.#catalog = catalog;
    this.#table = table;
    this.#layout = layout;
    this.#keep = keep;
    this.#kept = keptIndicators(keep, layout);
    const scenarioNames = catalog.scenarios.map((scenario) => scenario.name);
    this.#scenario = nameColumn("scenario", 0, scenarioNames);
    this.#dimensions = columnNames(layout).map((name, i) => dimensionColumn(catalog, layout.shape[i]!, name, i + 1));
    const columns = [
      this.#scenario,
      integerColumn("draw"),
      numberColumn("time", { unit: catalog.time.unit }),
      ...this.#dimensions,
      ...this.#kept.map((i) => {
        const name = layout.indicators[i]!;
        return numberColumn(name, indicatorNote(findIndicator(catalog, name)));
      }),
    ];
    this.shape = new TableShape(`runs/${layout.name}`, columns, note);
  }

  /** The rows of one block, those of the draws that are kept. The block's arrays are only read. */
  batch(block: BlockResult): RecordBatch {
    const scenarios = this.#catalog.scenarios.length;
    const rowsOfDraw = this.#catalog.saveTimes.length * this.#layout.keys.length;
    const kept = keptDraws(this.#keep, block.firstDraw, block.draws);
    const draws = kept?.length ?? block.draws;
    const rows = scenarios * draws * rowsOfDraw;
    const draw = new Int32Array(rows);
    for (let row = 0, run = 0; row < rows; row += rowsOfDraw, run++) {
      const inBlock = kept === null ? run % draws : kept[run % draws]!;
      draw.fill(block.firstDraw + inBlock, row, row + rowsOfDraw);
    }
    const values = block.tables[this.#table]!;
    const length = scenarios * block.draws * rowsOfDraw;
    const indicators = this.#kept.map((i) => {
      const column = values.subarray(i * length, (i + 1) * length);
      return kept === null ? column : pickDraws(column, kept, scenarios, block.draws, rowsOfDraw);
    });
    const { scenario, time, dimensions } = this.#repeatedColumns(draws);
    return this.shape.batch(rows, [scenario, draw, time, ...dimensions, ...indicators]);
  }

  #repeatedColumns(draws: number): RepeatedColumns {
    if (this.#repeated?.draws === draws) return this.#repeated;
    const { saveTimes, scenarios } = this.#catalog;
    const cells = this.#layout.keys.length;
    const rowsOfScenario = draws * saveTimes.length * cells;
    const rows = scenarios.length * rowsOfScenario;
    const scenario = namePositions(this.#scenario, rows);
    for (let i = 0; i < scenarios.length; i++) scenario.fill(i, i * rowsOfScenario, (i + 1) * rowsOfScenario);
    const time = new Float64Array(rows);
    for (let row = 0; row < rows; row++) time[row] = saveTimes[Math.floor(row / cells) % saveTimes.length]!;
    // Cells are row-major over the dimensions: the position in a dimension changes every `stride` cells.
    let stride = cells;
    const dimensions = this.#dimensions.map((column, i) => {
      const length = dimensionLength(this.#catalog, this.#layout.shape[i]!);
      stride /= length;
      const positions = namePositions(column, rows);
      for (let row = 0; row < rows; row++) positions[row] = Math.floor(row / stride) % length;
      return positions;
    });
    this.#repeated = { draws, scenario, time, dimensions };
    return this.#repeated;
  }
}

/** Positions of the indicators of a table that are kept. */
export function keptIndicators(keep: Keep, { indicators }: CatalogTable): number[] {
  if (keep.kind === "summary") return [];
  return [...indicators.keys()].filter((i) => keep.kind !== "indicators" || keep.names.includes(indicators[i]!));
}

/** The values of some draws of a column, row-major [scenario, draw, …]. */
function pickDraws(
  column: Float64Array,
  kept: Int32Array,
  scenarios: number,
  draws: number,
  rowsOfDraw: number,
): Float64Array {
  const picked = new Float64Array(scenarios * kept.length * rowsOfDraw);
  for (let scenario = 0, to = 0; scenario < scenarios; scenario++) {
    for (const draw of kept) {
      const from = (scenario * draws + draw) * rowsOfDraw;
      picked.set(column.subarray(from, from + rowsOfDraw), to);
      to += rowsOfDraw;
    }
  }
  return picked;
}

interface RepeatedColumns {
  readonly draws: number;
  readonly scenario: ColumnValues;
  readonly time: Float64Array;
  readonly dimensions: readonly ColumnValues[];
}

function findDimension(catalog: Catalog, name: string): Catalog["dimensions"][number] {
  const dimension = catalog.dimensions.find((candidate) => candidate.name === name);
  if (dimension === undefined) throw new Error(`catalog: a table names an unknown dimension "${name}"`);
  return dimension;
}

function dimensionLength(catalog: Catalog, name: string): number {
  return findDimension(catalog, name).elements.length;
}

/**
 * Names of the columns of elements: those of the dimensions, and where a dimension stands twice the names by which the model
 * tells its places apart (`origin`, `destination`), of which the table's name is made.
 */
function columnNames({ name, shape }: CatalogTable): readonly string[] {
  return new Set(shape).size === shape.length ? shape : name.split("-");
}

function dimensionColumn(catalog: Catalog, dimensionName: string, name: string, id: number): Column {
  const dimension = findDimension(catalog, dimensionName);
  const names = dimension.elements.map((element) => element.name);
  return nameColumn(name, id, names, { title: dimension.title });
}

function findIndicator(catalog: Catalog, name: string): CatalogIndicator {
  const indicator = catalog.indicators.find((candidate) => candidate.name === name);
  if (indicator === undefined) throw new Error(`catalog: a table names an unknown indicator "${name}"`);
  return indicator;
}

function indicatorNote({ unit, title, reading }: CatalogIndicator): ColumnNote {
  return { unit, title, reading };
}

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

/** Rows run through scenario, draw, save time and cell, the last varying fastest. */
export class RunsTable {
  readonly shape: TableShape;
  readonly #catalog: Catalog;
  readonly #table: number;
  readonly #layout: CatalogTable;
  readonly #scenario: Column;
  readonly #dimensions: readonly Column[];
  /** Columns that are the same for every block with the same number of draws. */
  #repeated: RepeatedColumns | undefined;

  constructor(catalog: Catalog, table: number, note: ColumnNote) {
    const layout = catalog.tables[table]!;
    this.#catalog = catalog;
    this.#table = table;
    this.#layout = layout;
    const scenarioNames = catalog.scenarios.map((scenario) => scenario.name);
    this.#scenario = nameColumn("scenario", 0, scenarioNames);
    this.#dimensions = layout.shape.map((name, i) => dimensionColumn(catalog, name, i + 1));
    const columns = [
      this.#scenario,
      integerColumn("draw"),
      numberColumn("time", { unit: catalog.time.unit }),
      ...this.#dimensions,
      ...layout.indicators.map((name) => numberColumn(name, indicatorNote(findIndicator(catalog, name)))),
    ];
    this.shape = new TableShape(`runs/${layout.name}`, columns, note);
  }

  /** The rows of one block. The block's arrays are only read. */
  batch(block: BlockResult): RecordBatch {
    const scenarios = this.#catalog.scenarios.length;
    const rowsOfDraw = this.#catalog.saveTimes.length * this.#layout.keys.length;
    const rows = scenarios * block.draws * rowsOfDraw;
    const draw = new Int32Array(rows);
    for (let row = 0, run = 0; row < rows; row += rowsOfDraw, run++) {
      draw.fill(block.firstDraw + (run % block.draws), row, row + rowsOfDraw);
    }
    const values = block.tables[this.#table]!;
    const indicators = this.#layout.indicators.map((_, i) => values.subarray(i * rows, (i + 1) * rows));
    const { scenario, time, dimensions } = this.#repeatedColumns(block.draws);
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

function dimensionColumn(catalog: Catalog, name: string, id: number): Column {
  const dimension = findDimension(catalog, name);
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

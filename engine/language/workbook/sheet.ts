/** A workbook as the readers of `.xlsx`, `.xls` and text tables give it: cells by place, and named areas. */

/** A number, a text, or nothing; a date is its serial number, a formula its stored result. */
export type Cell = number | string | null;

/** Rows and columns count from 0. */
export interface Area {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Workbook {
  /** The sheet of a name, whatever its case; null where there is none. */
  sheet(name: string): Sheet | null;
  readonly sheetNames: readonly string[];
  /** The named area, on the given sheet if several have the name; null where there is none. */
  area(name: string, sheet: string): Area | null;
}

/** Why bytes are no workbook that can be read. */
export type WorkbookProblem = "not-a-workbook" | "encrypted" | "old-format" | "too-large" | "damaged";

export class WorkbookFault extends Error {
  readonly problem: WorkbookProblem;
  readonly detail: string;

  constructor(problem: WorkbookProblem, detail: string) {
    super(`${problem}: ${detail}`);
    this.problem = problem;
    this.detail = detail;
  }
}

/** Most cells of one sheet that are kept, and most columns and rows that a place may name (those of Excel). */
export const MAX_CELLS = 4_000_000;
export const MAX_COLUMNS = 16_384;
export const MAX_ROWS = 1_048_576;
/** Most bytes of a file, and of one of its parts after unpacking. */
export const MAX_BYTES = 64_000_000;

/** Cells of one sheet, kept sparsely: an empty sheet with one far cell costs one cell. */
export class Sheet {
  readonly name: string;
  readonly #cells = new Map<number, number | string>();
  #rows = 0;
  #columns = 0;

  constructor(name: string) {
    this.name = name;
  }

  set(row: number, column: number, value: Cell): void {
    if (value === null || value === "") return;
    if (!(row >= 0 && row < MAX_ROWS && column >= 0 && column < MAX_COLUMNS)) {
      throw new WorkbookFault("damaged", `a cell in row ${row + 1}, column ${column + 1}`);
    }
    this.#cells.set(row * MAX_COLUMNS + column, value);
    if (this.#cells.size > MAX_CELLS) throw new WorkbookFault("too-large", `more than ${MAX_CELLS} cells in a sheet`);
    this.#rows = Math.max(this.#rows, row + 1);
    this.#columns = Math.max(this.#columns, column + 1);
  }

  cell(row: number, column: number): Cell {
    return this.#cells.get(row * MAX_COLUMNS + column) ?? null;
  }

  /** How far the cells reach. */
  get rows(): number {
    return this.#rows;
  }

  get columns(): number {
    return this.#columns;
  }
}

/** A workbook of sheets and named areas in memory. */
export function workbookOf(sheets: readonly Sheet[], areas: readonly { name: string; area: Area }[]): Workbook {
  const fold = (text: string) => text.normalize("NFC").toLowerCase();
  return {
    sheetNames: sheets.map((sheet) => sheet.name),
    sheet: (name) => sheets.find((sheet) => fold(sheet.name) === fold(name)) ?? null,
    area: (name, sheet) => {
      const found = areas.filter((entry) => fold(entry.name) === fold(name)).map((entry) => entry.area);
      return found.find((area) => fold(area.sheet) === fold(sheet)) ?? found[0] ?? null;
    },
  };
}

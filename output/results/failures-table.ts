/** `failures.arrow`: one row for each run that went wrong. */
import type { BlockResult, RunFailure } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, nameColumn, numberColumn, TableShape, textColumn } from "./columns.ts";

const CODES: readonly RunFailure["code"][] = ["non-finite-value", "identity-violated"];

export class FailuresTable {
  readonly shape: TableShape;
  readonly #drawColumns: readonly string[];

  constructor(catalog: Catalog, note: ColumnNote) {
    this.#drawColumns = catalog.drawColumns;
    const scenarioNames = catalog.scenarios.map((scenario) => scenario.name);
    const columns = [
      nameColumn("scenario", 0, scenarioNames),
      integerColumn("draw"),
      nameColumn("code", 1, CODES),
      textColumn("variable"),
      textColumn("element"),
      integerColumn("step"),
      numberColumn("time", { unit: catalog.time.unit }),
      textColumn("value"),
      textColumn("parameters"),
    ];
    this.shape = new TableShape("failures", columns, note);
  }

  /** The failures of a block, in its order; null where there are none, as in most blocks. */
  batch(block: BlockResult): RecordBatch | null {
    const { failures } = block;
    if (failures.length === 0) return null;
    return this.shape.batch(failures.length, [
      Int32Array.from(failures, (failure) => failure.scenario),
      Int32Array.from(failures, (failure) => failure.draw),
      Int32Array.from(failures, (failure) => CODES.indexOf(failure.code)),
      failures.map((failure) => failure.variable),
      failures.map((failure) => failure.key),
      Int32Array.from(failures, (failure) => failure.step),
      Float64Array.from(failures, (failure) => failure.time),
      failures.map((failure) => failure.value),
      failures.map((failure) => this.#parameters(block, failure.draw)),
    ]);
  }

  /** The drawn values as a JSON object, by the names of the columns of `draws.arrow`. */
  #parameters({ firstDraw, drawValues }: BlockResult, draw: number): string {
    const from = (draw - firstDraw) * this.#drawColumns.length;
    return JSON.stringify(Object.fromEntries(this.#drawColumns.map((name, i) => [name, drawValues[from + i]])));
  }
}

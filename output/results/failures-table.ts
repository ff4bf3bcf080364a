/** `failures.arrow`: one row for each run that went wrong. */
import type { BlockResult, RunFailure } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, nameColumn, numberColumn, TableShape, textColumn } from "./columns.ts";

const CODES: readonly RunFailure["code"][] = ["non-finite-value", "identity-violated"];

export class FailuresTable {
  readonly shape: TableShape;

  constructor(catalog: Catalog, note: ColumnNote) {
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
    ];
    this.shape = new TableShape("failures", columns, note);
  }

  /** The failures of a block, in its order. */
  batch({ failures }: BlockResult): RecordBatch {
    return this.shape.batch(failures.length, [
      Int32Array.from(failures, (failure) => failure.scenario),
      Int32Array.from(failures, (failure) => failure.draw),
      Int32Array.from(failures, (failure) => CODES.indexOf(failure.code)),
      failures.map((failure) => failure.variable),
      failures.map((failure) => failure.key),
      Int32Array.from(failures, (failure) => failure.step),
      Float64Array.from(failures, (failure) => failure.time),
      failures.map((failure) => failure.value),
    ]);
  }
}

/** `checkpoint.arrow`: the state of every run at one save time, for runs that go on from there; one record batch a block. */
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { CatalogCheckpoint } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, listColumn, nameColumn, TableShape } from "./columns.ts";

/** What the columns of the file follow from. */
export type StatesLayout = Pick<CatalogCheckpoint, "time" | "state"> & {
  readonly scenarios: readonly { readonly name: string }[];
};

/** A row a run, scenario by scenario; whatever is kept of the runs, the states are those of all draws. */
export class CheckpointTable {
  readonly shape: TableShape;
  readonly #scenarios: number;

  constructor({ time, state, scenarios }: StatesLayout, note: ColumnNote) {
    const scenarioNames = scenarios.map((scenario) => scenario.name);
    this.#scenarios = scenarioNames.length;
    const columns = [
      nameColumn("scenario", 0, scenarioNames),
      integerColumn("draw"),
      ...state.map(({ name, size }) => listColumn(name, size)),
    ];
    this.shape = new TableShape("checkpoint", columns, { ...note, time });
  }

  batch({ firstDraw, draws, checkpoint }: BlockResult): RecordBatch {
    if (checkpoint === undefined) throw new Error("a block without the states that its catalog promises");
    const rows = this.#scenarios * draws;
    return this.shape.batch(rows, [
      Int32Array.from({ length: rows }, (_, row) => Math.floor(row / draws)),
      Int32Array.from({ length: rows }, (_, row) => firstDraw + (row % draws)),
      ...checkpoint,
    ]);
  }
}

/** `draws.arrow`: the sampled value of every uncertain number, one row a draw. */
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, numberColumn, TableShape } from "./columns.ts";

export class DrawsTable {
  readonly shape: TableShape;
  readonly #columns: number;

  constructor(catalog: Catalog, note: ColumnNote) {
    this.#columns = catalog.drawColumns.length;
    const columns = [integerColumn("draw"), ...catalog.drawColumns.map((name) => numberColumn(name))];
    this.shape = new TableShape("draws", columns, note);
  }

  batch(block: BlockResult): RecordBatch {
    const draw = Int32Array.from({ length: block.draws }, (_, i) => block.firstDraw + i);
    const values = Array.from({ length: this.#columns }, (_, column) => {
      const sampled = new Float64Array(block.draws);
      for (let i = 0; i < block.draws; i++) sampled[i] = block.drawValues[i * this.#columns + column]!;
      return sampled;
    });
    return this.shape.batch(block.draws, [draw, ...values]);
  }
}

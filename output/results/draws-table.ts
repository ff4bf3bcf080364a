/** `draws.arrow`: the sampled value of every uncertain number, one row a draw. */
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { RecordBatch } from "./arrow-output.ts";
import { type ColumnNote, integerColumn, numberColumn, TableShape } from "./columns.ts";
import { KEEP_ALL, type Keep, keptDraws } from "./keep.ts";

export class DrawsTable {
  readonly shape: TableShape;
  readonly #columns: number;
  readonly #keep: Keep;

  constructor(catalog: Catalog, note: ColumnNote, keep: Keep = KEEP_ALL) {
    this.#keep = keep;
    this.#columns = catalog.drawColumns.length;
    const columns = [integerColumn("draw"), ...catalog.drawColumns.map((name) => numberColumn(name))];
    this.shape = new TableShape("draws", columns, note);
  }

  batch(block: BlockResult): RecordBatch {
    const kept =
      keptDraws(this.#keep, block.firstDraw, block.draws) ?? Int32Array.from({ length: block.draws }, (_, i) => i);
    const values = Array.from({ length: this.#columns }, (_, column) =>
      Float64Array.from(kept, (i) => block.drawValues[i * this.#columns + column]!),
    );
    return this.shape.batch(kept.length, [kept.map((i) => block.firstDraw + i), ...values]);
  }
}

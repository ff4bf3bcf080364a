/**
 * The digest of blocks as WebAssembly on vectors: the statistics that a block adds to each cell, taken from the rows that its runs
 * save. `../block-digest.ts` computes the same in plain JavaScript, and the tests compare the two bit by bit.
 */
import { ModuleBuilder } from "../../kernel/encoding/module-builder.ts";
import { declareBins, edgePlaces } from "./bin-functions.ts";
import { declareCells } from "./cells-function.ts";
import { cellsExport, layOutDigest, MEMORY_EXPORT, type SavedShape, standInPairs } from "./digest-layout.ts";

/** The module for runs that save rows of this shape. */
export function digestCode(shape: SavedShape): Uint8Array<ArrayBuffer> {
  const layout = layOutDigest(shape);
  const module = new ModuleBuilder();
  module.memory(MEMORY_EXPORT, layout.bytes);
  module.data(layout.edges, new Uint8Array(edgePlaces().buffer));
  const bins = declareBins(module, layout);
  for (const isDifference of [false, true])
    for (const isWhole of [false, true]) {
      if (isWhole && !standInPairs(shape)) continue;
      const form = { isDifference, isWhole };
      module.export(cellsExport(form), declareCells(module, layout, bins, form).index);
    }
  return module.encode();
}

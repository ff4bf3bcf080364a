/** Results of made-up blocks in a folder of its own, for tests. */
import type { Catalog } from "../../../engine/ensemble/catalog.ts";
import { createSummary } from "../../../engine/statistics/ensemble-summary.ts";
import { fakeBlocks, fakeCatalog } from "../../../engine/statistics/testing/fake-blocks.ts";
import { ResultsWriter } from "../results-writer.ts";

export { temporaryFolder } from "../../../tests/tools/temporary-folder.ts";

export interface FakeResults {
  readonly folder: string;
  readonly catalog?: Catalog;
  readonly seed?: number;
  readonly draws?: number;
  readonly blockDraws?: number;
  readonly force?: boolean;
  readonly provenance?: object;
}

/** Writes results and returns their folder. */
export function writeFakeResults(options: FakeResults): string {
  const { folder, catalog = fakeCatalog(), seed = 1, draws = 50, blockDraws = 8, force = false } = options;
  const writer = new ResultsWriter(folder, { catalog, manifest: { seed, draws }, force });
  const summary = createSummary(catalog, draws);
  for (const block of fakeBlocks(catalog, seed, draws, blockDraws)) {
    writer.addBlock(block);
    summary.addBlock(block);
  }
  return writer.finish(summary.finishByContrast(), options.provenance ?? { workers: 2 });
}

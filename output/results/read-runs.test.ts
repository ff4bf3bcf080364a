import { join } from "node:path";
import { expect, test } from "vitest";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { fakeBlocks, fakeCatalog, fakeValue } from "../../engine/statistics/testing/fake-blocks.ts";
import { openArrow } from "./arrow-rows.ts";
import { parseKeep } from "./keep.ts";
import { openResults } from "./open-results.ts";
import { readCells, readDraws } from "./read-runs.ts";
import { ResultsWriter } from "./results-writer.ts";
import { temporaryFolder } from "./testing/write-fake-results.ts";

const catalog = fakeCatalog();
const blocks = fakeBlocks(catalog, 1, 50, 8);

function resultsThatKeep(keep: string) {
  const manifest = { seed: 1, draws: 50, keep };
  const writer = new ResultsWriter(join(temporaryFolder(), "batch"), { catalog, manifest, keep: parseKeep(keep)! });
  const summary = createSummary(catalog, 50);
  for (const block of blocks) {
    summary.addBlock(block);
    writer.addBlock(block);
  }
  return openResults(writer.finish(summary.finishByContrast(), {}));
}

const cells = [
  { scenario: "plan", indicator: "share", key: "昭通", time: 2021 },
  { scenario: "low", indicator: "income", key: "", time: 2023 },
];

test.each(["all", "every:7", "every:20"])("draws and cells of a run that keeps %s", async (keep) => {
  const { folder, manifest } = resultsThatKeep(keep);
  const drawn = await readDraws(folder, manifest);
  const every = keep === "all" ? 1 : Number(keep.slice(6));
  expect([...drawn.draws]).toEqual(Array.from({ length: 50 }, (_, i) => i).filter((draw) => draw % every === 0));
  expect(drawn.names).toEqual(["alpha", "beta[kunming]"]);
  const [shares, incomes] = await readCells(folder, catalog, manifest, drawn.draws, cells);
  for (const [i, draw] of drawn.draws.entries()) {
    const block = blocks[Math.floor(draw / 8)]!;
    expect(drawn.columns[1]![i]).toBe(block.drawValues[2 * (draw % 8) + 1]);
    expect(shares![i]).toBe(fakeValue(1, 1, 0, 1, draw, 1, 2));
    const isFailed = block.failed[2 * block.draws + (draw % 8)] === 1;
    expect(incomes![i]).toBe(isFailed ? Number.NaN : fakeValue(1, 0, 1, 2, draw, 3, 0));
  }
});

test("what the run did not keep is said", async () => {
  const none = resultsThatKeep("summary");
  await expect(readDraws(none.folder, none.manifest)).rejects.toThrow('has no draws.arrow: the run kept "summary"');
  const some = resultsThatKeep("share");
  const draws = Int32Array.of(0);
  await expect(readCells(some.folder, catalog, some.manifest, draws, cells)).rejects.toThrow(
    "has no runs/scalar.arrow",
  );
  const other = resultsThatKeep("population");
  await expect(readCells(other.folder, catalog, other.manifest, draws, cells.slice(1))).rejects.toThrow(
    "has no income",
  );
});

test("a dimension that stands twice has two columns, by the names that the model subscripts with", async () => {
  const places = catalog.dimensions[0]!.elements.map(({ name }) => name);
  const keys = places.flatMap((from) => places.map((to) => `${from}|${to}`));
  const shape = ["place", "place"];
  const flows = {
    ...catalog,
    targets: [],
    indicators: catalog.indicators.map((one) => (one.name === "share" ? { ...one, shape, keys } : one)),
    tables: [catalog.tables[0]!, { name: "origin-destination", shape, keys, indicators: ["share"] }],
  };
  const manifest = { seed: 1, draws: 8, keep: "all" };
  const writer = new ResultsWriter(join(temporaryFolder(), "flows"), { catalog: flows, manifest });
  const summary = createSummary(flows, 8);
  for (const block of fakeBlocks(flows, 1, 8, 8)) {
    summary.addBlock(block);
    writer.addBlock(block);
  }
  const { folder } = openResults(writer.finish(summary.finishByContrast(), {}));
  const table = await openArrow(join(folder, "runs", "origin-destination.arrow"));
  expect(table.columns.slice(3, 5).map(({ name }) => name)).toEqual(["origin", "destination"]);
  await table.close();
  const cell = { scenario: "plan", indicator: "share", key: "昭通|qujing", time: 2021 };
  const { draws } = await readDraws(folder, openResults(folder).manifest);
  const [values] = await readCells(folder, flows, openResults(folder).manifest, draws, [cell]);
  expect(values![0]).toBe(fakeValue(1, 1, 0, 1, draws[0]!, 1, keys.indexOf(cell.key)));
});

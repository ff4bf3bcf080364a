import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { fakeBlocks, fakeCatalog, fakeValue } from "../../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "./hash-results.ts";
import { openResults } from "./open-results.ts";
import { ResultsError, type ResultsProblem } from "./results-error.ts";
import { listFiles } from "./results-folder.ts";
import { ResultsWriter } from "./results-writer.ts";
import { temporaryFolder, writeFakeResults } from "./testing/write-fake-results.ts";

const catalog = fakeCatalog();

/** The code of the problem that an action ends with. */
function problemOf(action: () => unknown): ResultsProblem["code"] | "none" {
  try {
    action();
    return "none";
  } catch (thrown) {
    if (thrown instanceof ResultsError) return thrown.problem.code;
    throw thrown;
  }
}

const readTable = (folder: string, file: string) => tableFromIPC(readFileSync(join(folder, file)));

describe("a results folder", () => {
  const folder = writeFakeResults({ folder: join(temporaryFolder(), "batch") });

  test("has these files, and its partial folder is gone", () => {
    expect(listFiles(folder)).toEqual([
      "SHA256SUMS",
      "catalog.json",
      "draws.arrow",
      "failures.arrow",
      "manifest.json",
      "provenance.json",
      "runs/place.arrow",
      "runs/scalar.arrow",
      "summary.arrow",
      "targets.arrow",
    ]);
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  test("runs: one batch a block, one row a scenario, draw, time and element", () => {
    const table = readTable(folder, "runs/place.arrow");
    expect(table.batches.map((batch) => batch.numRows)).toEqual([288, 288, 288, 288, 288, 288, 72]);
    expect(table.schema.fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
      "scenario: Dictionary<Int16, Utf8>",
      "draw: Int32",
      "time: Float64",
      "place: Dictionary<Int16, Utf8>",
      "share: Float64",
    ]);
    for (const row of [0, 1, 13, 100, 287, 288, 500, 1799]) {
      const block = Math.floor(row / 288);
      const draws = block === 6 ? 2 : 8;
      const inBlock = row % 288;
      const [scenario, draw] = [Math.floor(inBlock / (draws * 12)), block * 8 + (Math.floor(inBlock / 12) % draws)];
      const [time, place] = [Math.floor(inBlock / 3) % 4, inBlock % 3];
      const value = table.get(row)!.toJSON();
      expect(value).toMatchObject({
        scenario: catalog.scenarios[scenario]!.name,
        draw,
        time: 2020 + time,
        place: catalog.dimensions[0]!.elements[place]!.name,
      });
      if (value.share !== null) expect(value.share).toBe(fakeValue(1, 1, 0, scenario, draw, time, place));
    }
  });

  test("runs: what a failed run does not have is null, with zero bytes below", () => {
    const failed = new Set(
      openResults(folder)
        .failures()
        .map((failure) => `${failure.scenario} ${failure.draw}`),
    );
    expect(failed.size).toBeGreaterThan(0);
    const table = readTable(folder, "runs/scalar.arrow");
    for (const row of table) {
      const isMissing = failed.has(`${row.scenario} ${row.draw}`) && row.time >= 2022;
      expect(row.income === null).toBe(isMissing);
    }
    const bytes = table.getChild("income")!.data.flatMap((data) => [...data.values]);
    expect(bytes.some(Number.isNaN)).toBe(false);
  });

  test("units and titles stand in the field metadata, model and manifest in that of the table", () => {
    const { schema } = readTable(folder, "runs/scalar.arrow");
    const income = schema.fields.find((field) => field.name === "income")!;
    expect(JSON.parse(income.metadata.get("terrace")!)).toEqual({
      unit: "亿元/year",
      reading: "end",
      title: { en: "income", zh: "income（中）" },
    });
    expect(JSON.parse(schema.metadata.get("terrace")!)).toMatchObject({
      table: "runs/scalar",
      model: { name: "fake" },
      manifest: { seed: 1, draws: 50 },
    });
  });

  test("draws: one row a draw", () => {
    const table = readTable(folder, "draws.arrow");
    expect(table.numRows).toBe(50);
    const block = fakeBlocks(catalog, 1, 50, 8)[1]!;
    expect(table.get(9)!.toJSON()).toEqual({
      draw: 9,
      alpha: block.drawValues[2],
      "beta[kunming]": block.drawValues[3],
    });
  });

  test("series give back what the summary has", () => {
    const summary = createSummary(catalog, 50);
    for (const block of fakeBlocks(catalog, 1, 50, 8)) summary.addBlock(block);
    const { rows } = summary.finish();
    const results = openResults(folder);
    // Contrast 3 is plan against baseline; 20 cells a contrast; share is the third indicator, 昭通 its third key.
    const start = 3 * 20 + 8 + 2 * 4;
    const series = results.series({ scenario: "plan", reference: "baseline", indicator: "share", key: "昭通" });
    expect([...series.times]).toEqual([2020, 2021, 2022, 2023]);
    expect(series.q97_5).toEqual(rows.quantiles[6]!.slice(start, start + 4));
    expect(series.quantileSe.q50).toEqual(rows.quantilesSe[3]!.slice(start, start + 4));
    expect(series.pPositive).toEqual(rows.pPositive.slice(start, start + 4));
    const level = results.series({ scenario: "low", indicator: "income" });
    expect(level.mean).toEqual(rows.mean.slice(2 * 20 + 4, 2 * 20 + 8));
    expect([...level.pPositive]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  test("further quantiles are found by their per cent", () => {
    const quantiles = [0, 2.5, 10, 12.5, 25, 50, 75, 90, 97.5, 100];
    const more = { ...catalog, quantiles };
    const target = join(temporaryFolder(), "more");
    const writer = new ResultsWriter(target, { catalog: more, manifest: {} });
    const summary = createSummary(more, 50);
    const values: number[] = [];
    for (const block of fakeBlocks(more, 1, 50, 8)) {
      writer.addBlock(block);
      summary.addBlock(block);
      // Population of the first scenario at the first time is the first number of each of its draws.
      for (let draw = 0; draw < block.draws; draw++) {
        if (block.failed[draw] === 0) values.push(block.tables[0]![draw * 4]!);
      }
    }
    writer.finish(summary.finishByContrast(), {});
    const series = openResults(target).series({ scenario: "baseline", indicator: "population" });
    expect(series.quantile(0)![0]).toBe(Math.min(...values));
    expect(series.quantile(100)![0]).toBe(Math.max(...values));
    expect(series.quantile(50)).toEqual(series.q50);
    expect(series.quantileErrorOf(12.5)![0]).toBeGreaterThan(0);
    expect([series.quantileErrorOf(0)![0], series.quantileErrorOf(100)![0]]).toEqual([Number.NaN, Number.NaN]);
    expect(series.quantile(5)).toBeUndefined();
  });

  test("a series that is not there: the message names those that are", () => {
    const results = openResults(folder);
    const message = (name: Parameters<typeof results.series>[0]) => {
      try {
        results.series(name);
        return "";
      } catch (thrown) {
        return (thrown as Error).message.replace(results.folder, "batch");
      }
    };
    expect(message({ scenario: "plan", indicator: "share", key: "lijiang" })).toBe(
      '"batch" has no series for scenario "plan", reference "", indicator "share", key "lijiang"; ' +
        'it has key "kunming", key "qujing", key "昭通"',
    );
    expect(message({ scenario: "plam", indicator: "share" })).toContain('it has scenario "baseline", scenario "plan"');
    expect(results.hasSeries({ scenario: "baseline", reference: "baseline", indicator: "income" })).toBe(false);
  });

  test("summary note, targets, failures and texts come back", () => {
    const results = openResults(folder);
    expect(results.manifest).toEqual({ seed: 1, draws: 50, format: { name: "terrace-results", version: 2 } });
    expect(results.provenance).toEqual({ workers: 2 });
    expect(results.catalog).toEqual(catalog);
    expect(results.summary.method).toBe("exact");
    expect(results.summary.identities[0]).toMatchObject({ name: "balance", tolerance: 1e-9 });
    const failures = fakeBlocks(catalog, 1, 50, 8).flatMap((block) => block.failures);
    expect(results.failures()).toEqual(
      failures.map((failure) => ({ ...failure, scenario: catalog.scenarios[failure.scenario]!.name })),
    );
    expect(results.summary.runs.reduce((sum, { failed }) => sum + failed, 0)).toBe(failures.length);
    expect(results.targets).toHaveLength(3 * 2 * 4);
    expect(results.targetShares("plan", "income_high")).toEqual(results.targets.slice(8, 12));
    expect(problemOf(() => results.targetShares("plan", "income"))).toBe("no-series");
    expect(results.targets[5]).toMatchObject({ scenario: "baseline", target: "share_low", time: 2021 });
  });
});

describe("the hash of a folder", () => {
  test("depends on the numbers, not on provenance", () => {
    const base = temporaryFolder();
    const hash = (name: string, options: object) =>
      hashResults(writeFakeResults({ folder: join(base, name), ...options }));
    const first = hash("a", { provenance: { started: "2026-01-01", workers: 1 } });
    expect(hash("b", { provenance: { started: "2026-02-02", workers: 7 } })).toBe(first);
    expect(hash("c", { seed: 2 })).not.toBe(first);
  });

  test("is the same for results written after others in the same process", () => {
    const base = temporaryFolder();
    const before = hashResults(writeFakeResults({ folder: join(base, "a") }));
    writeFakeResults({ folder: join(base, "other"), draws: 7 });
    expect(hashResults(writeFakeResults({ folder: join(base, "b") }))).toBe(before);
  });
});

describe("an ensemble without failures or targets", () => {
  test("has tables without rows", () => {
    const plain = { ...catalog, targets: [], drawColumns: [], identities: [] };
    // Draw 1 and 2 never fail.
    const block = fakeBlocks(plain, 1, 3, 1)[1]!;
    const folder = join(temporaryFolder(), "batch");
    const writer = new ResultsWriter(folder, { catalog: plain, manifest: {} });
    const summary = createSummary(plain, 1);
    summary.addBlock({ ...block, block: 0 });
    writer.addBlock(block);
    writer.finish(summary.finishByContrast(), {});
    const results = openResults(folder);
    expect(results.targets).toEqual([]);
    expect(results.failures()).toEqual([]);
  });
});

describe("a folder that exists", () => {
  test("is refused without force, and replaced with it", () => {
    const folder = writeFakeResults({ folder: join(temporaryFolder(), "batch") });
    expect(problemOf(() => writeFakeResults({ folder }))).toBe("folder-exists");
    const before = hashResults(folder);
    writeFakeResults({ folder, seed: 2, force: true });
    expect(hashResults(folder)).not.toBe(before);
    expect(readdirSync(join(folder, ".."))).toEqual(["batch"]);
  });

  test("is never replaced if it is not ours, or holds a file that is not", () => {
    const stranger = join(temporaryFolder(), "thesis");
    mkdirSync(stranger);
    writeFileSync(join(stranger, "manifest.json"), '{"name": "extension"}');
    expect(problemOf(() => writeFakeResults({ folder: stranger, force: true }))).toBe("not-results");

    const folder = writeFakeResults({ folder: join(temporaryFolder(), "batch") });
    writeFileSync(join(folder, "notes.txt"), "mine");
    expect(problemOf(() => writeFakeResults({ folder, force: true }))).toBe("foreign-files");
    expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine");
  });

  test("that appears while the run goes on is not replaced", () => {
    const folder = join(temporaryFolder(), "batch");
    const writer = new ResultsWriter(folder, { catalog, manifest: {} });
    const summary = createSummary(catalog, 8);
    const block = fakeBlocks(catalog, 1, 8, 8)[0]!;
    writer.addBlock(block);
    summary.addBlock(block);
    mkdirSync(folder);
    expect(problemOf(() => writer.finish(summary.finishByContrast(), {}))).toBe("name-taken");
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(`${folder}.partial`, "summary.arrow"))).toBe(true);
  });
});

test("blocks out of order are refused", () => {
  const writer = new ResultsWriter(join(temporaryFolder(), "batch"), { catalog, manifest: {} });
  const [first, second] = fakeBlocks(catalog, 1, 16, 8);
  writer.addBlock(second!);
  expect(() => writer.addBlock(first!)).toThrow("block 0 comes after block 1");
  writer.abandon();
});

describe("a run that ends early", () => {
  test("leaves nothing after abandon, but what a stranger has put there", () => {
    const base = temporaryFolder();
    const writer = new ResultsWriter(join(base, "batch"), { catalog, manifest: {} });
    writer.addBlock(fakeBlocks(catalog, 1, 8, 8)[0]!);
    writer.abandon();
    expect(readdirSync(base)).toEqual([]);

    const other = new ResultsWriter(join(base, "batch"), { catalog, manifest: {} });
    writeFileSync(join(other.partialFolder, "notes.txt"), "mine");
    other.abandon();
    expect(readdirSync(other.partialFolder)).toEqual(["notes.txt"]);
  });

  test("and was killed: its partial folder is named, and replaced with force", () => {
    const folder = join(temporaryFolder(), "batch");
    const killed = new ResultsWriter(folder, { catalog, manifest: {} });
    killed.addBlock(fakeBlocks(catalog, 1, 8, 8)[0]!);
    expect(problemOf(() => writeFakeResults({ folder, force: true }))).toBe("in-use");
    killed.suspend();
    expect(problemOf(() => writeFakeResults({ folder }))).toBe("unfinished-run");
    writeFakeResults({ folder, force: true });
    expect(openResults(folder).catalog).toEqual(catalog);
  });
});

describe("a folder that cannot be read", () => {
  test.each([
    ["summary.arrow", "cut", "truncated-file"],
    ["summary.arrow", "empty", "truncated-file"],
    ["targets.arrow", "cut", "truncated-file"],
    ["catalog.json", "cut", "damaged-file"],
    ["summary.arrow", "other", "damaged-file"],
  ] as const)("%s %s: %s", (file, how, code) => {
    const folder = writeFakeResults({ folder: join(temporaryFolder(), "batch") });
    const path = join(folder, file);
    const { length } = readFileSync(path);
    if (how === "cut") truncateSync(path, Math.floor(length * 0.7));
    if (how === "empty") truncateSync(path, 0);
    if (how === "other") writeFileSync(path, readFileSync(join(folder, "targets.arrow")));
    expect(problemOf(() => openResults(folder))).toBe(code);
  });

  test("because it is another folder, or of a later format", () => {
    const other = temporaryFolder();
    expect(problemOf(() => openResults(other))).toBe("not-results");
    writeFileSync(join(other, "manifest.json"), '{"format": {"name": "terrace-results", "version": 99}}');
    expect(problemOf(() => openResults(other))).toBe("newer-format");
  });
});

test("an indicator with the name of a column is refused, and nothing is left", () => {
  const clash = {
    ...catalog,
    indicators: catalog.indicators.map((indicator) =>
      indicator.name === "income" ? { ...indicator, name: "draw" } : indicator,
    ),
    tables: catalog.tables.map((table) => ({
      ...table,
      indicators: table.indicators.map((name) => (name === "income" ? "draw" : name)),
    })),
  };
  const base = temporaryFolder();
  expect(problemOf(() => new ResultsWriter(join(base, "batch"), { catalog: clash, manifest: {} }))).toBe(
    "column-clash",
  );
  expect(readdirSync(base)).toEqual([]);
});

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { fakeBlocks, fakeCatalog } from "../../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "./hash-results.ts";
import { parseKeep } from "./keep.ts";
import { mergeResults } from "./merge-results.ts";
import { openResults } from "./open-results.ts";
import { ResultsError } from "./results-error.ts";
import { ResultsWriter } from "./results-writer.ts";
import { temporaryFolder } from "./testing/write-fake-results.ts";
import { verifyResults } from "./verify-results.ts";

const catalog = fakeCatalog();
const blocks = fakeBlocks(catalog, 1, 90, 8);

interface Made {
  readonly keep: string;
  readonly exactBudget?: number;
  readonly seed?: number;
}

function single({ keep, exactBudget, seed = 1 }: Made): string {
  const folder = join(temporaryFolder(), "whole");
  const writer = new ResultsWriter(folder, { catalog, manifest: { seed, draws: 90, keep }, keep: parseKeep(keep)! });
  const summary = createSummary(catalog, 90, exactBudget);
  for (const block of blocks) {
    summary.addBlock(block);
    writer.addBlock(block);
  }
  return writer.finish(summary.finishByContrast(), {});
}

/** Shards that end before the blocks given. */
function shards({ keep, exactBudget, seed = 1 }: Made, ends: readonly number[]): string[] {
  const base = temporaryFolder();
  return ends.map((end, i) => {
    const firstBlock = ends[i - 1] ?? 0;
    const shard = { index: i + 1, of: ends.length, firstBlock, blocks: end - firstBlock };
    const manifest = { seed, draws: 90, keep };
    const writer = new ResultsWriter(join(base, `s${i}`), { catalog, manifest, keep: parseKeep(keep)!, shard });
    const summary = createSummary(catalog, 90, exactBudget);
    summary.fixBins(blocks[0]!);
    for (const block of blocks.slice(firstBlock, end)) {
      summary.addBlock(block);
      writer.addBlock(block);
    }
    return writer.finish({ kind: "shard", state: summary.save() }, { shard: i + 1 });
  });
}

const merged = (folders: readonly string[], exactBudget?: number) =>
  mergeResults(folders, join(temporaryFolder(), "merged"), {
    provenance: { command: "merge" },
    ...(exactBudget !== undefined && { exactBudget }),
  });

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof ResultsError) return thrown.message;
    throw thrown;
  }
  return "";
}

describe.each([
  ["all", undefined],
  ["all", 0],
  ["summary", 0],
  ["every:7", undefined],
] as const)("shards that keep %s, with the budget %s", (keep, exactBudget) => {
  const made = { keep, ...(exactBudget !== undefined && { exactBudget }) };
  const whole = hashResults(single(made));

  test.each([[[12]], [[5, 12]], [[0, 1, 12]], [[3, 4, 8, 12]]])(
    "that end before the blocks %j are merged to the single run's bytes",
    (ends) => {
      const folders = shards(made, ends);
      expect(hashResults(merged([...folders].reverse(), exactBudget))).toBe(whole);
    },
  );
});

describe("shards that cannot be merged", () => {
  const made = { keep: "all" };

  test("because one is missing, given twice, of another run, or not a shard", () => {
    const [a, b, c] = shards(made, [3, 6, 12]);
    expect(messageOf(() => merged([a!, c!]))).toBe("the shards cannot be merged: of 3 shards these are missing: 2");
    expect(messageOf(() => merged([a!, b!, b!, c!]))).toBe("the shards cannot be merged: shard 2 is given twice");
    const [, other] = shards({ keep: "all", seed: 2 }, [3, 6, 12]);
    expect(messageOf(() => merged([a!, other!, c!]))).toContain("seed was 1 and is 2");
    expect(messageOf(() => merged([single(made)]))).toContain("is not a shard");
  });

  test("because a bit of one has flipped, or a file is gone; nothing is left", () => {
    const out = join(temporaryFolder(), "merged");
    const [a, b] = shards(made, [3, 12]);
    flipBit(join(b!, "runs/place.arrow"), 4000);
    expect(messageOf(() => mergeResults([a!, b!], out, { provenance: {} }))).toContain("not those that the run wrote");
    rmSync(join(b!, "runs/place.arrow"));
    expect(messageOf(() => mergeResults([a!, b!], out, { provenance: {} }))).toContain("there is no file");
    expect(messageOf(() => openResults(out))).toContain("is not a results folder");
  });

  test("a shard is not opened as an ensemble", () => {
    expect(messageOf(() => openResults(shards(made, [3, 12])[1]!))).toContain("is shard 2 of 2");
  });
});

describe("verifying", () => {
  test("an intact folder; charts made later are told apart", () => {
    const folder = single({ keep: "all" });
    const files = verifyResults(folder);
    expect(files).toMatchObject({ changed: [], missing: [], added: [] });
    expect(files.intact).toContain("runs/place.arrow");
    writeFileSync(join(folder, "report.html"), "");
    expect(verifyResults(folder).added).toEqual(["report.html"]);
  });

  test.each(["summary.arrow", "runs/scalar.arrow", "manifest.json", "catalog.json", "failures.arrow", "targets.arrow"])(
    "a flipped bit in %s is found",
    (file) => {
      const folder = single({ keep: "all" });
      flipBit(join(folder, file), 700);
      expect(verifyResults(folder)).toMatchObject({ changed: [file], missing: [] });
    },
  );

  test.each(["summary.arrow", "targets.arrow"])(
    "a flipped bit in the values of %s: the folder is not opened",
    (file) => {
      const folder = single({ keep: "all" });
      // Far from the ends of the file, among the numbers.
      flipBit(join(folder, file), Math.floor(readFileSync(join(folder, file)).length / 2));
      expect(messageOf(() => openResults(folder))).toContain(file);
    },
  );
});

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[Math.min(at, bytes.length - 20)]! ^= 4;
  writeFileSync(path, bytes);
}

import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { createSummary, type EnsembleSummary, restoreSummary } from "../../engine/statistics/ensemble-summary.ts";
import { fakeBlocks, fakeCatalog } from "../../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "./hash-results.ts";
import { type Keep, parseKeep } from "./keep.ts";
import { ResultsError } from "./results-error.ts";
import { ResultsWriter } from "./results-writer.ts";
import { bootId } from "./run-lock.ts";
import { temporaryFolder } from "./testing/write-fake-results.ts";

const catalog = fakeCatalog();
const blocks = fakeBlocks(catalog, 1, 90, 8);
const manifest = { seed: 1, draws: 90, model: { hash: "1", files: [{ path: "m.yaml", sha256: "1" }] } };

interface Run {
  readonly folder: string;
  readonly keep?: Keep;
  readonly resume?: boolean;
  readonly manifest?: object;
}

function open(run: Run): { writer: ResultsWriter; summary: EnsembleSummary } {
  const writer = new ResultsWriter(run.folder, { catalog, manifest, ...run });
  const left = writer.resumed;
  return { writer, summary: left ? restoreSummary(catalog, 90, left.state) : createSummary(catalog, 90) };
}

function add({ writer, summary }: ReturnType<typeof open>, some: readonly BlockResult[]): void {
  for (const block of some) {
    summary.addBlock(block);
    writer.addBlock(block);
  }
}

/** A run that secures some blocks, writes more, and then ends as a killed process does: with a file cut anywhere. */
function killedRun(run: Run, secured: number, written: number): string {
  const parts = open(run);
  add(parts, blocks.slice(0, secured));
  parts.writer.secure(parts.summary.save());
  add(parts, blocks.slice(secured, written));
  parts.writer.suspend();
  return parts.writer.partialFolder;
}

/** Goes on to the end and returns the hash. */
function goOn(run: Run): string {
  const parts = open({ ...run, resume: true });
  const done = parts.writer.resumed?.blocks ?? 0;
  if (parts.writer.resumed?.lost.length) for (const block of blocks.slice(0, done)) parts.writer.repairBlock(block);
  add(parts, blocks.slice(done));
  return hashResults(parts.writer.finish(parts.summary.finishByContrast(), {}));
}

const newFolder = () => join(temporaryFolder(), "batch");

function problemOf(action: () => unknown): ResultsError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof ResultsError) return thrown;
    throw thrown;
  }
  throw new Error("nothing went wrong");
}

describe.each(["all", "summary", "every:10", "income", "share,population"])("a run that keeps %s", (text) => {
  const keep = parseKeep(text)!;
  const undisturbed = goOn({ folder: newFolder(), keep });

  test.each([
    [0, 3],
    [1, 1],
    [5, 9],
    [12, 12],
  ])("killed with %i blocks secured and %i written: ends in the same bytes", (secured, written) => {
    const folder = newFolder();
    killedRun({ folder, keep }, secured, written);
    expect(goOn({ folder, keep })).toBe(undisturbed);
  });

  test("killed twice: ends in the same bytes", () => {
    const folder = newFolder();
    killedRun({ folder, keep }, 3, 5);
    const parts = open({ folder, keep, resume: true });
    expect(parts.writer.resumed?.blocks).toBe(3);
    add(parts, blocks.slice(3, 7));
    parts.writer.secure(parts.summary.save());
    parts.writer.suspend();
    expect(goOn({ folder, keep })).toBe(undisturbed);
  });
});

describe("what the disk has lost", () => {
  const undisturbed = goOn({ folder: newFolder() });
  const cases: readonly (readonly [string, (partial: string) => void, readonly string[] | "begins again"])[] = [
    ["a file cut short", (p) => truncateSync(join(p, "runs/place.arrow"), 5000), ["runs/place.arrow"]],
    ["a file that is gone", (p) => rmSync(join(p, "draws.arrow")), ["draws.arrow"]],
    ["a flipped bit", (p) => flipBit(join(p, "runs/scalar.arrow"), 3000), ["runs/scalar.arrow"]],
    ["bytes after the end", (p) => appendFileSync(join(p, "failures.arrow"), "half a bat"), []],
    ["a state that is cut short", (p) => truncateSync(join(p, "resume.state"), 900), "begins again"],
    ["a flipped bit in the state", (p) => flipBit(join(p, "resume.state"), 5000), "begins again"],
    ["no state", (p) => rmSync(join(p, "resume.state")), "begins again"],
    ["half a new state", (p) => writeFileSync(join(p, "resume.state.new"), "TERRACE2"), []],
    ["a catalog that is cut short", (p) => truncateSync(join(p, "catalog.json"), 10), []],
  ];

  test.each(cases)("%s: is computed again, and the bytes are the same", (_, damage, lost) => {
    const folder = newFolder();
    damage(killedRun({ folder }, 6, 8));
    const { writer } = open({ folder, resume: true });
    expect(writer.resumed?.lost ?? "begins again").toEqual(lost);
    writer.suspend();
    // The look has changed nothing that going on needs.
    expect(goOn({ folder })).toBe(undisturbed);
  });

  test("a manifest that was not yet written: the run begins, without force", () => {
    const folder = newFolder();
    mkdirSync(`${folder}.partial`);
    writeFileSync(join(`${folder}.partial`, "manifest.json.new"), '{"seed"');
    expect(goOn({ folder })).toBe(undisturbed);
  });

  test("the manifest of a run with rows: refused, since nobody knows whose rows they are", () => {
    const folder = newFolder();
    rmSync(join(killedRun({ folder }, 2, 2), "manifest.json"));
    expect(problemOf(() => open({ folder, resume: true })).problem.code).toBe("unfinished-run");
  });
});

test.each([
  [{ ...manifest, seed: 2 }, "seed was 1 and is 2"],
  [{ ...manifest, keep: "summary" }, 'keep was not given and is "summary"'],
  [
    {
      ...manifest,
      model: {
        hash: "2",
        files: [
          { path: "m.yaml", sha256: "2" },
          { path: "n.csv", sha256: "3" },
        ],
      },
    },
    "model file m.yaml has changed; model file n.csv is new",
  ],
])("another run is not gone on with: %o", (other, difference) => {
  const folder = newFolder();
  killedRun({ folder }, 2, 2);
  expect(problemOf(() => open({ folder, resume: true, manifest: other })).message).toContain(difference);
  expect(open({ folder, resume: true }).writer.resumed?.blocks).toBe(2);
});

test("a folder that another run writes, or a stranger's file in it: refused", () => {
  const folder = newFolder();
  const { writer } = open({ folder });
  expect(problemOf(() => open({ folder, resume: true })).problem.code).toBe("in-use");
  writer.secure(createSummary(catalog, 90).save());
  writer.suspend();
  writeFileSync(join(writer.partialFolder, "notes.txt"), "mine");
  expect(problemOf(() => open({ folder, resume: true })).problem.code).toBe("foreign-files");
  expect(readFileSync(join(writer.partialFolder, "notes.txt"), "utf8")).toBe("mine");
});

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 4;
  writeFileSync(path, bytes);
}

test("no room for the summary at the very end: what was secured is kept, and the run ends in the same bytes", () => {
  const undisturbed = goOn({ folder: newFolder() });
  const folder = newFolder();
  const parts = open({ folder });
  add(parts, blocks);
  parts.writer.secure(parts.summary.save());
  // A folder of that name makes the file impossible, as a full disk would.
  mkdirSync(join(parts.writer.partialFolder, "summary.arrow"));
  expect(problemOf(() => parts.writer.finish(parts.summary.finishByContrast(), {})).problem.code).toBe("write-failed");
  parts.writer.suspend();
  rmSync(join(parts.writer.partialFolder, "summary.arrow"), { recursive: true });
  expect(goOn({ folder })).toBe(undisturbed);
});

describe("the claim of another process", () => {
  const claim = (owner: object, age: number): string => {
    const partial = killedRun({ folder: newFolder() }, 2, 2);
    const lock = join(partial, "run.lock");
    writeFileSync(lock, JSON.stringify({ id: "other", process: 1, host: "elsewhere", boot: "", ...owner }));
    const then = Date.now() / 1000 - age;
    utimesSync(lock, then, then);
    return partial.slice(0, -".partial".length);
  };

  test.each([
    ["on another machine that renews it", { host: "elsewhere" }, 100, "in-use"],
    ["on another machine that has ceased to", { host: "elsewhere" }, 200, "none"],
    ["that is gone, on this machine", { host: hostname(), process: 2 ** 22 + 5, boot: bootId() }, 1, "none"],
    ["that goes on, on this machine", { host: hostname(), process: process.ppid, boot: bootId() }, 1000, "in-use"],
    [
      "from before this machine was started again",
      { host: hostname(), process: process.ppid, boot: "earlier" },
      1,
      "none",
    ],
  ])("%s", (_, owner, age, expected) => {
    const folder = claim(owner, age);
    const attempt = () => open({ folder, resume: true }).writer.suspend();
    if (expected === "none") expect(attempt).not.toThrow();
    else expect(problemOf(attempt).problem.code).toBe(expected);
  });
});

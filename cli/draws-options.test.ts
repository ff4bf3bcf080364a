import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { type EnsembleOptions, planEnsemble } from "../engine/ensemble/plan.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { estimateRun } from "./commands/dry-run.ts";
import { readDrawsFile } from "./draws-file.ts";
import { type DrawsArguments, errorsNote, samplingManifest, samplingOptions } from "./draws-options.ts";

const folder = mkdtempSync(join(tmpdir(), "terrace-draws-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MODEL = `parameters: {a: {distribution: "uniform(0, 1)"}, b: {distribution: "uniform(0, 1)"}}
stocks: {x: {initial: a + b, inflows: ["a * x"], unit: "1", indicator: end}}
scenarios: {base: {}, other: {parameters: {a: 0.5}}}
`;
const NONE: DrawsArguments = {
  draws: undefined,
  design: "monte-carlo",
  replicates: 1,
  replications: 1,
  drawsFile: undefined,
};
const { model, program } = goodModel(MODEL);
const catalog = buildCatalog(model, "h");
const plan = (options: Omit<EnsembleOptions, "seed">) => planEnsemble(model, program, catalog, { seed: 1, ...options });

test("draws are as many as asked for, else as many as the file has, else 1000", () => {
  const path = join(folder, "draws.csv");
  writeFileSync(path, "draw,a\n0,0.1\n1,0.2\n2,0.3\n");
  const file = readDrawsFile(path, catalog);
  expect(samplingOptions(NONE, null).draws).toBe(1000);
  expect(samplingOptions(NONE, file).draws).toBe(3);
  expect(samplingOptions({ ...NONE, draws: 2 }, file).draws).toBe(2);
  expect(samplingManifest(plan(samplingOptions(NONE, file)), file)).toMatchObject({
    design: "monte-carlo",
    drawsFile: { rows: 3 },
  });
});

test("a draws file that is not there is refused", () => {
  expect(() => readDrawsFile(join(folder, "none.csv"), catalog)).toThrow("no such draws file");
});

test.each([
  [{ draws: 64 }, "independent"],
  [{ draws: 64, design: "sobol" }, "conservative"],
  [{ draws: 64, design: "latin-hypercube" }, "conservative"],
  [{ draws: 64, replications: 4 }, "too small"],
  [{ draws: 64, design: "sobol", replicates: 8 }, "replicates"],
  [{ draws: 64, design: "sobol", replicates: 2 }, "conservative"],
  [{ draws: 64, replications: 4, replicates: 8 }, "replicates"],
  [{ draws: 64, replicates: 8 }, "independent"],
] as const)("%j: the manifest says that Monte Carlo errors are %s", (options, expected) => {
  expect(samplingManifest(plan(options), null)).toMatchObject({ monteCarloErrors: expected });
});

test("the note on errors says what would compute them", () => {
  const large = { ...plan({ draws: 64, design: "sobol" }), catalog: { ...catalog, exactMemory: 0 } };
  expect(errorsNote(large, "en")).toContain("; --replicates 8 --exact-memory computes them from replicates");
  expect(errorsNote(plan({ draws: 64, design: "sobol" }), "en")).toContain("; --replicates 8 computes them");
  expect(errorsNote(plan({ draws: 64, design: "sobol", replicates: 8 }), "en")).toBe(
    "Monte Carlo errors are computed from the spread of the 8 replicates",
  );
  expect(errorsNote(plan({ draws: 64 }), "en")).toBeNull();
});

test("an estimate counts runs and blocks, and disk grows with the draws", () => {
  const small = estimateRun(plan({ draws: 64 }), 2);
  const large = estimateRun(plan({ draws: 6400 }), 2);
  expect(small).toMatchObject({ scenarios: 2, draws: 64, runs: 128, blocks: 2, workers: 2, measured: { runs: 64 } });
  expect(large).toMatchObject({ runs: 12_800, blocks: 200 });
  // 2 scenarios × 11 saved rows of at least two numbers of eight bytes, for each draw.
  expect(large.diskBytes - small.diskBytes).toBeGreaterThan((6400 - 64) * 2 * 11 * 16);
  expect(large.seconds).toBeGreaterThan(0);
});

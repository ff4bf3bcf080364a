/** Peak memory of `terrace run` with summaries: flat in the number of draws, and in that of scenarios; a large model's is its code's and its runs'. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderOf } from "../models.ts";
import { digits, heading, say, table } from "../print.ts";
import { syntheticModel } from "../synthetic-model.ts";

const DRAWS = [1_000, 10_000, 100_000];
const YUNNAN_DRAWS = 128;
/** Bytes that no model of the size of the synthetic one shall need, for any number of draws. */
const LIMIT = 150e6;
const COMMAND = join(import.meta.dirname, "..", "..", "cli", "bin.cjs");
const WITNESS = join(import.meta.dirname, "..", "peak-memory.cjs");

export function memorySuite(): void {
  heading("Memory: peak of `terrace run --keep summary`, two workers, in MB");
  const folder = mkdtempSync(join(tmpdir(), "terrace-bench-"));
  try {
    const synthetic = join(folder, "synthetic");
    mkdirSync(synthetic);
    writeFileSync(join(synthetic, "model.yaml"), syntheticModel(16));
    // The first command after a change compiles what the others find in Node's cache.
    measure(folderOf("teacup"), 10, folder);
    const flat = (name: string, path: string, counts: readonly number[]) => ({
      name,
      peaks: counts.map((draws) => measure(path, draws, folder)),
    });
    const models = [
      flat("teacup", folderOf("teacup"), DRAWS),
      flat("two-cities", folderOf("two-cities"), DRAWS),
      flat("synthetic, 16 places", synthetic, DRAWS.slice(0, 2)),
    ];
    const head = ["", ...DRAWS.map((draws) => `${digits(draws)} draws`)];
    table(
      head,
      models.map(({ name, peaks }) => [name, ...peaks.map(megabytes)]),
    );
    const above = models.filter(({ peaks }) => peaks.some((peak) => peak > LIMIT)).map(({ name }) => name);
    say(`  above ${megabytes(LIMIT)}: ${above.length === 0 ? "none" : above.join(", ")}`);
    say();
    const yunnan = [["baseline"], ["baseline", "plan_full"], null];
    table(
      [`Yunnan, ${YUNNAN_DRAWS} draws`, "1 scenario", "2 scenarios", "all"],
      [["", ...yunnan.map((names) => megabytes(measure(folderOf("yunnan"), YUNNAN_DRAWS, folder, names)))]],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const megabytes = (bytes: number): string => digits(bytes / 1e6, 4);

/** Bytes. @param scenarios Default all. */
function measure(model: string, draws: number, folder: string, scenarios: readonly string[] | null = null): number {
  const answer = join(folder, "peak");
  rmSync(answer, { force: true });
  const args = ["--require", WITNESS, COMMAND, "run", model];
  const options = [
    "--draws",
    `${draws}`,
    "--keep",
    "summary",
    "--workers",
    "2",
    "--force",
    "--out",
    join(folder, "out"),
  ];
  if (scenarios) options.push("--scenario", scenarios.join(","));
  const { status, stderr } = spawnSync(process.execPath, [...args, ...options], {
    env: { ...process.env, TERRACE_PEAK_MEMORY: answer },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`terrace run ended with ${status}:\n${stderr}`);
  return Number(readFileSync(answer, "utf8"));
}

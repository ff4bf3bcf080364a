/** Peak memory of `terrace run` with summaries: flat in the number of draws. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { folderOf } from "../models.ts";
import { digits, heading, mebibytes, table } from "../print.ts";

const DRAWS = [1_000, 10_000, 100_000];
const COMMAND = join(import.meta.dirname, "..", "..", "cli", "bin.cjs");
const WITNESS = join(import.meta.dirname, "..", "peak-memory.ts");

export function memorySuite(): void {
  heading("Memory: peak of `terrace run --keep summary`, two workers");
  const folder = mkdtempSync(join(tmpdir(), "terrace-bench-"));
  try {
    // The first command after a change compiles what the others find in Node's cache.
    measure("teacup", 10, folder);
    const rows = ["teacup", "two-cities"].map((model) => [
      model,
      ...DRAWS.map((draws) => measure(model, draws, folder)),
    ]);
    table(["", ...DRAWS.map((draws) => `${digits(draws)} draws`)], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(model: string, draws: number, folder: string): string {
  const answer = join(folder, "peak");
  const args = ["--import", pathToFileURL(WITNESS).href, COMMAND, "run", folderOf(model)];
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
  const { status, stderr } = spawnSync(process.execPath, [...args, ...options], {
    env: { ...process.env, TERRACE_PEAK_MEMORY: answer },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`terrace run ended with ${status}:\n${stderr}`);
  return mebibytes(Number(readFileSync(answer, "utf8")));
}

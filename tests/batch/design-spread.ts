/**
 * How much the mean of 64 draws varies with the seed under each design, by hand: `node tests/batch/design-spread.ts [MODEL] [SEEDS]`
 * (default: Yunnan, 24 seeds). Prints the standard deviation over the seeds of the mean in the reference scenario at the last save
 * time, in per cent of the mean. Seeds with a failed run are left out and counted.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";

const ROOT = join(import.meta.dirname, "..", "..");
const [model = join(ROOT, "scenarios", "yunnan"), seeds = "24"] = process.argv.slice(2);
const INDICATORS = ["population_total", "urbanization_rate", "births_total", "deaths_total", "dependency_ratio"];
const DRAWS = 64;
const base = mkdtempSync(join(tmpdir(), "terrace-"));

/** Means at the last time by indicator; null if a run failed. */
function means(design: string, seed: number, scenario: string): Map<string, number> | null {
  const out = join(base, "results");
  const options = ["--draws", String(DRAWS), "--design", design, "--seed", String(seed), "--scenario", scenario];
  const args = [join(ROOT, "cli", "main.ts"), "run", model, ...options, "--keep", "summary", "--out", out, "--force"];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  // 3: more runs failed than allowed; such a seed is counted.
  if (status !== 0 && status !== 3) throw new Error(`${model} did not run`);
  const rows = tableFromIPC(readFileSync(join(out, "summary.arrow"))).toArray();
  const last = Math.max(...rows.map((row) => Number(row.time)));
  const found = rows.filter((row) => row.time === last && INDICATORS.includes(String(row.indicator)) && row.key === "");
  if (found.some((row) => row.n !== DRAWS)) return null;
  return new Map(found.map((row) => [String(row.indicator), Number(row.mean)]));
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return (100 * Math.sqrt(variance)) / Math.abs(mean);
}

for (const design of ["monte-carlo", "latin-hypercube", "sobol"]) {
  const all = Array.from({ length: Number(seeds) }, (_, i) => means(design, i + 1, "baseline"));
  const whole = all.filter((found) => found !== null);
  process.stdout.write(`${design}: ${whole.length} of ${seeds} seeds without a failed run\n`);
  for (const name of INDICATORS) {
    const values = whole.flatMap((found) => found.get(name) ?? []);
    if (values.length > 1) process.stdout.write(`  ${name.padEnd(20)} ${spread(values).toFixed(2)} %\n`);
  }
}
rmSync(base, { recursive: true });

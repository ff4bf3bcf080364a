/**
 * Runs the formatter and linter: the binary that comes with the package of this platform. There is one for Linux on x64;
 * elsewhere the step is left out and says so, since CI runs it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const binary = join(
  import.meta.dirname,
  "..",
  "..",
  "node_modules",
  "@biomejs",
  `cli-${process.platform}-${process.arch}`,
  "biome",
);
if (existsSync(binary)) {
  const result = spawnSync(binary, process.argv.slice(2), { stdio: "inherit" });
  if (result.error) throw result.error;
  process.exitCode = result.status ?? 1;
} else {
  console.error(`format and lint: left out, there is no biome for ${process.platform}-${process.arch} in this package`);
}

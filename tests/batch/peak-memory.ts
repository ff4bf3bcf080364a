/**
 * Runs a batch of the number of draws that is given, and prints its peak memory:
 * `node --max-semi-space-size=4 tests/batch/peak-memory.ts 1000`. With a small young generation garbage is collected early, so that
 * what is seen is what is held.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileModel } from "../../engine/compile.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { runBatch } from "../../workers/run-batch.ts";
import { SMALL_MODEL } from "./small-model.ts";

const draws = Number(process.argv[2]);
const text = SMALL_MODEL.replace("step: 1/20", "step: 1/2");
const { model, program } = compileModel([{ path: "small.yaml", text }]);
if (!model || !program) throw new Error("the small model is wrong");
const plan = withKernel(planEnsemble(model, program, buildCatalog(model, "h"), { seed: 1, draws }));
const base = mkdtempSync(join(tmpdir(), "terrace-"));
const report = await runBatch(plan, {
  folder: join(base, "batch"),
  manifest: { draws },
  workers: 2,
  // No summary is exact, for which values are kept, up to 16 MiB.
  exactBudget: 0,
  provenance: () => ({}),
});
rmSync(base, { recursive: true });
// Linux counts in KiB.
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ draws, megabytes, seconds: report.seconds })}\n`);

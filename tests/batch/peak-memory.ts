/**
 * Runs a batch of the number of draws that is given, and prints its peak memory:
 * `node --max-semi-space-size=4 tests/batch/peak-memory.ts 1000`. With a small young generation garbage is collected early. With
 * `--expose-gc` it also says how much the main thread held at most, right after its garbage has been collected: that does not
 * depend on when it is.
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
const MOMENTS = 20;
let [held, seen] = [0, 0];

/** Looks at what is held, some times in a run. */
function look({ blocksDone, blocks }: { readonly blocksDone: number; readonly blocks: number }): void {
  const moment = Math.floor((blocksDone / blocks) * MOMENTS);
  if (!globalThis.gc || moment === seen) return;
  seen = moment;
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  held = Math.max(held, heapUsed + arrayBuffers);
}

const report = await runBatch(plan, {
  folder: join(base, "batch"),
  manifest: { draws },
  workers: 2,
  // No summary is exact, for which values are kept, up to 16 MiB.
  exactBudget: 0,
  onProgress: look,
  provenance: () => ({}),
});
rmSync(base, { recursive: true });
// Linux counts in KiB.
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ draws, megabytes, held: held / 2 ** 20, seconds: report.seconds })}\n`);

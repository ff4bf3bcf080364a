/** The thread or process of `prepareApart`: prepares a run and hands it over; nothing if anything is wrong with it. */
import { readFileSync, writeFileSync } from "node:fs";
import { deserialize, Serializer } from "node:v8";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { packProgram } from "../workers/packed-plan.ts";
import { openModel } from "./load-model.ts";
import type { PackedRun, PrepareTask } from "./prepare-apart.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";

const STDIN = 0;
const STDOUT = 1;

if (isMainThread) writeFileSync(STDOUT, packedRun(await prepared(deserialize(readFileSync(STDIN)) as PrepareTask)));
else parentPort!.postMessage(await prepared(workerData as PrepareTask));

async function prepared({ path, options }: PrepareTask): Promise<PackedRun | null> {
  try {
    const loaded = await openModel(path, options.scenarioFiles, options.foreign);
    const { model, program } = loaded;
    if (!model || !program) return null;
    return withPackedPlan(await prepareRun(loaded, { model, program }, options));
  } catch {
    // Whoever asked does the same again and meets the same error, as an object of its own.
    return null;
  }
}

/** Only where the interpreter runs, the program is needed as it is. */
function withPackedPlan(run: PreparedRun): PackedRun {
  if (run.kernel === null) return run;
  const { rare, ...plan } = packProgram(run.plan);
  // Shared memory cannot be serialized.
  return { ...run, plan: { ...plan, rare: new Uint8Array(rare).slice() } };
}

/** By V8's serialization in its long form, see `unpackedRun`. */
function packedRun(run: PackedRun | null): Buffer {
  const writer = new Serializer();
  writer.writeHeader();
  writer.writeValue(run);
  return writer.releaseBuffer();
}

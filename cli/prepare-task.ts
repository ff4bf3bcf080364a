/** The thread of `prepareInThread`: prepares a run and hands it over; nothing if anything is wrong with it. */
import { parentPort, workerData } from "node:worker_threads";
import { packPlan } from "../workers/packed-plan.ts";
import type { RunArguments } from "./commands/run.ts";
import { openModel } from "./load-model.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";

const { path, options } = workerData as { readonly path: string; readonly options: RunArguments };

parentPort!.postMessage(await prepared());

async function prepared(): Promise<unknown> {
  let run: PreparedRun;
  try {
    const loaded = await openModel(path, options.scenarioFiles, options.foreign);
    const { model, program } = loaded;
    if (!model || !program) return null;
    run = await prepareRun(loaded, { model, program }, options);
  } catch {
    // Whoever asked does the same again and meets the same error, as an object of its own thread.
    return null;
  }
  return { ...run, plan: packPlan(run.plan) };
}

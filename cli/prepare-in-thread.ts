/**
 * Prepares a run in a thread that ends when that is done.
 *
 * Reading and compiling a large model takes far more memory than running it. A thread gives all of its heap back when it ends; a heap that goes
 * on is given back late and in parts. And the modules that read models are then in no heap that stays.
 */
import { Worker } from "node:worker_threads";
import { unpackPlan } from "../workers/packed-plan.ts";
import type { RunArguments } from "./commands/run.ts";
import type { PreparedRun } from "./prepare-run.ts";

/** The run, once the thread has ended; null if something is wrong with the model or the options, which is for the caller to find out. */
export function prepareInThread(path: string, options: RunArguments): Promise<PreparedRun | null> {
  const thread = new Worker(taskFile(), { workerData: { path, options } });
  return new Promise((resolve) => {
    let prepared: PreparedRun | null = null;
    thread.once("message", (message: PreparedRun | null) => {
      prepared = message;
    });
    // A thread may run out of memory, too: then nothing has come.
    thread.once("error", () => {});
    // The plan came packed.
    thread.once("exit", () =>
      resolve(prepared && { ...prepared, plan: unpackPlan(prepared.plan) as PreparedRun["plan"] }),
    );
  });
}

/** The thread's file, as source or as built: with the extension of this file. */
function taskFile(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./prepare-task.${extension}`, import.meta.url);
}

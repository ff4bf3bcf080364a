/** The file that a worker thread begins with, and Piscina calls the default export of: its task, with the files found as `own-files.ts` says. */
import "./own-files.ts";
import type { WorkerTask } from "./worker-task.ts";

export default async function startWorker(task: WorkerTask): Promise<void> {
  const { default: runWorker } = await import("./worker-task.ts");
  return runWorker(task);
}

/** Loaded beside a command (`node --import`): writes the largest resident memory of the process, in bytes, into a file as it ends. */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const path = process.env.TERRACE_PEAK_MEMORY;
if (isMainThread && path) {
  // Node gives KiB.
  process.on("exit", () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1024)));
}

/** Loaded beside a command (`node --import`): writes the processor time of the process with its threads, in milliseconds, into a file as it ends. */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const path = process.env.TERRACE_SPENT_TIME;
if (isMainThread && path)
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(path, String((user + system) / 1000));
  });

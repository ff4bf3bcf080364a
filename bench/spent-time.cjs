// Loaded beside a command (`node --require`): writes the processor time of the process with its threads, in milliseconds, into a file as it ends.
// Plain JavaScript: what strips types would take as long as a short command does.
"use strict";
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const path = process.env.TERRACE_SPENT_TIME;
if (isMainThread && path)
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(path, String((user + system) / 1000));
  });

// Loaded beside a command (`node --require`): writes the largest resident memory of its processes, in bytes, into a file as they end.
// Plain JavaScript: what strips types would take memory of its own, in every thread.
"use strict";
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const path = process.env.TERRACE_PEAK_MEMORY;
if (isMainThread && path) process.on("exit", () => writeFileSync(path, String(Math.max(peak(), told()))));

// What a process that the command started, and waited for, has written.
function told() {
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
}

// Linux counts from the start of the program; what Node tells begins with the memory of the process that started it.
function peak() {
  const status = "/proc/self/status";
  const line = existsSync(status) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(status, "utf8")) : null;
  return 1024 * (line ? Number(line[1]) : process.resourceUsage().maxRSS);
}

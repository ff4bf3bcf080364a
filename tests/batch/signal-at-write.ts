/**
 * Ends the process at a certain write to a file, in its middle: `node --import signal-at-write.ts …` with TERRACE_TEST_SIGNAL and
 * TERRACE_TEST_WRITE in the environment. So the moment does not depend on how fast the machine is.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

const { TERRACE_TEST_SIGNAL: signal = "SIGKILL", TERRACE_TEST_WRITE: last } = process.env;
const write = fs.writeSync as (descriptor: number, bytes: Uint8Array, ...where: number[]) => number;
let writes = 0;

if (isMainThread) {
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
    writes += 1;
    if (writes !== Number(last)) return write(descriptor, bytes, offset, length, position);
    // The first half is on its way to the disk when the end comes; what the rest of a write sees is another call.
    const done = write(descriptor, bytes, offset, Math.max(1, length >> 1), position);
    process.kill(process.pid, signal);
    return done;
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
}

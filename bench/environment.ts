/** The machine and the programs that a benchmark ran on. */
import { arch, cpus, freemem, loadavg, platform, totalmem } from "node:os";
import { mebibytes, say } from "./print.ts";

export function printEnvironment(compiler: string): void {
  const [first] = cpus();
  const { node, v8 } = process.versions;
  say(`${first?.model.trim() ?? "unknown processor"}, ${cpus().length} processors, ${platform()} ${arch()}`);
  say(`memory ${mebibytes(totalmem())}, ${mebibytes(freemem())} free; Node ${node}, V8 ${v8}; C: ${compiler}`);
  const [minute] = loadavg();
  const busy = minute! > 0.5 ? " Other programs are running: trust ratios, not times." : "";
  say(`load of the last minute ${minute!.toFixed(2)}.${busy}`);
  say(
    "Times of one thread are processor time. Every contender has given the interpreter's results before it is timed.",
  );
}

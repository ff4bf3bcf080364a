/** From the start of a command to its result, beside Node with nothing to do: whole processes, in turns. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderOf } from "../models.ts";
import { digits, heading, table } from "../print.ts";

const ROUNDS = 5;
const COMMAND = join(import.meta.dirname, "..", "..", "cli", "bin.cjs");
const WITNESS = join(import.meta.dirname, "..", "spent-time.cjs");
const MODELS = ["teacup", "yunnan"];

interface Spent {
  /** Milliseconds of processor time, of all threads, and by the clock. */
  readonly processor: number;
  readonly clock: number;
}

export function startSuite(): void {
  heading("Start: milliseconds of processor time and by the clock, and processor time against that of `node -e 0`");
  const folder = mkdtempSync(join(tmpdir(), "terrace-bench-"));
  try {
    const commands = MODELS.flatMap((model) =>
      ["check", "simulate"].map((name) => ({ name: `${name} ${model}`, args: [COMMAND, name, folderOf(model)] })),
    );
    const contenders = [{ name: "node -e 0", args: ["-e", "0"] }, ...commands];
    // The first start after a change compiles what the others find in Node's cache.
    for (const { args } of contenders) start(args, folder);
    const rounds = Array.from({ length: ROUNDS }, () => contenders.map(({ args }) => start(args, folder)));
    const rows = contenders.map(({ name }, i) => [
      name,
      digits(middle(rounds.map((round) => round[i]!.processor))),
      digits(middle(rounds.map((round) => round[i]!.clock))),
      digits(middle(rounds.map((round) => round[i]!.processor / round[0]!.processor))),
    ]);
    table(["", "processor", "clock", "× node"], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function start(args: readonly string[], folder: string): Spent {
  const answer = join(folder, "spent");
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", WITNESS, ...args], {
    env: { ...process.env, TERRACE_SPENT_TIME: answer },
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  const clock = performance.now() - before;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}:\n${stderr}`);
  return { processor: Number(readFileSync(answer, "utf8")), clock };
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/**
 * Prepares a run in a thread, or for a large model in a process, that ends when that is done.
 *
 * Reading and compiling a large model takes far more memory than running it. A thread gives its heap back when it ends, but to V8, which
 * keeps it for other threads; a process gives back all of it. And the modules that read models are then in no heap that stays.
 */
import { Deserializer, serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import { type PackedPlan, unpackPlan } from "../workers/packed-plan.ts";
import type { RunArguments } from "./commands/run.ts";
import type { PreparedRun } from "./prepare-run.ts";

/** What a task is given; to a process by V8's serialization, on its standard input. */
export interface PrepareTask {
  readonly path: string;
  readonly options: RunArguments;
}

/** What it makes: the run with its plan packed, as it crosses to another process, which shares no memory. */
export interface PackedRun extends Omit<PreparedRun, "plan"> {
  readonly plan: PreparedRun["plan"] | (Omit<PackedPlan, "rare"> & { readonly rare: Uint8Array });
}

export type Place = "thread" | "process";

/** The run, once the thread or process has ended; null if something is wrong with the model or the options, which is for the caller to find out. */
export async function prepareApart(path: string, options: RunArguments, place: Place): Promise<PreparedRun | null> {
  const prepared = await (place === "thread" ? inThread : inProcess)({ path, options });
  return prepared && { ...prepared, plan: unpackedPlan(prepared.plan) };
}

function inThread(task: PrepareTask): Promise<PackedRun | null> {
  const thread = new Worker(taskFile(), { workerData: task });
  return new Promise((resolve) => {
    let prepared: PackedRun | null = null;
    thread.once("message", (message: PackedRun | null) => {
      prepared = message;
    });
    // A thread may run out of memory, too: then nothing has come.
    thread.once("error", () => {});
    thread.once("exit", () => resolve(prepared));
  });
}

/** MiB of each half of the space for young objects: V8's 16 would be filled with what reading a model leaves before any of it is collected. */
const YOUNG_MEGABYTES = 4;

async function inProcess(task: PrepareTask): Promise<PackedRun | null> {
  const [{ spawn }, { fileURLToPath }] = await Promise.all([import("node:child_process"), import("node:url")]);
  // Limits of memory hold there too; a debugger of this process would keep that one waiting.
  const inherited = process.execArgv.filter((flag) => !flag.startsWith("--inspect"));
  const flags = [...inherited, `--max-semi-space-size=${YOUNG_MEGABYTES}`];
  const child = spawn(process.execPath, [...flags, fileURLToPath(taskFile())], { stdio: ["pipe", "pipe", "ignore"] });
  // A process that ends before it has read the task says so by what it leaves out.
  child.stdin.on("error", () => {});
  child.stdin.end(serialize(task));
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code === 0 ? unpackedRun(Buffer.concat(parts)) : null));
  });
}

/** Arrays that are read get memory of their own: V8's short form of this would make all of them parts of the bytes. */
function unpackedRun(bytes: Buffer): PackedRun | null {
  const reader = new Deserializer(bytes);
  reader.readHeader();
  return reader.readValue() as PackedRun | null;
}

function unpackedPlan(plan: PackedRun["plan"]): PreparedRun["plan"] {
  if (!("rare" in plan)) return plan;
  const rare = new SharedArrayBuffer(plan.rare.length);
  new Uint8Array(rare).set(plan.rare);
  const packed: PackedPlan = { ...plan, rare };
  return unpackPlan(packed) as PreparedRun["plan"];
}

/** The file that runs the task, as source or as built: with the extension of this file. */
function taskFile(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./prepare-start.${extension}`, import.meta.url);
}

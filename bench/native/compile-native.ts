/** Compiles the synthetic model in C where gcc is installed, and drives the program that comes out. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { ROUND_TO_INTEGER } from "../../engine/numerics/binary64.ts";
import * as exp from "../../engine/numerics/exp.ts";
import * as log from "../../engine/numerics/log.ts";
import * as logParts from "../../engine/numerics/log-parts.ts";
import * as power from "../../engine/numerics/power.ts";
import * as splitExp from "../../engine/numerics/split-exp.ts";

/** `factors` is AVX2 with the rewrites of `numerics: factors` by hand. */
export type NativeKind = "avx2" | "factors" | "scalar";

const DEFINED: Readonly<Record<NativeKind, readonly string[]>> = {
  avx2: [],
  factors: ["-DFACTORS"],
  scalar: ["-DSCALAR"],
};

/** Without fused multiply-add, which would change bits. */
const OPTIONS = ["-std=gnu11", "-O3", "-march=native", "-mno-fma", "-ffp-contract=off", "-Wall", "-Wextra"];
const SOURCES = import.meta.dirname;

/** What stands in the way of C on this machine, or the version of gcc. */
export function findCompiler(): { readonly version: string } | { readonly missing: string } {
  const { status, stdout } = spawnSync("gcc", ["--version"], { encoding: "utf8" });
  if (status !== 0) return { missing: "gcc is not installed" };
  const macros = spawnSync("gcc", ["-march=native", "-dM", "-E", "-"], { encoding: "utf8", input: "" }).stdout ?? "";
  if (!macros.includes("__AVX2__")) return { missing: "the processor has no AVX2" };
  return { version: stdout.split("\n")[0]! };
}

/** A temporary folder for programs and their data. */
export class NativeFolder {
  readonly path = mkdtempSync(join(tmpdir(), "terrace-bench-"));

  constructor() {
    writeFileSync(join(this.path, "constants.h"), constants());
  }

  /** @returns the path of the program */
  compile(kind: NativeKind, places: number): string {
    const program = join(this.path, `synthetic-${kind}-${places}`);
    const options = [...OPTIONS, ...DEFINED[kind], `-DPLACES=${places}`, `-I${this.path}`];
    const { status, stderr } = spawnSync("gcc", [...options, join(SOURCES, "synthetic.c"), "-o", program, "-lm"], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`gcc cannot compile the synthetic model:\n${stderr}`);
    return program;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Constants of engine/numerics by their names, in hexadecimal so that no digit is lost. */
function constants(): string {
  const all = { ROUND_TO_INTEGER, LOG2E: Math.LOG2E, ...exp, ...log, ...logParts, ...power, ...splitExp };
  const numbers = Object.entries(all).filter(([, value]) => typeof value === "number") as [string, number][];
  return numbers.map(([name, value]) => `#define ${name} ${hexadecimal(value)}\n`).join("");
}

function hexadecimal(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return `${value}`;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0");
  return `${value < 0 ? "-" : ""}0x1.${digits}p${Number((bits >> 52n) & 0x7ffn) - 1023}`;
}

/** A running program: what it saved, and slices of its time. */
export class NativeModel {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  readonly #results: string;

  /** @param inputs parameters [parameter][lane] in the order of the model's text */
  constructor(program: string, inputs: Float64Array) {
    const path = `${program}.inputs`;
    this.#results = `${program}.outputs`;
    writeFileSync(path, inputs);
    this.#child = spawn(program, [path, this.#results], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout! });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /** Saved values [year][cell][lane] of one run. */
  async results(): Promise<Float64Array> {
    await this.#answer();
    return new Float64Array(new Uint8Array(readFileSync(this.#results)).buffer);
  }

  /** Processor time of so many runs of all lanes, in milliseconds. */
  async time(runs: number): Promise<number> {
    this.#child.stdin!.write(`${runs}\n`);
    return Number(await this.#answer()) / 1e6;
  }

  end(): void {
    this.#child.stdin!.end();
    this.#lines.close();
  }

  async #answer(): Promise<string> {
    const { done, value } = await this.#answers.next();
    if (done) throw new Error("the C program has ended");
    return value;
  }
}

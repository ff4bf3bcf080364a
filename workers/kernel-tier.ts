/**
 * Chooses and compiles the kernel of a plan, with V8's revectorizer where that is right and pays.
 *
 *     code ──► long run? ──► verdict known? ──► trial in a process of its own ──► module
 *
 * The revectorizer is an experiment of V8: there are modules over which it ends the whole process. So a child process tries it first, on
 * draws of the ensemble itself, and it is used if all bits are those of the plain module and the time is less. The verdict
 * is kept for this processor, this V8 and this module. Which module ran shows in no number.
 */
import { createHash } from "node:crypto";
import { arch, cpus } from "node:os";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import { kernelCode } from "../engine/ensemble/plan-kernel.ts";
import type { KernelCode } from "../engine/kernel/compile-kernel.ts";
import { isOfStep } from "../engine/kernel/profile.ts";
import { type ChosenKernel, type KernelTier, withChosenKernel } from "./chosen-kernel.ts";
import { tryRevectorizer } from "./revectorizer-trial.ts";
import type { Verdict } from "./revectorizer-verdict.ts";
import { cacheFolder, recallVerdict, rememberVerdict } from "./verdict-cache.ts";

export type RevectorizerUse =
  /** If the run is long and a trial agrees. */ "auto" | /** If a trial agrees. */ "on" | "off";

export interface TierOptions {
  /** Default `auto`. */
  readonly revectorizer?: RevectorizerUse;
  /** Where verdicts are kept; default a folder for the user's caches. */
  readonly cache?: string;
  /** Runs that the kernel is for; default those of the plan. */
  readonly runs?: number;
}

/** Seconds of one thread from which on a trial, which takes about one second, pays. */
const LONG_RUN = 10;
/** Rough cost of an instruction for one vector, and of a call in instructions. */
const SECONDS_PER_INSTRUCTION = 0.25e-9;
const CALL = 80;
/** Drawing the parameters of two runs and copying what they save. */
const SECONDS_BESIDE_KERNEL = 5e-6;

export interface CompiledPlan {
  readonly plan: EnsemblePlan;
  readonly tier: KernelTier;
  /** Rough time of all runs in one thread, in seconds. */
  readonly seconds: number;
}

/** The plan with a compiled kernel, all of it by V8's optimizing compiler, and how that was done. */
export function compilePlan(plan: EnsemblePlan, options: TierOptions = {}): CompiledPlan {
  const kernel = chooseKernel(plan, options);
  return { plan: withChosenKernel(plan, kernel), tier: kernel.tier, seconds: kernel.seconds };
}

/** The code of the kernel that is best for a plan, not compiled yet. */
export function chooseKernel(plan: EnsemblePlan, options: TierOptions = {}): ChosenKernel {
  const { revectorizer = "auto", cache = cacheFolder(), runs = plan.draws * plan.scenarios.length } = options;
  const plain = kernelCode(plan);
  const seconds = estimatedSeconds(plan, plain, runs);
  const reason = whyNot(seconds, revectorizer);
  if (reason) return chosen(plain, { use: false, reason }, seconds);
  const wide = markedForRevectorizer(kernelCode(plan, "for-revectorizer"));
  const key = verdictKey(wide);
  let verdict = recallVerdict(cache, key);
  if (!verdict) {
    verdict = tryRevectorizer(plan, plain, wide);
    rememberVerdict(cache, key, verdict);
  }
  return chosen(verdict.use ? wide : plain, verdict, seconds);
}

function chosen({ bytes, layout }: KernelCode, verdict: Verdict, seconds: number): ChosenKernel {
  return { code: { bytes, layout }, tier: { vectorBits: verdict.use ? 256 : 128, revectorizer: verdict }, seconds };
}

function whyNot(seconds: number, use: RevectorizerUse): "switched-off" | "not-x64" | "short-run" | null {
  if (use === "off") return "switched-off";
  if (arch() !== "x64") return "not-x64";
  return use === "auto" && seconds < LONG_RUN ? "short-run" : null;
}

/** Time of so many runs in one thread, by the instructions of a step. */
function estimatedSeconds(plan: EnsemblePlan, { profile, layout }: KernelCode, runs: number): number {
  const perStep = profile.definitions
    .filter((d) => isOfStep(d.block))
    .reduce((n, d) => n + d.arithmetic + d.loads + d.stores + CALL * (d.calls + d.scalarCalls), 0);
  const groups = Math.ceil(runs / layout.lanes);
  const vectors = (groups * layout.lanes) / 2;
  const inKernel = plan.program.clock.steps * perStep * SECONDS_PER_INSTRUCTION;
  return vectors * (inKernel + SECONDS_BESIDE_KERNEL);
}

const CUSTOM_SECTION = 0;

/** The same code with a section that names it: V8 gives modules of the same bytes the code that it compiled first. */
export function markedForRevectorizer(code: KernelCode): KernelCode {
  const name = new TextEncoder().encode("revectorized");
  const section = [CUSTOM_SECTION, name.length + 1, name.length, ...name];
  const bytes = new Uint8Array(code.bytes.length + section.length);
  bytes.set(code.bytes);
  bytes.set(section, code.bytes.length);
  return { ...code, bytes };
}

function verdictKey({ bytes }: KernelCode): string {
  const machine = JSON.stringify([process.versions.v8, arch(), cpus()[0]?.model ?? ""]);
  return createHash("sha256").update(machine).update(bytes).digest("hex");
}

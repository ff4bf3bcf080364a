/** Tries V8's revectorizer on a kernel in a process of its own, which V8 may end. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { KernelCode } from "../engine/kernel/compile-kernel.ts";
import type { MemoryLayout } from "../engine/kernel/layout.ts";
import type { Verdict } from "./revectorizer-verdict.ts";

/** What the child is given. */
export interface Trial {
  readonly plan: EnsemblePlan;
  readonly plain: { readonly bytes: Uint8Array<ArrayBuffer>; readonly layout: MemoryLayout };
  readonly wide: { readonly bytes: Uint8Array<ArrayBuffer>; readonly layout: MemoryLayout };
}

/** What it says, as JSON. */
export interface TrialResult {
  readonly sameBits: boolean;
  /** Time of the plain module over that of the other. */
  readonly speedup: number;
}

/** Draws of the first scenario that a trial runs. */
const DRAWS = 8;
/** V8's search for pairs can take very long for very long functions. */
const MOST_MILLISECONDS = 60_000;

/** @param wide code in the form for the revectorizer, whose bytes are not those of `plain` */
export function tryRevectorizer(plan: EnsemblePlan, plain: KernelCode, wide: KernelCode): Verdict {
  const trial: Trial = { plan: trialPlan(plan), plain: part(plain), wide: part(wide) };
  const { status, signal, stdout, error } = spawnSync(process.execPath, [childFile()], {
    input: serialize(trial),
    encoding: "utf8",
    timeout: MOST_MILLISECONDS,
    stdio: ["pipe", "pipe", "ignore"],
  });
  if (status !== 0) return { use: false, reason: "ended", detail: error?.message ?? signal ?? `exit code ${status}` };
  const { sameBits, speedup } = JSON.parse(stdout) as TrialResult;
  if (!sameBits) return { use: false, reason: "other-bits" };
  return speedup > 1 ? { use: true, speedup } : { use: false, reason: "not-faster" };
}

/** The first draws of the first scenario. */
function trialPlan(plan: EnsemblePlan): EnsemblePlan {
  return { ...plan, kernel: null, scenarios: plan.scenarios.slice(0, 1), blockDraws: Math.min(DRAWS, plan.blockDraws) };
}

const part = ({ bytes, layout }: KernelCode): Trial["plain"] => ({ bytes, layout });

/** The child's file, as source or as built: with the extension of this file. */
function childFile(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./revectorizer-child.${extension}`, import.meta.url));
}

/**
 * A plan as it goes to threads: what every run needs as it is, and the rest of the program as bytes that all threads share.
 *
 * A kernel has the statements of its program in it. Only the interpreter reads them, to find out why a run failed, and the names of the slots
 * go with them; for a large model they are most of a plan, and as objects four times their bytes, in each thread.
 */
import { deserialize, serialize } from "node:v8";
import type { EnsemblePlan, PlanKernel } from "../engine/ensemble/plan.ts";
import type { Program } from "../engine/ir/program.ts";
import type { BlockPlan } from "./block-plan.ts";

/** Fields of a program that the interpreter reads, and nobody else while runs are computed. */
const RARE = [
  "slots",
  "tables",
  "correlate",
  "constants",
  "initial",
  "ahead",
  "step",
  "stage",
  "past",
  "stocks",
  "events",
] as const satisfies readonly (keyof Program)[];

type Rare = Pick<Program, (typeof RARE)[number]>;

/** Plain data that can be sent to a thread. */
export interface PackedPlan extends BlockPlan {
  readonly kernel: PlanKernel | null;
  readonly program: Omit<Program, keyof Rare>;
  /** The other fields of the program, by V8's serialization. */
  readonly rare: SharedArrayBuffer;
}

/** What programs that were unpacked had been packed as: they are packed again as they were. */
const PACKED = new WeakMap<object, Pick<PackedPlan, "program" | "rare">>();

/** The plan, packed if it is one of an ensemble that a kernel runs; any other plan as it is. */
export function packPlan(plan: BlockPlan): BlockPlan {
  return isEnsemble(plan) && !isPacked(plan) ? packProgram(plan) : plan;
}

/** The plan that was packed, or one that never was. */
export function unpackPlan(plan: BlockPlan): BlockPlan {
  return isPacked(plan) ? unpacked(plan) : plan;
}

/** The plan, packed for a kernel that it has or will have. */
export function packProgram(plan: EnsemblePlan): PackedPlan {
  const before = PACKED.get(plan.program);
  if (before) return { ...plan, ...before };
  const program: Record<string, unknown> = { ...plan.program };
  for (const field of RARE) delete program[field];
  const bytes = serialize(Object.fromEntries(RARE.map((field) => [field, plan.program[field]])));
  const rare = new SharedArrayBuffer(bytes.length);
  new Uint8Array(rare).set(bytes);
  // What was taken out is what `rare` holds.
  return { ...plan, program: program as unknown as PackedPlan["program"], rare };
}

function unpacked({ rare, ...plan }: PackedPlan): BlockPlan {
  let fields: Rare | undefined;
  const field = <Name extends keyof Rare>(name: Name): Rare[Name] => {
    // Written by `packProgram`.
    fields ??= deserialize(new Uint8Array(rare)) as Rare;
    return fields[name];
  };
  const program = { ...plan.program };
  for (const name of RARE) Object.defineProperty(program, name, { get: () => field(name), enumerable: true });
  PACKED.set(program, { program: plan.program, rare });
  return { ...plan, program } as BlockPlan;
}

function isEnsemble(plan: BlockPlan): plan is EnsemblePlan & { readonly kernel: PlanKernel } {
  return "program" in plan && "kernel" in plan && plan.kernel !== null;
}

function isPacked(plan: BlockPlan): plan is PackedPlan {
  return "rare" in plan;
}

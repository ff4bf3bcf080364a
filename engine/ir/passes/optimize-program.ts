/** The passes in their order, each of which can be switched off. None of them changes a bit of any result. */
import type { Program } from "../program.ts";
import { foldConstants } from "./fold-constants.ts";
import { fuseLoops } from "./fuse-loops.ts";
import { hoistInvariants } from "./hoist-invariants.ts";
import { integrateInStep } from "./integrate-in-step.ts";
import { removeDeadCode } from "./remove-dead-code.ts";
import { replaceByScalars } from "./replace-by-scalars.ts";
import { shareSubexpressions } from "./share-subexpressions.ts";
import { shareWithEvent } from "./share-with-event.ts";

export type PassName =
  | "share-with-event"
  | "fold-constants"
  | "remove-dead-code"
  | "hoist-invariants"
  | "share-subexpressions"
  | "integrate-in-step"
  | "fuse-loops"
  | "replace-by-scalars";

export interface Pass {
  readonly name: PassName;
  readonly run: (program: Program) => Program;
}

/** In the order in which they run. */
export const PASSES: readonly Pass[] = [
  { name: "share-with-event", run: shareWithEvent },
  { name: "fold-constants", run: foldConstants },
  { name: "remove-dead-code", run: removeDeadCode },
  { name: "hoist-invariants", run: hoistInvariants },
  { name: "share-subexpressions", run: shareSubexpressions },
  { name: "integrate-in-step", run: integrateInStep },
  { name: "fuse-loops", run: fuseLoops },
  { name: "replace-by-scalars", run: replaceByScalars },
];

/**
 * @param passes names of the passes to run; default all
 * @param after called with the program after each pass
 */
export function optimizeProgram(
  program: Program,
  passes: readonly PassName[] = PASSES.map((p) => p.name),
  after: (program: Program, pass: PassName) => void = () => {},
): Program {
  return PASSES.filter((p) => passes.includes(p.name)).reduce((before, pass) => {
    const result = pass.run(before);
    after(result, pass.name);
    return result;
  }, program);
}

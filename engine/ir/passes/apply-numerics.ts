/** Editions of the arithmetic: which rewrites that change rounding a model is run with. */
import type { Numerics } from "../../model/model.ts";
import type { Program, Statement } from "../program.ts";
import { loopsOf } from "../slot-interval.ts";
import { usedLoops } from "../visit.ts";
import { foldConstants } from "./fold-constants.ts";
import { type FactorClass, fusePowers } from "./fuse-powers.ts";
import { RunInvariance } from "./run-invariance.ts";
import { splitExponentials } from "./split-exponentials.ts";

/**
 * The program in an edition, for whatever executes it: interpreter and kernel agree bit for bit within each. `exact` is the program as the
 * model states it; `logarithms` has powers as exponentials of logarithms, and `factors` moreover has exponentials of sums in factors.
 */
export function applyNumerics(program: Program, numerics: Numerics): Program {
  switch (numerics) {
    case "exact":
      return program;
    case "logarithms":
      return fusePowers(foldConstants(program));
    case "factors":
      return splitExponentials(fuseWhatChangesAlike(foldConstants(program)));
  }
}

/** Powers whose values change with the same loops become one exponential; those that do not change in a run are computed once as they are. */
function fuseWhatChangesAlike(program: Program): Program {
  const invariance = new RunInvariance(program);
  const classes = (s: Statement): FactorClass => {
    const loops = loopsOf(s);
    return (factor) => (invariance.holds(factor, loops) ? null : [...usedLoops(factor)].sort().join(" "));
  };
  return fusePowers(program, classes);
}

/** Editions of the arithmetic: which rewrites that change rounding a model is run with. */
import type { Numerics } from "../../model/model.ts";
import type { Program } from "../program.ts";
import { foldConstants } from "./fold-constants.ts";
import { fusePowers } from "./fuse-powers.ts";
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
      return splitExponentials(fusePowers(foldConstants(program)));
  }
}

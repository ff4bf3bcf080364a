/** Which arithmetic and which random numbers made a result. */
import type { Numerics } from "../engine/model/model.ts";

/** Changes whenever the same inputs would give other bits. */
const NUMERICS_VERSION = "1";

/** Names the arithmetic and the random numbers, by the model's choice among the editions of this version. */
export const NUMERICS_EDITIONS: Readonly<Record<Numerics, string>> = {
  exact: NUMERICS_VERSION,
  logarithms: `${NUMERICS_VERSION}+logarithms`,
  factors: `${NUMERICS_VERSION}+factors`,
};

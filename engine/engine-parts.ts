/** What the translation of foreign models takes from parts of the engine that come after it. */
import type { EngineParts } from "./language/foreign/translate-model.ts";
import { isReservedName } from "./model/resolve-equation.ts";
import { quantileBeta, quantileGamma } from "./numerics/index.ts";

export const ENGINE_PARTS: EngineParts = {
  isReservedName,
  quantileGamma: (u, shape) => quantileGamma(u, shape, 1),
  quantileBeta,
};

/** Lets V8 compile a kernel with its optimizing compiler at once. */
import { setFlagsFromString } from "node:v8";

/**
 * Options that hold while a kernel is compiled. V8's quick first compiler gives slow code, and on busy cores the better one can come
 * too late to be of use. Inlining needs observations that only the quick code makes. Functions are compiled now, not when they are
 * first called, since by then the options are back as they were: Node starts no thread safely under options that changed
 * after it started itself.
 */
const OFF = ["liftoff", "wasm-inlining", "wasm-lazy-compilation"] as const;
/** Joins pairs of vectors of 128 bits to one of 256; an experiment of V8 that `kernel-tier.ts` tries before it is used. */
const REVECTORIZER = "experimental-wasm-revectorize";

/** Runs `compile`, and everything that it compiles is optimized code when it returns. */
export function withOptimizingTier<T>(compile: () => T, { revectorize = false } = {}): T {
  for (const name of OFF) setFlagsFromString(`--no-${name}`);
  if (revectorize) setFlagsFromString(`--${REVECTORIZER}`);
  try {
    return compile();
  } finally {
    if (revectorize) setFlagsFromString(`--no-${REVECTORIZER}`);
    for (const name of OFF) setFlagsFromString(`--${name}`);
  }
}

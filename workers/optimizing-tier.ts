/** V8 options that a kernel needs; they hold for the whole process, so a thread's module has them too. */
import { setFlagsFromString } from "node:v8";

/**
 * Lets V8 compile WebAssembly with its optimizing compiler at once. Its quick first compiler gives slow code, and on busy cores the
 * better one can come too late to be of use. Inlining needs observations that only the quick code makes, so it is off. To be called
 * before a kernel is compiled.
 */
export function forceOptimizingTier(): void {
  setFlagsFromString("--no-liftoff");
  setFlagsFromString("--no-wasm-inlining");
}

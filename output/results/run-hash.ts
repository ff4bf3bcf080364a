/** What tells one run from another. */
import { createHash } from "node:crypto";
import { canonicalLine } from "./canonical-json.ts";

/** SHA-256, in hexadecimal, of a manifest, which holds everything that determines the numbers and nothing else. */
export function runHash(manifest: Readonly<Record<string, unknown>>): string {
  return createHash("sha256").update(canonicalLine(manifest)).digest("hex");
}

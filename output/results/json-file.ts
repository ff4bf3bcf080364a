/** Reads a JSON file of a results folder. */
import { existsSync, readFileSync } from "node:fs";
import { ResultsError } from "./results-error.ts";

/** @throws ResultsError if it is missing or not JSON. */
export function readJsonFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new ResultsError({ code: "missing-file", path });
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch (thrown) {
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
}

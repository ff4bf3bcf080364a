/** The file of draws that a run is given. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import { type GivenDraws, readGivenDraws } from "../engine/ensemble/given-draws.ts";
import { checkInputFile } from "./input-file.ts";

export interface DrawsInput {
  readonly path: string;
  readonly sha256: string;
  readonly draws: GivenDraws;
}

/** @throws UsageError if the file is not there or does not fit the model. */
export function readDrawsFile(path: string, catalog: Catalog): DrawsInput {
  checkInputFile(path, "draws file");
  const text = readFileSync(path, "utf8");
  const draws = readGivenDraws({ path, text }, catalog.drawColumns);
  return { path, sha256: createHash("sha256").update(text).digest("hex"), draws };
}

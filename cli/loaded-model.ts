/** A model with all that its files say and are, as the commands take it. */
import type { Compilation } from "../engine/compile.ts";
import type { SensitivitySettings } from "../engine/language/foreign/read-inputs.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { ForeignFiles } from "./foreign-files.ts";
import type { DecodedText } from "./text-encoding.ts";

export interface LoadedModel extends Compilation, Fingerprint {
  readonly path: string;
  /** The folder in which the model's files are, as the user names it, with a final slash; "" for the working folder. */
  readonly folder: string;
  /** Paths of the files that add scenarios, as they were given. */
  readonly scenarioFiles: readonly string[];
  /** Files that were given beside a model of another tool. */
  readonly foreign: ForeignFiles;
  /** How a sensitivity file of Vensim wants a batch to be drawn; null without one. */
  readonly sensitivity: SensitivitySettings | null;
  readonly sources: ReadonlyMap<string, string>;
  /** Files of the model that are not UTF-8, and what they were read as. */
  readonly encodings: readonly { readonly path: string; readonly encoding: DecodedText["encoding"] }[];
}

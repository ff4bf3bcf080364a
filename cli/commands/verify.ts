/** `terrace verify`: whether results, and the model they came from, are still what they were. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { hashResults } from "../../output/results/hash-results.ts";
import { readJsonFile } from "../../output/results/json-file.ts";
import { type Manifest, manifestDifferences, readManifest } from "../../output/results/manifest.ts";
import { PROVENANCE_FILE } from "../../output/results/results-folder.ts";
import { verifyResults } from "../../output/results/verify-results.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { type ForeignFiles, foreignOf, NO_FOREIGN_FILES } from "../foreign-files.ts";
import { openModel } from "../load-model.ts";

export interface VerifyArguments {
  readonly language: Language;
  readonly json: boolean;
  /** Default: where the model was when the run was made; nothing is compared if it is no longer there. */
  readonly model: string | undefined;
}

/** Exit code 1 if a file of the results has changed or is missing, or the model differs. */
export async function verify(folder: string, options: VerifyArguments): Promise<number> {
  const manifest = readManifest(folder);
  const files = verifyResults(folder);
  const made = provenanceOf(folder);
  const model = options.model ?? (made.model !== null && existsSync(made.model) ? made.model : null);
  const differences =
    model === null ? [] : await modelDifferences(manifest, model, made.scenarioFiles.filter(existsSync), made.foreign);
  const isWell = files.changed.length + files.missing.length + differences.length === 0;
  if (options.json) {
    const found = { results: folder, hash: hashResults(folder), ...files, model, differences };
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  } else
    process.stdout.write(`${describe(files, model, differences, hashResults(folder), options.language).join("\n")}\n`);
  return isWell ? EXIT.well : EXIT.failed;
}

/** Where the model and the files of scenarios were when the run was made, as far as that is known. */
function provenanceOf(folder: string): { model: string | null; scenarioFiles: string[]; foreign: ForeignFiles } {
  const path = join(folder, PROVENANCE_FILE);
  const provenance = existsSync(path) ? readJsonFile(path) : {};
  const { model, scenarioFiles } = provenance;
  return {
    foreign: foreignOf(provenance),
    model: typeof model === "string" ? model : null,
    scenarioFiles: Array.isArray(scenarioFiles) ? scenarioFiles.filter((f) => typeof f === "string") : [],
  };
}

/** How a model differs from the one that a manifest names, in words. @throws UsageError if there is no model. */
export async function modelDifferences(
  manifest: Manifest,
  model: string,
  scenarioFiles: readonly string[] = [],
  foreign: ForeignFiles = NO_FOREIGN_FILES,
): Promise<string[]> {
  if (!existsSync(model)) throw new UsageError(`no such model: ${model}`);
  const { hash, inputs } = await openModel(model, scenarioFiles, foreign);
  const then = manifest.model as { readonly name: string };
  return manifestDifferences({ model: then }, { model: { ...then, hash, files: inputs } });
}

function describe(
  { intact, changed, missing, added }: ReturnType<typeof verifyResults>,
  model: string | null,
  differences: readonly string[],
  hash: string,
  language: Language,
): string[] {
  const zh = language === "zh";
  return [
    zh ? `完好的文件：${intact.length}` : `as it was written: ${count(intact.length, "file")}`,
    ...changed.map((file) => (zh ? `已改变：${file}` : `changed: ${file}`)),
    ...missing.map((file) => (zh ? `缺失：${file}` : `missing: ${file}`)),
    ...added.map((file) => (zh ? `非运行所写：${file}` : `not written by the run: ${file}`)),
    ...differences,
    ...(model !== null && differences.length === 0
      ? [zh ? `模型未变：${model}` : `the model is the same: ${model}`]
      : []),
    ...(model === null
      ? [zh ? "未比较模型（用 --model 指定）" : "the model was not compared (name it with --model)"]
      : []),
    zh ? `哈希：${hash}` : `hash: ${hash}`,
  ];
}

/** `terrace merge`: shards into the results folder that one run would have written. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { hashResults } from "../../output/results/hash-results.ts";
import { mergeResults } from "../../output/results/merge-results.ts";
import { provenance } from "../batch-manifest.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";

export interface MergeArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly out: string;
  readonly force: boolean;
}

export function merge(shards: readonly string[], options: MergeArguments): number {
  const folder = mergeResults(shards, options.out, { force: options.force, provenance: provenance(new Date()) });
  const hash = hashResults(folder);
  if (options.json) process.stdout.write(`${JSON.stringify({ results: folder, shards: shards.length, hash })}\n`);
  else {
    process.stdout.write(
      options.language === "zh"
        ? `结果：${folder}（${shards.length} 个分片）\n哈希：${hash}\n`
        : `results: ${folder} (${count(shards.length, "shard")})\nhash:    ${hash}\n`,
    );
  }
  return EXIT.well;
}

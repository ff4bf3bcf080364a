/**
 * The section `include`: files of the folder above, which a variant of a model shares with it.
 *
 * ```yaml
 * include: [../demography.yaml, ../migration.yaml]
 * ```
 *
 * An included file is read as if it stood in the variant's folder. A data file that it names is looked for there first, then in the folder above,
 * so that a variant may have its own figures under the same name. Whoever opens files asks {@link includedPaths} which ones are needed.
 */
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import { NodeReader } from "./node-reader.ts";
import type { YamlNode } from "./yaml-node.ts";
import { readYaml } from "./yaml-reader.ts";

/** A YAML file of the folder above, and no other place: a model with its variants can be copied whole. */
const ABOVE = /^\.\.\/[^/\\]+\.ya?ml$/i;

/** Paths that the files include, as they are written, each once; what is wrong with them `readDocument` reports. */
export function includedPaths(files: readonly SourceFile[]): string[] {
  const silent = new DiagnosticList();
  const paths = files.filter(mentionsInclude).flatMap((file) => {
    const yaml = readYaml(file, silent);
    if (!yaml.good || yaml.node?.kind !== "map") return [];
    const sections = yaml.node.entries.filter(({ key }) => key === "include");
    return sections.flatMap(({ value }) => new NodeReader(silent).words(value, "include") ?? []).map((w) => w.text);
  });
  return [...new Set(paths)].filter((path) => ABOVE.test(path));
}

/** Spares the reading of files in which the word does not even stand. */
const mentionsInclude = ({ text }: SourceFile): boolean => /^["']?include["']?\s*:/m.test(text);

/**
 * Reports what is wrong with a section `include`.
 * @param files paths of all files that were read, the included ones among them
 */
export function checkIncludes(read: NodeReader, node: YamlNode, files: readonly string[]): void {
  const above = files.filter((path) => ABOVE.test(path));
  for (const { text, span } of read.words(node, "include") ?? []) {
    if (ABOVE.test(span.path)) read.diagnostics.add("include-in-included", span, { file: span.path });
    else if (!ABOVE.test(text)) read.diagnostics.add("include-place", span, { file: text });
    else if (!files.includes(text)) {
      read.diagnostics.add("file-missing", span, { file: text, near: nearestNames(text, above) });
    }
  }
}

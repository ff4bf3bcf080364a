/**
 * What a Terrace model says and XMILE cannot, in elements of a namespace of its own: one `<terrace:declaration>` in each variable, and
 * `<terrace:model>` for the rest (sections, and the CSV files that they read), all in the words of our language.
 *
 * An equation thus stands twice, in XMILE and in ours. The declaration carries a digest of the XMILE beside it: as long as that is
 * unchanged ours counts, to the last bit; where another tool has changed it, the XMILE counts.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import { digestOf, plainNode } from "./digest.ts";
import { readXml } from "./xml-reader.ts";
import { textOf } from "./xml-text.ts";
import { childOf, childrenOf, TERRACE_NAMESPACE, type XmlElement } from "./xml-tree.ts";

/** The version of the form of these elements. */
export const TERRACE_PARTS_VERSION = "1";

/** Sections in which variables stand. */
const VARIABLE_TAGS: ReadonlySet<string> = new Set(["stock", "flow", "aux", "gf"]);

export interface TerraceParts {
  /** The model's YAML and CSV files. */
  readonly files: readonly SourceFile[];
  /** Names of what another tool has changed, added or removed since it was written; `<sim_specs>` and `<dimensions>` among them. */
  readonly changed: readonly string[];
}

/** True where a file may have such parts; others need not be read for them. */
export const mayHaveTerraceParts = (text: string): boolean => text.includes(TERRACE_NAMESPACE);

/** The parts of a file; null where it has none, or cannot be read (which is then in `diagnostics`). */
export function readTerraceParts(file: SourceFile, diagnostics: DiagnosticList): TerraceParts | null {
  if (!mayHaveTerraceParts(file.text)) return null;
  const root = readXml(file, diagnostics);
  const own = root && childOf(root, "terrace:model");
  if (!root || !own) return null;
  const version = own.attributes.get("version");
  if (version?.value !== TERRACE_PARTS_VERSION) {
    const data = { where: "version", text: version?.value ?? "", expected: "version of Terrace's parts" } as const;
    diagnostics.add("xmile-value", version?.span ?? own.head, data);
    return null;
  }
  const text = (element: XmlElement) => textOf(element, file.text).text;
  const variables = variablesOf(root);
  const sections = childrenOf(own, "terrace:section").map(
    (section) => `${attribute(section, "name")}:\n${indented(text(section))}\n`,
  );
  const declared = declarations(variables, text).map((yaml, i) => ({
    path: `${file.path}.${String(i + 1).padStart(5, "0")}.yaml`,
    text: yaml,
  }));
  const data = childrenOf(own, "terrace:file").map((part) => ({ path: attribute(part, "path"), text: text(part) }));
  return {
    files: [{ path: `${file.path}.yaml`, text: sections.join("") }, ...declared, ...data],
    changed: changedParts(root, own, variables, file.text),
  };
}

const attribute = (element: XmlElement, name: string): string => element.attributes.get(name)?.value ?? "";

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, "  ");

function variablesOf(root: XmlElement): XmlElement[] {
  const blocks = childrenOf(root, "model").flatMap((model) => childrenOf(model, "variables"));
  return blocks.flatMap((block) => block.children).filter((child) => VARIABLE_TAGS.has(child.name));
}

/**
 * The declarations in the order of the file, as many YAML files as it takes: a section can stand in a file once, and the order of the
 * variables is that in which a program computes what depends on nothing.
 */
function declarations(variables: readonly XmlElement[], text: (element: XmlElement) => string): string[] {
  const files: string[][] = [];
  let begun = new Set<string>();
  let last = "";
  for (const variable of variables) {
    const declaration = childOf(variable, "terrace:declaration");
    if (!declaration) continue;
    const section = attribute(declaration, "section");
    if (section !== last && begun.has(section)) begun = new Set();
    if (begun.size === 0) files.push([]);
    if (section !== last || begun.size === 0) files.at(-1)!.push(`${section}:`);
    begun.add(section);
    last = section;
    const yaml = text(declaration).trim().replaceAll("\n", "\n    ");
    files.at(-1)!.push(`  ${JSON.stringify(attribute(declaration, "key"))}: ${yaml}`);
  }
  return files.map((lines) => `${lines.join("\n")}\n`);
}

/** What differs from what was written. */
function changedParts(root: XmlElement, own: XmlElement, variables: readonly XmlElement[], source: string): string[] {
  const changed: string[] = [];
  const digest = (element: XmlElement | undefined) => (element ? digestOf(plainNode(element, source)) : "");
  for (const name of ["sim_specs", "dimensions"]) {
    if (digest(childOf(root, name)) !== attribute(own, name)) changed.push(`<${name}>`);
  }
  for (const variable of variables) {
    const mark = childOf(variable, "terrace:declaration") ?? childOf(variable, "terrace:made");
    if (!mark || digest(variable) !== attribute(mark, "digest")) changed.push(attribute(variable, "name"));
  }
  const present = new Set(variables.map((variable) => attribute(variable, "name")));
  const written = attribute(own, "variables").split(" ");
  return [...changed, ...written.filter((name) => name !== "" && !present.has(name))];
}

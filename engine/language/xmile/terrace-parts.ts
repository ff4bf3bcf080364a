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
  const yaml = new YamlFiles();
  for (const part of childrenOf(own, "terrace:section")) {
    yaml.add(attribute(part, "file"), attribute(part, "name"), indented(text(part)));
  }
  for (const declaration of variables.flatMap((v) => childOf(v, "terrace:declaration") ?? [])) {
    const entry = `  ${JSON.stringify(attribute(declaration, "key"))}: ${text(declaration).trim().replaceAll("\n", "\n    ")}\n`;
    yaml.add(attribute(declaration, "file"), attribute(declaration, "section"), entry);
  }
  const data = childrenOf(own, "terrace:file").map((part) => ({ path: attribute(part, "path"), text: text(part) }));
  const strange = [...yaml.paths(), ...data.map((d) => d.path)].find((path) => !isSafePath(path));
  if (strange !== undefined) {
    const data = { where: "path", text: strange, expected: "path inside the model's folder" } as const;
    diagnostics.add("xmile-value", own.head, data);
    return null;
  }
  const files = yaml.files().map((f) => ({ path: `${file.path}/${f.path}`, text: f.text }));
  return { files: [...files, ...data], changed: changedParts(root, own, variables, file.text) };
}

/** The name of a YAML file inside an XMILE file, as it was in the model's folder. */
export const innerPath = (path: string): string => path.replace(/^.*\.(?:xmile|stmx)\//i, "");

/** A path below the model's folder: a file from a stranger must not be written anywhere else. */
const isSafePath = (path: string): boolean =>
  /^[^\\:*?"<>|]+\.(?:ya?ml|csv)$/i.test(path) && !path.startsWith("/") && !path.split("/").includes("..");

/** YAML files that grow entry by entry. */
class YamlFiles {
  readonly #files = new Map<string, Map<string, string>>();

  add(path: string, section: string, entry: string): void {
    const sections = this.#files.get(path) ?? new Map<string, string>();
    this.#files.set(path, sections.set(section, (sections.get(section) ?? "") + entry));
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  files(): SourceFile[] {
    return [...this.#files].map(([path, sections]) => ({
      path,
      text: [...sections].map(([name, entries]) => `${name}:\n${entries}`).join(""),
    }));
  }
}

const attribute = (element: XmlElement, name: string): string => element.attributes.get(name)?.value ?? "";

const indented = (text: string): string => `${text.trim().replace(/^(?=.)/gm, "  ")}\n`;

function variablesOf(root: XmlElement): XmlElement[] {
  const blocks = childrenOf(root, "model").flatMap((model) => childrenOf(model, "variables"));
  return blocks.flatMap((block) => block.children).filter((child) => VARIABLE_TAGS.has(child.name));
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

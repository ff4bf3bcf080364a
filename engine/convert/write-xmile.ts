/**
 * A model as an XMILE 1.0 file that other tools open, with what XMILE cannot say beside it in a namespace of its own
 * (`language/xmile/terrace-parts.ts`), so that reading the file again gives the same model.
 */
import type { SourceFile } from "../diagnostics/source.ts";
import type { ModelDocument, VariableDocument } from "../language/document.ts";
import {
  documentSections,
  filesOf,
  printYaml,
  VARIABLE_SECTIONS,
  variableEntry,
} from "../language/print/print-document.ts";
import { digestOf, type PlainNode } from "../language/xmile/digest.ts";
import { innerPath, TERRACE_PARTS_VERSION } from "../language/xmile/terrace-parts.ts";
import { ISEE_NAMESPACE, TERRACE_NAMESPACE, XMILE_NAMESPACES } from "../language/xmile/xml-tree.ts";
import type { Model } from "../model/model.ts";
import { type Unseen, variableNodes, type WriteContext } from "./write-variable.ts";
import { elementName, indistinct, xmileDimensions } from "./xmile-names.ts";
import { element, printXml, type XmlNode } from "./xml-node.ts";

export interface XmileExport {
  readonly text: string;
  /** Parts of equations and properties of variables that readers of XMILE do not see. */
  readonly unseen: readonly Unseen[];
  /** Sections of the model that readers of XMILE do not see, with the number of their entries. */
  readonly sections: readonly { readonly section: string; readonly count: number }[];
}

/** Names that XMILE takes for one. */
export class IndistinctNames extends Error {
  readonly names: readonly [string, string];
  constructor(names: readonly [string, string]) {
    super(`XMILE cannot tell "${names[0]}" and "${names[1]}" apart`);
    this.name = "IndistinctNames";
    this.names = names;
  }
}

/**
 * @param data the CSV files that the model reads; they travel inside the file
 * @param product name and version of the program that writes
 * @throws IndistinctNames
 */
export function writeXmile(
  document: ModelDocument,
  model: Model,
  data: readonly SourceFile[],
  product: { readonly name: string; readonly version: string },
): XmileExport {
  refuseIndistinct(model);
  const context: WriteContext = { timeUnit: model.time.unit, unseen: [] };
  const known = new Map(model.variables.map((v) => [v.name, v]));
  const specs = clock(model);
  const dimensions = dimensionBlock(model);
  // In the order of the document, which decides that of a program.
  const nodes = document.variables.flatMap((declaration) => {
    const variable = known.get(declaration.name.text);
    if (!variable) return [];
    const { own, made } = variableNodes(variable, context);
    return [withDeclaration(own, declaration), ...made.map(withMark)];
  });
  const namespaces = { xmlns: XMILE_NAMESPACES[0], "xmlns:isee": ISEE_NAMESPACE, "xmlns:terrace": TERRACE_NAMESPACE };
  const root = element("xmile", { version: "1.0", ...namespaces }, [
    header(model, product),
    specs,
    ...(dimensions ? [dimensions] : []),
    ownParts(document, data, specs, dimensions, nodes),
    element("model", {}, [element("variables", {}, nodes)]),
  ]);
  return {
    text: `<?xml version="1.0" encoding="utf-8"?>\n${printXml(root)}`,
    unseen: context.unseen,
    sections: unseenSections(document),
  };
}

/** Variables and dimensions stand in one list of names, the elements of each dimension in another. */
function refuseIndistinct(model: Model): void {
  const dimensions = xmileDimensions(model);
  const lists = [
    [...model.variables, ...dimensions].map((named) => named.name),
    ...dimensions.map(({ dimension }) => dimension.elements.map((_, i) => elementName(dimension, i))),
  ];
  const [clash] = lists.flatMap(indistinct);
  if (clash) throw new IndistinctNames(clash);
}

function header(model: Model, { name, version }: { readonly name: string; readonly version: string }): XmlNode {
  const uses =
    model.dimensions.length > 0 ? [element("uses_arrays", { maximum_dimensions: String(mostAxes(model)) })] : [];
  return element("header", {}, [
    element("vendor", {}, name),
    element("product", { version, lang: "en" }, name),
    element("name", {}, model.title.en || model.name),
    ...(uses.length > 0 ? [element("options", {}, uses)] : []),
  ]);
}

const mostAxes = (model: Model): number => model.variables.reduce((most, v) => Math.max(most, v.shape.length), 1);

/** A step that is one over a whole number is written as such, so that it is exact. */
function clock({ time, method }: Model): XmlNode {
  const { numerator, denominator } = time.step;
  const isReciprocal = numerator === 1 && denominator > 1;
  const step = isReciprocal ? String(denominator) : String(numerator / denominator);
  const save = (time.stepsPerSave * numerator) / denominator;
  // XMILE 1.0 has no save interval; this is Stella's.
  const saved = time.stepsPerSave === 1 ? null : String(save);
  return element("sim_specs", { method, time_units: time.unit, "isee:save_interval": saved }, [
    element("start", {}, String(time.start)),
    element("stop", {}, String(time.stop)),
    element("dt", { reciprocal: isReciprocal ? "true" : null }, step),
  ]);
}

function dimensionBlock(model: Model): XmlNode | null {
  const all = xmileDimensions(model);
  if (all.length === 0) return null;
  return element(
    "dimensions",
    {},
    all.map(({ name, dimension }) =>
      element(
        "dim",
        { name },
        dimension.elements.map((_, i) => element("elem", { name: elementName(dimension, i) })),
      ),
    ),
  );
}

const append = (node: XmlNode, more: XmlNode): XmlNode => ({
  ...node,
  content: [...(node.content as readonly XmlNode[]), more],
});

/** The declaration of the model beside the variable that was made of it. */
function withDeclaration(node: XmlNode, variable: VariableDocument): XmlNode {
  const [key, value] = variableEntry(variable);
  const section = VARIABLE_SECTIONS.find(([, kind]) => kind === variable.kind)![0];
  const attributes = { file: yamlPath(variable.name.span.path), section, key, digest: digestOf(plainOf(node)) };
  return append(node, element("terrace:declaration", attributes, printYaml(value, true).trimEnd()));
}

/** A flow that stands for an equation of a stock: it has no declaration. */
const withMark = (node: XmlNode): XmlNode => append(node, element("terrace:made", { digest: digestOf(plainOf(node)) }));

function plainOf(node: XmlNode): PlainNode {
  const isText = typeof node.content === "string";
  return {
    name: node.name,
    attributes: node.attributes,
    text: isText ? (node.content as string) : "",
    children: isText ? [] : (node.content as readonly XmlNode[]).map(plainOf),
  };
}

/** Everything but variables. */
function ownParts(
  document: ModelDocument,
  data: readonly SourceFile[],
  specs: XmlNode,
  dimensions: XmlNode | null,
  variables: readonly XmlNode[],
): XmlNode {
  const isVariables = new Set(VARIABLE_SECTIONS.map(([section]) => section));
  const sections = filesOf(document).flatMap((path) =>
    [...documentSections(document, path)]
      .filter(([name]) => !isVariables.has(name))
      .map(([name, value]) =>
        element("terrace:section", { file: yamlPath(path), name }, `\n${printYaml(value, false)}`),
      ),
  );
  const names = variables.map((node) => node.attributes.find(([key]) => key === "name")![1]);
  const attributes = {
    version: TERRACE_PARTS_VERSION,
    sim_specs: digestOf(plainOf(specs)),
    dimensions: dimensions ? digestOf(plainOf(dimensions)) : "",
    variables: names.join(" "),
  };
  return element("terrace:model", attributes, [
    ...sections,
    ...data.map(({ path, text }) => element("terrace:file", { path }, text)),
  ]);
}

/** The name of a YAML file for what stands in a file: its own, below the model's folder. */
export function yamlPath(path: string): string {
  const own = innerPath(path).replace(/^(?:\.\.?\/)+/, "");
  return /\.ya?ml$/i.test(own) ? own.replaceAll("/", "_") : "model.yaml";
}

/** Sections that XMILE has no place for. */
const UNSEEN_SECTIONS = ["correlations", "events", "identities", "targets", "scenarios", "charts"] as const;

function unseenSections(document: ModelDocument): XmileExport["sections"] {
  return UNSEEN_SECTIONS.flatMap((section) => {
    const count = document[section].length;
    return count > 0 ? [{ section, count }] : [];
  });
}

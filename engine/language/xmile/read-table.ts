/** `<gf>`: a graphical function (XMILE 1.0, section 3.1.4). */
import type { ForeignTable } from "../foreign/foreign-model.ts";
import { checkChildren, flagOf, numberIn, onlyChild, structure, type XmileContext } from "./xmile-context.ts";
import { textOf } from "./xml-text.ts";
import type { XmlElement } from "./xml-tree.ts";

const KNOWN: ReadonlySet<string> = new Set([
  "xscale",
  "yscale",
  "xpts",
  "ypts",
  "doc",
  "units",
  "range",
  "scale",
  "format",
]);
const TYPES: ReadonlySet<string> = new Set(["continuous", "extrapolate", "discrete"]);

/** The points; null where they have an error. `<yscale>` is for display only. */
export function readTable(context: XmileContext, gf: XmlElement): ForeignTable | null {
  checkChildren(context, gf, KNOWN);
  const type = readType(context, gf);
  const ys = readNumbers(context, gf, "ypts");
  if (!type || !ys) return null;
  const xs = onlyChild(context, gf, "xpts") ? readNumbers(context, gf, "xpts") : spread(context, gf, ys.length);
  if (!xs) return null;
  if (xs.length !== ys.length) {
    const data = { where: "xpts", text: `${xs.length} ≠ ${ys.length}`, expected: "as many as ypts" } as const;
    context.diagnostics.add("xmile-value", onlyChild(context, gf, "xpts")!.span, data);
    return null;
  }
  return { points: xs.map((x, i) => ({ x, y: ys[i]! })), type, span: gf.span };
}

/** The type; older files of Stella say `discrete="true"`. */
function readType(context: XmileContext, gf: XmlElement): ForeignTable["type"] | null {
  const attribute = gf.attributes.get("type");
  if (!attribute) return flagOf(context, gf, "discrete", false) ? "discrete" : "continuous";
  const type = attribute.value.trim().toLowerCase();
  if (TYPES.has(type)) return type as ForeignTable["type"];
  const data = { where: "type", text: attribute.value, expected: "type of a graph" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return null;
}

/** Numbers with commas between them, or with the sign that `sep` names. */
function readNumbers(context: XmileContext, gf: XmlElement, name: string): number[] | null {
  const element = onlyChild(context, gf, name);
  const separator = element?.attributes.get("sep")?.value || ",";
  const placed = element && textOf(element, context.file.text);
  if (!element || !placed || placed.text.trim() === "") {
    structure(context, (element ?? gf).head, { reason: "missing", element: name, inside: "gf" });
    return null;
  }
  const blank = separator.trim() === "";
  const texts = blank ? placed.text.trim().split(/\s+/) : placed.text.split(separator);
  const numbers: number[] = [];
  let at = 0;
  for (const text of texts) {
    const start = placed.text.indexOf(text, at);
    at = start + text.length;
    const from = start + text.length - text.trimStart().length;
    const number = numberIn(context, text.trim(), placed.span(from, start + text.trimEnd().length), name);
    if (number === null) return null;
    numbers.push(number);
  }
  return numbers;
}

/** Points at even distances between the ends of `<xscale>`. */
function spread(context: XmileContext, gf: XmlElement, count: number): number[] | null {
  const scale = onlyChild(context, gf, "xscale");
  if (!scale) {
    structure(context, gf.head, { reason: "missing", element: "xpts", inside: "gf" });
    return null;
  }
  const ends = ["min", "max"].map((name) => {
    const attribute = scale.attributes.get(name);
    if (attribute) return numberIn(context, attribute.value, attribute.span, name);
    structure(context, scale.head, { reason: "missing", element: name, inside: "xscale" });
    return null;
  });
  const [low, high] = ends;
  if (low === null || low === undefined || high === null || high === undefined) return null;
  if (count === 1) return [low];
  // Both ends exactly: a step that is added up would miss the last one.
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? high : low + ((high - low) * i) / (count - 1)));
}

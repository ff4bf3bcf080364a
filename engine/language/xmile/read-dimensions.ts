/** `<dimensions>` of the file (XMILE 1.0, section 2.6): names and elements, or a size alone. */
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignDimension, ForeignName } from "../foreign/foreign-model.ts";
import { LIMITS } from "./limits.ts";
import { nameOf, structure, type XmileContext } from "./xmile-context.ts";
import { childrenOf, type XmlElement } from "./xml-tree.ts";

/** Dimensions are read before the rest can be. */
type Context = Pick<XmileContext, "diagnostics">;

/** The dimensions that an element such as `<xmile>` declares. */
export function readDimensions(context: Context, owner: XmlElement): ForeignDimension[] {
  const blocks = childrenOf(owner, "dimensions");
  return blocks.flatMap((block) => childrenOf(block, "dim")).flatMap((dim) => readDimension(context, dim) ?? []);
}

function readDimension(context: Context, dim: XmlElement): ForeignDimension | null {
  const name = nameOf(context, dim);
  if (!name) return null;
  const elements = childrenOf(dim, "elem").flatMap((elem) => nameOf(context, elem) ?? []);
  const size = readSize(context, dim);
  if (elements.length === 0 && size === null) {
    if (dim.attributes.get("size")?.value.trim()) return null;
    structure(context, dim.head, { reason: "missing", element: "elem", inside: "dim" });
    return null;
  }
  if (elements.length > 0 && size !== null && size !== elements.length) {
    const attribute = dim.attributes.get("size")!;
    const data = { where: "size", text: attribute.value, expected: "count of elements" } as const;
    context.diagnostics.add("xmile-value", attribute.span, data);
    return null;
  }
  const members = elements.length > 0 ? elements : numbered(size ?? 0, name);
  return { name, members, copyOf: null, mappings: [], span: dim.span };
}

function readSize(context: Context, dim: XmlElement): number | null {
  const attribute = dim.attributes.get("size");
  if (!attribute || attribute.value.trim() === "") return null;
  const size = Number(attribute.value);
  if (Number.isInteger(size) && size > 0 && size <= LIMITS.dimension) return size;
  if (size > LIMITS.dimension) {
    context.diagnostics.add("foreign-limit", attribute.span, { what: "elements", limit: LIMITS.dimension });
  } else {
    const data = { where: "size", text: attribute.value, expected: "whole number" } as const;
    context.diagnostics.add("xmile-value", attribute.span, data);
  }
  return null;
}

/** A dimension of a size has the elements 1, 2, 3, … */
function numbered(size: number, name: ForeignName): ForeignName[] {
  return Array.from({ length: size }, (_, i) => {
    const text = String(i + 1);
    return { text, key: foreignKey(text), span: name.span };
  });
}

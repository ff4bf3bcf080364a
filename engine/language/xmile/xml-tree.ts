/** An XML file as a tree that knows where everything stands. */
import type { Span } from "../../diagnostics/source.ts";

/** The namespaces in which XMILE elements stand: that of the standard, and the older one that Stella 10 writes. */
export const XMILE_NAMESPACES: readonly string[] = [
  "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0",
  "http://www.systemdynamics.org/XMILE",
];

/** The namespace of what Stella adds. */
export const ISEE_NAMESPACE = "http://iseesystems.com/XMILE";

/** The namespace of what a Terrace model says and XMILE cannot (RFC 4122, section 3: a name that nobody has to register). */
export const TERRACE_NAMESPACE = "urn:uuid:2f6b1c5e-8d0a-4b3f-9c47-5a1e7d60b842";

export interface XmlAttribute {
  readonly value: string;
  /** The value without its quotes. */
  readonly span: Span;
}

/** A stretch of the source that is text of an element: `raw` with references to be resolved, or the inside of a CDATA section. */
export interface XmlPiece {
  readonly kind: "raw" | "cdata";
  readonly start: number;
  readonly end: number;
}

export interface XmlElement {
  /** `stock` for XMILE's own, `terrace:event` for ours, and as written (`isee:prefs`) for those of others. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly XmlElement[];
  readonly pieces: readonly XmlPiece[];
  /** The start tag. */
  readonly head: Span;
  /** From the start tag to the end tag. */
  readonly span: Span;
}

/** The children of that name, in order. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The first child of that name. */
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

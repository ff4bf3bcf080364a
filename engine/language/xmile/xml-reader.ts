/**
 * XML text to a tree, strictly and safely: what is not well-formed is an error (XML 1.0), a document type declaration is refused,
 * so that no entity can be declared, expanded or fetched, and size and depth are limited.
 *
 * Prefixes are resolved here and not by the parser, because many files use `isee:` without declaring it.
 */
import { type SaxesAttributePlain, SaxesParser, type SaxesStartTagPlain } from "saxes";
import type { DiagnosticList, XmlFault } from "../../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../../diagnostics/source.ts";
import { LIMITS } from "./limits.ts";
import { TERRACE_NAMESPACE, XMILE_NAMESPACES, type XmlAttribute, type XmlElement, type XmlPiece } from "./xml-tree.ts";

/** Drawings and pages: they are read over. */
const DRAWINGS: ReadonlySet<string> = new Set(["views", "view", "display", "interface", "style"]);

/** The words of the parser by which each fault is known. */
const FAULTS: readonly (readonly [RegExp, XmlFault])[] = [
  [/^undefined entity|^empty entity|entity name/, "entity"],
  [/^malformed character entity/, "character-reference"],
  [/^unexpected close tag|^unclosed tag/, "not-closed"],
  [/^unmatched closing tag/, "extra-close"],
  [/one root|outside of root/, "after-end"],
  [/must contain a root|^unexpected end/, "unfinished"],
  [/attribute|quoted|value required/, "attribute"],
  [/^disallowed character/, "character"],
  [/doctype/, "doctype"],
];

/** Stops the parser at the first fault: what follows cannot be judged. */
class XmlStop extends Error {}

interface Open {
  readonly name: string;
  readonly written: string;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: XmlElement[];
  readonly pieces: XmlPiece[];
  readonly head: Span;
  /** Namespaces by prefix; the prefix of the default one is empty. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/** The root element, or null where the file is not XML that can be read; what is wrong is in `diagnostics`. */
export function readXml(file: SourceFile, diagnostics: DiagnosticList): XmlElement | null {
  if (file.text.length > LIMITS.characters) {
    diagnostics.add("foreign-limit", null, { what: "characters", limit: LIMITS.characters });
    return null;
  }
  // Where the decoder found bytes that mean nothing it wrote this sign; a name with it would be another name.
  const broken = file.text.indexOf("\ufffd");
  if (broken >= 0) {
    const span = { path: file.path, start: broken, end: broken + 1 };
    diagnostics.add("xml-syntax", span, { reason: "encoding", text: "\ufffd", detail: "" });
    return null;
  }
  const builder = new TreeBuilder(file, diagnostics);
  try {
    return builder.build();
  } catch (error) {
    if (error instanceof XmlStop) return null;
    throw error;
  }
}

class TreeBuilder {
  readonly #file: SourceFile;
  readonly #diagnostics: DiagnosticList;
  readonly #parser = new SaxesParser();
  readonly #open: Open[] = [];
  /** Depth inside a drawing; 0 outside. */
  #skipped = 0;
  #elements = 0;
  /** Attributes of the tag that is being read. */
  #attributes = new Map<string, XmlAttribute>();
  /** Where the last tag, comment or section ended, and where the present tag began. */
  #last = 0;
  #tagStart = 0;
  #root: XmlElement | null = null;
  /** The element that ended last. */
  #left: { readonly written: string; readonly head: Span } | null = null;

  constructor(file: SourceFile, diagnostics: DiagnosticList) {
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  build(): XmlElement | null {
    const parser = this.#parser;
    parser.on("error", (error) => this.#fail(error.message));
    parser.on("doctype", () => this.#refuse("doctype", "<!DOCTYPE"));
    parser.on("xmldecl", () => this.#mark());
    parser.on("processinginstruction", () => this.#endText("<?"));
    parser.on("comment", () => this.#comment());
    parser.on("cdata", (text) => this.#section(text));
    parser.on("opentagstart", (tag) => this.#begin(tag));
    parser.on("attribute", (attribute) => this.#attribute(attribute));
    parser.on("opentag", (tag) => this.#enter(tag));
    parser.on("closetag", () => this.#leave());
    parser.write(withPlainComments(this.#file.text)).close();
    return this.#root;
  }

  #span(start: number, end: number): Span {
    return { path: this.#file.path, start, end };
  }

  #mark(): void {
    this.#last = this.#parser.position;
  }

  /** Notes the text before a piece of markup that begins with the given sign. */
  #endText(sign: string): number {
    const start = this.#file.text.indexOf(sign, this.#last);
    if (start > this.#last && this.#skipped === 0) {
      this.#open.at(-1)?.pieces.push({ kind: "raw", start: this.#last, end: start });
    }
    this.#mark();
    return start;
  }

  /** The parser tells of a comment before it has read its last sign. */
  #comment(): void {
    this.#endText("<!--");
    this.#last++;
  }

  #section(text: string): void {
    const start = this.#endText("<![CDATA[") + "<![CDATA[".length;
    const end = this.#last - "]]>".length;
    if (this.#skipped === 0 && text !== "") this.#open.at(-1)?.pieces.push({ kind: "cdata", start, end });
  }

  #begin(tag: SaxesStartTagPlain): void {
    this.#tagStart = this.#endText("<");
    this.#attributes = new Map();
    if (this.#open.length + this.#skipped >= LIMITS.depth) this.#stop("depth", LIMITS.depth, tag.name);
  }

  #attribute({ name, value }: SaxesAttributePlain): void {
    const end = this.#parser.position - 1;
    const quote = this.#file.text[end]!;
    const start = this.#file.text.lastIndexOf(quote, end - 1) + 1;
    this.#attributes.set(name, { value, span: this.#span(start, end) });
  }

  #enter(tag: { name: string }): void {
    this.#mark();
    const outer = this.#open.at(-1);
    const namespaces = withDeclared(outer?.namespaces ?? new Map(), this.#attributes);
    if (namespaces.size > LIMITS.namespaces) this.#stop("namespaces", LIMITS.namespaces, tag.name);
    const name = canonicalName(tag.name, namespaces);
    if (this.#skipped > 0 || (outer && DRAWINGS.has(name))) {
      this.#skipped++;
      if (this.#skipped > 1) return;
    }
    if (++this.#elements > LIMITS.elements) this.#stop("elements", LIMITS.elements, tag.name);
    const head = this.#span(this.#tagStart, this.#last);
    const attributes = new Map([...this.#attributes].map(([key, a]) => [canonicalAttribute(key, namespaces), a]));
    this.#open.push({ name, written: tag.name, attributes, children: [], pieces: [], head, namespaces });
  }

  #leave(): void {
    // A tag that closes itself ends where it began, and has no text.
    if (this.#parser.position > this.#last) this.#endText("<");
    if (this.#skipped > 0 && --this.#skipped > 0) return;
    const { name, written, attributes, children, pieces, head } = this.#open.pop()!;
    this.#left = { written, head };
    const element: XmlElement = {
      name,
      attributes,
      children,
      pieces,
      head,
      span: this.#span(head.start, this.#last),
    };
    const outer = this.#open.at(-1);
    if (outer) outer.children.push(element);
    else this.#root = element;
  }

  #fail(message: string): never {
    const words = message.replace(/^(?:\w*:)?\d+:\d+: /, "");
    const reason = FAULTS.find(([pattern]) => pattern.test(words))?.[1] ?? "other";
    const at = Math.max(0, Math.min(this.#parser.position, this.#file.text.length) - 1);
    // The parser leaves an element before it says that the end tag is another's.
    const unclosed = words.startsWith("unexpected close tag") ? this.#left : this.#open.at(-1);
    if ((reason === "not-closed" || reason === "unfinished") && unclosed) {
      this.#add(reason, unclosed.written, words, unclosed.head);
    } else if (reason === "entity") {
      const start = this.#file.text.lastIndexOf("&", at);
      this.#add(reason, this.#file.text.slice(start, at + 1), words, this.#span(start, at + 1));
    } else this.#add(reason, this.#file.text.slice(at, at + 1), words, this.#span(at, at + 1));
    throw new XmlStop();
  }

  #refuse(reason: XmlFault, sign: string): never {
    const start = Math.max(0, this.#file.text.lastIndexOf(sign, this.#parser.position));
    this.#add(reason, sign, "", this.#span(start, start + sign.length));
    throw new XmlStop();
  }

  #add(reason: XmlFault, text: string, detail: string, span: Span): void {
    this.#diagnostics.add("xml-syntax", span, { reason, text, detail });
  }

  #stop(what: "depth" | "elements" | "namespaces", limit: number, name: string): never {
    this.#diagnostics.add("foreign-limit", this.#span(this.#tagStart, this.#tagStart + name.length + 1), {
      what,
      limit,
    });
    throw new XmlStop();
  }
}

/**
 * Two hyphens inside a comment are not well-formed XML (section 2.5), and hand-written models have them. A comment says nothing, so they
 * are blanked, in place. Outside CDATA sections `<!--` can only begin a comment.
 */
function withPlainComments(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at + 2)) {
    const isComment = text.startsWith("<!--", at);
    const isSection = text.startsWith("<![CDATA[", at);
    if (!isComment && !isSection) continue;
    const inside = at + (isComment ? "<!--" : "<![CDATA[").length;
    const end = text.indexOf(isComment ? "-->" : "]]>", inside);
    if (end < 0) break;
    if (isComment) {
      parts.push(text.slice(done, inside), text.slice(inside, end).replaceAll("-", " "));
      done = end;
    }
    at = end;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

/** The namespaces in force inside an element that declares some. */
function withDeclared(
  outer: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, XmlAttribute>,
): ReadonlyMap<string, string> {
  const declared = [...attributes].filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, a]) => [name.slice("xmlns:".length), a.value] as const)]);
}

/** XMILE's own elements by their bare name, ours as `terrace:…`, others as written. A file without a namespace is taken for XMILE. */
function canonicalName(written: string, namespaces: ReadonlyMap<string, string>): string {
  const colon = written.indexOf(":");
  const prefix = colon < 0 ? "" : written.slice(0, colon);
  const local = written.slice(colon + 1);
  const namespace = namespaces.get(prefix);
  if (namespace === TERRACE_NAMESPACE) return `terrace:${local}`;
  if (namespace === undefined ? prefix === "" : XMILE_NAMESPACES.includes(namespace)) return local;
  return prefix === "" ? `other:${local}` : written;
}

/** Attributes without a prefix belong to their element. */
function canonicalAttribute(written: string, namespaces: ReadonlyMap<string, string>): string {
  return written.includes(":") && !written.startsWith("xmlns:") ? canonicalName(written, namespaces) : written;
}

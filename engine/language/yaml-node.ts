/** What YAML text holds, as plain nodes with their places in the file. */
import type { Span } from "../diagnostics/source.ts";

export interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** The value as the author wrote it, without quotes. */
  readonly text: string;
  readonly span: Span;
  /** Where `text[0]` stands in the file, if `text` is a verbatim piece of it (line ends count as spaces). */
  readonly textStart: number | null;
}
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** True for `b` in `{a: 1, b}`: a key without colon and value. */
  readonly bare: boolean;
}
export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}
export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly span: Span;
}
/** A node whose error has been reported; whoever meets it stays silent. */
export interface YamlBad {
  readonly kind: "bad";
  readonly span: Span;
}
/** What a file holds: a tree (null for an empty file), or an error that has been reported. */
export type YamlFile = { readonly good: true; readonly node: YamlNode | null } | { readonly good: false };

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlBad;

/** What is said about a key of a model file, and the mappings that hold keys. */

/** The kinds of value that a key can have; `schema.ts` says what each looks like. */
export type ValueKind =
  | "text"
  | "title"
  | "number"
  | "whole"
  | "boolean"
  | "fraction"
  | "equation"
  | "equations"
  | "initial"
  | "flows"
  | "words"
  | "numbers"
  | "pair"
  | "points"
  | "cells"
  | "distribution"
  | "elements"
  | "groups"
  | "layout"
  | "members"
  | "columns"
  | "headings"
  | "filters"
  | "sets"
  | "settings"
  | "curve"
  | "overrides"
  | BlockName;

export interface Key {
  readonly value: ValueKind;
  readonly en: string;
  readonly zh: string;
  readonly required?: true;
  /** The only texts that are allowed. */
  readonly choices?: readonly string[];
}

export interface Block {
  /** A file in which a mapping stands where this block is read; the mapping is put for `_`. */
  readonly within: string;
  readonly keys: Readonly<Record<string, Key>>;
  /** Pairs of keys of which one must be there. */
  readonly oneOf?: readonly (readonly string[])[];
}

export type BlockName =
  | "model"
  | "time"
  | "unit"
  | "dimension"
  | "stock"
  | "computed"
  | "parameter"
  | "lever"
  | "ramp"
  | "lookup"
  | "series"
  | "noise"
  | "event"
  | "identity"
  | "target"
  | "scenario"
  | "chart"
  | "data"
  | "timedData"
  | "tableData";

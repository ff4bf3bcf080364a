/** What can be wrong with a model of another tool once it is read, or with numbers beside it. */

export interface ForeignDiagnosticData {
  "foreign-sign": { sign: string; instead: string | null };
  "foreign-function": { name: string; known: boolean; dialect: "vensim" | "xmile" };
  "foreign-unknown-name": { name: string; near: readonly string[] };
  "foreign-no-equation": { name: string };
  "foreign-argument-count": { name: string; given: number; atLeast: number; atMost: number };
  "foreign-not-constant": { name: string; argument: number };
  "foreign-not-lookup": { name: string; found: string };
  "foreign-not-vector": { name: string };
  "foreign-time-unit": Record<never, never>;
  "foreign-step-changes": Record<never, never>;
  "foreign-reduces-nothing": { name: string };
  "foreign-matrix": { rows: number; columns: number; limit: number };
  "foreign-profile": { type: number };
  "foreign-distribution": { name: string };
  "foreign-lookup-as-value": { name: string };
  "foreign-text": { text: string };
  "foreign-subscript": {
    name: string;
    subscript: string;
    problem: "unknown" | "other-dimension" | "not-on-left" | "wildcard" | "range" | "computed";
  };
  "foreign-subscript-count": { name: string; given: number; takes: number };
  "foreign-missing-subscripts": { name: string; dimensions: readonly string[] };
  "foreign-dimension": { name: string; problem: "unknown" | "circular" | "empty" | "mapping"; other: string };
  "foreign-number-count": { name: string; given: number; needed: number };
  "foreign-mixed-definitions": { name: string; what: "values" | "tables" };
  "foreign-flow": { name: string; stock: string };
  "foreign-conveyor": {
    name: string;
    what: "discrete" | "zone" | "integers" | "held-exit" | "shared-inflow" | "no-exit" | "queue-exits";
  };
  "foreign-clock": {
    what: "start" | "stop" | "step" | "save";
    problem: "unknown" | "not-positive" | "backwards" | "too-many";
    value: number;
  };
  "foreign-limit": { what: ForeignLimit; limit: number };
}

/** What is limited in a file of another tool, so that every file ends in bounded time and memory. */
export type ForeignLimit =
  | "characters"
  | "depth"
  | "elements"
  | "namespaces"
  | "modules"
  | "macros"
  | "variables"
  | "nodes"
  | "cells"
  | "points"
  | "definitions"
  | "ranges"
  | "macro-calls"
  | "macro-depth"
  | "macro-equations"
  | "steps-of-delay";

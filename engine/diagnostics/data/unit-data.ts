/** What can be wrong with units. */

export interface UnitDiagnosticData {
  "unit-unknown": { name: string; unit: string; near: readonly string[] };
  "unit-syntax": { unit: string; reason: UnitSyntaxReason; at: string };
  "unit-definition": { name: string; reason: "known" | "circular" | "times" };
  "unit-mismatch": UnitMismatch;
  "unit-exponent": {
    of: "base" | "exponent";
    text: string;
    found: string;
    exponent: number | null;
    reads: readonly UnitReading[];
  };
  "unit-transcendental": {
    name: string;
    text: string;
    found: string;
    factor: number | null;
    reads: readonly UnitReading[];
  };
  "unit-missing": {
    names: readonly string[];
    /** Units that the equations give, where they give one. */
    found: readonly { name: string; unit: string }[];
  };
}

/** What is wrong with the text of a unit. */
export type UnitSyntaxReason =
  | "empty"
  | "too-long"
  | "character"
  | "number"
  | "two-names"
  | "product-after-stroke"
  | "unfinished"
  | "bracket"
  | "power"
  | "price-basis";

/** A variable that an equation reads, with its unit and where it is declared. */
export interface UnitReading {
  readonly name: string;
  readonly unit: string;
  readonly path: string;
  readonly line: number;
}

/** Two units that should be the same. */
export interface UnitMismatch {
  /** Where they meet. */
  readonly role:
    | "equation" // a variable and its equation
    | "initial" // a stock and its initial value
    | "inflow" // a stock per time and its flow
    | "outflow"
    | "event" // a stock and its new value in an event
    | "noise" // a process and one of its terms
    | "identity" // the two sides
    | "scale" // an identity and its scale
    | "weight" // a group's weight, which must be plain
    | "uses" // a declaration and the equations that use it
    | "sum"
    | "comparison"
    | "branches"
    | "arguments"
    | "time" // an argument that must be a time
    | "lookup-argument"
    | "lookup-uses"; // two uses of one lookup
  /** Variable, identity, group, operator or function. */
  readonly name: string;
  /** What the name belongs to: the stock of a flow, the process of a term; else empty. */
  readonly owner: string;
  /** Texts of the two parts inside an equation; empty where a declaration stands against an equation. */
  readonly first: string;
  readonly second: string;
  readonly needed: string;
  readonly found: string;
  /** `needed / found`. */
  readonly differ: string;
  readonly remedy: UnitRemedy;
  readonly reads: readonly UnitReading[];
  /** For "uses": how many equations need the other unit. */
  readonly count: number;
}

export type UnitRemedy =
  /** The same quantity at another scale: the number is to be multiplied by the factor. */
  | { readonly kind: "factor"; readonly factor: number }
  /** A bare number stands where a unit is needed. */
  | { readonly kind: "number"; readonly text: string; readonly unit: string }
  /** A number in a product would close the gap if it had this unit. */
  | { readonly kind: "literal"; readonly text: string; readonly unit: string }
  /** They differ by the time unit. */
  | { readonly kind: "per-time"; readonly time: string; readonly perTime: "needed" | "found" }
  /** Constant and current prices, or those of two years: a price index in this unit is missing. */
  | { readonly kind: "prices"; readonly index: string }
  | { readonly kind: "none" };

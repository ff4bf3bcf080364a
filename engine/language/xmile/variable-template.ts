import type { ForeignVariable } from "../foreign/foreign-model.ts";
import type { XmlElement } from "./xml-tree.ts";

/** A variable as its model declares it: names in it are not yet resolved, and its key is its own name. */
export interface VariableTemplate extends ForeignVariable {
  readonly element: XmlElement;
  /** No equation is written at all. */
  readonly blank: boolean;
  /** A conveyor or queue decides the value. */
  readonly driven: boolean;
  /** May be connected from outside. */
  readonly isInput: boolean;
  /** What the file says about `<non_negative>`; null leaves it to `<behavior>`. */
  readonly ownNonNegative: boolean | null;
}

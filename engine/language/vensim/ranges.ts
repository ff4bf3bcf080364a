/** Elements of subscript ranges, as far as reading needs them: how many cells a table or a file must fill. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import type { VensimRange } from "./syntax.ts";
import { fault, recover, syntaxFault } from "./vensim-fault.ts";
import { MAX_ELEMENTS, MAX_NESTING } from "./vensim-limits.ts";

export class Ranges {
  readonly #byKey: Map<string, VensimRange>;
  readonly #elements = new Map<string, readonly ForeignName[]>();

  /** Ranges that contain themselves are reported, and have no elements. */
  constructor(ranges: readonly VensimRange[], diagnostics: DiagnosticList) {
    this.#byKey = new Map(ranges.map((range) => [range.name.key, range]));
    for (const range of ranges) recover(diagnostics, () => this.#resolve(range, []));
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** The elements that a subscript on a left side stands for: those of a range, or the one element. */
  elements(name: ForeignName): readonly ForeignName[] {
    return this.#byKey.has(name.key) ? (this.#elements.get(name.key) ?? []) : [name];
  }

  #resolve(range: VensimRange, inside: readonly VensimRange[]): readonly ForeignName[] {
    const known = this.#elements.get(range.name.key);
    if (known) return known;
    if (inside.includes(range)) {
      this.#elements.set(range.name.key, []);
      throw syntaxFault("circular-range", range.span, "", range.name.text);
    }
    if (inside.length > MAX_NESTING) {
      throw fault("foreign-limit", range.span, { what: "ranges", limit: MAX_NESTING });
    }
    const members = range.copyOf ? [range.copyOf] : range.members;
    const elements: ForeignName[] = [];
    for (const member of members) {
      const part = this.#byKey.get(member.key);
      // An element may have the name of the range it stands in.
      if (!part || part === range) elements.push(member);
      else for (const element of this.#resolve(part, [...inside, range])) elements.push(element);
      if (elements.length > MAX_ELEMENTS) {
        throw fault("foreign-limit", range.span, { what: "elements", limit: MAX_ELEMENTS });
      }
    }
    this.#elements.set(range.name.key, elements);
    return elements;
  }
}

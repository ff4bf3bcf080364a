/** Elements of subscript ranges, as far as reading needs them: how many cells a table or a file must fill. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import type { VensimRange } from "./syntax.ts";
import { fault, recover, syntaxFault } from "./vensim-fault.ts";
import { MAX_ELEMENTS, MAX_NESTING } from "./vensim-limits.ts";

export class Ranges {
  readonly #byKey: Map<string, VensimRange>;
  readonly #elements = new Map<string, readonly ForeignName[]>();
  readonly #allElements: ReadonlySet<string>;

  /** Ranges that contain themselves are reported, and have no elements. */
  constructor(ranges: readonly VensimRange[], diagnostics: DiagnosticList) {
    this.#byKey = new Map(ranges.map((range) => [range.name.key, range]));
    for (const range of ranges) recover(diagnostics, () => this.#resolve(range, new Set()));
    this.#allElements = new Set([...this.#elements.values()].flat().map((element) => element.key));
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** Whether a key is that of a range or an element of one. */
  names(key: string): boolean {
    return this.#byKey.has(key) || this.#allElements.has(key);
  }

  /** The elements that a subscript on a left side stands for: those of a range, or the one element. */
  elements(name: ForeignName): readonly ForeignName[] {
    return this.#byKey.has(name.key) ? (this.#elements.get(name.key) ?? []) : [name];
  }

  #resolve(range: VensimRange, inside: Set<VensimRange>): readonly ForeignName[] {
    const known = this.#elements.get(range.name.key);
    if (known) return known;
    if (inside.has(range)) throw this.#given(inside, syntaxFault("circular-range", range.span, "", range.name.text));
    if (inside.size > MAX_NESTING) {
      throw this.#given(inside, fault("foreign-limit", range.span, { what: "ranges", limit: MAX_NESTING }));
    }
    inside.add(range);
    const elements: ForeignName[] = [];
    for (const member of range.copyOf ? [range.copyOf] : range.members) {
      const part = this.#byKey.get(member.key);
      // An element may have the name of the range it stands in.
      if (!part || part === range) elements.push(member);
      else for (const element of this.#resolve(part, inside)) elements.push(element);
      if (elements.length > MAX_ELEMENTS) {
        throw this.#given(inside, fault("foreign-limit", range.span, { what: "elements", limit: MAX_ELEMENTS }));
      }
    }
    inside.delete(range);
    this.#elements.set(range.name.key, elements);
    return elements;
  }

  /** Ranges that lead to a wrong one have no elements, so that what is wrong is said once. */
  #given(inside: ReadonlySet<VensimRange>, error: Error): Error {
    for (const range of inside) this.#elements.set(range.name.key, []);
    return error;
  }
}

/** Numbers and points written by element: which entry of a block gives each cell of a shape. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { ValueBlock, Word } from "../language/document.ts";
import type { DataReader } from "./data-cells.ts";
import type { Axis } from "./model.ts";
import { assignCells, type Region, readRegion, uncovered } from "./regions.ts";
import { type Symbols, shapeSize } from "./symbols.ts";

/** A block by element, of numbers or of anything else. */
interface BlockByElement {
  readonly entries: readonly { readonly element: Word }[];
  readonly otherwise: unknown;
  readonly span: Span;
}

export class ElementReader {
  readonly #symbols: Symbols;
  readonly #data: DataReader;
  readonly #diagnostics: DiagnosticList;

  constructor(symbols: Symbols, data: DataReader, diagnostics: DiagnosticList) {
    this.#symbols = symbols;
    this.#data = data;
    this.#diagnostics = diagnostics;
  }

  /** The numbers of a `value` or `data` block for every cell of a shape; null where one is missing or wrong. */
  values(block: ValueBlock, shape: readonly Axis[], name: string): Float64Array | null {
    const size = shapeSize(shape);
    if (block.kind === "data") return this.#data.cells(block.data, shape, name);
    if (block.kind === "number") return new Float64Array(size).fill(block.value);
    if (shape.length === 0) {
      const data = { where: `"${name}": value`, expected: "number", found: "mapping", text: "" } as const;
      this.#diagnostics.add("wrong-type", block.span, data);
      return null;
    }
    const owner = this.owners(block, shape, name);
    return owner && Float64Array.from(owner, (r) => (r < 0 ? block.otherwise! : block.entries[r]!.value));
  }

  /** Which entry of a block gives each cell, -1 for `default`; null where one has no entry or a wrong one. */
  owners(block: BlockByElement, shape: readonly Axis[], name: string): ArrayLike<number> | null {
    const regions = block.entries.map(({ element }) => {
      const words = element.text.split(",").map((w) => ({ text: w.trim(), span: element.span }));
      return readRegion(words, element.span, shape, name, this.#symbols, this.#diagnostics);
    });
    if (regions.some((r) => r === null)) return null;
    const owner = assignCells(regions as Region[], shape, name, this.#diagnostics);
    const missing = block.otherwise === null ? uncovered(owner, shape) : [];
    if (missing.length === 0) return owner;
    const data = { name, elements: missing.slice(0, 6), count: missing.length };
    this.#diagnostics.add("equation-not-covered", block.span, data);
    return null;
  }
}

/** Distributions that are a column of a file: observed values (`empirical`), or rows of a posterior (`joint`). */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { SampleBlock } from "../language/document.ts";
import type { DataReader } from "./data-cells.ts";
import type { Distribution } from "./distribution.ts";
import type { Axis } from "./model.ts";

/** Reads columns as distributions; the parameters of `joint` columns of one file take their values from the same row. */
export class SampledDistributions {
  readonly #data: DataReader;
  readonly #diagnostics: DiagnosticList;
  /** The first `joint` column of each file, which the others must be as long as. */
  readonly #rows = new Map<string, { readonly name: string; readonly count: number }>();

  constructor(data: DataReader, diagnostics: DiagnosticList) {
    this.#data = data;
    this.#diagnostics = diagnostics;
  }

  /** The distribution of each element of a shape; null where anything is wrong. */
  read(block: SampleBlock, shape: readonly Axis[], name: string): Distribution[] | null {
    const cells = this.#data.samples(block.data, shape, name);
    if (!cells) return null;
    if (block.family === "empirical") {
      return cells.map((values) => ({ family: "empirical", parameters: [...values].sort((a, b) => a - b) }));
    }
    const file = block.data.file.text;
    const expected = this.#rows.get(file) ?? { name, count: cells[0]!.length };
    this.#rows.set(file, expected);
    const uneven = cells.find((values) => values.length !== expected.count);
    if (uneven) return this.#uneven(file, name, uneven.length, expected, block.data.span);
    return cells.map((values) => ({ family: "joint", parameters: values }));
  }

  #uneven(
    file: string,
    name: string,
    rows: number,
    expected: { readonly name: string; readonly count: number },
    span: Span,
  ): null {
    const data = { file, name, rows, other: expected.name, otherRows: expected.count };
    this.#diagnostics.add("joint-rows", span, data);
    return null;
  }
}

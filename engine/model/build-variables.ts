/**
 * Variables in two rounds: first all are declared (names, shapes, data), then their equations are resolved, so that the
 * order in which an author writes them never matters.
 */
import { type DiagnosticList, DiagnosticList as Scratch } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type {
  EquationByElement,
  NoiseDocument,
  ParameterDocument,
  SampleBlock,
  StockDocument,
  ValueBlock,
  VariableDocument,
  Word,
} from "../language/document.ts";
import type { Equation } from "../language/equation.ts";
import { CurveBuilder } from "./build-curves.ts";
import type { NameRegister } from "./build-dimensions.ts";
import { constant, larger } from "./build-term.ts";
import type { DataReader } from "./data-cells.ts";
import { type Distribution, readDistribution } from "./distribution.ts";
import type { Axis, Computed, Lever, Noise, Parameter, Piece, Stock, TimeGrid, Variable } from "./model.ts";
import { assignCells, type Box, boxesByRegion, type Region, readRegion, uncovered } from "./regions.ts";
import { EquationResolver, type Scope } from "./resolve-equation.ts";
import { SampledDistributions } from "./sampled-distribution.ts";
import { type Symbols, shapeSize } from "./symbols.ts";
import type { AxisVariable } from "./term.ts";
import { fractionAt, ONE, recurrence } from "./time-grid.ts";
import { ElementReader } from "./values-by-element.ts";

/** Most cells that one variable, and the whole model, may have. */
const MAX_CELLS = 5_000_000;

export class VariableBuilder {
  readonly #symbols: Symbols;
  readonly #diagnostics: DiagnosticList;
  readonly #data: DataReader;
  readonly #time: TimeGrid;
  readonly #samples: SampledDistributions;
  readonly #elements: ElementReader;
  readonly #curves: CurveBuilder;

  constructor(symbols: Symbols, data: DataReader, time: TimeGrid, diagnostics: DiagnosticList) {
    this.#symbols = symbols;
    this.#data = data;
    this.#time = time;
    this.#diagnostics = diagnostics;
    this.#samples = new SampledDistributions(data, diagnostics);
    this.#elements = new ElementReader(symbols, data, diagnostics);
    this.#curves = new CurveBuilder(symbols, data, this.#elements, diagnostics);
  }

  /** First round: the variable without its equations; null (and its name broken) where it cannot be declared. */
  declare(doc: VariableDocument, names: NameRegister): Variable | null {
    const variable = names.take(doc.name, doc.indicator !== null) ? this.#declare(doc) : null;
    if (variable) this.#symbols.variables.set(variable.name, variable);
    else this.#symbols.broken.add(doc.name.text);
    return variable;
  }

  #declare(doc: VariableDocument): Variable | null {
    const shape = this.shape(doc.shape);
    if (!shape) return null;
    const size = shapeSize(shape);
    if (size > MAX_CELLS) {
      this.#diagnostics.add("model-too-large", doc.name.span, { what: doc.name.text, size, limit: MAX_CELLS });
      return null;
    }
    const base = { ...this.#common(doc, shape), size };
    switch (doc.kind) {
      case "stock":
        return { ...base, kind: "stock", initial: [], inflows: [], outflows: [], limit: "none" };
      case "flow":
      case "auxiliary":
        return { ...base, kind: doc.kind, pieces: [], starts: null };
      case "parameter":
        return this.#parameter(doc, base);
      case "lever": {
        const { low, high } = doc.range;
        if (low > high) {
          this.#diagnostics.add("lever-range-order", doc.range.span, { name: doc.name.text, low, high });
        } else if (doc.initial < low || doc.initial > high) {
          const data = { name: doc.name.text, value: doc.initial, low, high, unit: base.unit };
          this.#diagnostics.add("lever-default-out-of-range", doc.range.span, data);
        }
        if (doc.ramp && doc.ramp.to < doc.ramp.from) {
          const data = { name: doc.name.text, from: doc.ramp.from, to: doc.ramp.to };
          this.#diagnostics.add("lever-ramp-order", doc.ramp.span, data);
        }
        return {
          ...base,
          kind: "lever",
          initial: doc.initial,
          low,
          high,
          ramp: doc.ramp,
          lag: doc.lag,
        } satisfies Lever;
      }
      case "lookup":
        return this.#curves.lookup(doc, base);
      case "series":
        return this.#curves.series(doc, base);
      case "noise":
        return this.#noise(doc, base);
    }
  }

  #common(doc: VariableDocument, shape: readonly Axis[]) {
    const name = doc.name.text;
    const { labels } = doc;
    const observed = doc.observed && doc.indicator ? this.#data.timed(doc.observed, shape, name, true) : null;
    return {
      name,
      shape,
      title: labels.title ?? { en: name, zh: name },
      description: labels.description,
      unit: labels.unit?.text ?? "1",
      source: labels.source,
      grade: labels.grade,
      note: labels.note,
      indicator: doc.indicator?.reading ?? null,
      observed: (observed ?? []).flatMap((points, position) =>
        points.length === 0 ? [] : [{ position, time: points.map((p) => p.time), value: points.map((p) => p.value) }],
      ),
      span: doc.name.span,
    };
  }

  /** Axes of a declared shape; null where a word is no dimension. */
  shape(words: readonly Word[]): Axis[] | null {
    const axes = words.map((word) => {
      const axis = this.#symbols.axes.get(word.text);
      if (!axis && !this.#symbols.broken.has(word.text)) {
        const near = nearestNames(word.text, this.#symbols.axes.keys());
        this.#diagnostics.add("unknown-dimension", word.span, { name: word.text, near });
      }
      return axis;
    });
    return axes.some((a) => !a) ? null : (axes as Axis[]);
  }

  #parameter(
    doc: ParameterDocument,
    base: Omit<Parameter, "kind" | "values" | "distribution" | "sharedStream">,
  ): Parameter | null {
    const values = doc.value && this.#elements.values(doc.value, base.shape, base.name);
    if (doc.value && !values) return null;
    const distribution = doc.distribution && this.distribution(doc.distribution, { ...base, values });
    if (doc.distribution && !distribution) return null;
    const file =
      doc.distribution && "family" in doc.distribution && doc.distribution.family === "joint"
        ? doc.distribution.data.file.text
        : null;
    const sharedStream = file === null ? null : `rows of ${file}`;
    return { ...base, kind: "parameter", values, distribution, sharedStream };
  }

  /** The numbers of a `value` or `data` block for every cell of a shape. */
  values(block: ValueBlock, shape: readonly Axis[], name: string): Float64Array | null {
    return this.#elements.values(block, shape, name);
  }

  /** The distribution of each element of a parameter, from a call or from a file; null where anything is wrong. */
  distribution(
    written: Equation | SampleBlock,
    { name, shape, size, values }: Pick<Parameter, "name" | "shape" | "size" | "values">,
  ): Distribution[] | null {
    if ("family" in written) return this.#samples.read(written, shape, name);
    const lastLength = shape.at(-1)?.dimension.elements.length ?? 1;
    return readDistribution(written, { size, lastLength, values }, this.#diagnostics);
  }

  #noise(
    doc: NoiseDocument,
    base: Omit<
      Noise,
      "kind" | "process" | "every" | "everySteps" | "firstStep" | "firstIndex" | "initial" | "values" | "terms"
    >,
  ): Noise | null {
    const every = doc.every ?? fractionAt(ONE, doc.span);
    const times = recurrence(this.#time, every);
    if (!times) {
      const data = { name: doc.name.text, every: every.text, step: this.#time.step.text };
      this.#diagnostics.add("noise-period", every.span, data);
      return null;
    }
    const initial = doc.initial ?? doc.values?.[0] ?? (doc.process === "uniform" ? 0.5 : 0);
    return { ...base, kind: "noise", process: doc.process, every, ...times, initial, values: doc.values, terms: {} };
  }

  /** Second round: the equations. Returns false where one has an error. */
  resolve(doc: VariableDocument, variable: Variable): boolean {
    switch (doc.kind) {
      case "stock":
        return this.#resolveStock(doc, variable as Stock);
      case "flow":
      case "auxiliary": {
        const own = variable as Computed;
        const pieces = this.pieces(doc.equations, variable.shape, variable.name, doc.name.span);
        const starts = doc.initial && this.pieces(doc.initial, variable.shape, variable.name, doc.name.span);
        if (pieces) own.pieces = doc.nonNegative ? pieces.map(atLeastZero) : pieces;
        if (starts) own.starts = doc.nonNegative ? starts.map(atLeastZero) : starts;
        return pieces !== null && (starts !== null || doc.initial === null);
      }
      case "noise": {
        const terms = Object.entries(doc.terms).map(
          ([key, equation]) => [key, this.whole(equation, variable.shape)] as const,
        );
        if (terms.some(([, piece]) => piece === null)) return false;
        (variable as Noise).terms = Object.fromEntries(terms) as Record<string, Piece>;
        return true;
      }
      case "lookup":
      case "series":
        return doc.uncertain === null || this.#curves.isCurveParameter(doc.uncertain.parameter, variable.name);
      default:
        return true;
    }
  }

  #resolveStock(doc: StockDocument, stock: Stock): boolean {
    const initial = this.pieces(doc.initial, stock.shape, stock.name, doc.name.span);
    const inflows = doc.inflows.map((e) => this.#flow(e, stock));
    const outflows = doc.outflows.map((e) => this.#flow(e, stock));
    if (initial) stock.initial = initial;
    if (!initial || [...inflows, ...outflows].some((f) => f === null)) return false;
    stock.inflows = inflows as Piece[];
    stock.outflows = outflows as Piece[];
    return true;
  }

  #flow(equation: Equation, stock: Stock): Piece | null {
    const { expression } = equation;
    if (expression.kind === "name") {
      const variable = this.#symbols.variables.get(expression.name);
      if (variable && variable.kind !== "flow") {
        this.#diagnostics.add("not-a-flow", expression.span, { name: expression.name, kind: variable.kind });
        return null;
      }
    }
    return this.whole(equation, stock.shape);
  }

  /** The pieces of an equation by element; null where one has an error or a cell has none. */
  pieces(equations: readonly EquationByElement[], shape: readonly Axis[], name: string, at: Span): Piece[] | null {
    const single = equations[0];
    if (equations.length === 1 && single && single.region === null) {
      const piece = this.whole(single.equation, shape);
      return piece && [piece];
    }
    const regions = equations.map((e) =>
      readRegion(e.region ?? [], e.regionSpan, shape, name, this.#symbols, this.#diagnostics),
    );
    if (regions.some((r) => r === null)) return null;
    const owner = assignCells(regions as Region[], shape, name, this.#diagnostics);
    const missing = uncovered(owner, shape);
    if (missing.length > 0) {
      this.#diagnostics.add("equation-not-covered", at, { name, elements: missing.slice(0, 6), count: missing.length });
    }
    const boxes = boxesByRegion(owner, equations.length, shape);
    const pieces = equations.flatMap((e, r) => boxes[r]!.map((box, i) => this.#piece(e.equation, shape, box, i === 0)));
    return missing.length > 0 || pieces.some((p) => p === null) ? null : (pieces as Piece[]);
  }

  /** The one piece of an equation that holds for the whole shape. */
  whole(equation: Equation, shape: readonly Axis[]): Piece | null {
    return this.#piece(
      equation,
      shape,
      shape.map((a) => ({ from: 0, to: a.dimension.elements.length })),
      true,
    );
  }

  /** An equation cut into several boxes reports its errors once. */
  #piece(equation: Equation, shape: readonly Axis[], box: Box, report: boolean): Piece | null {
    const axes = shape.map((a, i): AxisVariable => ({ name: a.name, dimension: a.dimension, ...box[i]! }));
    const scope: Scope = new Map(axes.map((a) => [a.name, a]));
    const resolver = new EquationResolver(this.#symbols, report ? this.#diagnostics : new Scratch(), this.#time);
    const term = resolver.resolve(equation.expression, scope);
    return term && { axes, term, equation };
  }
}

const atLeastZero = (piece: Piece): Piece => ({ ...piece, term: larger(piece.term, constant(0)) });

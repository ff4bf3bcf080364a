/** Documents and expressions at random, for properties of the reader. What they say need not make sense. */
import fc from "fast-check";
import type { DataBlock, Fraction, ModelDocument, Word } from "../../engine/language/document.ts";
import type { BinaryOperator, Equation, Expression } from "../../engine/language/equation.ts";

const span = { path: "a.yaml", start: 0, end: 0 };
const BINARY: readonly BinaryOperator[] = [
  ..."+ - * / ^ mod".split(" "),
  ..."== != < <= > >= and or".split(" "),
] as BinaryOperator[];

const NAMES = ["population", "birth_rate", "x", "_a1", "人口", "城镇化率", "mod_a", "android", "e", "名2", "ὄνομα"];
const name = fc.constantFrom(...NAMES);
const number = fc.oneof(
  fc.nat(100),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
);

const anySubscript: fc.Arbitrary<Expression> = fc.oneof(
  name.map((n): Expression => ({ kind: "name", name: n, span })),
  fc.constantFrom("0", "15-49", "昆明 市", "").map((value): Expression => ({ kind: "text", value, span })),
  fc.nat(99).map((value): Expression => ({ kind: "number", value, span })),
  fc.tuple(name, fc.constantFrom("+", "-"), fc.nat(9)).map(
    ([n, operator, value]): Expression => ({
      kind: "binary",
      operator,
      left: { kind: "name", name: n, span },
      right: { kind: "number", value, span },
      span,
    }),
  ),
);

/** An expression of every kind, up to some five levels deep. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression; atom: Expression }>(
  (tie) => ({
    atom: fc.oneof(
      number.map((value): Expression => ({ kind: "number", value, span })),
      name.map((n): Expression => ({ kind: "name", name: n, span })),
    ),
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: "expression" },
      tie("atom"),
      fc
        .tuple(fc.constantFrom(...BINARY), tie("expression"), tie("expression"))
        .map(([operator, left, right]): Expression => ({ kind: "binary", operator, left, right, span })),
      fc
        .tuple(fc.constantFrom("-", "not"), tie("expression"))
        .map(([operator, operand]): Expression => ({ kind: "unary", operator, operand, span })),
      fc.tuple(name, fc.array(tie("expression"), { maxLength: 3 })).map(
        ([n, args]): Expression => ({
          kind: "call",
          name: n,
          nameSpan: span,
          subscripts: null,
          arguments: args,
          span,
        }),
      ),
      fc
        .tuple(name, fc.array(anySubscript, { minLength: 1, maxLength: 2 }))
        .map(([n, subscripts]): Expression => ({ kind: "subscripted", name: n, nameSpan: span, subscripts, span })),
      fc.tuple(name, anySubscript, tie("expression")).map(
        ([n, at, x]): Expression => ({
          kind: "call",
          name: n,
          nameSpan: span,
          subscripts: [at],
          arguments: [x],
          span,
        }),
      ),
    ),
  }),
).expression;

const word = (text: string): Word => ({ text, span });
/** Texts that YAML could misread; the reader takes them without the blanks at both ends. */
const text = fc
  .oneof(
    fc.constantFrom(
      "1",
      "true",
      "null",
      "a: b",
      "a, b",
      "#x",
      "[x]",
      "{x}",
      "- x",
      "人/年",
      'a "b" c',
      "it's",
      "1e3",
      "~",
    ),
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }),
  )
  .map((t) => t.trim().replace(/\s+/g, " "))
  // A call without quotes in a list is taken for a part of an equation.
  .filter((t) => t !== "" && t.normalize("NFC") === t && !/\w\(/.test(t));
const title = fc.record({ en: text, zh: text });
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));
const words = fc.array(name.map(word), { maxLength: 3 });
const equation: fc.Arbitrary<Equation> = anyExpression.map((expression) => ({
  source: { text: "", span, textStart: null },
  expression,
}));
const fraction: fc.Arbitrary<Fraction> = fc.constantFrom(
  { numerator: 1, denominator: 4, text: "1/4", span },
  { numerator: 2, denominator: 1, text: "2", span },
  { numerator: 1, denominator: 10, text: "0.1", span },
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);

const labels = fc.record({
  title: maybe(title),
  description: maybe(title),
  unit: maybe(text.map(word)),
  source: maybe(text),
  grade: maybe(text),
  note: maybe(title),
});

const regions = fc.oneof(
  equation.map((e) => [{ region: null, regionSpan: span, equation: e }]),
  fc
    .uniqueArray(fc.tuple(name, equation), { minLength: 1, maxLength: 3, selector: ([n]) => n })
    .map((list) => list.map(([n, e]) => ({ region: [word(n), word("16..65")], regionSpan: span, equation: e }))),
);

const filters = fc
  .uniqueArray(fc.tuple(name, fc.array(text, { minLength: 1, maxLength: 2 })), { maxLength: 2, selector: ([n]) => n })
  .map((list) => list.map(([column, texts]) => ({ column: word(column), texts })));
const data = (timed: boolean): fc.Arbitrary<DataBlock> =>
  fc.record({
    file: text.map(word),
    column: maybe(text.map(word)),
    columns: name.map(word),
    time: timed ? text.map(word) : maybe(text.map(word)),
    scale: real,
    key: fc
      .uniqueArray(name, { maxLength: 2 })
      .map((columns) => columns.map((c) => ({ column: word(c), dimension: word("place") }))),
    where: filters,
    ignore: filters,
    span: fc.constant(span),
  });

const cells = fc.oneof(
  real.map((value) => ({ kind: "number" as const, value, span })),
  fc.record({
    kind: fc.constant("by-element" as const),
    entries: fc
      .uniqueArray(fc.tuple(name, real), { maxLength: 3, selector: ([n]) => n })
      .map((list) => list.map(([element, value]) => ({ element: word(element), value }))),
    otherwise: maybe(real),
    span: fc.constant(span),
  }),
);
const distribution = fc.oneof(
  equation,
  fc.record({ family: fc.constantFrom("empirical" as const, "joint" as const), data: data(false) }),
);
const points = fc.array(fc.record({ x: real, y: real, span: fc.constant(span) }), { maxLength: 3 });

/** The fields of a declaration that do not depend on its kind; the name is given by its place in the list. */
const declared = fc.record({
  shape: words,
  labels,
  indicator: maybe(
    fc.constantFrom("end" as const, "total" as const, "mean" as const).map((reading) => ({ reading, span })),
  ),
  observed: maybe(data(true)),
});
const own = fc.oneof(
  fc.record({
    kind: fc.constant("stock" as const),
    initial: regions,
    inflows: fc.array(equation, { maxLength: 2 }),
    outflows: fc.array(equation, { maxLength: 2 }),
    nonNegative: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom("flow" as const, "auxiliary" as const),
    equations: regions,
    initial: maybe(regions),
    nonNegative: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("parameter" as const),
    value: fc.oneof(
      cells,
      data(false).map((block) => ({ kind: "data" as const, data: block })),
    ),
    distribution: maybe(distribution),
  }),
  fc.record({
    kind: fc.constant("lever" as const),
    initial: real,
    range: fc.record({ low: real, high: real, span: fc.constant(span) }),
    ramp: maybe(fc.record({ from: real, to: real, span: fc.constant(span) })),
    lag: real,
  }),
  fc.record({
    kind: fc.constant("lookup" as const),
    points: fc.oneof(
      points.map((list) => ({ kind: "points" as const, points: list })),
      data(true).map((block) => ({ kind: "data" as const, data: block })),
    ),
    interpolate: fc.constant("linear" as const),
    xUnit: maybe(text.map(word)),
    outside: fc.constantFrom("hold" as const, "extrapolate" as const),
    uncertain: fc.constant(null),
    span: fc.constant(span),
  }),
  fc.record({
    kind: fc.constant("series" as const),
    data: data(true),
    interpolate: fc.constantFrom("linear" as const, "previous" as const),
    uncertain: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant("noise" as const),
    process: fc.constant("ar1" as const),
    every: maybe(fraction),
    initial: maybe(real),
    values: fc.constant(null),
    terms: fc.record({ persistence: equation, sd: equation }),
    span: fc.constant(span),
  }),
);

const named = <T>(prefix: string, item: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(item, { maxLength }).map((list) => list.map((fields, i) => ({ name: word(`${prefix}${i}`), ...fields })));

const dimension = fc.record({
  title: maybe(title),
  elements: fc
    .uniqueArray(fc.tuple(fc.oneof(name, fc.constantFrom("0", "91", "15-49")), maybe(title), maybe(text)), {
      minLength: 1,
      maxLength: 4,
      selector: ([n]) => n,
    })
    .map((list) => list.map(([n, elementTitle, code]) => ({ name: word(n), title: elementTitle, code }))),
  aliases: fc.uniqueArray(name, { maxLength: 2 }).map((list) => list.map(word)),
  groups: named(
    "group",
    fc.record({
      title: maybe(title),
      members: fc
        .uniqueArray(fc.tuple(name, fc.oneof(real, name.map(word))), { maxLength: 3, selector: ([n]) => n })
        .map((list) => list.map(([element, weight]) => ({ element: word(element), weight }))),
    }),
    2,
  ),
  layout: maybe(fc.array(words, { maxLength: 2 })),
});

const scenario = fc.record({
  title: maybe(title),
  description: maybe(title),
  like: maybe(name.map(word)),
  levers: fc
    .uniqueArray(fc.tuple(name, fc.record({ set: real, from: maybe(real), to: maybe(real), lag: maybe(real) })), {
      maxLength: 2,
      selector: ([n]) => n,
    })
    .map((list) => list.map(([lever, fields]) => ({ lever: word(lever), ...fields, setSpan: span, span }))),
  parameters: fc
    .uniqueArray(
      fc.tuple(
        name,
        fc.oneof(
          cells.map((value) => ({ value, distribution: null })),
          distribution.map((d) => ({ value: null, distribution: d })),
        ),
      ),
      { maxLength: 2, selector: ([n]) => n },
    )
    .map((list) => list.map(([parameter, fields]) => ({ parameter: word(parameter), ...fields }))),
  repeated: fc.constant(false),
});

/** A document in which every section may stand. */
export const anyDocument: fc.Arbitrary<ModelDocument> = fc.record({
  header: fc.record({
    name: text.map(word),
    title,
    description: maybe(title),
    start: real,
    stop: real,
    step: fraction,
    save: fraction,
    timeUnit: text,
    timeSpan: fc.constant(span),
    method: fc.constantFrom("euler" as const, "rk2" as const, "rk4" as const),
    numerics: maybe(fc.constantFrom("exact" as const, "logarithms" as const, "factors" as const)),
    reference: maybe(name.map(word)),
    seed: fc.nat(),
  }),
  units: named(
    "unit",
    fc.oneof(
      fc.record({ title: maybe(title), of: name.map(word), times: real, timesSpan: fc.constant(span) }),
      fc.record({ title: maybe(title), of: fc.constant(null), times: fc.constant(1), timesSpan: fc.constant(span) }),
    ),
  ),
  dimensions: named("dimension", dimension),
  variables: named(
    "variable",
    fc.tuple(declared, own).map(([base, fields]) => ({ ...base, ...fields })),
    5,
  ),
  correlations: fc.array(fc.record({ a: name.map(word), b: name.map(word), value: real, span: fc.constant(span) }), {
    maxLength: 2,
  }),
  events: named(
    "event",
    fc
      .tuple(
        fc.oneof(
          fraction.map((every) => ({ every, at: null })),
          real.map((at) => ({ every: null, at })),
        ),
        fc.record({
          title: maybe(title),
          atSpan: fc.constant(span),
          sets: fc
            .uniqueArray(fc.tuple(name, words, regions), { maxLength: 2, selector: ([n]) => n })
            .map((list) => list.map(([stock, shape, equations]) => ({ stock: word(stock), shape, equations }))),
        }),
      )
      .map(([times, fields]) => ({ ...times, ...fields })),
    2,
  ),
  identities: named(
    "identity",
    fc.record({
      shape: words,
      title: maybe(title),
      left: equation,
      right: equation,
      scale: maybe(equation),
      tolerance: real,
    }),
  ),
  targets: named(
    "target",
    fc.record({
      title: maybe(title),
      indicator: equation,
      comparison: fc.constantFrom("at_least" as const, "at_most" as const),
      threshold: real,
      due: real,
      dueSpan: fc.constant(span),
      note: maybe(text),
      source: maybe(text),
    }),
  ),
  scenarios: named("scenario", scenario),
  charts: named(
    "chart",
    fc.record({
      title: maybe(title),
      note: maybe(title),
      kind: fc.constantFrom("fan", "multiples", "targets").map(word),
      indicator: equation,
      indicators: words,
      scenario: maybe(name.map(word)),
      scenarios: words,
      per: maybe(name.map(word)),
      from: maybe(real),
      fromSpan: fc.constant(span),
      file: maybe(text.map(word)),
      columns: fc.uniqueArray(fc.record({ column: name.map(word), title }), {
        maxLength: 2,
        selector: (c) => c.column.text,
      }),
      years: fc.array(real, { maxLength: 2 }),
      yearsSpan: fc.constant(span),
      span: fc.constant(span),
    }),
  ),
  broken: fc.constant([]),
  doubtful: fc.constant([]),
});

/** What is printed and read again is the same: expressions of every form, and documents. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../engine/diagnostics/diagnostic.ts";
import type { ModelDocument } from "../../engine/language/document.ts";
import type { Expression } from "../../engine/language/equation.ts";
import { parseEquation } from "../../engine/language/equation-parser.ts";
import { printDocument } from "../../engine/language/print/print-document.ts";
import { printExpression } from "../../engine/language/print/print-expression.ts";
import { readDocument } from "../../engine/language/read-document.ts";
import { anyDocument, anyExpression } from "./arbitrary-document.ts";
import { strip, withoutPlaces } from "./without-places.ts";

/** A blank that is no part of a text in quotes. */
const OUTSIDE_QUOTES = / (?=(?:[^"]*"[^"]*")*[^"]*$)/g;
const NOWHERE = { path: "a.yaml", start: 0, end: 0 };

function read(files: readonly { path: string; text: string }[]): ModelDocument {
  const diagnostics = new DiagnosticList();
  const document = readDocument(files, diagnostics);
  const found = diagnostics.sorted([]).map((d) => `${d.code} ${JSON.stringify(d.data)} ${JSON.stringify(d.span)}`);
  if (!document || found.length > 0) throw new Error(`${found.join("\n")}\n${files.map((f) => f.text).join("\n")}`);
  return document;
}

test("property: an expression with the fewest brackets has the same tree", () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      const text = printExpression(expression);
      const diagnostics = new DiagnosticList();
      const equation = parseEquation({ text, span: NOWHERE, textStart: 0 }, diagnostics);
      expect(diagnostics.sorted([]), text).toEqual([]);
      expect(strip(equation!.expression), text).toEqual(strip(expression));
    }),
    { numRuns: 1000 },
  );
});

/** An expression with all its parts; an offset in a subscript is a part too. */
function parts(e: Expression): Expression[] {
  const inner =
    e.kind === "binary"
      ? [e.left, e.right]
      : e.kind === "unary"
        ? [e.operand]
        : e.kind === "call"
          ? [...(e.subscripts ?? []), ...e.arguments]
          : e.kind === "subscripted"
            ? e.subscripts
            : [];
  return [e, ...inner.flatMap(parts)];
}

test("property: the place of each part is its text, brackets included", () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      const text = printExpression(expression);
      const parse = (piece: string) =>
        parseEquation({ text: piece, span: NOWHERE, textStart: 0 }, new DiagnosticList())?.expression;
      for (const part of parts(parse(text)!)) {
        expect(strip(parse(text.slice(part.span.start, part.span.end)))).toEqual(strip(part));
      }
    }),
  );
});

test("property: blanks of any kind between the parts change nothing", () => {
  const blank = fc.constantFrom("", " ", "  ", "\u3000", "\u00a0", "\t");
  fc.assert(
    fc.property(anyExpression, fc.array(blank, { minLength: 1, maxLength: 8 }), (expression, blanks) => {
      let n = 0;
      const text = printExpression(expression).replace(OUTSIDE_QUOTES, () => ` ${blanks[n++ % blanks.length]}`);
      const equation = parseEquation({ text, span: NOWHERE, textStart: 0 }, new DiagnosticList());
      expect(strip(equation?.expression), text).toEqual(strip(expression));
    }),
  );
});

test("property: a document is the same when it is printed and read", () => {
  fc.assert(
    fc.property(anyDocument, fc.boolean(), (document, braces) => {
      const text = printDocument(document, braces);
      expect(withoutPlaces(read([{ path: "a.yaml", text }])), text).toEqual(withoutPlaces(document));
    }),
    { numRuns: 150 },
  );
});

describe("the models of the repository", () => {
  const folder = join(import.meta.dirname, "..", "..", "scenarios");
  test.each(readdirSync(folder))("%s", (name) => {
    const names = readdirSync(join(folder, name)).filter((f) => /\.ya?ml$/.test(f));
    const files = names.map((path) => ({ path, text: readFileSync(join(folder, name, path), "utf8") }));
    const document = read(files);
    expect(withoutPlaces(read([{ path: "a.yaml", text: printDocument(document) }]))).toEqual(withoutPlaces(document));
  });
});

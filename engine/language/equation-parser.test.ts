import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Expression } from "./equation.ts";
import { parseEquation } from "./equation-parser.ts";
import { tokenize } from "./equation-tokens.ts";

function read(text: string): { printed: string | null; codes: string[]; tree: Expression | null } {
  const diagnostics = new DiagnosticList();
  const source = { text, span: { path: "m.yaml", start: 100, end: 100 + text.length }, textStart: 100 };
  const equation = parseEquation(source, diagnostics);
  const codes = diagnostics.sorted(["m.yaml"]).map((d) => {
    const what = "instead" in d.data ? d.data.instead : "";
    return [d.code, what, d.span ? text.slice(d.span.start - 100, d.span.end - 100) : ""]
      .filter((x) => x !== "")
      .join(" ");
  });
  return { printed: equation && print(equation.expression), codes, tree: equation?.expression ?? null };
}

/** Fully parenthesised, so that precedence shows. */
function print(e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "text":
      return JSON.stringify(e.value);
    case "name":
      return e.name;
    case "subscripted":
      return `${e.name}[${e.subscripts.map(print).join(", ")}]`;
    case "call":
      return `${e.name}${e.subscripts ? `[${e.subscripts.map(print).join(", ")}]` : ""}(${e.arguments.map(print).join(", ")})`;
    case "unary":
      return `(${e.operator} ${print(e.operand)})`;
    case "binary":
      return `(${print(e.left)} ${e.operator} ${print(e.right)})`;
  }
}

describe("parseEquation reads", () => {
  it.each([
    ["a + b * c", "(a + (b * c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b * c", "((a / b) * c)"],
    ["-x^2", "(- (x ^ 2))"],
    ["a^b^c", "(a ^ (b ^ c))"],
    ["2 * -3", "(2 * (- 3))"],
    ["+a", "a"],
    ["a mod 3 + 1", "((a mod 3) + 1)"],
    ["a < b and not c", "((a < b) and (not c))"],
    ["a == b or c != d", "((a == b) or (c != d))"],
    ["(not a) == b", "((not a) == b)"],
    ["not (a == b)", "(not (a == b))"],
    ['population[prefecture, age - 1, "0"]', 'population[prefecture, (age - 1), "0"]'],
    ["if(age >= 61, old(x), 0)", "if((age >= 61), old(x), 0)"],
    ["table[prefecture](x + 1)", "table[prefecture]((x + 1))"],
    ["人口[昆明, 年 - 1] * 出生率", "(人口[昆明, (年 - 1)] * 出生率)"],
    ["𠮷 + 第2产业", "(𠮷 + 第2产业)"],
    ["1e-3 + .5 + 5.", "((0.001 + 0.5) + 5)"],
    ["a\n  + b", "(a + b)"],
  ])("%s", (text, printed) => {
    expect(read(text.replaceAll("\n", " "))).toMatchObject({ printed, codes: [] });
  });
});

describe("parseEquation refuses", () => {
  it.each([
    ["birth rate * population", "implicit-product birth rate"],
    ["2 x", "implicit-product 2 x"],
    ["(a) (b)", "implicit-product ) ("],
    ["a = b", "construct-refused use-equals ="],
    ["a ** 2", "construct-refused use-power **"],
    ["a && b", "construct-refused use-and &&"],
    ["a || b", "construct-refused use-or ||"],
    ["a × b", "construct-refused use-times ×"],
    ["a ? b : c", "construct-refused use-if ?"],
    ["5%", "construct-refused use-share %"],
    ["max（a，b）", "construct-refused use-half-width （"],
    ["a; b", "construct-refused one-equation ;"],
    ["x[1][2]", "construct-refused none x[1][2]"],
    ["2[1] + x", "construct-refused none 2[1]"],
    ["max(x, 1)[2]", "construct-refused none max(x, 1)[2]"],
    ["x[1:3]", "construct-refused no-range :"],
    ["a.b", "construct-refused no-property ."],
    ["1e400", "number-too-large 1e400"],
  ])("%s", (text, code) => {
    expect(read(text)).toMatchObject({ printed: null, codes: [code] });
  });

  it("chained comparisons and `not a == b`, which mathjs reads in a way nobody means", () => {
    expect(read("a < b < c").codes[0]).toMatch(/^construct-refused use-comparison-pair/);
    expect(read("not a == b").codes[0]).toMatch(/^construct-refused parenthesise-not/);
  });

  it("an unfinished equation, deep nesting and endless texts, each with one error", () => {
    expect(read("(a + b").codes).toHaveLength(1);
    expect(read("a + ").codes).toHaveLength(1);
    expect(read("").codes).toHaveLength(1);
    expect(read(`${"(".repeat(5000)}a${")".repeat(5000)}`).codes.map((c) => c.split(" ")[0])).toEqual([
      "equation-too-deep",
    ]);
    expect(read(`a${" + a".repeat(20_000)}`).codes.map((c) => c.split(" ")[0])).toEqual(["equation-too-long"]);
  });
});

/** Random expressions as text, for properties of the pairing of tokens and symbols. */
const expressionText: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("a", "bb", "人口", "x_1", "3", "0.25"),
    fc.tuple(tie("e"), fc.constantFrom("+", "-", "*", "/", "^"), tie("e")).map(([l, op, r]) => `(${l}) ${op} (${r})`),
    tie("e").map((x) => `-(${x})`),
    tie("e").map((x) => `sqrt(${x})`),
    fc.tuple(tie("e"), tie("e"), tie("e")).map((args) => `if(${args.join(", ")})`),
    fc.constant("x[prefecture, age - 1]"),
  ),
})).e;

describe("places", () => {
  it("every name stands where the tree says it does", () => {
    fc.assert(
      fc.property(expressionText, (text) => {
        const { tree } = read(text);
        const visit = (e: Expression): void => {
          const at = (span: { start: number; end: number }) => text.slice(span.start - 100, span.end - 100);
          if (e.kind === "name") expect(at(e.span)).toBe(e.name);
          if (e.kind === "number") expect(Number(at(e.span))).toBe(e.value);
          if (e.kind === "call" || e.kind === "subscripted") expect(at(e.nameSpan)).toBe(e.name);
          if (e.kind === "call") e.arguments.forEach(visit);
          if (e.kind === "subscripted") e.subscripts.forEach(visit);
          if (e.kind === "unary") visit(e.operand);
          if (e.kind === "binary") [e.left, e.right].forEach(visit);
        };
        expect(tree).not.toBeNull();
        visit(tree!);
      }),
    );
  });

  it("tokens cover the text in order without overlap", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        }
      }),
    );
  });
});

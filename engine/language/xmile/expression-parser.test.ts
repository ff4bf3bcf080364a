import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { positionAt } from "../../diagnostics/source.ts";
import { parseExpression, parseTable } from "./expression-parser.ts";
import { printForeign } from "./testing/print-foreign.ts";
import { PlacedText } from "./xml-text.ts";

const placed = (text: string) =>
  new PlacedText(
    text,
    Uint32Array.from({ length: text.length + 1 }, (_, i) => i),
    "model.xmile",
  );

function parse(text: string) {
  const diagnostics = new DiagnosticList();
  const expression = parseExpression(placed(text), diagnostics);
  return { expression, errors: diagnostics.sorted(["model.xmile"]) };
}

describe("what an expression means", () => {
  test.each([
    ["1 + 2 * 3", "(+ 1 (* 2 3))"],
    ["a - b - c", "(- (- a b) c)"],
    ["a / b * c", "(* (/ a b) c)"],
    ["2^3^2", "(^ 2 (^ 3 2))"],
    ["-2^2", "(- (^ 2 2))"],
    ["2^-1", "(^ 2 (- 1))"],
    ["2^-x^y", "(^ 2 (- (^ x y)))"],
    ["-a * b", "(* (- a) b)"],
    ["a MOD b * c", "(* (mod a b) c)"],
    ["a // b", "(// a b)"],
    ["+x", "(+ x)"],
    ["NOT a = b", "(= (not a) b)"],
    ["not a and b OR c", "(or (and (not a) b) c)"],
    ["a < b = c > d", "(= (< a b) (> c d))"],
    ["a <> b", "(<> a b)"],
    ["a <= b >= c", "(>= (<= a b) c)"],
    ["(a + b) * c", "(* (+ a b) c)"],
    ["IF a > 1 THEN b ELSE c + 1", "if_then_else((> a 1), b, (+ c 1))"],
    ["1 + if x then 2\nelse if y then 3 else 4", "(+ 1 if_then_else(x, 2, if_then_else(y, 3, 4)))"],
    ["If_Then_Else(a, b, c)", "if_then_else(a, b, c)"],
    ["MAX(a, b, 3)", "max(a, b, 3)"],
    ["RANDOM()", "random()"],
    ["VECTOR SORT ORDER(x[Region], 1)", "vector_sort_order(x[region], 1)"],
    [".5 + 5. + 1e-3 + 007", "(+ (+ (+ 0.5 5) 0.001) 7)"],
    ['"Teacup Temperature" - "Room Temp\\nerature"', "(- teacup_temperature room_temp_erature)"],
    ['"say \\"when\\""', 'say_"when"'],
    ["Größe * 人口_1", "(* größe 人口_1)"],
    ["hares.hare_density", "hares·hare_density"],
    [".area + 1", "(+ ·area 1)"],
    ['a."module/output" + "b.c".d', "(+ a·module/output b.c·d)"],
    ["x[A1, DimB]", "x[a1, dimb]"],
    ["x[*, 2]", "x[*, =2]"],
    ["x[*:Sub, 1:3]", "x[*:sub, 1:3]"],
    ["x[a:b]", "x[a:b]"],
    ["x[i + 1]", "x[=(+ i 1)]"],
    ["x[index[A]]", "x[=index[a]]"],
    ["table[A](x)", "table[a](x)"],
    ["x'", "x'"],
    ["x[R, C]'", "x[r, c]'"],
    ["a {first} + {second\nline} b", "(+ a b)"],
    ['"not" + "if"', "(+ not if)"],
    ["MOD(7, 3)", "mod(7, 3)"],
    ["mod + a MOD mod", "(+ mod (mod a mod))"],
  ])("%s", (text, expected) => {
    const { expression, errors } = parse(text);
    expect(errors).toEqual([]);
    expect(expression && printForeign(expression)).toBe(expected);
  });
});

describe("what is wrong, and where", () => {
  test.each([
    ["a == b", "foreign-sign", { sign: "==", instead: "=" }, 3],
    ["a != b", "foreign-sign", { sign: "!=", instead: "<>" }, 3],
    ["a && b", "foreign-sign", { sign: "&&", instead: "AND" }, 3],
    ["a ** 2", "foreign-sign", { sign: "**", instead: "^" }, 3],
    ["a ≥ b", "foreign-sign", { sign: "≥", instead: ">=" }, 3],
    ["a # b", "foreign-sign", { sign: "#", instead: null }, 3],
    ["(a + b", "equation-syntax", { problem: "missing-close", text: ")" }, 1],
    ["x[1", "equation-syntax", { problem: "missing-close", text: "]" }, 2],
    ["a + b)", "equation-syntax", { problem: "extra-close", text: ")" }, 6],
    ["a + * b", "equation-syntax", { problem: "missing-value", text: "*" }, 5],
    ["a +", "equation-syntax", { problem: "unfinished", text: "+" }, 3],
    ["", "equation-syntax", { problem: "empty", text: "" }, 1],
    ["a, b", "equation-syntax", { problem: "comma-outside", text: "," }, 2],
    ['"abc', "equation-syntax", { problem: "open-quote", text: '"' }, 1],
    ["{ open", "equation-syntax", { problem: "missing-close", text: "}" }, 1],
    ["IF a b", "implicit-product", { left: "a", right: "b", joined: "a_b", declared: null }, 4],
    ["IF a", "equation-syntax", { problem: "if-without-then", text: "if" }, 1],
    ["IF a THEN b", "equation-syntax", { problem: "if-without-else", text: "if" }, 1],
    ["IF x not THEN 1 ELSE 0", "implicit-product", { left: "x", right: "not", joined: null, declared: null }, 4],
    ["birth rate * x", "implicit-product", { left: "birth", right: "rate", joined: "birth_rate", declared: null }, 1],
    ["2 x", "implicit-product", { left: "2", right: "x", joined: null, declared: null }, 1],
    ["1e999", "number-too-large", { text: "1e999" }, 1],
  ])("%s → %s", (text, code, data, column) => {
    const { expression, errors } = parse(text);
    expect(expression).toBeNull();
    expect(errors.map((e) => [e.code, e.data])).toEqual([[code, data]]);
    expect(positionAt(text, errors[0]!.span!.start).column).toBe(column);
  });

  test("very deep nesting and very long chains are refused", () => {
    expect(parse("(".repeat(5000)).errors[0]?.code).toBe("equation-too-deep");
    expect(parse("-".repeat(5000)).errors[0]?.code).toBe("equation-too-deep");
    expect(parse(`1${"+1".repeat(100_000)}`).errors[0]?.code).toBe("equation-too-deep");
    expect(parse(`1${"+1".repeat(1_000)}`).errors).toEqual([]);
  });
});

test("a table of numbers may stand in an equation", () => {
  const cells = parseTable(placed("0.1, -2;\n 3e2, 4;"), new DiagnosticList());
  expect(cells?.map(printForeign)).toEqual(["0.1", "(- 2)", "300", "4"]);
});

test("every part lies where its text stands", () => {
  const text = "a + MAX(b[1], c) * 2";
  const { expression } = parse(text);
  const right = expression?.kind === "binary" ? expression.right : null;
  expect(text.slice(right!.span.start, right!.span.end)).toBe("MAX(b[1], c) * 2");
  const call = right?.kind === "binary" ? right.left : null;
  expect(text.slice(call!.span.start, call!.span.end)).toBe("MAX(b[1], c)");
});

test("any text either parses or is an error, and never both or neither", () => {
  const word = fc.constantFrom(
    "a",
    "b1",
    '"x y"',
    "IF",
    "THEN",
    "ELSE",
    "(",
    ")",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "^",
    "NOT",
    "2",
    ".",
    "'",
    "{",
    "}",
    "=",
    "<",
    ":",
    " ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 30 }).map((w) => w.join("")),
      ),
      (text) => {
        const { expression, errors } = parse(text);
        expect(errors).toHaveLength(expression === null ? 1 : 0);
      },
    ),
    { numRuns: 2000 },
  );
});

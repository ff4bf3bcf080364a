import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticData,
  DiagnosticList,
  InternalError,
  ModelError,
  type RelatedPlace,
  UsageError,
} from "./diagnostic.ts";
import { textWidth } from "./display-width.ts";
import { diagnosticToJson, renderDiagnostic, renderDiagnostics, renderFailure, renderInternalError } from "./render.ts";
import type { Span } from "./source.ts";

const POPULATION = `parameters:
  birth_rate: {value: 0.02, unit: 1/year}
flows:
  births:
    equation: birth_rate * populaton
    unit: person/year
`;

/** The range of the n-th occurrence of a piece of text. */
function at(text: string, piece: string, path = "model.yaml", occurrence = 1): Span {
  let start = -1;
  for (let i = 0; i < occurrence; i++) start = text.indexOf(piece, start + 1);
  return { path, start, end: start + piece.length };
}

function diagnostic<Code extends DiagnosticCode>(
  code: Code,
  span: Span | null,
  data: DiagnosticData[Code],
  related: readonly RelatedPlace[] = [],
): Diagnostic {
  const list = new DiagnosticList();
  list.add(code, span, data, related);
  return list.sorted([])[0]!;
}

function render(d: Diagnostic, text: string, language: "en" | "zh" = "en", path = "model.yaml"): string {
  return renderDiagnostic(d, new Map([[path, text]]), { language });
}

/** Column of the first caret, less the column where `piece` stands in the line above it. */
function caretShift(rendered: string, piece: string): number {
  const lines = rendered.split("\n");
  const caret = lines.findIndex((l) => l.includes("^"));
  return lines[caret]!.indexOf("^") - textWidth(lines[caret - 1]!.slice(0, lines[caret - 1]!.indexOf(piece)));
}

const unknown = diagnostic("unknown-name", at(POPULATION, "populaton"), {
  name: "populaton",
  near: [
    { name: "population", kind: "stock", path: "model.yaml", line: 5 },
    { name: "working_population", kind: "auxiliary", path: "model.yaml", line: 9 },
  ],
});

describe("one diagnostic", () => {
  test("heading, place, the line with its neighbours, the caret under the exact range, notes", () => {
    expect(render(unknown, POPULATION)).toBe(`error[unknown-name]: there is no variable named "populaton"
  --> model.yaml:5:28
   |
 4 |   births:
 5 |     equation: birth_rate * populaton
   |                            ^^^^^^^^^
 6 |     unit: person/year
   |
   = did you mean "population"? (stock, defined at line 5)
   = also close: "working_population"`);
  });

  test("the same in Chinese", () => {
    expect(render(unknown, POPULATION, "zh")).toBe(`错误[unknown-name]：没有名为“populaton”的变量
  --> model.yaml:5:28
   |
 4 |   births:
 5 |     equation: birth_rate * populaton
   |                            ^^^^^^^^^
 6 |     unit: person/year
   |
   = 是不是想写“population”？（存量，定义在第 5 行）
   = 相近的还有：“working_population”`);
  });

  test("without a place there is no frame", () => {
    const d = diagnostic("missing-section", null, { section: "model" });
    expect(render(d, "").split("\n")[0]).toBe('error[missing-section]: the model has no section "model"');
    expect(render(d, "")).not.toContain("-->");
  });

  test("a place in a file whose text is not at hand names the file", () => {
    const d = diagnostic("stop-before-start", { path: "other.yaml", start: 3, end: 4 }, { start: 2, stop: 1 });
    expect(render(d, "")).toBe(
      "error[stop-before-start]: the model stops at 1, which is not after its start at 2\n  --> other.yaml",
    );
  });

  test("paths can be shown from where the user stands", () => {
    const sources = new Map([["model.yaml", POPULATION]]);
    expect(renderDiagnostic(unknown, sources, { language: "en", folder: "models/a/" })).toContain(
      "--> models/a/model.yaml:5:28\n",
    );
    const outside = new Set(["model.yaml"]);
    expect(renderDiagnostic(unknown, sources, { language: "en", folder: "models/a/", outside })).toContain(
      "--> model.yaml:",
    );
  });

  test("a warning says so", () => {
    const d = diagnostic("unused-parameter", at(POPULATION, "birth_rate"), { name: "birth_rate" });
    expect(render(d, POPULATION)).toMatch(/^warning\[unused-parameter\]: no equation uses "birth_rate"/);
    expect(render(d, POPULATION, "zh")).toMatch(/^警告\[unused-parameter\]：没有任何方程用到“birth_rate”/);
  });
});

describe("places beside the main one", () => {
  const text = `flows:\n  births: 1\n  deaths: 2\n  births: 3\n${"\n".repeat(20)}  births: 4\n`;
  const first: RelatedPlace = { span: at(text, "births"), label: "first-defined-here" };

  test("near: in the same frame, with its own mark", () => {
    const d = diagnostic("duplicate-name", at(text, "births", "model.yaml", 2), { name: "births" }, [first]);
    expect(render(d, text)).toContain(`
 1 | flows:
 2 |   births: 1
   |   ------ first defined here
 3 |   deaths: 2
 4 |   births: 3
   |   ^^^^^^
   |
`);
  });

  test("far or in another file: a frame of its own", () => {
    const d = diagnostic("duplicate-name", at(text, "births", "model.yaml", 3), { name: "births" }, [first]);
    expect(render(d, text)).toContain(`
  --> model.yaml:25:3
   |
25 |   births: 4
   |   ^^^^^^
  ::: model.yaml:2:3
   |
 1 | flows:
 2 |   births: 1
   |   ------ first defined here
 3 |   deaths: 2
   |
`);
  });
});

describe("carets", () => {
  test("line up below Chinese text, whose characters take two columns", () => {
    const text = "flows:\n  出生: {equation: 出生率 * 人囗, unit: 人/年}\n";
    const d = diagnostic("unknown-name", at(text, "人囗"), { name: "人囗", near: [] });
    const rendered = render(d, text);
    expect(rendered).toContain("-> model.yaml:2:24\n");
    expect(caretShift(rendered, "人囗")).toBe(0);
    expect(rendered).toContain(" ^^^^\n");
  });

  test("property: the caret stands below the marked piece, whatever stands before it", () => {
    const before = fc.string({
      unit: fc.constantFrom("a", "_", "省", "é", "e\u0301", "，", "😀", "\t", " "),
      maxLength: 150,
    });
    fc.assert(
      fc.property(before, before, (left, right) => {
        const text = `x\n${left}@@@${right}\ny\n`;
        const d = diagnostic("construct-refused", at(text, "@@@"), { construct: "@@@", instead: "none" });
        const rendered = render(d, text);
        expect(caretShift(rendered, "@@@")).toBe(0);
        expect(rendered).toMatch(/ \^\^\^$/m);
      }),
    );
  });

  test("a long line is cut round the caret", () => {
    const text = `x: ${"a + ".repeat(400)}wrong${" + b".repeat(400)}\n`;
    const d = diagnostic("unknown-name", at(text, "wrong"), { name: "wrong", near: [] });
    const rendered = render(d, text);
    expect(Math.max(...rendered.split("\n").map(textWidth))).toBeLessThan(120);
    expect(rendered).toMatch(/\| ….*wrong.*…$/m);
    expect(caretShift(rendered, "wrong")).toBe(0);
  });

  test("a range over several lines is marked in each, without the indentation", () => {
    const text = "a:\n  equation: |\n    b +\n      c\n  unit: x\n";
    const start = text.indexOf("b +");
    const d = diagnostic(
      "equation-too-deep",
      { path: "model.yaml", start, end: text.indexOf("\n  unit") },
      { limit: 200 },
    );
    expect(render(d, text)).toContain(" 3 |     b +\n   |     ^^^\n 4 |       c\n   |       ^\n");
  });

  test("Windows line ends are no part of a line", () => {
    const text = "a:\r\n  b: c\r\n";
    const d = diagnostic("equation-too-deep", { path: "model.yaml", start: 0, end: text.length }, { limit: 200 });
    expect(render(d, text)).toContain(" 1 | a:\n   | ^^\n 2 |   b: c\n   |   ^^^^\n");
  });

  test("an empty range, and one at the end of the file, have one caret", () => {
    const text = "model:";
    const d = diagnostic("missing-key", { path: "model.yaml", start: 6, end: 6 }, { key: "name", where: "model" });
    expect(render(d, text)).toContain(" 1 | model:\n   |       ^\n");
  });
});

describe("loops", () => {
  const text =
    "price: {equation: base * (1 + shortage)}\nshortage: {equation: demand - supply}\ndemand: {equation: f / price}\n";
  const loop = [
    { name: "price", span: at(text, "base * (1 + shortage)"), equation: "base * (1 + shortage)", uses: "shortage" },
    { name: "shortage", span: at(text, "demand - supply"), equation: "demand - supply", uses: "demand" },
    { name: "demand", span: at(text, "f / price"), equation: "f / price", uses: "price" },
  ];

  test("are drawn with place and equation of each step", () => {
    expect(render(diagnostic("circular-equations", loop[0]!.span, { loop, others: 4 }), text)).toBe(
      `error[circular-equations]: "price", "shortage" and "demand" need each other within the same time step

     price      model.yaml:1   base * (1 + shortage)
       ↑ uses shortage
     shortage   model.yaml:2   demand - supply
       ↑ uses demand
     demand     model.yaml:3   f / price
       ↑ uses price

   = none of them can be computed first. Break the loop where the real system takes time: with a stock,
   = or with an earlier value that has a start of its own, for example smooth(price, 1, start_value) in "demand"
   = this is the shortest loop; 4 more variables belong to longer loops through it`,
    );
  });

  test("among initial values ask for an explicit one", () => {
    const rendered = render(diagnostic("circular-initial-values", loop[0]!.span, { loop, others: 0 }), text, "zh");
    expect(rendered).toContain("“price”、“shortage”和“demand”为得到起始值");
  });

  test("of many steps leave out the middle", () => {
    const long = Array.from({ length: 40 }, (_, i) => ({ ...loop[0]!, name: `x${i}` }));
    const rendered = render(diagnostic("circular-equations", loop[0]!.span, { loop: long, others: 0 }), text);
    expect(rendered).toContain("⋮ 28");
    expect(rendered.split("\n").filter((l) => l.includes("↑"))).toHaveLength(12);
  });
});

describe("text of the user cannot drive the terminal", () => {
  test("escapes and text direction are shown, not obeyed", () => {
    const text = "x: a\u001b[31mred\u202e\n";
    const d = diagnostic("unknown-name", at(text, "a\u001b[31mred\u202e"), { name: "a\u001b[31mred\u202e", near: [] });
    const rendered = render(d, text);
    expect(rendered).toContain('named "a␛[31mred\\u{202e}"');
    expect(rendered).toContain(" 1 | x: a␛[31mred\\u{202e}");
  });

  test("property: no control character comes through, in name, place or source", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        const d = diagnostic("unknown-name", { path: name, start: 0, end: name.length }, { name, near: [] });
        expect(render(d, name, "en", name).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

test("colours are only decoration: without them the same text remains", () => {
  const sources = new Map([["model.yaml", POPULATION]]);
  const plain = renderDiagnostic(unknown, sources, { language: "en" });
  const painted = renderDiagnostic(unknown, sources, { language: "en", colour: true });
  expect(painted).toContain("\u001b[1;31m");
  const pieces = painted.split("\u001b[").map((piece, i) => (i === 0 ? piece : piece.slice(piece.indexOf("m") + 1)));
  expect(pieces.join("")).toBe(plain);
});

describe("a list", () => {
  const warning = diagnostic("unused-parameter", at(POPULATION, "birth_rate"), { name: "birth_rate" });
  const sources = new Map([["model.yaml", POPULATION]]);

  test("ends with a count", () => {
    const closing = (list: Diagnostic[], language: "en" | "zh") =>
      renderDiagnostics(list, sources, { language }).split("\n").at(-1);
    expect(closing([unknown], "en")).toBe("1 error");
    expect(closing([unknown, unknown, warning], "en")).toBe("2 errors, 1 warning");
    expect(closing([warning], "zh")).toBe("共 1 个警告");
    expect(closing([unknown, warning], "zh")).toBe("共 1 个错误、1 个警告");
    expect(closing(Array<Diagnostic>(250).fill(unknown), "en")).toBe("250 errors (150 of them not shown)");
  });

  test("of nothing is empty", () => {
    expect(renderDiagnostics([], sources, { language: "en" })).toBe("");
  });
});

test("as data: place from 1, message, notes and the data of the code", () => {
  expect(diagnosticToJson(unknown, new Map([["model.yaml", POPULATION]]))).toMatchObject({
    code: "unknown-name",
    severity: "error",
    path: "model.yaml",
    line: 5,
    column: 28,
    endLine: 5,
    endColumn: 37,
    message: 'there is no variable named "populaton"',
    data: { name: "populaton" },
    related: [],
  });
  expect(diagnosticToJson(diagnostic("missing-section", null, { section: "model" }), new Map())).toMatchObject({
    path: null,
    line: null,
    endColumn: null,
  });
});

describe("what was thrown", () => {
  test("a fault of ours asks for a report and shows no stack unless asked", () => {
    const error = new InternalError('pass "fold" lost a term');
    expect(renderInternalError(error, { language: "en" })).toBe(
      'internal error: pass "fold" lost a term\n' +
        "   This is a fault in Terrace, not in your model.\n" +
        "   Please report it with the model, the command you used and what terrace --version prints.",
    );
    expect(renderInternalError(error, { language: "en", stack: true })).toContain("render.test.ts");
    expect(renderInternalError(error, { language: "zh" })).toMatch(/^内部错误：/);
  });

  test("each kind has its own form", () => {
    const sources = new Map([["model.yaml", POPULATION]]);
    const show = (error: unknown) => renderFailure(error, sources, { language: "en" }).split("\n")[0];
    expect(show(new ModelError([unknown]))).toBe('error[unknown-name]: there is no variable named "populaton"');
    expect(show(new UsageError("unknown design: sobl"))).toBe("wrong use: unknown design: sobl");
    expect(show(new TypeError("x is undefined"))).toBe("internal error: x is undefined");
  });
});

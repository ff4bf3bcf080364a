/**
 * What strangers may send: files made from the pieces of the language in any order, real ones with changes, very deep, long and
 * wide ones. Each must end in a model or in errors that point into the file; time is bounded by the limits, which have tests here.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { decodeVensim } from "./decode-vensim.ts";
import { readVensim } from "./read-vensim.ts";
import { CLOCK, read } from "./testing/print-model.ts";

/** Reads a text and checks what holds for every text; gives the codes of the errors. */
function codesOf(text: string): string[] {
  const diagnostics = new DiagnosticList();
  const file = { path: "model.mdl", text };
  const external = () => new TextEncoder().encode("t,a\n1,2\n3,4\n");
  const model = readVensim({ file, external, tags: new Map(), data: [] }, diagnostics);
  expect(model === null, "no model and no error, or both").toBe(diagnostics.hasErrors);
  const list = diagnostics.sorted([file.path]);
  for (const { span } of list) {
    expect(span).not.toBeNull();
    expect(span!.start).toBeGreaterThanOrEqual(0);
    expect(span!.end).toBeGreaterThanOrEqual(span!.start);
    expect(span!.end).toBeLessThanOrEqual(text.length);
  }
  renderDiagnostics(list, new Map([[file.path, text]]), { language: "en" });
  return list.map((diagnostic) => diagnostic.code);
}

const SAMPLE = `{UTF-8}
Region: North, (A1-A3), South -> Area, (Zone: Z1, Sub)
	~	~	|
Area <-> Region ~~|
:MACRO: LAG(in, time : extra)
LAG = INTEG((in - LAG) / time$, in) ~~|
extra = LAG * 2 ~~|
:END OF MACRO:
***
	.Stocks
***~
	|
Stock[Region] :EXCEPT: [North] = INTEG(inflow[Region] - "out \\"flow\\"", 10)
	~	Person/Year [0,?]
	~	What "it is.
	~	:SUPPLEMENTARY
	|
inflow[Region] = IF THEN ELSE(Time > 5 :AND: :NOT: flag = 1, table(Time / 2), -2 ^ 3 * LAG(x + 1, 2 : more)) ~~|
table([(0,0)-(10,10)],(0,0),(1,2.5e1)) ~~|
values[Region, Area] = 1, 2; 3, :NA:; ~~|
tabbed[Region] = TABBED ARRAY(1	2	-3) ~~|
data :INTERPOLATE: := GET DIRECT DATA('a.csv', ',', 'A', 'B2') ~~|
x = WITH LOOKUP(SUM(values[Region!, Area!]) {note {nested} note}, ((0,0),(1,1))) ~~|
check :THE CONDITION: x > 0 ~~|${CLOCK}SAVEPER = TIME STEP ~~|
\\\\\\---/// Sketch
///---\\\\\\
15:0,0,0,5,0,0
30:?tag=file.xlsx
`;
const PIECES = [
  ..."~|=()[]{}\"'\\,;:!<>+-*/^.$#\n\t 019aé人",
  ...["~~|", ":=", "==", "<->", "->", ":EXCEPT:", ":NA:", ":MACRO:", ":END OF MACRO:", ":RAW:", ":NOT:", "\\\n\t\t"],
  ...["INTEG(", "ACTIVE INITIAL(", "LAG(", "GET DIRECT DATA(", "TABBED ARRAY(", "WITH LOOKUP(", "((0,0),(1,1))"],
  ...["Region", "x", "[Region!]", "***", "(A1-A3)", "1e308", "{UTF-8}", "INITIAL TIME", "\\\\\\---///", "\ud800"],
];

test("the sample is a model", () => expect(codesOf(SAMPLE)).toEqual([]));

describe("property: every text ends in a model or in errors that point into it", () => {
  test("pieces of the language in any order", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (t) => void codesOf(t)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(text, (t) => void codesOf(`x = ${t} ~~|${CLOCK}`)),
      { numRuns: 300 },
    );
  });

  test("the sample with changes", () => {
    const change = fc.record({
      at: fc.nat(SAMPLE.length),
      cut: fc.oneof(fc.constant(0), fc.nat(12)),
      put: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES)),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let text = SAMPLE;
        for (const { at, cut, put } of changes) text = text.slice(0, at) + put + text.slice(at + cut);
        codesOf(text);
      }),
      { numRuns: 500 },
    );
  });

  test("the sample cut off anywhere before its sketch is refused or whole", () => {
    const end = SAMPLE.indexOf("\\\\\\---///");
    const step = 7;
    for (let at = 0; at < end; at += step) {
      const text = SAMPLE.slice(0, at);
      if (codesOf(text).length === 0) expect(text).toMatch(/TIME STEP = 1 ~~\|/);
    }
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void codesOf(decodeVensim(bytes))),
      { numRuns: 300 },
    );
  });
});

describe("very large texts end at a limit", () => {
  const deep = 100_000;
  test.each([
    ["brackets", `x = ${"(".repeat(deep)}1${")".repeat(deep)} ~~|`, "equation-too-deep"],
    ["signs", `x = ${"-".repeat(deep)}1 ~~|`, "equation-too-deep"],
    ["calls", `x = ${"f(".repeat(deep)}1${")".repeat(deep)} ~~|`, "equation-too-deep"],
    ["a long sum", `x = 1${" + 1".repeat(deep)} ~~|`, "equation-too-deep"],
    ["a tower of powers", `x = 2${" ^ 2".repeat(deep)} ~~|`, "equation-too-deep"],
    ["negations", `x = ${":NOT: ".repeat(deep)}1 ~~|`, "equation-too-deep"],
    ["comments inside comments", `x = ${"{".repeat(deep)} ~~|`, "mdl-syntax"],
    ["a numbered range", "D: (A1-A999999999) ~~|", "foreign-limit"],
    ["many numbered ranges", `D: ${Array(20).fill("(A1-A9999)").join(",")} ~~|`, "foreign-limit"],
    ["ranges of ranges", nestedRanges(), "foreign-limit"],
    ["a chain of ranges", chainOfRanges(5_000), "foreign-limit"],
    ["an array from a file", bigArray("GET DIRECT DATA('a.csv', ',', 'A', 'B2')"), "foreign-limit"],
    ["many arrays from files", manyArrays(), "external-cell-empty", "foreign-limit"],
    ["an array from a data set", bigArray(""), "foreign-limit"],
  ])("%s", (_, text, ...expected) => {
    const codes = codesOf(text + CLOCK);
    expect([...new Set(codes)]).toEqual(expected);
  });

  test("a file", () => {
    expect(read(" ".repeat(16_000_001)).errors).toEqual([
      expect.stringMatching(/foreign-limit.*16,000,000 characters/),
    ]);
  });

  test("errors: two hundred are enough", () => {
    expect(codesOf("x = ) ~~|\n".repeat(5_000)).length).toBe(200);
  });

  test("what is long and right is read", () => {
    const sum = `x = 1${" + 1".repeat(1_500)} ~~|\n`;
    const table = `f(${Array.from({ length: 20_000 }, (_, i) => `(${i},${i})`).join(",")}) ~~|\n`;
    const many = Array.from({ length: 5_000 }, (_, i) => `v${i} = v${(i + 1) % 5_000} ~~|\n`).join("");
    expect(codesOf(sum + table + many + CLOCK)).toEqual([]);
  });
});

/** Each range holds the one before it ten times: 10^12 elements in a few lines. */
function nestedRanges(): string {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `R${i}: ${Array(10)
        .fill(i === 0 ? "e" : `R${i - 1}`)
        .join(",")} ~~|\n`,
  );
  return levels.join("");
}

function chainOfRanges(length: number): string {
  return Array.from({ length }, (_, i) => `R${i}: R${i + 1} ~~|\n`).join("");
}

function manyArrays(): string {
  const call = "GET DIRECT CONSTANTS('a.csv', ',', 'D9')";
  const one = (i: number) => `v${i}[D, E] = ${call} ~~|\n`;
  return `D: (A1-A900) ~~|\nE: (B1-B900) ~~|\n${one(1)}${one(2)}`;
}

function bigArray(right: string): string {
  return `D: (A1-A9999) ~~|\nx[D, D, D]${right === "" ? "" : ` = ${right}`} ~~|`;
}

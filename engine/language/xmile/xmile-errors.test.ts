/** Mistakes in XMILE files: each is told with its place, all at once, and none is read over. */
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { readXmile } from "./read-xmile.ts";

const SPECS = "<sim_specs><start>0</start><stop>10</stop></sim_specs>";
const file = (variables: string, more = "", specs = SPECS) =>
  `<xmile>${specs}${more}<model><variables>${variables}</variables></model></xmile>`;

function check(text: string) {
  const diagnostics = new DiagnosticList();
  readXmile({ path: "model.xmile", text }, diagnostics);
  return diagnostics.sorted(["model.xmile"]);
}

/** The code with what tells its cases apart, and the text at the place. */
function faults(text: string): string[] {
  return check(text).map((d) => {
    const data = d.data as { reason?: string; what?: string; problem?: string; where?: string };
    const what = data.reason ?? data.what ?? data.problem ?? data.where ?? "";
    return `${d.code} ${what}: ${text.slice(d.span!.start, d.span!.end)}`.replace(" : ", ": ");
  });
}

const module = (inner: string, variables: string) =>
  `${file(`<aux name="a"><eqn>1</eqn></aux><module name="m">${inner}</module>`).replace("</xmile>", "")}<model name="m"><variables>${variables}</variables></model></xmile>`;

describe("structure and values", () => {
  test.each([
    ["<html/>", "xmile-structure missing: <html/>"],
    ["<xmile/>", "xmile-structure missing: <xmile/>"],
    ["<xmile><model/></xmile>", "xmile-structure missing: <xmile>"],
    [file("", "", "<sim_specs><stop>1</stop></sim_specs>"), "xmile-structure missing: <sim_specs>"],
    [file("", "", '<sim_specs method="gear"><start>0</start><stop>1</stop></sim_specs>'), "xmile-value method: gear"],
    [
      file("", "", '<sim_specs><start>0</start><stop>1</stop><dt reciprocal="yes">4</dt></sim_specs>'),
      "xmile-value reciprocal: yes",
    ],
    [
      file("", "", '<sim_specs><start>0</start><stop>1</stop><run by="module"/></sim_specs>'),
      'xmile-unsupported partial-run: <run by="module"/>',
    ],
    [file("<aux><eqn>1</eqn></aux>"), "xmile-structure no-name: <aux>"],
    [file('<aux name="x"><eqn>1</eqn><spring/></aux>'), "xmile-structure unknown: <spring/>"],
    [file("<spring/>"), "xmile-structure unknown: <spring/>"],
    [file('<aux name="x"><eqn>1</eqn><eqn>2</eqn></aux>'), "xmile-structure repeated: <eqn>"],
    [
      file('<aux name="x"><eqn>1</eqn><element subscript="a"><eqn>2</eqn></element></aux>'),
      "xmile-structure both: <eqn>",
    ],
    [file('<aux name="x"><element><eqn>2</eqn></element></aux>'), "xmile-structure missing: <element>"],
    [file('<aux name="x"><element subscript="a"/></aux>'), 'equation-syntax empty: <element subscript="a"/>'],
    [file('<aux name="x"><eqn>{nothing}</eqn></aux>'), 'equation-syntax empty: <aux name="x">'],
    [
      file('<flow name="x"><eqn>1</eqn><non_negative>perhaps</non_negative></flow>'),
      "xmile-value non_negative: perhaps",
    ],
    [file('<aux name="x"><eqn>1, a</eqn></aux>'), "xmile-value x: a"],
    [file('<aux name="x"><eqn>1</eqn></aux><aux name="X"><eqn>1</eqn></aux>'), "duplicate-name: X"],
    [file("", '<dimensions><dim name="d" size="0"/></dimensions>'), "xmile-value size: 0"],
    [file("", '<dimensions><dim name="d"/></dimensions>'), 'xmile-structure missing: <dim name="d"/>'],
    [file("", '<dimensions><dim name="d" size="2"><elem name="a"/></dim></dimensions>'), "xmile-value size: 2"],
    [
      file("", '<data><import type="Excel" resource="r.xlsx"/></data>'),
      'xmile-unsupported import: <import type="Excel" resource="r.xlsx"/>',
    ],
  ])("%s", (text, expected) => expect(faults(text)).toEqual([expected]));
});

describe("graphs", () => {
  const gf = (inner: string, type = "") => file(`<gf name="g"${type}>${inner}</gf>`);
  test.each([
    [gf("<xpts>1,2</xpts>"), 'xmile-structure missing: <gf name="g">'],
    [gf("<ypts>1,2</ypts>"), 'xmile-structure missing: <gf name="g">'],
    [gf("<xpts>1,2,3</xpts><ypts>1,2</ypts>"), "xmile-value xpts: <xpts>1,2,3</xpts>"],
    [gf("<xpts>1,2</xpts><ypts>1, two</ypts>"), "xmile-value ypts: two"],
    [gf("<xpts>1,2</xpts><ypts>1,2</ypts>", ' type="smooth"'), "xmile-value type: smooth"],
    [gf('<xscale min="0"/><ypts>1,2</ypts>'), 'xmile-structure missing: <xscale min="0"/>'],
  ])("%s", (text, expected) => expect(faults(text)).toEqual([expected]));
});

describe("what does not run", () => {
  test.each([
    [file('<stock name="s"><eqn>1</eqn><oven/></stock>'), "xmile-unsupported oven: <oven/>"],
    [file('<flow name="f"><eqn>1</eqn><overflow/></flow>'), "xmile-unsupported overflow: <overflow/>"],
    [
      file('<flow name="f"><eqn>1</eqn><multiplier>2</multiplier></flow>'),
      "xmile-unsupported multiplier: <multiplier>",
    ],
    [file('<flow name="f" isee:spreadflow="even"><eqn>1</eqn></flow>'), "xmile-unsupported spreadflow: even"],
    [file('<aux name="x"><eqn>??? a</eqn></aux>'), "xmile-unsupported placeholder: ??? a"],
    [
      file(
        '<stock name="s"><eqn>1</eqn><outflow>a</outflow><outflow>b</outflow><conveyor><len>2</len></conveyor></stock><flow name="a"/><flow name="b"/>',
      ),
      "xmile-unsupported second-exit: b",
    ],
    [
      file('<stock name="s"><eqn>1</eqn><queue/></stock>').replace("<sim_specs", '<sim_specs method="rk4"'),
      "xmile-unsupported belt-method: s",
    ],
    [file('<stock name="s"><eqn>1</eqn><conveyor/></stock>'), "xmile-structure missing: <conveyor/>"],
    [
      file("", '<macro name="queue" filter="stock"><eqn>1</eqn></macro>'),
      'xmile-unsupported option-filter: <macro name="queue" filter="stock">',
    ],
    [
      file("", '<header><includes><include resource="m.xmile"/></includes></header>'),
      'xmile-unsupported resource: <include resource="m.xmile"/>',
    ],
    [file("", '<macro name="F"><eqn>1</eqn><sim_specs/></macro>'), "xmile-unsupported macro-clock: <sim_specs/>"],
  ])("%s", (text, expected) => expect(faults(text)).toEqual([expected]));
});

describe("modules and macros", () => {
  const input = '<aux name="i" access="input"/><aux name="x"><eqn>i</eqn></aux>';
  test.each([
    [file('<module name="m"/>'), 'xmile-reference no-model: <module name="m"/>'],
    [module("", input), 'xmile-reference not-connected: <aux name="i" access="input"/>'],
    [
      module('<connect to="m.i" from="b"/>', '<aux name="i" access="input"><eqn>1</eqn></aux>'),
      'xmile-reference no-source: <connect to="m.i" from="b"/>',
    ],
    [
      module('<connect to="m.j" from="a"/>', '<aux name="x"><eqn>1</eqn></aux>'),
      'xmile-reference no-input: <connect to="m.j" from="a"/>',
    ],
    [
      module('<connect to="m.x" from="a"/>', '<aux name="x"><eqn>1</eqn></aux>'),
      'xmile-reference not-an-input: <connect to="m.x" from="a"/>',
    ],
    [module("", '<aux name="x"><eqn>a + 1</eqn></aux>'), "xmile-reference outside-module: a"],
    [module("", '<aux name="x"><eqn>k.b + 1</eqn></aux>'), "xmile-reference no-such-path: k.b"],
    [
      file('<aux name="x"><eqn>F(1)</eqn></aux>', '<macro name="F"><parm>a</parm><parm>b</parm><eqn>a+b</eqn></macro>'),
      "argument-count: F(1)",
    ],
    [
      file('<aux name="x"><eqn>F(y+1)</eqn></aux>', '<macro name="F"><parm>a</parm><eqn>a[1]</eqn></macro>'),
      "xmile-unsupported macro-argument: a[1]",
    ],
    [file("", '<macro name="F"><parm>a</parm></macro>'), 'xmile-structure missing: <macro name="F">'],
  ])("%s", (text, expected) => expect(faults(text)).toEqual([expected]));

  test("an input with two sources", () => {
    const two = module('<connect to="m.i" from="a"/><connect to="i" from="m.x"/>', input);
    expect(faults(two)).toEqual(['xmile-reference two-sources: <connect to="i" from="m.x"/>']);
  });

  test("a mistake in a model that is used twice is told once", () => {
    const text = module("", '<aux name="x"><eqn>a</eqn></aux>').replace(
      "</module>",
      '</module><module name="n" model="m"/>',
    );
    expect(faults(text)).toEqual(["xmile-reference outside-module: a"]);
  });

  test("models and macros that contain themselves end", () => {
    expect(faults(module("", '<module name="m"/>'))).toEqual(['foreign-limit modules: <module name="m"/>']);
    const macro = '<macro name="F"><parm>a</parm><eqn>F(a)</eqn></macro>';
    expect(faults(file('<aux name="x"><eqn>F(1)</eqn></aux>', macro))).toEqual(["foreign-limit macros: F"]);
  });

  test("macros that double with every level end", () => {
    const levels = Array.from(
      { length: 18 },
      (_, i) => `<macro name="F${i}"><parm>a</parm><eqn>F${i + 1}(a+a)+F${i + 1}(a-a)</eqn></macro>`,
    );
    const text = file(
      '<aux name="x"><eqn>F0(1)</eqn></aux>',
      `${levels.join("")}<macro name="F18"><parm>a</parm><eqn>a</eqn></macro>`,
    );
    expect(faults(text)).toEqual(["foreign-limit nodes: a"]);
  });
});

test("macros cannot make an equation that is too deep to walk", () => {
  const long = `a${"+1".repeat(1900)}`;
  const macro = `<macro name="F"><parm>a</parm><eqn>${long}</eqn></macro>`;
  expect(faults(file('<aux name="x"><eqn>F(F(F(1)))</eqn></aux>', macro))).toEqual(["equation-too-deep: F(F(1))"]);
});

test("all mistakes are told at once, in the order of the file", () => {
  const text = file(
    '<aux name="x"><eqn>1 +</eqn></aux><stock name="s"><eqn>a == 1</eqn><oven/></stock><aux name="y"><eqn>???</eqn></aux>',
  );
  expect(faults(text)).toEqual([
    "equation-syntax unfinished: +",
    "foreign-sign: ==",
    "xmile-unsupported oven: <oven/>",
    "xmile-unsupported placeholder: ???",
  ]);
});

test("of a file that is wrong throughout the first two hundred are told", () => {
  const text = file(Array.from({ length: 1000 }, (_, i) => `<aux name="a${i}"><eqn>1 +</eqn></aux>`).join(""));
  expect(faults(text)).toHaveLength(200);
});

test("a mistake is shown with its line and column, in English and Chinese", () => {
  const text = file('\n<aux name="x">\n  <eqn>IF a &lt; 2\n    THEN b\n    ELSE c ** 2</eqn>\n</aux>\n');
  const sources = new Map([["model.xmile", text]]);
  expect(renderDiagnostics(check(text), sources, { language: "en" })).toBe(
    [
      'error[foreign-sign]: "**" is not a sign of this language',
      "  --> model.xmile:5:12",
      "   |",
      " 4 |     THEN b",
      " 5 |     ELSE c ** 2</eqn>",
      "   |            ^^",
      " 6 | </aux>",
      "   |",
      "   = write ^",
      "",
      "1 error",
    ].join("\n"),
  );
  expect(renderDiagnostics(check(text), sources, { language: "zh" })).toContain("这种语言中没有“**”");
});

/** Files made from pieces, and whole files that are damaged: reading ends, and every damage that matters is told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { readXmile } from "./read-xmile.ts";

/** A file with a bit of everything. */
const MODEL = `<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>v</vendor><product version="1">p</product><name>n</name></header>
<sim_specs method="euler" time_units="Year"><start>0</start><stop>10</stop><dt reciprocal="true">4</dt></sim_specs>
<dimensions><dim name="R"><elem name="N"/><elem name="S"/></dim><dim name="k" size="3"/></dimensions>
<behavior><flow><non_negative/></flow></behavior>
<macro name="LAG"><parm>x</parm><parm default="2">t</parm><eqn>S</eqn><variables><stock name="S"><eqn>x</eqn><inflow>f</inflow></stock><flow name="f"><eqn>(x - S) / t</eqn></flow></variables></macro>
<model><variables>
<stock name="P"><dimensions><dim name="R"/></dimensions><element subscript="N"><eqn>10</eqn></element><element subscript="S"><eqn>2 * N</eqn></element><inflow>"in flow"</inflow><outflow>out</outflow><non_negative/></stock>
<flow name="in flow"><dimensions><dim name="R"/></dimensions><eqn>LAG(P[R]) * IF TIME &lt; 3 THEN 1 ELSE m.y</eqn></flow>
<flow name="out"><dimensions><dim name="R"/></dimensions><eqn>SUM(P[*]) ^ -0.5 // 3</eqn><units>1/Year</units></flow>
<aux name="g"><eqn>TIME</eqn><gf type="discrete"><xscale min="0" max="2"/><ypts sep=";">1;2;3</ypts></gf></aux>
<stock name="B"><eqn>5</eqn><inflow>i</inflow><outflow>o</outflow><outflow>l</outflow><conveyor><len>2</len></conveyor></stock>
<flow name="i"><eqn>1</eqn></flow><flow name="o"/><flow name="l"><eqn>0.1</eqn><leak/></flow>
<module name="m"><connect to="m.y" from="g"/></module>
</variables><views><view><aux name="g" x="1"/></view></views></model>
<model name="m"><variables><aux name="y" access="input"/><aux name="z"><eqn>y + 1</eqn></aux></variables></model>
</xmile>`;

function read(text: string) {
  const diagnostics = new DiagnosticList();
  const model = readXmile({ path: "m.xmile", text }, diagnostics);
  return { model, errors: diagnostics.sorted(["m.xmile"]) };
}

/** Everything that bears on results; places and what is read over left out. */
const content = (text: string) => {
  const { model } = read(text);
  return JSON.stringify(model, (key, value) => (key === "span" || key === "ignored" ? undefined : value));
};

test("the whole file is read", () => {
  expect(read(MODEL).errors).toEqual([]);
});

/** What can be put into a file: markup, words of the language, and other signs. */
const piece = fc.oneof(
  fc.constantFrom(
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&lt;",
    "&#0;",
    '"',
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x>",
    "<?x ?>",
    "<eqn>",
    "</eqn>",
    "<gf>",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "IF ",
    "LAG(",
    ",",
    ".",
    "???",
    "\0",
    "\r",
    "\ud800",
  ),
  fc.string({ maxLength: 6 }),
);

test("a damaged file ends in a model or in errors that have a place in it", () => {
  const damage = fc.record({ at: fc.nat(MODEL.length), cut: fc.nat(40), put: piece });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
      let text = MODEL;
      for (const { at, cut, put } of damages) text = text.slice(0, at) + put + text.slice(at + cut);
      const { model, errors } = read(text);
      if (!model) expect(errors.length).toBeGreaterThan(0);
      for (const { span } of errors) {
        expect(span === null || (span.start >= 0 && span.start <= span.end && span.end <= text.length)).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

test("no element can be lost without a word", () => {
  // Elements that say nothing about results, or only documentation.
  const silent = /^<(?:header|vendor|product|name|units|views|view|aux name="g" x)/;
  const tags = [...MODEL.matchAll(/<(\w+)(?:\s[^<>]*)?\/>|<(\w+)(?:\s[^<>]*)?>[^<>]*<\/\2>/g)].filter(
    (m) => !silent.test(m[0]),
  );
  expect(tags.length).toBeGreaterThan(30);
  const whole = content(MODEL);
  for (const tag of tags) {
    const without = MODEL.slice(0, tag.index) + MODEL.slice(tag.index + tag[0].length);
    const { errors } = read(without);
    expect(errors.length > 0 || content(without) !== whole, tag[0]).toBe(true);
  }
});

test("files made of elements at random places end", () => {
  const names = [
    "xmile",
    "model",
    "variables",
    "stock",
    "flow",
    "aux",
    "gf",
    "eqn",
    "element",
    "dimensions",
    "dim",
    "elem",
    "macro",
    "parm",
    "module",
    "connect",
    "conveyor",
    "len",
    "xpts",
    "ypts",
    "sim_specs",
    "start",
    "stop",
    "behavior",
    "non_negative",
    "leak",
  ];
  const attribute = fc.constantFrom(
    'name="a"',
    'name="b"',
    'subscript="a"',
    'to="a.b"',
    'from="a"',
    'access="input"',
    'size="2"',
    'model="a"',
    'xmlns:q="r"',
  );
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .record({
        name: fc.constantFrom(...names),
        attributes: fc.uniqueArray(attribute, { maxLength: 2, selector: (a) => a.split("=")[0] }),
        inner: fc.oneof(
          { maxDepth: 6 },
          fc.constantFrom("", "1", "a+b", "a(1)", "a[b]"),
          fc.array(tie("element"), { maxLength: 4 }).map((list) => list.join("")),
        ),
      })
      .map(({ name, attributes, inner }) => `<${[name, ...attributes].join(" ")}>${inner}</${name}>`),
  }));
  fc.assert(
    fc.property(fc.array(element, { maxLength: 6 }), (inner) => {
      const text = `<xmile><sim_specs><start>0</start><stop>1</stop></sim_specs>${inner.join("")}</xmile>`;
      const { model, errors } = read(text);
      if (!model) expect(errors.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

/** The table of XMILE's features in docs/vensim-xmile.md: what it says works runs, and what it says is an error is that error. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileXmile } from "../../testing/run-foreign.ts";

const PAGE = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "vensim-xmile.md"), "utf8");
const SPECS = "<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>";
const DIMENSIONS =
  '<dimensions><dim name="A" size="3"/><dim name="R"><elem name="N"/><elem name="S"/></dim></dimensions>';
const ON_R = '<dimensions><dim name="R"/></dimensions>';
const aux = (equation: string, inside = "") => `<aux name="x"><eqn>${equation}</eqn>${inside}</aux>`;
const flow = (name: string, inside = "<eqn>1</eqn>", attributes = "") =>
  `<flow name="${name}"${attributes}>${inside}</flow>`;
const belt = (inside: string, attributes = "") =>
  `<stock name="S"><eqn>4</eqn><inflow>in</inflow><outflow>out</outflow><conveyor${attributes}>${inside}</conveyor></stock>${flow("in")}${flow("out", "")}`;
const leaking = (attributes: string, inside = "<len>2</len>", leak = "") =>
  belt(inside).replace("<outflow>out</outflow>", "<outflow>out</outflow><outflow>lost</outflow>") +
  flow("lost", `<eqn>0.1</eqn><leak/>${leak}`, attributes);
const queue = (rest: string) =>
  `<stock name="Q"><eqn>4</eqn><inflow>come</inflow>${rest}<queue/></stock>${flow("come")}`;
const gf = (type: string) => `<gf type="${type}"><xscale min="0" max="2"/><ypts>0,1,4</ypts></gf>`;

interface Feature {
  readonly variables: string;
  readonly before?: string;
}

/** A model for each line of the table, by what the line begins with. */
const FEATURES: Readonly<Record<string, Feature>> = {
  "stocks that are not negative": {
    variables: `<stock name="s"><eqn>1</eqn><outflow>a</outflow><outflow>b</outflow><non_negative/></stock>${flow("a")}${flow("b")}`,
  },
  "flows that are not negative": {
    variables: `<stock name="s"><eqn>1</eqn><inflow>a</inflow></stock>${flow("a", "<eqn>-1</eqn><non_negative/>")}`,
  },
  "conveyors, also arrayed": {
    variables: `<stock name="S">${ON_R}<eqn>4</eqn><outflow>out</outflow><conveyor><len>2</len></conveyor></stock><flow name="out">${ON_R}</flow>`,
    before: SPECS + DIMENSIONS,
  },
  "conveyors with a transit time that changes, `<sample>`": {
    variables: belt("<len>2 + STEP(1, 2)</len><sample>TIME = 3</sample>"),
  },
  "`<capacity>`, `<in_limit>`, `<arrest>`": {
    variables: belt("<len>2</len><capacity>5</capacity><in_limit>3</in_limit><arrest>TIME = 2</arrest>"),
  },
  "leaks, linear and exponential, with a zone": { variables: leaking(' leak_start="0" leak_end="0.5"') },
  "queues and `<overflow/>`": {
    variables: `${queue("<outflow>go</outflow><outflow>over</outflow>")}${flow("go", "")}${flow("over", "<overflow/>")}`,
  },
  "graphs: continuous, extrapolate, discrete, called by name": {
    variables: `${aux("TIME", gf("extrapolate"))}<gf name="g"><xpts>0,4</xpts><ypts>0,8</ypts></gf><aux name="y"><eqn>g(TIME) + LOOKUP(g, 1)</eqn></aux><aux name="z"><eqn>TIME</eqn>${gf("discrete")}</aux>`,
  },
  "dimensions by names and by size, equations by element": {
    variables: `<aux name="x">${ON_R}<element subscript="N"><eqn>1</eqn></element><element subscript="S"><eqn>2</eqn></element></aux>`,
    before: SPECS + DIMENSIONS,
  },
  "wildcards, ranges, transposition, `@n`, computed subscripts": {
    variables:
      `<aux name="m"><dimensions><dim name="A"/><dim name="R"/></dimensions><eqn>A</eqn></aux>` +
      `<aux name="t"><dimensions><dim name="R"/><dim name="A"/></dimensions><eqn>m' + m[@2, @1]</eqn></aux>` +
      aux("SUM(m[*, N]) + SUM(m[1:2, *]) + m[INT(TIME), S]"),
    before: SPECS + DIMENSIONS,
  },
  "modules in modules, connections, `.name`": {
    variables:
      '<aux name="k"><eqn>1</eqn></aux><module name="m"><connect to="m.i" from=".k"/></module></variables></model>' +
      '<model name="m"><variables><aux name="i" access="input"/><module name="n"><connect to="n.j" from="i"/></module></variables></model>' +
      '<model name="n"><variables><aux name="j" access="input"><eqn>0</eqn></aux>',
  },
  "macros with stocks, defaults and overloads": {
    variables: aux("LAG(TIME) + LAG(TIME, 2)"),
    before: `${SPECS}<macro name="LAG"><parm>i</parm><parm>t</parm><eqn>S</eqn><variables><stock name="S"><eqn>i</eqn><inflow>f</inflow></stock><flow name="f"><eqn>(i - S) / t</eqn></flow></variables></macro><macro name="LAG"><parm>i</parm><eqn>i</eqn></macro>`,
  },
  "`<init_eqn>`": { variables: `<aux name="x"><eqn>TIME</eqn><init_eqn>3</init_eqn></aux>` },
  '`<dt reciprocal="true">`, `euler`, `rk2`, `rk4`': {
    variables: aux("TIME"),
    before: '<sim_specs method="gear,rk4"><start>0</start><stop>4</stop><dt reciprocal="true">4</dt></sim_specs>',
  },
  "units with equations and aliases": {
    variables: '<aux name="x"><eqn>1</eqn><units>ppl</units></aux>',
    before: `${SPECS}<model_units><unit name="people"><eqn>1</eqn><alias>ppl</alias></unit></model_units>`,
  },
  "attributes and elements of `isee:` and others": {
    variables: '<aux name="x" isee:delay_aux="true"><eqn>1</eqn><isee:note>n</isee:note></aux>',
  },
  ovens: { variables: '<stock name="s"><eqn>1</eqn><oven/></stock>' },
  "conveyors with discrete batches": { variables: belt("<len>2</len>", ' discrete="true"') },
  "leaks of whole units": { variables: leaking("", "<len>2</len>", "<leak_integers/>") },
  "a leak zone where the transit time changes": { variables: leaking(' leak_end="0.5"', "<len>2 + STEP(1, 2)</len>") },
  "a limited conveyor behind a conveyor": {
    variables: `${belt("<len>2</len>")}<stock name="T"><eqn>0</eqn><inflow>out</inflow><outflow>end</outflow><conveyor><len>1</len><capacity>5</capacity></conveyor></stock><flow name="end"/>`,
  },
  "a conveyor without an outflow at its end": {
    variables: `<stock name="S"><eqn>1</eqn><inflow>in</inflow><conveyor><len>2</len></conveyor></stock>${flow("in")}`,
  },
  "a queue's second outflow that is no overflow": {
    variables: `${queue("<outflow>go</outflow><outflow>too</outflow>")}${flow("go", "")}${flow("too", "")}`,
  },
  "conveyors and queues with another method than Euler's": {
    variables: belt("<len>2</len>"),
    before: '<sim_specs method="rk4"><start>0</start><stop>4</stop></sim_specs>',
  },
  "inflows spread along a conveyor": { variables: flow("f", "<eqn>1</eqn>", ' isee:spreadflow="even"') },
  "`<multiplier>` of a flow": { variables: flow("f", "<eqn>1</eqn><multiplier>2</multiplier>") },
  "methods with a step of their own alone (`gear`, `rk45`)": {
    variables: aux("1"),
    before: '<sim_specs method="rk45"><start>0</start><stop>4</stop></sim_specs>',
  },
  "models in other files": {
    variables: aux("1"),
    before: `${SPECS}<model name="o" resource="a.xmile"/>`,
  },
  "`<import>` of data": { variables: aux("1"), before: `${SPECS}<data><import resource="a.csv"/></data>` },
  "macros and modules with a clock of their own": {
    variables: aux("1"),
    before: `${SPECS}<macro name="F"><sim_specs/><parm>i</parm><eqn>i</eqn></macro>`,
  },
  "a run of a part of the model": {
    variables: aux("1"),
    before: '<sim_specs><start>0</start><stop>4</stop><run by="group"/></sim_specs>',
  },
  "`???` that a converter left": { variables: aux("???") },
};

/** Lines of the table: what it is, and what becomes of it. */
function lines(): [string, string][] {
  const section = PAGE.split(/^#+ /m).find((s) => s.startsWith("XMILE, feature by feature")) ?? "";
  return section
    .split("\n")
    .filter((line) => /^\| (?!feature|-)/.test(line))
    .map((line) => {
      const cells = line.split(" | ").map((c) => c.replace(/^\| | \|$/g, ""));
      return [cells[0]!, cells[1]!];
    });
}

describe("XMILE, feature by feature", () => {
  test("every line has a model and every model a line", () => {
    expect(lines().map(([name]) => name)).toEqual(Object.keys(FEATURES));
  });

  test.each(lines())("%s: %s", (name, outcome) => {
    const { variables, before } = FEATURES[name]!;
    const { program, diagnostics } = compileXmile(variables, before ?? SPECS);
    const errors = diagnostics.filter((d) => d.severity === "error").map((d) => `\`${d.code}\``);
    expect(errors).toEqual(outcome === "works" ? [] : [outcome]);
    expect(program !== null).toBe(outcome === "works");
  });
});

import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ForeignBody, ForeignModel, ForeignVariable } from "../foreign/foreign-model.ts";
import { readXmile } from "./read-xmile.ts";
import { printForeign } from "./testing/print-foreign.ts";

const NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0";
const SPECS = "<sim_specs><start>0</start><stop>10</stop></sim_specs>";

/** A whole file round what matters to a test. */
const file = (variables: string, more = "", specs = SPECS) =>
  `<xmile version="1.0" xmlns="${NAMESPACE}">${specs}${more}<model><variables>${variables}</variables></model></xmile>`;

function read(text: string): ForeignModel {
  const diagnostics = new DiagnosticList();
  const model = readXmile({ path: "model.xmile", text }, diagnostics);
  expect(diagnostics.sorted(["model.xmile"])).toEqual([]);
  return model!;
}

const names = (list: readonly { readonly key: string }[]) => list.map((n) => n.key).join(", ");

/** A body as one line. */
function printBody(body: ForeignBody): string {
  switch (body.kind) {
    case "equation":
      return printForeign(body.expression) + (body.initial ? ` init ${printForeign(body.initial)}` : "");
    case "stock":
      return `${printForeign(body.initial)} +[${names(body.inflows)}] -[${names(body.outflows)}]${body.conveyor ? " belt" : ""}`;
    case "lookup":
      return `table ${body.table.type} ${body.table.points.map((p) => `${p.x}:${p.y}`).join(" ")}`;
    case "graphical":
      return `${printForeign(body.expression)} → ${body.table.type} ${body.table.points.map((p) => `${p.x}:${p.y}`).join(" ")}`;
    case "numbers":
      return body.values.join(" ");
    default:
      return body.kind;
  }
}

const printVariable = (v: ForeignVariable): string =>
  `${v.kind} ${v.name.key}${v.dimensions?.length ? `[${names(v.dimensions)}]` : ""}${v.nonNegative ? " ≥0" : ""}${v.hidden ? " hidden" : ""} = ` +
  v.definitions.map((d) => (d.subscripts.length > 0 ? `{${names(d.subscripts)}} ` : "") + printBody(d.body)).join("; ");

const variables = (text: string) => read(text).variables.map(printVariable);

describe("variables", () => {
  test.each([
    ['<aux name="Birth  Rate"><eqn>a*2 {twice}</eqn></aux>', ["auxiliary birth_rate = (* a 2)"]],
    ['<aux name="x"><eqn><![CDATA[a < 2]]></eqn></aux>', ["auxiliary x = (< a 2)"]],
    ['<aux name="x"><eqn>a</eqn><init_eqn>1</init_eqn></aux>', ["auxiliary x = a init 1"]],
    [
      '<stock name="S"><eqn>10</eqn><outflow>"out flow"</outflow><inflow>in_1</inflow><inflow>in2</inflow><non_negative/></stock>',
      ["stock s ≥0 = 10 +[in_1, in2] -[out_flow]"],
    ],
    ['<flow name="f"><eqn>1</eqn><non_negative> TRUE </non_negative></flow>', ["flow f ≥0 = 1"]],
    ['<flow name="f"><eqn>1</eqn><non_negative>false</non_negative></flow>', ["flow f = 1"]],
    [
      '<aux name="g"><eqn>TIME</eqn><gf><xpts>0, 1,2</xpts><ypts>5,6,7</ypts></gf></aux>',
      ["auxiliary g = time → continuous 0:5 1:6 2:7"],
    ],
    [
      '<aux name="g"><gf type="extrapolate"><xscale min="0" max="1"/><ypts sep=";">1;2;4</ypts></gf></aux>',
      ["lookup g = table extrapolate 0:1 0.5:2 1:4"],
    ],
    [
      '<gf name="g" discrete="true"><xpts sep=" "> 1  2 </xpts><ypts>3,4</ypts></gf>',
      ["lookup g = table discrete 1:3 2:4"],
    ],
    [
      '<aux name="x" isee:y="1"><doc>text</doc><units>m</units><eqn>1</eqn><isee:delay_aux/></aux>',
      ["auxiliary x = 1"],
    ],
  ])("%s", (text, expected) => expect(variables(file(text))).toEqual(expected));

  test("Stella 10 puts them straight into the model, in the older namespace", () => {
    const text = `<xmile version="1.0" xmlns="http://www.systemdynamics.org/XMILE">${SPECS}<model><display/><aux name="x"><eqn>1</eqn><display x="1"/></aux></model></xmile>`;
    expect(variables(text)).toEqual(["auxiliary x = 1"]);
  });

  test("what holds for all stocks or flows gives way to what a variable says", () => {
    const text = file(
      '<stock name="a"><eqn>1</eqn></stock><flow name="b"><eqn>1</eqn></flow><flow name="c"><eqn>1</eqn><non_negative>false</non_negative></flow>',
      "<behavior><non_negative/><stock><non_negative>false</non_negative></stock></behavior>",
    );
    expect(variables(text)).toEqual(["stock a = 1 +[] -[]", "flow b ≥0 = 1", "flow c = 1"]);
  });

  test("a unit and a comment are kept", () => {
    const [x] = read(
      file('<aux name="x"><units> people / year </units><doc>one\ntwo</doc><eqn>1</eqn><range min="0" max="5"/></aux>'),
    ).variables;
    expect([x!.unit?.text, x!.comment, x!.range]).toEqual(["people / year", "one\ntwo", { low: 0, high: 5 }]);
  });
});

describe("arrays", () => {
  const dims =
    '<dimensions><dim name="R"><elem name="North"/><elem name="South"/></dim><dim name="n" size="3"/></dimensions>';
  const over = (...dims: string[]) => `<dimensions>${dims.map((d) => `<dim name="${d}"/>`).join("")}</dimensions>`;

  test("dimensions have elements, or a size", () => {
    expect(read(file("", dims)).dimensions.map((d) => `${d.name.key}: ${names(d.members)}`)).toEqual([
      "r: north, south",
      "n: 1, 2, 3",
    ]);
  });

  test.each([
    [`<aux name="x">${over("R")}<eqn>y[R]</eqn></aux>`, "auxiliary x[r] = y[r]"],
    [
      `<aux name="x">${over("R", "n")}<element subscript="North, 2"><eqn>R + 1</eqn></element><element subscript="South,3"><eqn>y[R]</eqn></element></aux>`,
      "auxiliary x[r, n] = {north, 2} (+ r 1); {south, 3} y[south]",
    ],
    [
      `<aux name="g">${over("R")}<element subscript="North"><eqn>TIME</eqn><gf><xpts>0,1</xpts><ypts>2,3</ypts></gf></element><element subscript="South"><gf><xpts>0,1</xpts><ypts>4,5</ypts></gf></element></aux>`,
      "auxiliary g[r] = {north} time → continuous 0:2 1:3; {south} table continuous 0:4 1:5",
    ],
    [
      `<aux name="g">${over("R")}<element subscript="North"><gf><xpts>0,1</xpts><ypts>2,3</ypts></gf></element><element subscript="South"><gf><xpts>0,1</xpts><ypts>4,5</ypts></gf></element><eqn>TIME</eqn></aux>`,
      "auxiliary g[r] = {north} time → continuous 0:2 1:3; {south} time → continuous 0:4 1:5",
    ],
    [`<aux name="x">${over("R", "n")}<eqn>1,2,-3;4,5,6;</eqn></aux>`, "auxiliary x[r, n] = 1 2 -3 4 5 6"],
    [`<aux name="x">${over("R")}<eqn>a</eqn><eqn>b</eqn></aux>`, "auxiliary x[r] = {north} a; {south} b"],
  ])("%s", (text, expected) => expect(variables(file(text, dims))).toEqual([expected]));
});

describe("the clock", () => {
  const time = (specs: string) => {
    const { start, stop, step, save, unit, method } = read(file("", "", specs)).time;
    const print = (e: typeof start | null) => e && printForeign(e);
    return [print(start), print(stop), print(step), print(save), unit, method];
  };
  test.each([
    ["<sim_specs><start>1.5</start><stop>10</stop></sim_specs>", ["1.5", "10", "1", null, null, "euler"]],
    [
      '<sim_specs method="RK4" time_units="Months"><start>0</start><stop>10</stop><dt reciprocal="true">8</dt></sim_specs>',
      ["0", "10", "(/ 1 8)", null, "Months", "rk4"],
    ],
    [
      '<sim_specs method="gear, rk2" isee:save_interval="0.5"><start>0</start><stop>10</stop><dt>0.25</dt></sim_specs>',
      ["0", "10", "0.25", "0.5", null, "rk2"],
    ],
  ])("%s", (specs, expected) => expect(time(specs)).toEqual(expected));
});

describe("modules", () => {
  const more =
    (...models: string[]) =>
    (text: string) =>
      text.replace("</xmile>", `${models.join("")}</xmile>`);
  const hares =
    '<model name="hares"><variables><stock name="P"><eqn>10</eqn><inflow>grow</inflow></stock><flow name="grow"><eqn>r*P</eqn></flow><aux name="r" access="input"><eqn>0.1</eqn></aux></variables></model>';

  test("an instance has its name before those of its variables, and a connected input is its source", () => {
    const text = more(hares)(
      file(
        '<aux name="rate"><eqn>0.3</eqn></aux><module name="hares"><connect to="hares.r" from=".rate"/><connect2 to="r" from="rate"/></module><aux name="total"><eqn>hares.P * 2</eqn></aux>',
      ),
    );
    expect(variables(text)).toEqual([
      "auxiliary rate = 0.3",
      "auxiliary total = (* hares.p 2)",
      "stock hares.p = 10 +[hares.grow] -[]",
      "flow hares.grow = (* hares.r hares.p)",
      "auxiliary hares.r hidden = rate",
    ]);
  });

  test("a connection may lead out of a module into an input of the outermost model", () => {
    const text = more(
      '<model name="Sub"><variables><aux name="in" access="input"/><aux name="out" access="output"><eqn>in * 2</eqn></aux></variables></model>',
    )(
      file(
        '<module name="Sub"><connect to="in" from=".given"/><connect to=".taken" from="Sub.out"/></module><aux name="given"><eqn>3</eqn></aux><aux name="taken" access="input"/>',
      ),
    );
    expect(variables(text)).toEqual([
      "auxiliary given = 3",
      "auxiliary taken hidden = sub.out",
      "auxiliary sub.in hidden = given",
      "auxiliary sub.out = (* sub.in 2)",
    ]);
  });

  test("one model may be used many times, in modules of modules", () => {
    const pair =
      '<model name="pair"><variables><module name="a" model_name="hares"/><module name="b" model_name="hares"><connect to="b.r" from="a.P"/></module></variables></model>';
    const text = more(hares, pair)(file('<module name="pair"/>'));
    expect(variables(text).filter((v) => v.includes(".r"))).toEqual([
      "flow pair.a.grow = (* pair.a.r pair.a.p)",
      "auxiliary pair.a.r = 0.1",
      "flow pair.b.grow = (* pair.b.r pair.b.p)",
      "auxiliary pair.b.r hidden = pair.a.p",
    ]);
  });

  test("a name with a dot in quotes is one name", () => {
    const text = more('<model name="m"><variables><aux name="b.c"><eqn>1</eqn></aux></variables></model>')(
      file('<module name="m"/><aux name="x"><eqn>m."b.c"</eqn></aux>'),
    );
    expect(variables(text)).toEqual(["auxiliary x = m.b.c", "auxiliary m.b.c = 1"]);
  });
});

describe("macros", () => {
  const lag =
    '<macro name="LAG"><parm>inp</parm><parm default="2">tau</parm><eqn>S</eqn><variables><stock name="S"><eqn>inp</eqn><inflow>chg</inflow></stock><flow name="chg"><eqn>(inp-S)/tau</eqn></flow><aux name="inp" access="input"><eqn>0</eqn></aux></variables></macro>';
  const dims = '<dimensions><dim name="R"><elem name="a"/><elem name="b"/></dim></dimensions>';
  const over = '<dimensions><dim name="R"/></dimensions>';

  test("arguments take the places of parameters", () => {
    const twice = '<macro name="TWICE PLUS"><parm>a</parm><parm>b</parm><eqn>2*a+b</eqn></macro>';
    expect(variables(file('<aux name="x"><eqn>Twice_Plus(TIME + 1, 3)</eqn></aux>', twice))).toEqual([
      "auxiliary x = (+ (* 2 (+ time 1)) 3)",
    ]);
  });

  test("macros of one name are told apart by their number of arguments", () => {
    const two =
      '<macro name="F"><parm>a</parm><eqn>a</eqn></macro><macro name="F"><parm>a</parm><parm>b</parm><eqn>a-b</eqn></macro>';
    expect(variables(file('<aux name="x"><eqn>F(1)+F(2,3)</eqn></aux>', two))).toEqual(["auxiliary x = (+ 1 (- 2 3))"]);
  });

  test("every call has its own variables", () => {
    expect(variables(file('<aux name="x"><eqn>LAG(u, 4) + LAG(v)</eqn></aux>', lag))).toEqual([
      "stock #lag_1>s hidden = u +[#lag_1>chg] -[]",
      "flow #lag_1>chg hidden = (/ (- u #lag_1>s) 4)",
      "stock #lag_2>s hidden = v +[#lag_2>chg] -[]",
      "flow #lag_2>chg hidden = (/ (- v #lag_2>s) 2)",
      "auxiliary x = (+ #lag_1>s #lag_2>s)",
    ]);
  });

  test("in an array they have its dimensions", () => {
    expect(variables(file(`<aux name="x">${over}<eqn>LAG(u[R])</eqn></aux>`, dims + lag))).toEqual([
      "stock #lag_1>s[r] hidden = u[r] +[#lag_1>chg] -[]",
      "flow #lag_1>chg[r] hidden = (/ (- u[r] #lag_1>s[r]) 2)",
      "auxiliary x[r] = #lag_1>s[r]",
    ]);
  });

  test("in the equation of one element they are of that element", () => {
    const text = `<aux name="x">${over}<element subscript="a"><eqn>LAG(u[R])</eqn></element><element subscript="b"><eqn>1</eqn></element></aux>`;
    expect(variables(file(text, dims + lag)).slice(0, 1)).toEqual(["stock #lag_1>s hidden = u[a] +[#lag_1>chg] -[]"]);
  });

  test("a macro may say what it means that a flow is not negative", () => {
    const filter =
      '<macro filter="flow" name="non_negative"><parm>flow</parm><parm>value</parm><eqn>IF value THEN MAX(flow, 0) ELSE flow</eqn></macro>';
    expect(
      variables(file('<flow name="f"><eqn>x</eqn><non_negative/></flow><flow name="g"><eqn>x</eqn></flow>', filter)),
    ).toEqual(["flow f = if_then_else(1, max(x, 0), x)", "flow g = x"]);
  });

  test("a macro may use another", () => {
    const outer = '<macro name="SLOW"><parm>x</parm><eqn>LAG(LAG(x))</eqn></macro>';
    expect(variables(file('<aux name="y"><eqn>SLOW(u)</eqn></aux>', outer + lag)).at(-1)).toBe(
      "auxiliary y = #lag_2>s",
    );
  });
});

describe("conveyors", () => {
  test("an outflow marked as a leak leaks, and the belt decides both outflows", () => {
    const text = file(
      '<stock name="S"><eqn>100</eqn><inflow>in</inflow><outflow>out</outflow><outflow>lost</outflow><conveyor exponential_leak="true"><len>4</len><capacity>200</capacity></conveyor></stock><flow name="in"><eqn>1</eqn></flow><flow name="out"/><flow name="lost" leak_end="0.5"><eqn>0.1</eqn><leak/></flow>',
    );
    expect(variables(text)).toEqual([
      "stock s = 100 +[in] -[out, lost] belt",
      "flow in = 1",
      "flow out = ",
      "flow lost = ",
    ]);
    const body = read(text).variables[0]!.definitions[0]!.body;
    const belt = body.kind === "stock" ? body.conveyor! : null;
    expect(belt && [printForeign(belt.transit), printForeign(belt.capacity!), belt.inflowLimit, belt.discrete]).toEqual(
      ["4", "200", null, false],
    );
    expect(
      belt?.leaks.map((l) => [
        l.flow.key,
        printForeign(l.fraction),
        l.exponential,
        l.zone.from,
        printForeign(l.zone.to!),
      ]),
    ).toEqual([["lost", "0.1", true, null, "0.5"]]);
  });
});

test("the header names the product, and unit synonyms are kept", () => {
  const text = file(
    "",
    '<header><vendor>isee systems, inc.</vendor><product version="3.7">Stella Architect</product><name>demo</name></header><model_units><unit name="people"><eqn/><alias>person</alias></unit></model_units><isee:prefs/>',
  );
  const { vendor, name, units, ignored, dialect } = read(text);
  expect({ vendor, name, units, ignored: ignored.map((i) => i.what), dialect }).toEqual({
    vendor: "isee systems, inc., Stella Architect",
    name: "demo",
    units: [{ names: ["people", "person"], equation: null }],
    ignored: ["<isee:prefs>"],
    dialect: "xmile",
  });
});

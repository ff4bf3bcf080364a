/** Vensim models from text to the numbers of their runs. */
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { ENGINE_PARTS } from "../../engine-parts.ts";
import { columnsOf, compileVensim, compileXmile, problemsOf } from "../../testing/run-foreign.ts";
import type { ForeignModel } from "./foreign-model.ts";
import { translateForeignModel } from "./translate-model.ts";

/** The values that stay the same throughout, one a column; of the others the first five. */
function valuesOf(equations: string): Record<string, number | number[]> {
  const columns = Object.entries(columnsOf(compileVensim(equations)));
  const own = columns.filter(([name]) => !/^(INITIAL TIME|FINAL TIME|TIME STEP|SAVEPER)$/.test(name));
  return Object.fromEntries(
    own.map(([name, values]) => [name, values.every((v) => v === values[0]) ? values[0]! : values]),
  );
}

describe("subscripts", () => {
  const dims = "DimA: A1, A2, A3\nSubA: A2, A3\nDimB: B1, B2\nk[DimA] = 1, 2, 3\n";

  test("a variable over a subrange has no other elements", () => {
    expect(valuesOf(`${dims}z[SubA] = k[SubA] * 2`)).toMatchObject({ "z[A2]": 4, "z[A3]": 6 });
    expect(Object.keys(valuesOf(`${dims}z[SubA] = k[SubA] * 2`))).not.toContain("z[A1]");
  });

  test("reductions run over dimensions and subranges, also along the left side's own", () => {
    expect(valuesOf(`${dims}m = SUM(k[SubA!]) + 10 * VMAX(k[DimA!]) + 100 * PROD(k[SubA!])`).m).toBe(635);
    expect(valuesOf(`${dims}n[SubA] = SUM(k[DimA!]) / k[SubA]`)).toMatchObject({ "n[A2]": 3, "n[A3]": 2 });
    expect(valuesOf(`${dims}n[SubA] = VMIN(k[SubA!]) * k[SubA]`)).toMatchObject({ "n[A2]": 4, "n[A3]": 6 });
  });

  test("a dimension that a reduction runs over is its position there, and is compared", () => {
    const sums = valuesOf(`${dims}
      s = SUM(IF THEN ELSE(DimA! = A2, 0, k[DimA!]))
      t = SUM(DimA! * k[DimA!]) + SUM(SubA!)
      u[DimA] = SUM(IF THEN ELSE(DimA! > DimA, k[DimA!], 0))`);
    expect(sums).toMatchObject({ s: 4, t: 19, "u[A1]": 5, "u[A2]": 3, "u[A3]": 0 });
    expect(problemsOf(compileVensim(`${dims}v[DimA] = DimA! + 1`))).toEqual(["foreign-unknown-name 6:11"]);
  });

  test("a dimension is its position, and elements are compared", () => {
    expect(valuesOf(`${dims}p[DimA] = DimA * 10`)).toMatchObject({ "p[A1]": 10, "p[A3]": 30 });
    expect(valuesOf(`${dims}q[SubA] = SubA`)).toMatchObject({ "q[A2]": 2, "q[A3]": 3 });
    const equal = valuesOf(`${dims}w[DimA] = IF THEN ELSE(DimA = A2, k[DimA], 0)`);
    expect(equal).toMatchObject({ "w[A1]": 0, "w[A2]": 2, "w[A3]": 0 });
  });

  test("two axes of one family are told apart by their names", () => {
    const values = valuesOf(`
      DimA: A1, A2
      DimB <-> DimA
      f[DimA, DimB] = DimA * 10 + DimB
      g[DimA, DimB] = f[DimB, DimA]
      h[DimA] = SUM(f[DimA, DimB!])
      i[DimB] = SUM(f[DimA!, DimB])`);
    expect(values).toMatchObject({ "f[A1,A2]": 12, "g[A1,A2]": 21, "h[A1]": 23, "i[A1]": 32 });
  });

  test("exceptions leave elements to other equations, or to none", () => {
    const values = valuesOf(`${dims}
      x[DimA, DimB] :EXCEPT: [SubA, B1], [A1, B2] = 7
      x[SubA, B1] = 3
      x[A1, B2] = Time
      y[DimA] :EXCEPT: [A1] = x[DimA, B1]`);
    expect(values).toMatchObject({ "x[A1,B1]": 7, "x[A1,B2]": [0, 1, 2, 3, 4], "x[A2,B1]": 3, "x[A3,B2]": 7 });
    expect(Object.keys(values).filter((name) => name.startsWith("y"))).toEqual(["y[A2]", "y[A3]"]);
  });

  test("mappings are followed both ways, to elements and to subranges", () => {
    const values = valuesOf(`
      DimA: A1, A2, A3 -> (DimB: B2, B1, B3)
      DimB: B1, B2, B3
      DimD: D1, D2 -> (DimA: SubA, A3)
      SubA: A1, A2
      a[DimA] = 1, 2, 3
      b[DimB] = a[DimA] * 10
      j[DimD] = 10, 20
      t[DimA] = j[DimD] + a[DimA]`);
    expect(values).toMatchObject({ "b[B1]": 20, "b[B2]": 10, "b[B3]": 30, "t[A1]": 11, "t[A2]": 12, "t[A3]": 23 });
  });

  test("a mapping does not lead to a dimension that an axis has not", () => {
    const wrong =
      "DimA: A1, A2 -> (DimC: C2, C1)\nDimB: B1, B2\nDimC: C1, C2\nv[DimA, DimB] = 1\nx[DimA] = v[A1, DimC]";
    expect(problemsOf(compileVensim(wrong))).toEqual(["foreign-subscript 6:17"]);
  });

  test("a variable may be a stock at some elements and an equation at others", () => {
    const values = valuesOf("D: d1, d2\nw[d1] = INTEG(Time, 1)\nw[d2] = 5");
    expect(values).toEqual({ "w[d1]": [1, 1, 2, 4, 7], "w[d2]": 5 });
  });
});

describe("what a variable is", () => {
  const kindsOf = (equations: string) =>
    Object.fromEntries(compileVensim(equations).model!.variables.map((v) => [v.title.en, v.kind]));

  test("constants are parameters, what a stock adds and subtracts are flows", () => {
    const kinds = kindsOf(
      "Births = 0.1 * People\nDeaths = 0.05 * People\nRate = 3\nPeople = INTEG(Births - Deaths, 100)",
    );
    expect(kinds).toMatchObject({ Births: "flow", Deaths: "flow", Rate: "parameter", People: "stock" });
  });

  test("any expression may be a net flow", () => {
    const values = valuesOf("c = 2\ns = INTEG(c, 1)\nu = INTEG(-s, 1)");
    expect(values).toEqual({ c: 2, s: [1, 3, 5, 7, 9], u: [1, 0, -3, -8, -15] });
  });

  test("names that the language uses, and names that differ in signs only, become names of their own", () => {
    const values = valuesOf('step = 3\nif = 4\n"a-b" = 5\n"a+b" = 6\n"1st" = step + if + "a-b" + "a+b"');
    expect(values).toEqual({ step: 3, if: 4, "a-b": 5, "a+b": 6, "1st": 18 });
  });
});

describe("values while a model starts", () => {
  test("ACTIVE INITIAL gives them, and the first row shows the equation", () => {
    const values = valuesOf(`
      Capacity = INTEG(Target - Capacity, Target)
      Target = ACTIVE INITIAL(Capacity * 2, 100)`);
    expect(values).toEqual({ Capacity: [100, 200, 400, 800, 1600], Target: [200, 400, 800, 1600, 3200] });
  });

  test("SAMPLE IF TRUE reads itself a step ago", () => {
    const values = valuesOf("y = IF THEN ELSE(Time = 2, 10, Time)\npeak = SAMPLE IF TRUE(y > peak, y, 0)");
    expect(values.peak).toEqual([0, 1, 10, 10, 10]);
  });

  test("the order of a delay is read once, and no stage is shorter than a step", () => {
    const values = valuesOf("n = 3\na = DELAY N(STEP(8, 1), 2, 0, n)\nb = DELAY N(STEP(8, 1), 2, 0, 2)");
    expect(values.a).toEqual(values.b);
  });
});

describe("the clock", () => {
  const clock = (final: string, step: string, save: string, more = "") =>
    columnsOf(
      compileVensim(
        `INITIAL TIME = 0\nFINAL TIME = ${final}\nTIME STEP = ${step}\nSAVEPER = ${save}\nx = Time\n${more}`,
      ),
    ).x;

  test("rows are those nearest to multiples of the save interval, and the last", () => {
    expect(clock("10", "1", "3")).toEqual([0, 3, 6, 9, 10]);
    expect(clock("1", "0.25", "TIME STEP * 2")).toEqual([0, 0.5, 1]);
  });

  test("constants may give it", () => expect(clock("n / 2", "1 / n", "1", "n = 4")).toEqual([0, 1, 2]));
  test("the horizon is whole steps", () => expect(clock("1", "0.3", "TIME STEP")).toEqual([0, 0.3, 0.6, 0.9]));
  test("steps do not drift", () =>
    expect(clock("100", "0.1", "10")).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]));

  test("the end may change during the run", () => {
    expect(clock("IF THEN ELSE(y > 5, Time, 100)", "1", "1", "y = Time * 2")).toEqual([0, 1, 2, 3]);
    expect(clock("IF THEN ELSE(Time < 2, 3, 5)", "1", "1")).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe("a step that changes", () => {
  const compiled = compileVensim(`
    INITIAL TIME = IF THEN ELSE(Time < 1, 0, 7)
    FINAL TIME = IF THEN ELSE(Time < 2, 3, 5)
    TIME STEP = IF THEN ELSE(Time < 2, 1, 0.5)
    SAVEPER = IF THEN ELSE(Time < 3, TIME STEP, 2)
    x = Time`);

  test("gives the rows of the file's clock, on the smallest step, with a warning", () => {
    expect(columnsOf(compiled).x).toEqual([0, 1, 2, 2.5, 3, 5]);
    expect(compiled.program?.clock).toMatchObject({ stepNumerator: 1, stepDenominator: 2, steps: 10 });
    expect(compiled.diagnostics.map((d) => d.code)).toEqual(["foreign-step-changes"]);
  });
});

describe("limits", () => {
  test("an array of too many cells is refused", () => {
    expect(problemsOf(compileVensim("D: (d1-d2000)\nE: (e1-e2000)\nx[D, E] = 1"))).toEqual(["model-too-large 4:1"]);
  });

  test("a sum that runs through too much in a step is refused", () => {
    const sum =
      "D: (d1-d900)\nE: (e1-e900)\nF: (f1-f900)\nv[D] = D\nw[E] = E\nu[F] = F\ny = SUM(v[D!] * w[E!] * u[F!])";
    expect(problemsOf(compileVensim(sum))).toEqual(["too-much-work 8:1"]);
  });

  test("a list of numbers for a variable without subscripts is an error", () => {
    expect(problemsOf(compileVensim("y = 1, 2\nz = TABBED ARRAY(3 4)"))).toEqual([
      "foreign-number-count 2:1",
      "foreign-number-count 3:1",
    ]);
  });

  test("equations that are laid out end at a bound", () => {
    const laidOut = "D: (d1-d3000)\nE: (e1-e3000)\nF: (f1-f3000) -> (D: d1)\nv[D] = D\nw[E] = VECTOR RANK(v[D], 1) + E";
    expect(problemsOf(compileVensim(laidOut))[0]).toMatch(/^(model-too-large|foreign-)/);
  });

  test("a variable without an equation is told", () => {
    const span = { path: "m.mdl", start: 0, end: 1 };
    const number = (value: number) => ({ kind: "number", value, span }) as const;
    const name = { text: "x", key: "x", span };
    const model: ForeignModel = {
      dialect: "vensim",
      vendor: null,
      name: "m",
      time: { start: number(0), stop: number(1), step: number(1), save: null, unit: null, method: "euler" },
      dimensions: [],
      variables: [
        {
          ...{ name, kind: "auxiliary", dimensions: null, definitions: [], nonNegative: false, unit: null },
          ...{ comment: null, range: null, hidden: false, span },
        },
      ],
      units: [],
      ignored: [],
    };
    const diagnostics = new DiagnosticList();
    expect(translateForeignModel(model, { path: "m.mdl", text: "x" }, ENGINE_PARTS, diagnostics)).toBeNull();
    expect(diagnostics.sorted([]).map((d) => d.code)).toEqual(["foreign-no-equation"]);
  });
});

describe("XMILE", () => {
  const DIMS = `<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs><dimensions>
    <dim name="R"><elem name="n"/><elem name="s"/><elem name="w"/></dim><dim name="A" size="3"/></dimensions>`;
  const P = `<aux name="p"><dimensions><dim name="R"/></dimensions><element subscript="n"><eqn>1</eqn></element>
    <element subscript="s"><eqn>2</eqn></element><element subscript="w"><eqn>3</eqn></element></aux>
    <aux name="m"><dimensions><dim name="R"/><dim name="A"/></dimensions><eqn>R * 10 + A</eqn></aux>
    <aux name="i"><eqn>TIME</eqn></aux>`;
  const aux = (equation: string, dim: string | null = null) => {
    const dimensions = dim === null ? "" : `<dimensions><dim name="${dim}"/></dimensions>`;
    return columnsOf(compileXmile(`${P}<aux name="x">${dimensions}<eqn>${equation}</eqn></aux>`, DIMS));
  };
  const first = (equation: string) => aux(equation).x?.[0];

  test.each([
    ["SUM(p)", 6],
    ["SUM(p[1:2]) + SUM(p[s:w])", 8],
    ["MEAN(p[*]) + MAX(p) + SIZE(p)", 8],
    ["p[2] + p[n]", 3],
    ["RANK(m[n,*], 3)", 3],
    ["SUM(m[*, 2])", 66],
    ["MIN(3, 1, 2) + MIN(p[*])", 2],
    ["7 MOD 4 + (-7) MOD 4 + INT(-1.5)", 2],
    ["-2^2 + 2^-1", -3.5],
    ["SAFEDIV(1, 0, 9) + 4 // 0", 9],
  ])("%s = %d", (equation, value) => expect(first(equation)).toBe(value));

  test("an index may be computed, and is 0 outside", () => expect(aux("p[i]").x).toEqual([0, 1, 2, 3, 0]));

  test("a dimension with an offset, a slice along the left side, a transposition", () => {
    expect(aux("m[n, A - 1]", "A")).toMatchObject({ "x[1]": [0, 0, 0, 0, 0], "x[2]": [11, 11, 11, 11, 11] });
    expect(aux("SUM(m[*, A])", "A")).toMatchObject({ "x[3]": [69, 69, 69, 69, 69] });
    const turned = `${P}<aux name="x"><dimensions><dim name="A"/><dim name="R"/></dimensions><eqn>m'</eqn></aux>`;
    expect(columnsOf(compileXmile(turned, DIMS))).toMatchObject({ "x[2,w]": [32, 32, 32, 32, 32] });
    const both = '<dimensions><dim name="R"/><dim name="R"/></dimensions>';
    const square = `<aux name="q">${both}<element subscript="n, s"><eqn>5</eqn></element></aux><aux name="x">${both}<eqn>q'</eqn></aux>`;
    expect(columnsOf(compileXmile(square, DIMS))).toMatchObject({
      "x[n,s]": [0, 0, 0, 0, 0],
      "x[s,n]": [5, 5, 5, 5, 5],
    });
  });

  test.each([
    ["PULSE(10, 1, 2)", [0, 10, 0, 10, 0]],
    ["PULSE(10, 1)", [0, 10, 0, 0, 0]],
    ["RAMP(2, 1)", [0, 0, 2, 4, 6]],
    ["DELAY(TIME, 2, -1)", [-1, -1, 0, 1, 2]],
    ["DELAYN(STEP(10, 1), 4, 2, 0)", [0, 0, 0, 2.5, 5]],
    ["PREVIOUS(SELF, 5) + 1", [6, 7, 8, 9, 10]],
    ["HISTORY(TIME, TIME - 1)", [0, 0, 1, 2, 3]],
    ["COUNTER(0, 3)", [0, 1, 2, 0, 1]],
    ["IF TIME &gt; 1 AND NOT (TIME = 3) THEN 1 ELSE 0", [0, 0, 1, 0, 1]],
  ])("%s: %j", (equation, values) => expect(aux(equation).x).toEqual(values));

  test("a slice over another dimension's elements does not run over that dimension", () => {
    const dims = DIMS.replace("</dimensions>", '<dim name="Sub"><elem name="s"/><elem name="w"/></dim></dimensions>');
    const over = '<aux name="i"><dimensions><dim name="Sub"/></dimensions><eqn>1</eqn></aux>';
    const compiled = compileXmile(
      `${P.replace(/<aux name="i">.*/, over)}<aux name="x"><eqn>SUM(m[*:Sub, i])</eqn></aux>`,
      dims,
    );
    expect(problemsOf(compiled)[0]).toMatch(/^foreign-missing-subscripts/);
  });

  test("a dimension stands for elements of the same names in another one, else for their numbers", () => {
    const dims = DIMS.replace("</dimensions>", '<dim name="Sub"><elem name="s"/><elem name="w"/></dim></dimensions>');
    const over = (equation: string) =>
      columnsOf(
        compileXmile(`${P}<aux name="x"><dimensions><dim name="Sub"/></dimensions><eqn>${equation}</eqn></aux>`, dims),
      );
    expect(over("p[Sub]")).toMatchObject({ "x[s]": [2, 2, 2, 2, 2], "x[w]": [3, 3, 3, 3, 3] });
    expect(over("m[n, Sub]")).toMatchObject({ "x[s]": [11, 11, 11, 11, 11], "x[w]": [12, 12, 12, 12, 12] });
  });

  test("outflows of a non-negative stock share what is there, in their order", () => {
    const columns = columnsOf(
      compileXmile(`<stock name="S"><eqn>5</eqn><inflow>i</inflow><outflow>a</outflow><outflow>b</outflow><non_negative/></stock>
        <flow name="i"><eqn>1</eqn></flow><flow name="a"><eqn>3</eqn></flow><flow name="b"><eqn>2</eqn></flow>`),
    );
    expect(columns).toMatchObject({ S: [5, 1, 0, 0, 0], a: [3, 2, 1, 1, 1], b: [2, 0, 0, 0, 0] });
  });

  test("a conveyor lets go a transit time later, and leaks on the way", () => {
    const columns = columnsOf(
      compileXmile(`<stock name="C"><eqn>6</eqn><inflow>i</inflow><outflow>o</outflow><conveyor><len>3</len></conveyor></stock>
        <flow name="i"><eqn>TIME + 1</eqn></flow><flow name="o"/>`),
    );
    expect(columns).toMatchObject({ C: [6, 5, 5, 6, 9], o: [2, 2, 2, 1, 2] });
  });

  test("random functions give their centre in a run without shocks", () => {
    expect(aux("NORMAL(3, 1)").x).toEqual([3, 3, 3, 3, 3]);
    expect(aux("RANDOM(0, 4)").x).toEqual([2, 2, 2, 2, 2]);
  });
});

describe("Vensim's VECTOR functions", () => {
  test("elements by number count from the one named, through the whole array", () => {
    const values = valuesOf(`
      DimA: A1, A2, A3
      DimB: B1, B2
      a[DimA] = 0, 1, 1
      b[DimB] = 1, 2
      c[DimA] = 10 + VECTOR ELM MAP(b[B1], a[DimA])
      d[DimA, B1] = 1, 2, 3
      d[DimA, B2] = 4, 5, 6
      f[DimA, DimB] = VECTOR ELM MAP(d[DimA, B1], a[DimA])`);
    expect(values).toMatchObject({ "c[A1]": 11, "c[A3]": 12, "f[A1,B2]": 1, "f[A2,B1]": 5, "f[A3,B2]": 6 });
  });

  test("order, rank and reordering", () => {
    const values = valuesOf(`
      D: d1, d2, d3
      v[D] = 30, 10, 20
      up[D] = VECTOR SORT ORDER(v[D], 1)
      down[D] = VECTOR SORT ORDER(v[D], -1)
      rank[D] = VECTOR RANK(v[D], 1)
      sorted[D] = VECTOR REORDER(v[D], up[D])`);
    expect(["d1", "d2", "d3"].map((d) => values[`up[${d}]`])).toEqual([1, 2, 0]);
    expect(["d1", "d2", "d3"].map((d) => values[`down[${d}]`])).toEqual([0, 2, 1]);
    expect(["d1", "d2", "d3"].map((d) => values[`rank[${d}]`])).toEqual([3, 1, 2]);
    expect(["d1", "d2", "d3"].map((d) => values[`sorted[${d}]`])).toEqual([10, 20, 30]);
  });

  test("INVERT MATRIX times the matrix is the unit", () => {
    const values = valuesOf(`
      R: r1, r2, r3
      C: c1, c2, c3
      m[R, C] = 0, 2, 1; 3, 0, 1; 1, 1, 4;
      i[R, C] = INVERT MATRIX(m[R, C], 3)
      e11 = m[r1,c1] * i[r1,c1] + m[r1,c2] * i[r2,c1] + m[r1,c3] * i[r3,c1]
      e21 = m[r2,c1] * i[r1,c1] + m[r2,c2] * i[r2,c1] + m[r2,c3] * i[r3,c1]`);
    expect(values.e11).toBeCloseTo(1, 12);
    expect(values.e21).toBeCloseTo(0, 12);
  });

  test("fixed quantities share in proportion, others by their profiles, as in Vensim", () => {
    const values = valuesOf(`
      D: A1, A2
      P: ptype, ppriority, pwidth, pextra
      p[D, ptype] = Time
      p[D, ppriority] = 0.1, 0.9
      p[D, pwidth] = 0.5
      p[D, pextra] = 0
      want[D] = 200, 50
      got[D] = ALLOCATE AVAILABLE(want[D], p[D, ptype], 100)`);
    const got = values["got[A1]"] as number[];
    for (const [i, v] of [80, 50, 50, 57.4714, 58.6115].entries()) expect(got[i]).toBeCloseTo(v, 3);
  });

  test("what is allocated by price adds up to what there is", () => {
    const values = valuesOf(`
      D: d1, d2, d3
      P: ptype, ppriority, pwidth, pextra
      want[D] = 3, 2, 4
      p[D, P] = 3,1,1,0; 1,2,1,0; 4,3,2,0;
      got[D] = ALLOCATE AVAILABLE(want[D], p[D, ptype], 5)
      total = SUM(got[D!])
      all[D] = ALLOCATE AVAILABLE(want[D], p[D, ptype], 50)`);
    expect(values.total).toBeCloseTo(5, 9);
    expect(values).toMatchObject({ "all[d1]": 3, "all[d2]": 2, "all[d3]": 4 });
  });
});

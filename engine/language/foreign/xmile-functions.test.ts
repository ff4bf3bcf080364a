/** Functions of XMILE and Stella: what each gives, worked out by hand. Random ones show their median in a plain run. */
import { describe, expect, test } from "vitest";
import { columnsOf, compileXmile, problemsOf } from "../../testing/run-foreign.ts";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const values = (equation: string): number[] =>
  columnsOf(compileXmile(`<aux name="y"><eqn>${escaped(equation)}</eqn></aux>`)).y!;

describe("what a function gives", () => {
  test.each([
    ["INT(-3.5)", -4],
    ["-7 MOD 3", 2],
    ["ROUND(2.5)", 3],
    ["SAFEDIV(1, 0)", 0],
    ["SAFEDIV(1, 0, 9)", 9],
    ["1 // 0", 0],
    ["PERCENT(0.5)", 50],
    ["ROOTN(27, 3)", 3],
    ["FACTORIAL(5)", 120],
    ["COMBINATIONS(5, 3)", 10],
    ["PERMUTATIONS(5, 3)", 60],
    ["GAMMALN(5)", Math.log(24)],
    ["TIME() * 0 + PI()", Math.PI],
  ])("%s", (equation, expected) => expect(values(equation)[0]).toBeCloseTo(expected, 12));

  test.each([
    ["RAMP(2, 1)", [0, 0, 2, 4, 6]],
    ["RAMP(2, 1, 3)", [0, 0, 2, 4, 4]],
    ["STEP(4, 2)", [0, 0, 4, 4, 4]],
    ["PULSE(10, 1, 2)", [0, 10, 0, 10, 0]],
    ["PULSE(10, 1)", [0, 10, 0, 0, 0]],
    ["PULSE(10)", [10, 0, 0, 0, 0]],
    ["DELAY(TIME, 2)", [0, 0, 0, 1, 2]],
    ["DELAY(TIME, 2, -5)", [-5, -5, 0, 1, 2]],
    ["PREVIOUS(TIME, -1)", [-1, 0, 1, 2, 3]],
    ["PREVIOUS(SELF, 1) * 2", [2, 4, 8, 16, 32]],
    ["INIT(TIME + 3)", [3, 3, 3, 3, 3]],
    ["HISTORY(TIME * 10, 1)", [0, 10, 10, 10, 10]],
    ["HISTORY(TIME * 10, TIME - 2)", [0, 0, 0, 10, 20]],
    ["COUNTER(1, 3)", [1, 2, 1, 2, 1]],
    ["IF TIME > 1 THEN IF TIME > 2 THEN 3 ELSE 2 ELSE 1", [1, 1, 2, 3, 3]],
  ])("%s", (equation, expected) => expect(values(equation)).toEqual(expected));
});

describe("random functions", () => {
  test.each([
    ["NORMAL(3, 1)", 3],
    ["NORMAL(3, 1, 5, 4, 6)", 4],
    ["LOGNORMAL(3, 1)", 3 / Math.sqrt(1 + 1 / 9)],
    ["EXPRND(2, 7)", 2 * Math.LN2],
    ["RANDOM(2, 4)", 3],
    ["UNIFORM(2, 4, 1)", 3],
    ["TRIANGULAR(0, 1, 4)", 4 - Math.sqrt(6)],
    ["LOGISTIC(3, 2)", 3],
    ["PARETO(2, 3)", 3 * Math.SQRT2],
    ["WEIBULL(2, 3)", 3 * Math.sqrt(Math.LN2)],
    ["MONTECARLO(60)", 1],
    ["MONTECARLO(40)", 0],
    ["POISSON(3)", 3],
    ["BINOMIAL(10, 0.3)", 3],
    ["BETA(2, 2)", 0.5],
    ["GAMMA(1, 2)", 2 * Math.LN2],
  ])("%s", (equation, expected) => expect(values(equation)[0]).toBeCloseTo(expected, 6));

  test("a parameter that changes is an error where a table is made of it", () => {
    expect(problemsOf(compileXmile('<aux name="y"><eqn>POISSON(TIME)</eqn></aux>'))).toEqual([
      "foreign-not-constant 5:28",
    ]);
    expect(problemsOf(compileXmile('<aux name="y"><eqn>BETA(0, 1)</eqn></aux>'))).toEqual([
      "foreign-distribution 5:20",
    ]);
  });
});

describe("arrays", () => {
  const dimensions = `<dimensions><dim name="A" size="3"/><dim name="B"><elem name="x"/><elem name="y"/></dim></dimensions>`;
  const specs = `<sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs>${dimensions}`;
  const onA = '<dimensions><dim name="A"/></dimensions>';
  const m = `<aux name="m"><dimensions><dim name="A"/><dim name="B"/></dimensions><eqn>A * 10 + B</eqn></aux>`;
  const run = (variables: string) => columnsOf(compileXmile(m + variables, specs));

  test.each([
    ["m[@3, @2]", 32],
    ["SUM(m[@1, *])", 11 + 12],
    ["SIZE(A)", 3],
    ["SIZE(m[1:2, *])", 4],
    ["MAX(m) - MIN(m[*, y])", 32 - 12],
    ["m[4, 1] + m[0, x]", 0],
    ["MAX(m[*, x], 40)", 40],
    ["MIN(m[1:2, y], 40, m[3, x])", 12],
    ["SUM(m[1, *], 1)", 24],
  ])("%s", (equation, expected) => {
    expect(run(`<aux name="z"><eqn>${equation}</eqn></aux>`).z).toEqual([expected, expected]);
  });

  test("a place among dimensions is that of the left side", () => {
    const turned = '<aux name="t"><dimensions><dim name="B"/><dim name="A"/></dimensions><eqn>m[@2, @1]</eqn></aux>';
    expect(run(turned)["t[y,3]"]).toEqual([32, 32]);
    const beyond = compileXmile(`${m}<aux name="v">${onA}<eqn>m[@1, @2]</eqn></aux>`, specs);
    expect(problemsOf(beyond)).toEqual(["foreign-subscript 5:162"]);
  });
});

test("a variable with the name of a part of the clock is that variable, except in its own equation", () => {
  const own =
    '<aux name="DT"><eqn>9</eqn></aux><aux name="stoptime"><eqn>STOPTIME + 1</eqn></aux><aux name="Time"><eqn>TIME</eqn></aux>';
  const { x } = columnsOf(compileXmile(`${own}<aux name="x"><eqn>DT + STOPTIME * 10 + Time * 100</eqn></aux>`));
  expect(x).toEqual([59, 159, 259, 359, 459]);
});

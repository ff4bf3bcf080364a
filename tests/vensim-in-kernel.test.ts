/** Functions of Vensim in a kernel and in the interpreter: the same bits, with and without the passes. */
import { expect, test } from "vitest";
import { planParameters } from "../engine/ensemble/plan-parameters.ts";
import { optimizeProgram } from "../engine/ir/passes/optimize-program.ts";
import { compileVensim } from "../engine/testing/run-foreign.ts";
import { differences } from "../engine/testing/same-bits.ts";

test("lookups, rows of delays and tables of distributions", () => {
  const { model, program } = compileVensim(`
    D: (d1-d4)
    v[D] = 0, 1, 1, 4
    t((0,0),(1,2),(3,3))
    a = LOOKUP AREA(t, Time, 2) + LOOKUP SLOPE(t, Time, 0)
    m = MODULO(Time * 3, 10)
    b = VECTOR LOOKUP(v[d1], Time * 1.3, 0, 4, m)
    c[D] = DELAY INFORMATION(x[D], v[D] + Time / 2, 3) + Time
    x[D] = DELAY MATERIAL(a + b + c[D], 1 + v[D] - Time / 3, 1, 0)
    p = RANDOM POISSON(0, 99, 4, 0, 1, 0) + RANDOM WEIBULL(0, 9, 2, 0, 1, 0) + RANDOM GAMMA(0, 9, 2.5, 0, 1, 0)`);
  const parameters = planParameters(model!, program!);
  const load = (memory: Float64Array, lanes: number) => {
    for (const p of parameters) {
      for (let e = 0; e < p.size; e++) {
        for (let l = 0; l < lanes; l++) memory[(p.base + e) * lanes + l] = p.central[e]! * (1 + l / 10);
      }
    }
  };
  expect(differences(program!, 4, { load })).toEqual([]);
  expect(differences(program!, 4, { load }, optimizeProgram(program!))).toEqual([]);
});

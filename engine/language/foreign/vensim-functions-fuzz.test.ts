/**
 * Every function of Vensim with arguments of every kind, fitting or not, in equations of every shape: each model ends in errors, or in a program
 * that runs.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileForeignModel } from "../../compile-foreign.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { simulate } from "../../ensemble/simulate.ts";
import { VENSIM_FUNCTIONS } from "./vensim-functions.ts";

const HEAD = `{UTF-8}
D: A1, A2, A3 ~~|
S: A2, A3 ~~|
E: B1, B2 -> (F: C2, C1) ~~|
F: C1, C2 ~~|
k = 2 ~~|
v[D] = 1, 2, 3 ~~|
w[D,E] = 1, 2; 3, 4; 5, 6; ~~|
m[F] = 3 ~~|
tab((0,0),(1,2),(3,1)) ~~|
each[D]((0,0),(1,1)) ~~|
s = INTEG(k, 1) ~~|
s2[D] = INTEG(v[D], v[D]) ~~|
data ~~|
:MACRO: MAC(a, b : c)
MAC = INTEG(a, b) ~~|
c = a * b ~~|
:END OF MACRO:
`;
const CLOCK = "INITIAL TIME = 0 ~~|\nFINAL TIME = 3 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n";
const DATA = { path: "d.tab", bytes: new TextEncoder().encode("Time\tdata\n0\t1\n2\t5\n3\t4\n") };

const ATOMS = [
  ...["1", "0", "-2", "0.5", "1e9", ":NA:", "Time", "TIME STEP", "k", "s", "s2[D]", "data", "'text'", "((0,1),(2,3))"],
  ...["v[D]", "v[D!]", "v[A1]", "v[S]", "v[S!]", "w[D,E]", "w[A2,E!]", "w[D!,E!]", "w[S,E]", "m[F]"],
  ...["tab", "tab(Time)", "each[D](0.5)", "each", "D", "D!", "S", "S!", "E", "A1", "y0"],
];
const OPERATORS = ["+", "-", "*", "/", "^", "=", "<", ">=", ":AND:", ":OR:"];

const calls = Object.entries(VENSIM_FUNCTIONS).flatMap(([key, { atLeast, atMost }]) => {
  const name = key.toUpperCase().replaceAll("_", " ");
  return [...new Set([atLeast, Math.min(atMost, 8)])].map((arity) => ({ name, arity }));
});

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(...ATOMS),
    fc
      .tuple(tie("expression"), fc.constantFrom(...OPERATORS), tie("expression"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .constantFrom(...calls)
      .chain(({ name, arity }) =>
        fc
          .array(tie("expression"), { minLength: arity, maxLength: arity })
          .map((args) => `${name}(${args.join(", ")})`),
      ),
  ),
}));

const right = fc.oneof(
  { weight: 6, arbitrary: expression },
  { weight: 1, arbitrary: fc.tuple(expression, expression).map(([net, initial]) => `INTEG(${net}, ${initial})`) },
  { weight: 1, arbitrary: fc.tuple(expression, expression).map(([a, b]) => `MAC(${a}, ${b})`) },
);
const left = fc.constantFrom("", "[D]", "[D,E]", "[S]", "[A1]", "[F]", "[D] :EXCEPT: [A1]");
const model = fc
  .array(fc.tuple(left, right), { minLength: 1, maxLength: 3 })
  .map((equations) => HEAD + equations.map(([l, r], i) => `y${i}${l} = ${r} ~~|\n`).join("") + CLOCK);

test("property: a model or errors", () => {
  fc.assert(
    fc.property(model, (text) => {
      const { program, model, diagnostics, files } = compileForeignModel({
        path: "m.mdl",
        bytes: new TextEncoder().encode(text),
        external: () => null,
        tags: new Map(),
        data: [DATA],
      });
      renderDiagnostics(diagnostics, new Map(files.map((f) => [f.path, f.text])), { language: "en" });
      expect(program === null).toBe(diagnostics.some((d) => d.severity === "error"));
      if (program && model) simulate(model, program, {});
    }),
  );
});

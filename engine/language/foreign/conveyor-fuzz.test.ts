/** Conveyors and queues of any parts: nothing is made or lost, limits hold, and the kernel gives the bits of the interpreter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import { planParameters } from "../../ensemble/plan-parameters.ts";
import { optimizeProgram } from "../../ir/passes/optimize-program.ts";
import { columnsOf, compileXmile, problemsOf } from "../../testing/run-foreign.ts";
import { differences } from "../../testing/same-bits.ts";

const RUNS = Number(process.env.FOREIGN_RUNS ?? 60);
const CAPACITY = 7;
const LIMIT = 3;

interface Belt {
  readonly isArrayed: boolean;
  readonly initial: string;
  readonly transit: string;
  readonly isSampled: boolean;
  readonly hasCapacity: boolean;
  readonly hasLimit: boolean;
  readonly isArrested: boolean;
  readonly leak: "none" | "linear" | "exponential";
  readonly zone: string;
  readonly inflow: string;
  readonly behind: "cloud" | "stock" | "queue" | "overflowing queue";
  readonly step: string;
}

const belt: fc.Arbitrary<Belt> = fc.record({
  isArrayed: fc.boolean(),
  initial: fc.constantFrom("0", "5", "v"),
  transit: fc.constantFrom("1", "2.3", "0.1", "v", "2 + STEP(1, 2) - STEP(2, 3)", "TIME", "20"),
  isSampled: fc.boolean(),
  hasCapacity: fc.boolean(),
  hasLimit: fc.boolean(),
  isArrested: fc.boolean(),
  leak: fc.constantFrom("none", "linear", "exponential"),
  zone: fc.constantFrom("", ' leak_start="0.5"', ' leak_end="0.5"', ' leak_start="0.2" leak_end="0.9"'),
  inflow: fc.constantFrom("2", "TIME * 3", "10 - v", "PULSE(8, 1, 2)"),
  behind: fc.constantFrom("cloud", "stock", "queue", "overflowing queue"),
  step: fc.constantFrom("1", "0.5", "0.25"),
});

/** The file of a belt `S` with the flows `in`, `in2`, `out` and perhaps `lost`, and what stands before it. */
function fileOf(of: Belt): { variables: string; before: string } {
  const dimensions = of.isArrayed ? '<dimensions><dim name="R"/></dimensions>' : "";
  const flow = (name: string, equation: string, inside = "", attributes = "") =>
    `<flow name="${name}"${attributes}>${dimensions}${equation === "" ? "" : `<eqn>${equation}</eqn>`}${inside}</flow>`;
  const parts = [
    `<len>${of.transit}</len>`,
    of.isSampled ? "<sample>TIME MOD 2 = 0</sample>" : "",
    of.hasCapacity ? `<capacity>${CAPACITY}</capacity>` : "",
    of.hasLimit ? `<in_limit>${LIMIT}</in_limit>` : "",
    of.isArrested ? "<arrest>TIME = 2</arrest>" : "",
  ].join("");
  const leaks = of.leak === "none" ? "" : "<outflow>lost</outflow>";
  const kind = of.leak === "exponential" ? ' exponential_leak="true"' : "";
  const isQueue = of.behind.endsWith("queue");
  const over = of.behind === "overflowing queue";
  const before =
    of.behind === "cloud"
      ? ""
      : `<stock name="B">${dimensions}<eqn>12</eqn>${isQueue ? "<inflow>come</inflow>" : ""}<outflow>in</outflow>${over ? "<outflow>over</outflow>" : ""}${isQueue ? "<queue/>" : ""}</stock>`;
  return {
    variables: `<stock name="S">${dimensions}<eqn>${of.initial}</eqn><inflow>in</inflow><inflow>in2</inflow><outflow>out</outflow>${leaks}<conveyor${kind}>${parts}</conveyor></stock>
${before}${isQueue ? flow("come", of.inflow) : ""}${over ? flow("over", "", "<overflow/>") : ""}
${flow("in", isQueue ? "" : of.inflow)}${flow("in2", "1")}${flow("out", "")}${of.leak === "none" ? "" : flow("lost", "0.3", "<leak/>", of.zone)}
<aux name="v">${dimensions}<eqn>${of.isArrayed ? "R" : "3"}</eqn></aux>`,
    before: `<sim_specs><start>0</start><stop>5</stop><dt>${of.step}</dt></sim_specs><dimensions><dim name="R" size="2"/></dimensions>`,
  };
}

test("what lies on a conveyor is what has entered and has not left", () => {
  let runs = 0;
  fc.assert(
    fc.property(belt, (of) => {
      const { variables, before } = fileOf(of);
      const compiled = compileXmile(variables, before);
      const { model, program } = compiled;
      if (!model || !program) {
        expect(problemsOf(compiled)).toEqual([expect.stringMatching(/^foreign-conveyor/)]);
        return;
      }
      runs++;
      const load = (memory: Float64Array, lanes: number) => {
        for (const p of planParameters(model, program))
          for (let e = 0; e < p.size; e++) memory.fill(p.central[e]!, (p.base + e) * lanes, (p.base + e + 1) * lanes);
      };
      expect(differences(program, 2, { load }, optimizeProgram(program))).toEqual([]);
      const columns = columnsOf(compiled);
      const dt = Number(of.step);
      for (const at of of.isArrayed ? ["[1]", "[2]"] : [""]) {
        const column = (name: string) => columns[name + at] ?? [];
        const [content, first, second] = [column("S"), column("in"), column("in2")];
        const [out, lost] = [column("out"), column("lost")];
        for (let i = 1; i < content.length; i++) {
          const net = first[i - 1]! + second[i - 1]! - out[i - 1]! - (lost[i - 1] ?? 0);
          expect(content[i]).toBeCloseTo(content[i - 1]! + dt * net, 9);
          if (of.hasCapacity) expect(content[i]).toBeLessThanOrEqual(Math.max(CAPACITY, content[0]!) + 1e-9);
          if (of.hasLimit) expect(first[i]! + second[i]!).toBeLessThanOrEqual(LIMIT + 1e-9);
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(runs).toBeGreaterThan(RUNS / 2);
});

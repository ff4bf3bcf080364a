import fc from "fast-check";
import { expect, test } from "vitest";
import { optimizeProgram } from "../../ir/passes/optimize-program.ts";
import { goodModel } from "../../testing/compile-text.ts";
import { differences } from "../../testing/same-bits.ts";

const MEMBERS = 5;
const YAML = `model: {name: t, time: {start: 0, stop: 1, step: 1, unit: "1"}}
dimensions: {place: {elements: 1..${MEMBERS}}}
parameters:
  amount: {value: 1, unit: "1"}
  weight[place]: {value: 1, unit: "1"}
  cap[place]: {value: 1, unit: "1"}
auxiliaries:
  given[place]: {equation: "allocate(amount + 0 * time, weight, cap, place)", unit: "1", indicator: end}
`;

test("property: each lane is allocated what the interpreter allocates", () => {
  const { program } = goodModel(YAML);
  const base = (name: string) => program.slots.find((s) => s.name === name)!.base;
  // Few different numbers, so that ties, full members, no weights and surpluses are frequent.
  const number = fc.constantFrom(0, -0, -1, 1, 2, 3, 0.1, 0.7, 5, 1e-300);
  const members = fc.array(number, { minLength: MEMBERS, maxLength: MEMBERS });
  const lane = fc.record({ amount: number, weight: members, cap: members });
  fc.assert(
    fc.property(fc.tuple(lane, lane, lane, lane), (inputs) => {
      const load = (memory: Float64Array, lanes: number) => {
        for (const [l, { amount, weight, cap }] of inputs.slice(0, lanes).entries()) {
          memory[base("amount") * lanes + l] = amount;
          for (let i = 0; i < MEMBERS; i++) {
            memory[(base("weight") + i) * lanes + l] = weight[i]!;
            memory[(base("cap") + i) * lanes + l] = cap[i]!;
          }
        }
      };
      expect(differences(program, 4, { load })).toEqual([]);
      expect(differences(program, 2, { load })).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("an allocation in a fused loop has room of its own: the shocks that lie behind it stay as they are", () => {
  const yaml = `model: {name: t, time: {start: 2000, stop: 2004, step: 1, unit: "1"}}
dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}
noise: {shock: {process: ar1, persistence: 0.5, sd: 0.1, unit: "1"}}
auxiliaries:
  y[place, age]: {equation: "age / time + allocate(shock, age, age, place)", unit: "1", indicator: end}
`;
  const { program } = goodModel(yaml);
  const optimized = optimizeProgram(program);
  expect(optimized.step.flatMap((d) => d.statements).map((s) => s.kind)).not.toContain("allocate");
  for (const lanes of [2, 4] as const) expect(differences(program, lanes, { load: () => {} }, optimized)).toEqual([]);
});

import { expect, test } from "vitest";
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../engine/ensemble/plan.ts";
import { withKernel } from "../engine/ensemble/plan-kernel.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { packPlan, unpackPlan } from "./packed-plan.ts";
import { runEnsemble } from "./run-ensemble.ts";

/** Some runs fail: whoever explains a failure needs all of the program. */
const { model, program } = goodModel(`
dimensions: {place: {elements: [north, south]}}
parameters:
  growth: {value: 0.1, unit: 1/year}
  rate[place]: {value: 1, unit: "1", distribution: "uniform(-1, 3)"}
stocks:
  people[place]: {initial: 1, inflows: [births], unit: "1"}
flows:
  births[place]: {equation: growth * people, unit: 1/year}
auxiliaries:
  root[place]: {equation: "sqrt(rate) * people", unit: "1", indicator: end}
scenarios: {base: {}}
`);
const interpreted = planEnsemble(model, program, buildCatalog(model, "h"), { seed: 1, draws: 100 });
const plan = withKernel(interpreted);

test("a plan that is packed and unpacked has the same program", () => {
  const packed = packPlan(plan);
  expect(packed).not.toHaveProperty("program.step");
  const unpacked = unpackPlan(structuredClone(packed));
  expect(unpacked).toHaveProperty("program", plan.program);
});

test("a plan that was unpacked is packed as the same bytes, of which nothing is read", () => {
  const packed = packPlan(plan);
  expect(packPlan(unpackPlan(packed))).toEqual(packed);
});

test("plans without a kernel, and those of other runners, stay as they are", () => {
  expect(packPlan(interpreted)).toBe(interpreted);
  const other = { draws: 1, blockDraws: 1, catalog: { scenarios: [] } };
  expect(packPlan(other)).toBe(other);
  expect(unpackPlan(other)).toBe(other);
});

test("a thread names the variable and the element of a failure as the interpreter does", async () => {
  const failuresOf = async (of: typeof plan, workers: number) => {
    const blocks: BlockResult[] = [];
    await runEnsemble(of, { workers, onBlock: (block) => blocks.push(block) });
    return blocks.flatMap(({ failures }) => failures);
  };
  const expected = await failuresOf(interpreted, 0);
  expect(expected.map(({ key }) => key)).toContain("south");
  expect(await failuresOf(plan, 1)).toEqual(expected);
});

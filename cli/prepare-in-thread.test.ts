import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../output/results/testing/write-fake-results.ts";
import type { RunArguments } from "./commands/run.ts";
import { prepareInThread } from "./prepare-in-thread.ts";
import { openUsable, prepareRun } from "./prepare-run.ts";

const MODEL = `model: {name: small, time: {start: 0, stop: 4, step: 1, save: 1, unit: year}}
parameters:
  rate: {value: 1, unit: "1", distribution: "uniform(0, 2)"}
auxiliaries:
  level: {equation: "rate + unused_name_is_wrong * 0", unit: "1", indicator: end}
scenarios: {base: {}, other: {}}
`;
const GOOD = MODEL.replace(" + unused_name_is_wrong * 0", "");

function modelFile(text: string): string {
  const path = join(temporaryFolder(), "small.yaml");
  writeFileSync(path, text);
  return path;
}

const options = {
  language: "en",
  scenarioFiles: [],
  foreign: { data: [], tags: [], changes: [] },
  engine: "kernel",
  dryRun: false,
  draws: 64,
  seed: 3,
} as Partial<RunArguments> as RunArguments;

test("a thread prepares the run that this thread would", async () => {
  const path = modelFile(GOOD);
  const opened = (await openUsable(path, options))!;
  const { plan: expectedPlan, ...expected } = await prepareRun(opened.loaded, opened.usable, options);
  const { plan, ...rest } = (await prepareInThread(path, options))!;
  expect(rest).toEqual(expected);
  const { kernel: made, ...others } = plan;
  const { kernel, ...expectedOthers } = expectedPlan;
  expect(others).toEqual(expectedOthers);
  expect(made!.layout).toEqual(kernel!.layout);
  expect(made!.module).toBeInstanceOf(WebAssembly.Module);
});

test("a model, a scenario or a folder of states that is wrong gives nothing: the caller finds out why", async () => {
  const path = modelFile(GOOD);
  expect(await prepareInThread(path, { ...options, scenarios: ["none"] })).toBe(null);
  expect(await prepareInThread(path, { ...options, startFrom: "nowhere@2" })).toBe(null);
  expect(await prepareInThread(modelFile(MODEL), options)).toBe(null);
  expect(await prepareInThread("no-such-model", options)).toBe(null);
});

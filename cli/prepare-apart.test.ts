import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../output/results/testing/write-fake-results.ts";
import type { RunArguments } from "./commands/run.ts";
import { prepareApart } from "./prepare-apart.ts";
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

const PLACES = ["thread", "process"] as const;

const ENGINES = ["kernel", "interpreter"] as const;

test.for(PLACES.flatMap((place) => ENGINES.map((engine) => ({ place, engine }))))(
  "a $place prepares the run of the $engine that this thread would",
  async ({ place, engine }) => {
    const path = modelFile(GOOD);
    const opened = (await openUsable(path, options))!;
    const expected = await prepareRun(opened.loaded, opened.usable, { ...options, engine });
    expect(await prepareApart(path, { ...options, engine }, place)).toEqual(expected);
  },
);

test.for(PLACES)(
  "a model, a scenario or a folder of states that is wrong gives nothing from a %s: the caller finds out why",
  async (place) => {
    const path = modelFile(GOOD);
    expect(await prepareApart(path, { ...options, scenarios: ["none"] }, place)).toBe(null);
    expect(await prepareApart(path, { ...options, startFrom: "nowhere@2" }, place)).toBe(null);
    expect(await prepareApart(modelFile(MODEL), options, place)).toBe(null);
    expect(await prepareApart("no-such-model", options, place)).toBe(null);
  },
);

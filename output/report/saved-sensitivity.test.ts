import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fakeCatalog } from "../../engine/statistics/testing/fake-blocks.ts";
import { openResults } from "../results/open-results.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { savedSensitivity, saveSensitivity } from "./saved-sensitivity.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const TORNADO = {
  name: "drivers",
  kind: "tornado",
  indicator: "income",
  key: "",
  scenario: "plan",
  years: [2021, 2023],
} as const;

function results(name: string, seed = 1) {
  const catalog = { ...fakeCatalog(), charts: [TORNADO] };
  return openResults(writeFakeResults({ folder: join(folder, name), catalog, seed, draws: 64 }));
}

describe("sensitivities beside results", () => {
  it("are those of the model's tornado charts, at the last of their years", async () => {
    const made = results("a");
    expect(savedSensitivity(made)).toEqual({ sensitivity: [], interactions: [] });
    await saveSensitivity(made);
    const [cell, ...others] = savedSensitivity(made).sensitivity;
    expect(others).toEqual([]);
    expect(cell).toMatchObject({ scenario: "plan", indicator: "income", key: "", time: 2023 });
    expect(cell!.inputs.map(({ name }) => name).sort()).toEqual(["alpha", "beta[kunming]"]);
    for (const { direction, low, index, high } of cell!.inputs) {
      expect(Math.abs(direction)).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(index);
      expect(high).toBeGreaterThanOrEqual(index);
    }
  });

  it("stand beside the interactions of decompositions, which need fewer draws", async () => {
    const pillars = {
      name: "pillars",
      kind: "decomposition",
      scenario: "plan",
      scenarios: ["low", "low"],
      indicators: ["income", "population"],
    } as const;
    const catalog = { ...fakeCatalog(), charts: [TORNADO, pillars] };
    const few = openResults(writeFakeResults({ folder: join(folder, "few"), catalog, draws: 8 }));
    await expect(saveSensitivity(few)).rejects.toThrow("too few draws");
    const { sensitivity, interactions } = savedSensitivity(few);
    expect(sensitivity).toEqual([]);
    expect(interactions).toMatchObject([
      { scenario: "plan", scenarios: ["low", "low"], indicator: "income", time: 2023 },
      { scenario: "plan", scenarios: ["low", "low"], indicator: "population", time: 2023 },
    ]);
    for (const { low, high } of interactions) expect(low).toBeLessThanOrEqual(high);
  });

  it("are the same bytes when computed again", async () => {
    const made = results("b");
    await saveSensitivity(made);
    const first = readFileSync(join(made.folder, "sensitivity.json"), "utf8");
    await saveSensitivity(made);
    expect(readFileSync(join(made.folder, "sensitivity.json"), "utf8")).toBe(first);
  });

  it("of another run are refused", async () => {
    const [one, other] = [results("c", 1), results("d", 2)];
    await saveSensitivity(one);
    writeFileSync(join(other.folder, "sensitivity.json"), readFileSync(join(one.folder, "sensitivity.json")));
    expect(() => savedSensitivity(other)).toThrow("belongs to another run");
  });
});

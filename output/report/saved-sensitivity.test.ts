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
    expect(savedSensitivity(made)).toEqual([]);
    await saveSensitivity(made);
    const [cell, ...others] = savedSensitivity(made);
    expect(others).toEqual([]);
    expect(cell).toMatchObject({ scenario: "plan", indicator: "income", key: "", time: 2023 });
    expect(cell!.inputs.map(({ name }) => name).sort()).toEqual(["alpha", "beta[kunming]"]);
    for (const { direction, low, index, high } of cell!.inputs) {
      expect(Math.abs(direction)).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(index);
      expect(high).toBeGreaterThanOrEqual(index);
    }
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

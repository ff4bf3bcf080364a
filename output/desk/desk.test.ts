import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../charts/chart-input.ts";
import { SAMPLE_CATALOG, SAMPLE_INPUT } from "../charts/testing/sample-input.ts";
import { planAverages, planPeriods, targetGaps, winners } from "./desk-tables.ts";
import { planName } from "./desk-wording.ts";
import { writeDesk } from "./write-desk.ts";

describe("gaps to targets", () => {
  const gaps = targetGaps(SAMPLE_INPUT, "en");

  it("say what is missing and what is needed a year", () => {
    const gap = gaps.find(({ target, scenario }) => target.name === "gdp_2025" && scenario === "baseline")!;
    // In billion yuan: 3,500 are wanted in 2025; the sample has 2,520 in 2020.
    expect(gap.threshold).toBeCloseTo(3500, 9);
    expect(gap.start).toBeCloseTo(2520, 9);
    expect(gap.gap).toBeCloseTo(3500 - gap.projected, 9);
    expect(gap.required).toBeCloseTo((3500 - 2520) / 5, 9);
  });

  it("are never below zero", () => {
    expect(gaps).toHaveLength(SAMPLE_CATALOG.targets.length * SAMPLE_CATALOG.scenarios.length);
    for (const { gap } of gaps) expect(gap).toBeGreaterThanOrEqual(0);
  });
});

describe("plan periods", () => {
  it("are those of which every year is saved", () => {
    expect(planPeriods(SAMPLE_CATALOG)).toEqual([
      { number: 14, first: 2021, last: 2025 },
      { number: 15, first: 2026, last: 2030 },
      { number: 16, first: 2031, last: 2035 },
    ]);
    expect(planPeriods({ ...SAMPLE_CATALOG, saveTimes: [2020, 2025, 2030, 2035] })).toEqual([]);
    expect(planName.zh(15, 2026, 2030)).toBe("“十五五”（2026—2030年）");
  });

  it("have the average of the means", () => {
    const [row] = planAverages(SAMPLE_INPUT, "zh").filter(({ indicator }) => indicator.name === "gdp_total");
    const { mean } = SAMPLE_INPUT.series({ scenario: "baseline", indicator: "gdp_total", key: "" });
    const years = Array.from(mean).slice(1, 6);
    expect(row?.averages[0]).toBeCloseTo((years.reduce((sum, one) => sum + one, 0) / 5) * row!.unit.factor, 6);
  });
});

describe("winners and losers", () => {
  it("stand in the order of their gain", () => {
    const rows = winners(SAMPLE_INPUT, "en").filter(
      ({ indicator, scenario }) => indicator.name === "population_prefecture" && scenario === "plan_full",
    );
    expect(rows).toHaveLength(16);
    const gains = rows.map(({ difference }) => difference);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
  });
});

describe("the files of the desk", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "terrace-desk-"));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it.each(LANGUAGES)("are archives of their format in %s", async (language) => {
    const paths = await writeDesk(SAMPLE_INPUT, folder, language, undefined);
    expect(paths.map((path) => path.slice(folder.length + 1))).toEqual([
      `brief.${language}.docx`,
      `tables.${language}.xlsx`,
    ]);
    for (const [path, part] of [
      [paths[0]!, "word/document.xml"],
      [paths[1]!, "xl/worksheets/sheet5.xml"],
    ] as const) {
      const bytes = await readFile(path);
      expect(bytes.subarray(0, 2).toString("latin1")).toBe("PK");
      // Names of an archive's parts stand in it uncompressed.
      expect(bytes.includes(part)).toBe(true);
    }
  });
});

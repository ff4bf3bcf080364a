import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChartInput, LANGUAGES } from "../charts/chart-input.ts";
import { drawEach } from "../charts/draw-charts.ts";
import { pngRenderer } from "../charts/render-png.ts";
import { SAMPLE_CATALOG, SAMPLE_INPUT } from "../charts/testing/sample-input.ts";
import { planBrief } from "./brief.ts";
import { rowHeight, TEXT_HEIGHT } from "./brief-layout.ts";
import { planAverages, planPeriods, targetGaps, winners } from "./desk-tables.ts";
import { planName } from "./desk-wording.ts";
import { writeTablesBook } from "./tables-book.ts";
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

describe("the tables", () => {
  it("show numbers with the decimals of their unit, and hold all of them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "terrace-tables-"));
    const path = join(folder, "tables.xlsx");
    await writeTablesBook(SAMPLE_INPUT, "en", path);
    const parts = unzipSync(new Uint8Array(await readFile(path)));
    const styles = strFromU8(parts["xl/styles.xml"]!);
    const formats = [...styles.matchAll(/formatCode="([^"]*)"/g)].map(([, code]) => code);
    expect(formats).toEqual(expect.arrayContaining(["#,##0.0"]));
    const figures = strFromU8(parts["xl/worksheets/sheet2.xml"]!);
    // The share of towns of 2021 under the baseline: in per cent, not rounded.
    const { q50 } = SAMPLE_INPUT.series({ scenario: "baseline", indicator: "urbanization_rate", key: "" });
    expect(figures).toContain(`<v>${100 * q50[1]!}</v>`);
    await rm(folder, { recursive: true });
  });
});

describe("the brief", () => {
  const long = "Share of residents who live in towns and cities of every size, registered or not";
  const manyTargets = Array.from({ length: 60 }, (_, index) => ({
    ...SAMPLE_CATALOG.targets[index % SAMPLE_CATALOG.targets.length]!,
    name: `target_${index}`,
    title: { en: `${long} ${index}`, zh: `全省常住人口城镇化率及户籍人口城镇化率差距缩小目标${index}` },
  }));
  const crowded: ChartInput = {
    ...SAMPLE_INPUT,
    catalog: { ...SAMPLE_CATALOG, targets: manyTargets },
    targetShares: (scenario, target) =>
      SAMPLE_INPUT.targetShares(
        scenario,
        SAMPLE_CATALOG.targets[Number(target.slice(7)) % SAMPLE_CATALOG.targets.length]!.name,
      ),
  };
  const wanted = SAMPLE_CATALOG.charts.filter(({ name }) => name === "population" || name === "gains");
  const drawn = () => drawEach({ ...SAMPLE_INPUT, catalog: { ...SAMPLE_CATALOG, charts: wanted } });

  it.each(LANGUAGES)("keeps to two pages in %s, however many targets there are", async (language) => {
    const charts = (await drawn()).filter((chart) => chart.language === language);
    for (const input of [SAMPLE_INPUT, crowded]) {
      const { heights } = planBrief(input, charts, language);
      for (const height of heights) expect(height).toBeLessThanOrEqual(TEXT_HEIGHT);
    }
  });

  it("says how many targets it leaves out, and shows those that are missed first", () => {
    const { gaps, gapNote } = planBrief(crowded, [], "en");
    expect(gaps.length).toBeGreaterThan(4);
    expect(gaps.length).toBeLessThan(61);
    expect(gapNote).toBe(
      `${gaps.length - 1} of 60 targets, those that the reference misses first; all are in the workbook.`,
    );
    const isMissed = gaps.slice(1).map(([, baseline]) => !baseline!.startsWith("median meets it"));
    expect(isMissed).toEqual([...isMissed].sort((a, b) => Number(b) - Number(a)));
    expect(planBrief(SAMPLE_INPUT, [], "en").gapNote).toBeUndefined();
  });

  it("gives a row the height of its longest cell", () => {
    const [one, two] = [rowHeight(["a", "b"], [100, 100]), rowHeight(["a", "word ".repeat(12)], [100, 100])];
    expect(two).toBeGreaterThan(one);
    expect(rowHeight(["a".repeat(60), "b"], [100, 100])).toBeGreaterThan(one);
  });
});

const OFFICE = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find((path) => existsSync(path));

/** Whether the machine has Times New Roman or letters as wide; without them a word processor takes wider ones at will. */
function hasTimes(): boolean {
  try {
    return /Times|Liberation Serif|Tinos|Nimbus Roman/.test(String(execFileSync("fc-match", ["Times New Roman"])));
  } catch {
    return false;
  }
}

describe.skipIf(OFFICE === undefined || !hasTimes())(
  "the brief in LibreOffice (skipped without it or its fonts)",
  () => {
    it.each(LANGUAGES)(
      "has two pages in %s",
      async (language) => {
        const folder = await mkdtemp(join(tmpdir(), "terrace-brief-"));
        try {
          const [brief] = await writeDesk(SAMPLE_INPUT, folder, language, await pngRenderer());
          execFileSync(OFFICE!, [
            `-env:UserInstallation=file://${folder}/profile`,
            ...["--headless", "--convert-to", "pdf", "--outdir", folder, brief!],
          ]);
          const pdf = await readFile(join(folder, `brief.${language}.pdf`), "latin1");
          expect(pdf.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(2);
        } finally {
          await rm(folder, { recursive: true });
        }
      },
      120_000,
    );
  },
);

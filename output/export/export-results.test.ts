import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { fakeCatalog, fakeValue } from "../../engine/statistics/testing/fake-blocks.ts";
import { openResults } from "../results/open-results.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { exportTables } from "./export-results.ts";
import { exportIamc } from "./iamc.ts";

const results = writeFakeResults({ folder: join(temporaryFolder(), "batch") });
const failed = openResults(results).failures();

describe("Parquet, as DuckDB reads it", () => {
  const out = join(temporaryFolder(), "exported");
  let files: string[] = [];

  async function query(sql: string): Promise<unknown[][]> {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    try {
      return (await (await connection.runAndReadAll(sql)).getRowsJson()) as unknown[][];
    } finally {
      connection.disconnectSync();
    }
  }
  const table = (name: string) => `read_parquet('${join(out, `${name}.parquet`)}')`;

  beforeAll(async () => {
    files = await exportTables(results, out, "parquet");
  });

  test("there is a file for each table", () => {
    expect(files).toEqual(
      ["draws", "failures", "runs/place", "runs/scalar", "summary", "targets"].map((n) => `${n}.parquet`),
    );
  });

  test("runs: the values of each run, and null where a failed run has none", async () => {
    const rows = await query(
      `select scenario, draw, time, place, share from ${table("runs/place")} where draw = 9 order by scenario, time, place`,
    );
    expect(rows).toHaveLength(3 * 4 * 3);
    const places = ["kunming", "qujing", "昭通"];
    const scenarios = ["baseline", "plan", "low"];
    for (const [scenario, draw, time, place, share] of rows) {
      if (failed.some((f) => f.scenario === scenario && f.draw === draw) && Number(time) >= 2022)
        expect(share).toBeNull();
      else
        expect(share).toBe(
          fakeValue(
            1,
            1,
            0,
            scenarios.indexOf(String(scenario)),
            Number(draw),
            Number(time) - 2020,
            places.indexOf(String(place)),
          ),
        );
    }
    const [[nulls]] = (await query(`select count(*) from ${table("runs/place")} where share is null`)) as [[string]];
    expect(Number(nulls)).toBe(failed.length * 2 * 3);
  });

  test("the median of the runs is the median of the summary", async () => {
    const sql = `
      select max(abs(r.median - s.q50)) as apart, count(*) as compared from
        (select scenario, time, median(income) as median from ${table("runs/scalar")} r
           where not exists (select 1 from ${table("failures")} f where f.scenario = r.scenario and f.draw = r.draw)
           group by scenario, time) r
        join ${table("summary")} s on s.scenario = r.scenario and s.time = r.time
      where s.indicator = 'income' and s.reference = ''`;
    const [[apart, compared]] = (await query(sql)) as [[number, string]];
    expect(Number(compared)).toBe(12);
    expect(apart).toBeLessThan(1e-12);
  });
});

describe("CSV", () => {
  test("has a byte order mark, the bits of the numbers, and empty fields for null", async () => {
    const out = join(temporaryFolder(), "exported");
    await exportTables(results, out, "csv");
    const text = readFileSync(join(out, "runs/scalar.csv"), "utf8");
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(3 * 50 * 4);
    const row = rows.find((r) => r.scenario === "plan" && r.draw === "10" && r.time === "2021")!;
    expect(Number(row.income)).toBe(fakeValue(1, 0, 1, 1, 10, 1, 0));
    expect(rows.filter((r) => r.income === "")).toHaveLength(failed.length * 2);
  });

  test("files that exist are left as they are", async () => {
    const out = join(temporaryFolder(), "exported");
    await exportTables(results, out, "csv");
    await expect(exportTables(results, out, "csv")).rejects.toThrow("exists already");
  });
});

describe("IAMC", () => {
  /** In this catalog, income is made the sum of the shares of the three places. */
  const catalog = fakeCatalog();
  const summed = {
    ...catalog,
    indicators: catalog.indicators.map((indicator) => ({
      ...indicator,
      unit: indicator.name === "population" ? "person" : "t",
    })),
  };
  const opened = openResults(writeFakeResults({ folder: join(temporaryFolder(), "batch"), catalog: summed }));
  const withSum: typeof opened = {
    ...opened,
    series: (name) => {
      const series = opened.series(name);
      if (name.indicator !== "income") return series;
      const parts = ["kunming", "qujing", "昭通"].map(
        (key) => opened.series({ ...name, indicator: "share", key }).mean,
      );
      return { ...series, mean: series.mean.map((_, i) => parts[0]![i]! + parts[1]![i]! + parts[2]![i]!) };
    },
  };

  test("regions add up to the whole, under one variable; definitions list every region and variable", () => {
    const out = join(temporaryFolder(), "exported");
    const written = exportIamc(withSum, out, { whole: "Yunnan" });
    expect(written.sums).toEqual([{ indicator: "share", sum: "income" }]);
    const rows = parse(readFileSync(join(out, "data.csv"), "utf8"), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    expect(Object.keys(rows[0]!)).toEqual(["model", "scenario", "region", "variable", "unit", "year", "value"]);
    expect(rows).toHaveLength(written.rows);
    for (const scenario of ["baseline", "plan", "low"]) {
      for (const year of ["2020", "2021", "2022", "2023"]) {
        const of = (region: string) =>
          Number(
            rows.find(
              (r) => r.scenario === scenario && r.year === year && r.region === region && r.variable === "share|Mean",
            )!.value,
          );
        expect(of("kunming") + of("qujing") + of("昭通")).toBeCloseTo(of("Yunnan"), 12);
      }
    }
    const names = (file: string): string[] => {
      const list = parseYaml(readFileSync(join(out, "definitions", file), "utf8")) as object[];
      return list
        .flatMap((entry) => (Object.values(entry).every(Array.isArray) ? Object.values(entry).flat() : [entry]))
        .flatMap(Object.keys);
    };
    expect(names("region/regions.yaml").sort()).toEqual([...new Set(rows.map((r) => r.region!))].sort());
    expect(names("variable/variables.yaml").sort()).toEqual([...new Set(rows.map((r) => r.variable!))].sort());
  });

  test("quantiles that were asked for are statistics too", () => {
    const more = { ...summed, quantiles: [0, 2.5, 10, 25, 50, 75, 90, 97.5, 98] };
    const out = join(temporaryFolder(), "exported");
    const results = openResults(writeFakeResults({ folder: join(temporaryFolder(), "batch"), catalog: more }));
    exportIamc(results, out);
    const rows = parse(readFileSync(join(out, "data.csv"), "utf8"), { bom: true, columns: true }) as {
      variable: string;
    }[];
    const names = new Set(rows.map(({ variable }) => variable).filter((name) => name.startsWith("population|")));
    const statistics = ["Mean", "Minimum", "10th Percentile", "Median", "90th Percentile", "98th Percentile"];
    expect([...names]).toEqual(statistics.map((name) => `population|${name}`));
  });

  test("a scalar that is no sum keeps its own name, in the region of the whole", () => {
    const out = join(temporaryFolder(), "exported");
    expect(exportIamc(opened, out).sums).toEqual([]);
    expect(readFileSync(join(out, "data.csv"), "utf8")).toContain("fake,baseline,fake,income|Mean,t,2020,");
  });
});

/**
 * Results as polars reads them, which has an Arrow reader of its own. Polars is no dependency: its package wants Node 22 and brings a
 * hundred megabytes. To run these tests: `npm install --no-save --force nodejs-polars nodejs-polars-linux-x64-gnu` (or the package of
 * another platform); without it they are skipped.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeValue } from "../../engine/statistics/testing/fake-blocks.ts";
import { openResults } from "./open-results.ts";
import { temporaryFolder, writeFakeResults } from "./testing/write-fake-results.ts";

interface Frame {
  readonly columns: string[];
  readonly height: number;
  toRecords(): Record<string, unknown>[];
}
type Polars = { readIPC(file: Buffer): Frame };

async function polars(): Promise<Polars | null> {
  const name = "nodejs-polars";
  try {
    return ((await import(name)) as { default: Polars }).default;
  } catch {
    return null;
  }
}

const reader = await polars();
const results = writeFakeResults({ folder: join(temporaryFolder(), "batch") });
const read = (file: string) => reader!.readIPC(readFileSync(join(results, file)));

describe.skipIf(reader === null)("Arrow files in polars (skipped where nodejs-polars is not installed)", () => {
  test("every table opens, with rows and columns", () => {
    const tables = readdirSync(results, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".arrow"),
    );
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) expect(read(table).columns.length, table).toBeGreaterThan(1);
  });

  test("runs: the values of each run, bit for bit, and null where a failed run has none", () => {
    const failed = openResults(results).failures();
    const places = ["kunming", "qujing", "昭通"];
    const scenarios = ["baseline", "plan", "low"];
    const rows = read("runs/place.arrow").toRecords();
    expect(rows.length).toBeGreaterThan(0);
    for (const { scenario, draw, time, place, share } of rows) {
      const isLost = failed.some((f) => f.scenario === scenario && f.draw === Number(draw)) && Number(time) >= 2022;
      const at = [
        scenarios.indexOf(String(scenario)),
        Number(draw),
        Number(time) - 2020,
        places.indexOf(String(place)),
      ];
      const value = fakeValue(1, 1, 0, at[0]!, at[1]!, at[2]!, at[3]!);
      expect(share).toBe(isLost ? null : value);
    }
  });

  test("summary: a row for each scenario, indicator, element and time", () => {
    const summary = read("summary.arrow");
    expect(summary.columns).toEqual(
      expect.arrayContaining(["scenario", "indicator", "key", "time", "n", "mean", "q50"]),
    );
    const keys = summary.toRecords().map((r) => [r.scenario, r.reference, r.indicator, r.key, r.time].join("|"));
    expect(new Set(keys).size).toBe(summary.height);
  });
});

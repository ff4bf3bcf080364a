/** The page of a comparison in a real browser; skipped where Chromium is not installed, and the name of the test says so. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../charts/chart-input.ts";
import { resultsInput } from "../charts/results-input.ts";
import { CHROMIUM, isChromiumInstalled, openInChromium } from "../report/testing/chromium.ts";
import { openResults, type Results } from "../results/open-results.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { compareBatches } from "./compare-results.ts";
import { comparisonPage } from "./comparison-page.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!isChromiumInstalled)(`a comparison in Chromium (skipped where ${CHROMIUM} is not)`, () => {
  it("shows verdict, picture and tables in both languages, complains of nothing and asks nobody", async () => {
    const results = openResults(writeFakeResults({ folder: join(folder, "a") }));
    const tenfold: Results = {
      ...results,
      series: (name) => {
        const series = results.series(name);
        return { ...series, q50: series.q50.map((value) => 10 * value) };
      },
    };
    const input = resultsInput(results, "terrace compare a b");
    const comparison = compareBatches(results, tenfold, [results.catalog.saveTimes.at(-1)!]);
    const path = join(folder, "comparison.html");
    writeFileSync(path, await comparisonPage(comparison, { a: "a", b: "b", inputA: input, inputB: input }, 0.01, "zh"));
    const { page, complaints, requests, close } = await openInChromium(path);
    try {
      for (const language of LANGUAGES) {
        await page.locator(`label[for="choose-${language}"]`).click();
        const main = page.locator(`main[lang^="${language}"]`);
        expect(await main.isVisible()).toBe(true);
        expect(await main.locator("figure svg path").count()).toBeGreaterThan(3);
        expect(await main.locator("table").count()).toBeGreaterThan(1);
        await main.locator(".chart").focus();
        await page.keyboard.press("ArrowRight");
        expect(await page.locator("#tip:not([hidden])").textContent()).toMatch(/%$/);
      }
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
    } finally {
      await close();
    }
  });
});

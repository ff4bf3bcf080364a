/**
 * The report in a real browser: no console error, no request to the outside, marks in every chart, selectors, text under the pointer
 * and under the keys, data to take away, and a print with all chapters. Runs where Chromium is installed; elsewhere it is skipped,
 * and the name of the test says so.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../charts/chart-input.ts";
import { SAMPLE_CHARTS, SAMPLE_INPUT } from "../charts/testing/sample-input.ts";
import { CHAPTERS, chaptersOf } from "./report-chapters.ts";
import { CHROMIUM, isChromiumInstalled, type OpenPage, openInChromium } from "./testing/chromium.ts";
import { writeReport } from "./write-report.ts";

describe.skipIf(!isChromiumInstalled)(`the report in Chromium (skipped where ${CHROMIUM} is not)`, () => {
  let folder = "";
  let open: OpenPage;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "terrace-report-"));
    const written = await writeReport(SAMPLE_INPUT, folder, "en");
    open = await openInChromium(written.page);
    page = open.page;
  });
  afterAll(async () => {
    await open?.close();
    await rm(folder, { recursive: true });
  });

  const choose = (language: string) => page.locator(`label[for="choose-${language}"]`).click();
  const shownTip = () => page.locator("#tip:not([hidden])").textContent();

  it.each(LANGUAGES)("shows every chart with marks in %s", async (language) => {
    await choose(language);
    const figures = page.locator(`main[lang^="${language}"] figure`);
    expect(await figures.count()).toBe(SAMPLE_CHARTS.length);
    for (const figure of await figures.all()) {
      expect(await figure.isVisible()).toBe(true);
      expect(await figure.locator("svg path, svg text").count()).toBeGreaterThan(3);
    }
  });

  it("changes figures with the place and with the scenario", async () => {
    await choose("en");
    const part = page.locator('.places:not(.tiles)[data-language="en"]');
    const table = () => part.locator("tbody").textContent();
    const first = await table();
    await part.locator("select.place").selectOption({ label: "Diqing" });
    const second = await table();
    expect(second).not.toBe(first);
    await part.locator("select.scenario").selectOption({ label: "Full plan" });
    expect(await table()).not.toBe(second);
  });

  it("moves through the years by the slider, from the keyboard", async () => {
    await choose("en");
    const part = page.locator('.tiles[data-language="en"]');
    const kunming = () => part.locator(".grid div", { hasText: "Kunming" }).textContent();
    expect(await part.locator(".grid div").count()).toBe(16);
    const last = await kunming();
    await part.locator("input.year").focus();
    await page.keyboard.press("Home");
    expect(await part.locator("output").textContent()).toBe("2020");
    const first = await kunming();
    expect(first).not.toBe(last);
    await page.keyboard.press("ArrowRight");
    expect(await part.locator("output").textContent()).toBe("2021");
    await part.locator("select.indicator").selectOption({ index: 1 });
    expect(await kunming()).not.toBe(first);
  });

  it("shows the text of the mark under the pointer", async () => {
    await choose("en");
    const mark = page.locator('#chart-population-en svg [aria-label^="2030"]');
    await mark.scrollIntoViewIfNeeded();
    await mark.hover({ force: true });
    expect(await shownTip()).toMatch(/^2030: \d/);
  });

  it("shows it by the arrow keys too, and hides it by Escape", async () => {
    await choose("zh");
    // A pointer at rest over the chart changes nothing.
    await page.locator("#chart-gains-zh .chart").hover();
    await page.locator("#chart-gains-zh .chart").focus();
    await page.keyboard.press("ArrowRight");
    const first = await shownTip();
    await page.keyboard.press("ArrowRight");
    expect(await shownTip()).not.toBe(first);
    const framed = page.locator("#chart-gains-zh svg .shown");
    expect(await framed.getAttribute("aria-label")).toBe(await shownTip());
    await page.keyboard.press("Escape");
    expect(await page.locator("#tip").isHidden()).toBe(true);
    expect(await framed.count()).toBe(0);
  });

  it("switches the language from the keyboard", async () => {
    await page.locator("#choose-zh").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator('main[lang="en"]').isVisible()).toBe(true);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
  });

  it("gives the data of a chart as CSV", async () => {
    await choose("en");
    const waiting = page.waitForEvent("download");
    await page.locator("#chart-population-en button.data").click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe("population.csv");
    const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
    expect(lines[0]).toBe(
      '\ufeff"scenario","reference","indicator","key","unit","time","n","mean","q2_5","q10","q25","q50","q75","q90","q97_5"',
    );
    expect(lines).toHaveLength(1 + SAMPLE_INPUT.catalog.saveTimes.length);
    expect(lines[1]).toMatch(/^"baseline","","population_total","","person",2020,998,/);
  });

  it("keeps within the page in dark mode and on a narrow screen", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 420, height: 800 });
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(420);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(22, 24, 27)");
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("prints every chapter", async () => {
    await page.emulateMedia({ media: "print" });
    const chapters = chaptersOf(
      SAMPLE_INPUT.catalog,
      SAMPLE_CHARTS.map((chart) => ({ ...chart, language: "en" }) as never),
    );
    for (const { chapter } of chapters) {
      const heading = page.getByRole("heading", { name: CHAPTERS[chapter].title.en, exact: true, level: 2 });
      expect(await heading.isVisible()).toBe(true);
    }
    const pdf = await page.pdf({ format: "A4", outline: true, tagged: true });
    // The outline of the document names the headings that were printed.
    for (const { chapter } of chapters) expect(pdf.includes(`/Title (${CHAPTERS[chapter].title.en})`)).toBe(true);
  });

  it("has complained of nothing and asked nobody", () => {
    expect(open.complaints).toEqual([]);
    expect(open.requests).toEqual([]);
  });
});

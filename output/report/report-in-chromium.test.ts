/**
 * The report in a real browser: no console error, no request to the outside, marks in every chart, selectors, and a print
 * with all chapters. Runs where Chromium is installed; elsewhere it is skipped, and the name of the test says so.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../charts/chart-input.ts";
import { SAMPLE_CHARTS, SAMPLE_INPUT } from "../charts/testing/sample-input.ts";
import { CHAPTERS, chaptersOf } from "./report-chapters.ts";
import { writeReport } from "./write-report.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isInstalled = existsSync(CHROMIUM);

describe.skipIf(!isInstalled)(`the report in Chromium (skipped where ${CHROMIUM} is not)`, () => {
  let folder = "";
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "terrace-report-"));
    const written = await writeReport(SAMPLE_INPUT, folder, "en");
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(written.page).href);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it("complains of nothing and asks nobody", () => {
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"))).toEqual([]);
  });

  it.each(LANGUAGES)("shows every chart with marks in %s", async (language) => {
    await page.locator(`label[for="choose-${language}"]`).click();
    const figures = page.locator(`main[lang^="${language}"] figure`);
    expect(await figures.count()).toBe(SAMPLE_CHARTS.length);
    for (const figure of await figures.all()) {
      expect(await figure.isVisible()).toBe(true);
      expect(await figure.locator("svg path").count()).toBeGreaterThan(3);
    }
  });

  it("changes figures with the place", async () => {
    await page.locator('label[for="choose-en"]').click();
    const part = page.locator('.places[data-language="en"]');
    const first = await part.locator("tbody").textContent();
    await part.locator("select.place").selectOption({ label: "Diqing" });
    expect(await part.locator("tbody").textContent()).not.toBe(first);
  });

  it("prints every chapter", async () => {
    await page.emulateMedia({ media: "print" });
    const chapters = chaptersOf(
      SAMPLE_INPUT.catalog,
      SAMPLE_CHARTS.map((chart) => ({ ...chart, language: "en" }) as never),
    );
    for (const { chapter } of chapters) {
      expect(await page.getByRole("heading", { name: CHAPTERS[chapter].title.en }).isVisible()).toBe(true);
    }
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  });
});

/** A page in Chromium for tests, with what it complains of and asks for. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";

/** Where Debian puts it, or where the variable says. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const isChromiumInstalled = existsSync(CHROMIUM);

/** Milliseconds that a busy machine may take for a step. */
const PATIENCE = 240_000;

export interface OpenPage {
  readonly page: Page;
  /** Messages on the console and errors of scripts. */
  readonly complaints: readonly string[];
  /** Addresses outside of the page itself. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a file in an empty profile. */
export async function openInChromium(path: string): Promise<OpenPage> {
  const profile = await mkdtemp(join(tmpdir(), "terrace-chromium-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu"],
    timeout: PATIENCE,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  const close = async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { page, complaints, requests, close };
}

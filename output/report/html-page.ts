/**
 * The frame of a page in both languages: head, policy, glyphs, language switch. Nothing is loaded, and no script runs but the page's
 * own, by its hash (Content Security Policy 3, hash sources).
 */
import { createHash } from "node:crypto";
import type { Title } from "../../engine/ensemble/catalog.ts";
import { LANGUAGES, type Language } from "../charts/chart-input.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import { fontFaces } from "../fonts/chart-font.ts";
import { REPORT_STYLE } from "./report-style.ts";

export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

export interface HtmlPage {
  readonly title: Title;
  /** The language that is shown when the page is opened. */
  readonly first: Language;
  /** Markup of each language, its text escaped. */
  readonly parts: Readonly<Record<Language, string>>;
  /** Data for the script as JSON by id, in which no `<` stands. */
  readonly data: Readonly<Record<string, string>>;
  /** The script; the same text for every page of a kind. */
  readonly script: string;
}

export function htmlPage({ title, first, parts, data, script }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    "style-src 'unsafe-inline'",
    "font-src data:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const choices = LANGUAGES.map(
    (language) =>
      `<input class="choice" type="radio" name="language" id="choose-${language}"${language === first ? " checked" : ""}>`,
  );
  const labels = LANGUAGES.map(
    (language) =>
      `<label for="choose-${language}" lang="${LANGUAGE_TAGS[language]}">${LANGUAGE_NAMES[language]}</label>`,
  );
  const shown = LANGUAGES.map((language) => `<main lang="${LANGUAGE_TAGS[language]}">\n${parts[language]}\n</main>`);
  // What the reader may see: text, the labels of marks that are shown under the pointer, and data for tables.
  const tips = shown.join("").match(/aria-label="[^"]*"/g) ?? [];
  const texts = [shown.join("").replace(/<[^>]*>/g, ""), ...tips, ...Object.values(data)].join("");
  return [
    "<!doctype html>",
    `<html lang="${LANGUAGE_TAGS[first]}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(title[first])}</title>`,
    `<style>\n${fontFaces(texts)}\n${REPORT_STYLE}\n</style>`,
    "</head>",
    "<body>",
    ...choices,
    `<p class="switch">${labels.join("")}</p>`,
    ...shown,
    ...Object.entries(data).map(([id, json]) => `<script type="application/json" id="${id}">${json}</script>`),
    '<div id="tip" role="status" hidden></div>',
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Style of the report page, for screen and for print. */
import { COLOURS, FONT_FAMILY } from "../charts/style.ts";

/**
 * Languages are switched by two radio buttons at the top of the page and the selectors below: no script, and a print
 * shows the language that is chosen.
 */
export const REPORT_STYLE = `
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 980px; padding: 16px 24px 48px; background: white; color: ${COLOURS.ink};
  font: 15px/1.6 ${FONT_FAMILY}; }
.choice { position: absolute; opacity: 0; }
.switch { display: flex; gap: 8px; justify-content: flex-end; margin: 0; }
.switch label { padding: 3px 12px; border: 1px solid ${COLOURS.rule}; border-radius: 4px; cursor: pointer; }
#choose-en:checked ~ .switch label[for="choose-en"], #choose-zh:checked ~ .switch label[for="choose-zh"] {
  background: ${COLOURS.blue}; border-color: ${COLOURS.blue}; color: white; }
#choose-en:focus-visible ~ .switch label[for="choose-en"], #choose-zh:focus-visible ~ .switch label[for="choose-zh"] {
  outline: 3px solid ${COLOURS.orange}; outline-offset: 2px; }
main { display: none; }
#choose-en:checked ~ main[lang="en"], #choose-zh:checked ~ main[lang="zh-CN"] { display: block; }
h1 { margin: 8px 0 0; font-size: 26px; line-height: 1.3; }
h2 { margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 2px solid ${COLOURS.blue}; font-size: 19px; }
.lead { margin: 4px 0 0; color: ${COLOURS.muted}; }
nav ul { margin: 12px 0 0; padding: 0; list-style: none; columns: 2; }
nav a { color: ${COLOURS.blue}; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.45; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 6px; color: ${COLOURS.muted}; text-align: left; }
th, td { padding: 4px 8px; border-bottom: 1px solid ${COLOURS.grid}; text-align: right; vertical-align: top; }
th:first-child, th[scope="row"] { text-align: left; font-weight: normal; }
thead th { border-bottom: 1px solid ${COLOURS.rule}; font-weight: bold; vertical-align: bottom; }
tbody th[scope="rowgroup"] { text-align: left; font-weight: bold; }
tbody { break-inside: avoid; }
.figures table { table-layout: fixed; }
.figures th:first-child { width: 28%; }
.targets th:first-child { width: 38%; }
.many table { table-layout: fixed; }
.many thead th:not(:first-child) span { display: inline-block; max-height: 280px; writing-mode: vertical-rl; transform: rotate(180deg);
  text-align: left; line-height: 1.2; }
summary { cursor: pointer; }
.band { color: ${COLOURS.muted}; font-size: 12px; white-space: nowrap; }
.targets .band { display: block; white-space: normal; }
.words li { margin: 2px 0; }
.chapter { margin-top: 6px; font-weight: bold; }
.places label { display: inline-block; margin: 0 16px 8px 0; }
.places select { font: inherit; }
.grid { display: grid; gap: 3px; max-width: 620px; }
.grid div { display: flex; flex-direction: column; min-height: 54px; align-items: center; justify-content: center; font-size: 13px; line-height: 1.3; }
.scale { margin: 4px 0 0; color: ${COLOURS.muted}; font-size: 13px; }
.places input { vertical-align: middle; accent-color: ${COLOURS.blue}; }
.download { margin: 4px 0 0; font-size: 13px; }
a:focus-visible, select:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid ${COLOURS.orange}; outline-offset: 2px; }
figure { margin: 24px 0; break-inside: avoid; }
figure svg { display: block; width: 100%; max-width: 860px; height: auto; }
figure svg text { pointer-events: none; }
.chart:focus-visible { outline: 3px solid ${COLOURS.orange}; outline-offset: 2px; }
.chart svg .shown { stroke: ${COLOURS.orange}; stroke-width: 2px; }
.chart svg .shown[opacity="0"] { opacity: 1; fill-opacity: 0; }
figcaption { margin-top: 2px; font-size: 13px; }
button.data { padding: 2px 8px; border: 1px solid ${COLOURS.rule}; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
#tip { position: fixed; z-index: 1; max-width: 360px; padding: 4px 8px; border-radius: 4px; background: ${COLOURS.ink}; color: white;
  font-size: 13px; line-height: 1.4; pointer-events: none; }
footer { margin-top: 40px; padding-top: 8px; border-top: 1px solid ${COLOURS.rule}; color: ${COLOURS.muted};
  font-size: 13px; overflow-wrap: anywhere; }
footer dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 4px 0; }
footer dd { margin: 0; }
@media screen and (prefers-color-scheme: dark) {
  body { background: #16181b; color: #e8e8e8; }
  .lead, caption, .band, .scale, footer { color: #b4b4b4; }
  nav a, .download a { color: ${COLOURS.sky}; }
  th, td { border-color: #3a3d42; }
  .chart { padding: 6px; background: white; border-radius: 4px; }
  #tip { outline: 1px solid #b4b4b4; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .switch, nav, .places, .download, figcaption, #tip { display: none; }
  h2 { break-after: avoid; }
  table { font-size: 9.5pt; }
  .band { font-size: 8pt; }
  .figures table { font-size: 9pt; line-height: 1.25; }
  .figures th, .figures td { padding: 2px 5px; }
  .wide { overflow: visible; }
  .targets tbody, .compared tbody { break-inside: auto; }
  .targets tr, footer { break-inside: avoid; }
  #summary-en, #summary-zh, #targets-en, #targets-zh { break-before: page; }
  .targets { margin-top: 0; }
  figure { margin: 12px 0; }
  figure svg { width: 92%; max-height: 245mm; }
}
`.trim();

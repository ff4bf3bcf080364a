/**
 * The scripts of pages. That of the report fills the figures of places, shows the text of the mark under the pointer or under the arrow keys,
 * and gives the data of a chart as CSV. One text, so that its hash is the same for every report; it makes no markup out of
 * strings, and evaluates nothing.
 */
import { PLACES_SCRIPT } from "./places.ts";
import { TILES_SCRIPT } from "./tile-explorer.ts";

const LANGUAGE_SCRIPT = `
for (const language of ["en", "zh"]) {
  const choice = document.getElementById("choose-" + language);
  choice.addEventListener("change", () => { document.documentElement.lang = language === "zh" ? "zh-CN" : "en"; });
}
`;

const TIPS_SCRIPT = `
const tip = document.getElementById("tip");
let shown = null;
let byKeys = false;
const showTip = (mark) => {
  if (shown !== mark) shown?.classList.remove("shown");
  mark.classList.add("shown");
  shown = mark;
  tip.textContent = mark.getAttribute("aria-label");
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = box.left + box.width / 2 - tip.offsetWidth / 2;
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = Math.max(4, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 4)) + "px";
  tip.style.top = (above > 4 ? above : Math.min(box.bottom, window.innerHeight - tip.offsetHeight) + 8) + "px";
};
const hideTip = () => { shown?.classList.remove("shown"); shown = null; tip.hidden = true; };
for (const chart of document.querySelectorAll(".chart")) {
  let at = -1;
  // Only where the pointer itself moves: a chart that scrolls under a resting pointer must not take away what the keys show.
  chart.addEventListener("pointermove", (event) => {
    byKeys = false;
    const mark = event.target.closest("svg [aria-label]");
    if (mark === null) hideTip(); else if (mark !== shown) showTip(mark);
  });
  chart.addEventListener("pointerleave", () => { if (!byKeys) hideTip(); });
  chart.addEventListener("blur", hideTip);
  chart.addEventListener("keydown", (event) => {
    const marks = chart.querySelectorAll("svg [aria-label]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") hideTip();
    if (step === undefined || marks.length === 0) return;
    event.preventDefault();
    at = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
    byKeys = true;
    showTip(marks[at]);
  });
}
document.addEventListener("scroll", () => { if (shown !== null) showTip(shown); }, { passive: true });
`;

const DATA_SCRIPT = `
const field = (value) => {
  if (typeof value === "number") return String(value);
  const text = value === null ? "" : /^[=+@\\t-]/.test(value) ? "'" + value : value;
  return '"' + text.replaceAll('"', '""') + '"';
};
for (const button of document.querySelectorAll("button.data")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { columns, rows } = JSON.parse(document.getElementById(button.dataset.id).textContent);
    const csv = [columns, ...rows].map((row) => row.map(field).join(",")).join("\\r\\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\\ufeff", csv], { type: "text/csv" }));
    link.download = button.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
`;

export const PAGE_SCRIPT = [PLACES_SCRIPT, TILES_SCRIPT, LANGUAGE_SCRIPT, TIPS_SCRIPT, DATA_SCRIPT].join("");

/** The script of a page without places. */
export const CHARTS_SCRIPT = ['"use strict";', LANGUAGE_SCRIPT, TIPS_SCRIPT, DATA_SCRIPT].join("");

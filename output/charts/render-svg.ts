/**
 * Draws a Vega-Lite spec as SVG without a browser.
 *
 * The same spec gives the same bytes: text is measured by our own estimate (never by a font of this machine), and the
 * counters that Vega numbers its clip paths with start at zero for every picture.
 */
import type { TopLevelSpec } from "vega-lite";
import { escapeMarkup } from "./escape-markup.ts";
import { textWidth } from "./text-width.ts";

/** The exports of `vega` that its type declarations leave out. */
interface SceneGraphExports {
  readonly textMetrics: { width: (item: { readonly fontSize?: number }, text: unknown) => number };
  readonly resetSVGDefIds: () => void;
}

/** Vega's own default where a text item has no size. */
const DEFAULT_FONT_SIZE = 11;

/**
 * The picture as an SVG document, with `title` and `desc` for screen readers.
 *
 * Vega and Vega-Lite take about a second to load, hence only when a picture is drawn.
 *
 * @throws Error if Vega-Lite or Vega warns about the spec: our specs are made by us, so a warning is our mistake.
 */
export async function renderSvg(spec: TopLevelSpec, title: string): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  // The cast holds because `vega` re-exports all of vega-scenegraph; its declarations list only a part.
  const scene = vega as unknown as SceneGraphExports;
  scene.textMetrics.width = (item, text) => textWidth(String(text ?? ""), item.fontSize ?? DEFAULT_FONT_SIZE);
  scene.resetSVGDefIds();

  const problems: string[] = [];
  const logger = collectingLogger(problems);
  const compiled = vegaLite.compile(spec, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none", logger });
  const svg = await view.toSVG();
  view.finalize();
  if (problems.length > 0) throw new Error(`the chart "${title}" could not be drawn cleanly: ${problems.join("; ")}`);
  return addAccessibleText(hoistFaces(svg), title, spec.description ?? title);
}

/** Vega writes the faces at every text; once at the root is enough, since texts inherit them. */
function hoistFaces(svg: string): string {
  const faces = new Set(svg.match(/ font-family="[^"]*"/g));
  const [face] = faces;
  return faces.size === 1 ? svg.replaceAll(face!, "").replace("<svg", `<svg${face}`) : svg;
}

/** A logger that keeps what Vega would print. */
function collectingLogger(problems: string[]) {
  let level = 0;
  const keep = (...parts: readonly unknown[]) => {
    problems.push(parts.map(String).join(" "));
    return logger;
  };
  const ignore = () => logger;
  function setLevel(value: number): typeof logger;
  function setLevel(): number;
  function setLevel(value?: number) {
    if (value === undefined) return level;
    level = value;
    return logger;
  }
  const logger = { level: setLevel, error: keep, warn: keep, info: ignore, debug: ignore };
  return logger;
}

/**
 * What Vega says of itself ("rect mark", "Title text …"): English in every language, and where the keys of a report would stop
 * between the marks.
 */
function withoutVegasWords(svg: string): string {
  return svg
    .replace(/ aria-roledescription="[^"]*"/g, "")
    .replace(/ role="graphics-symbol" aria-label="(?:Title|Subtitle) text '[^"]*"/g, "");
}

/** Vega names single marks, not the picture: the root gets its role, title and description here. */
function addAccessibleText(svg: string, title: string, description: string): string {
  const rootEnd = svg.indexOf(">");
  const root = svg.slice(0, rootEnd);
  return `${root} role="img"><title>${escapeMarkup(title)}</title><desc>${escapeMarkup(description)}</desc>${withoutVegasWords(svg.slice(rootEnd + 1))}\n`;
}

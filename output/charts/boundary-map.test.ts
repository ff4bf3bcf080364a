import { describe, expect, it } from "vitest";
import { readBoundaries } from "./boundary-map.ts";
import { LANGUAGES } from "./chart-input.ts";
import { chartSpec } from "./chart-spec.ts";
import { renderSvg } from "./render-svg.ts";
import { SAMPLE_CATALOG, SAMPLE_CHARTS, SAMPLE_INPUT } from "./testing/sample-input.ts";

/** A square a prefecture, counterclockwise as RFC 7946 wants it. */
const SQUARES = JSON.stringify({
  type: "FeatureCollection",
  features: SAMPLE_CATALOG.dimensions[0]!.elements.map(({ title }, index) => {
    const [west, south] = [98 + (index % 4), 22 + Math.floor(index / 4)];
    const ring = [
      [west, south],
      [west + 1, south],
      [west + 1, south + 1],
      [west, south + 1],
      [west, south],
    ];
    return {
      type: "Feature",
      properties: { name: `${title.zh}市` },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
  }),
});

const CHART = SAMPLE_CHARTS.find(({ kind }) => kind === "map")!;

describe("maps within given boundaries", () => {
  it.each(LANGUAGES)("are drawn with the review number in %s", async (language) => {
    const input = { ...SAMPLE_INPUT, boundaries: readBoundaries(SQUARES, "GS(2024)0001") };
    const svg = await renderSvg(chartSpec(CHART, input, language), "map");
    expect(svg.match(/mark-shape/g)?.length).toBeGreaterThanOrEqual(2);
    expect(svg).toContain("GS(2024)0001");
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it("say which place has no boundary", () => {
    const input = { ...SAMPLE_INPUT, boundaries: readBoundaries('{"features": []}', undefined) };
    expect(() => chartSpec(CHART, input, "en")).toThrow('the boundaries have no feature for "kunming"');
  });

  it.each(["[", "{}", '{"features": [{"geometry": {"type": "Point"}}]}'])("refuse %s", (text) => {
    expect(() => readBoundaries(text, undefined)).toThrow(/boundaries/);
  });
});

/**
 * Data quality: evidence grade of each indicator, the last year that was measured, and the source the model states.
 */
import type { TopLevelSpec } from "vega-lite";
import type { Catalog, CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import type { ChartInput, Language } from "./chart-input.ts";
import { frameChart } from "./frame.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes } from "./subtitle.ts";
import { shortened, textWidth, wrapTextTo } from "./text-width.ts";
import { timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type QualityRequest = Extract<CatalogChart, { kind: "quality" }>;

const ROW_HEIGHT = 17;
const GRADE_WIDTH = 30;
/** The least room that names have beside their sources. */
const LEAST_NAME_WIDTH = 330;
const GAP = 16;

/** Colours from well supported to judged; the letter stands on each, so that colour is not needed to read it. */
const GRADE_COLOURS: Readonly<Record<string, string>> = {
  A: "#00436b",
  B: COLOURS.blue,
  C: COLOURS.sky,
  D: "#cfe3f1",
  L: COLOURS.yellow,
  J: COLOURS.orange,
};

/** The indicators behind the model's other charts; a sheet of all of them could not be printed. All, if no chart names one. */
function shownIndicators(catalog: Catalog): CatalogIndicator[] {
  const shown = new Set(
    catalog.charts.flatMap((chart) => [
      ...("indicators" in chart ? chart.indicators : []),
      ...("indicator" in chart ? [chart.indicator] : []),
    ]),
  );
  const found = catalog.indicators.filter(({ name }) => shown.has(name));
  return found.length > 0 ? found : [...catalog.indicators];
}

export function qualityChart(chart: QualityRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const none = wording.WORDS.gradeUnknown[language];
  const order = shownIndicators(catalog).sort((a, b) => rankOf(a) - rankOf(b));
  const yearWidth = textWidth("2000", FONT_SIZE.label);
  const widestSource = Math.max(...order.map(({ source }) => textWidth(source ?? none, FONT_SIZE.label)));
  const room = CHART_WIDTH + 40 - GRADE_WIDTH - 12 - yearWidth - GAP;
  const nameWidth = Math.max(LEAST_NAME_WIDTH, room - widestSource);
  const rows = order.map((indicator, index) => {
    const last = Math.max(...indicator.observed.flatMap(({ time }) => time));
    return {
      y: index,
      grade: indicator.grade ?? "–",
      colour: GRADE_COLOURS[indicator.grade ?? ""] ?? "#eeeeee",
      isDark: indicator.grade === "A" || indicator.grade === "B",
      name: shortened(
        indicator.title[language] + (indicator.shape.length > 0 ? " *" : ""),
        FONT_SIZE.label,
        nameWidth - 8,
      ),
      measured: Number.isFinite(last) ? timeText(last) : "–",
      source: wrapTextTo(1, indicator.source ?? none, FONT_SIZE.label, room - nameWidth)[0]!,
    };
  });
  const y = { field: "y", type: "ordinal" as const, axis: null, scale: { padding: 0.08 } };
  const measuredAt = GRADE_WIDTH + 12 + nameWidth;
  const text = (field: string, x: number) => ({
    mark: { type: "text" as const, align: "left" as const, x },
    encoding: { y, text: { field, type: "nominal" as const } },
  });
  const grades = [...new Set(rows.map(({ grade }) => grade))];
  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.WORDS.qualityTitle[language],
      subtitle: [wording.qualityText[language]()],
      legend: grades.map((grade) => ({
        label: `${grade}: ${rows.filter((row) => row.grade === grade).length}`,
        symbol: "square" as const,
        colour: GRADE_COLOURS[grade] ?? "#eeeeee",
      })),
      grade: grades.join(wording.JOIN[language].list),
      notes: indicatorNotes(catalog, chart, [], [], language),
      body: {
        width: CHART_WIDTH,
        height: ROW_HEIGHT * rows.length,
        data: { values: rows },
        layer: [
          {
            mark: { type: "rect", x: 0, x2: GRADE_WIDTH },
            encoding: { y, fill: { field: "colour", type: "nominal", scale: null } },
          },
          {
            mark: { type: "text", x: GRADE_WIDTH / 2, fontWeight: "bold" },
            encoding: {
              y,
              text: { field: "grade", type: "nominal" },
              color: { condition: { test: "datum.isDark", value: "white" }, value: COLOURS.ink },
            },
          },
          text("name", GRADE_WIDTH + 8),
          text("measured", measuredAt),
          text("source", measuredAt + yearWidth + GAP),
        ],
      },
    },
    input,
    language,
  );
}

/** Weakest evidence first: that is where a reader should look. */
function rankOf({ grade }: CatalogIndicator): number {
  return Math.max(0, ["", "J", "L", "D", "C", "B", "A"].indexOf(grade ?? ""));
}

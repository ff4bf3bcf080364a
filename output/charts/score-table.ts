/** Scores of places by part of an index, in numbers, and beside them the ranks that other weights would give. */
import type { LayerSpec, NonNormalizedSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";
import { CELL_LETTERS, isDark, mixed } from "./contrast.ts";
import { formatNumber } from "./display-unit.ts";
import { elementTitles } from "./element-values.ts";
import { dataNumber } from "./fan-layers.ts";
import { TIP } from "./hover.ts";
import type { IndexProfile } from "./profile-panel.ts";
import { slantedHeads } from "./slanted-heads.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { textWidth } from "./text-width.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 22;
const CELL_WIDTH = 44;
const INDEX_WIDTH = 54;
/** Column of the index; no element is called so, since it is no identifier. */
const INDEX = "=";
/** Colours of the scores 0 and 1. */
const SCALE = ["#f4f4f4", COLOURS.blue] as const;

/** Rows of places, the same in the table and in the panel beside it. */
interface Position {
  readonly field: "place";
  readonly type: "nominal";
  readonly sort: string[];
  readonly scale: { readonly padding: number };
}

export function scoreTable(
  profiles: readonly IndexProfile[],
  parts: CatalogDimension,
  language: Language,
): NonNormalizedSpec {
  const y: Position = {
    field: "place",
    type: "nominal",
    sort: profiles.map(({ place }) => place),
    scale: { padding: 0 },
  };
  const nameRoom = Math.max(...profiles.map(({ title }) => textWidth(title, FONT_SIZE.axis))) + 10;
  const width = CELL_WIDTH * parts.elements.length + INDEX_WIDTH;
  return {
    spacing: 20,
    hconcat: [
      cellsPanel(profiles, parts, y, width, language),
      reachPanel(profiles, y, CHART_WIDTH + 20 - nameRoom - width, language),
    ],
  };
}

function cellsPanel(
  profiles: readonly IndexProfile[],
  parts: CatalogDimension,
  y: Position,
  width: number,
  language: Language,
): LayerSpec<string> {
  const heads = { ...elementTitles(parts, language), [INDEX]: wording.WORDS.equalWeights[language] };
  const titles = Object.fromEntries(profiles.map(({ place, title }) => [place, title]));
  return {
    width,
    height: ROW_HEIGHT * profiles.length,
    data: { values: profiles.flatMap((profile) => cellsOf(profile, parts, language)) },
    encoding: {
      x: {
        field: "part",
        type: "nominal",
        sort: [...parts.elements.map(({ name }) => name), INDEX],
        scale: { padding: 0 },
        axis: slantedHeads(heads),
      },
      y: {
        ...y,
        axis: {
          title: null,
          domain: false,
          ticks: false,
          labelPadding: 6,
          labelExpr: `${JSON.stringify(titles)}[datum.value]`,
        },
      },
    },
    layer: [
      CELL_LAYER,
      {
        mark: { type: "text", fontSize: 9.5 },
        encoding: {
          text: { field: "label", type: "nominal" },
          color: CELL_LETTERS,
        },
      },
    ],
  };
}

const CELL_LAYER: UnitSpec<string> = {
  transform: [{ filter: "isValid(datum.score)" }],
  mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
  encoding: {
    color: {
      field: "score",
      type: "quantitative",
      legend: null,
      scale: { domain: [0, 1], range: [...SCALE] },
    },
    ...TIP,
  },
};

function cellsOf({ place, title, scores, index }: IndexProfile, parts: CatalogDimension, language: Language) {
  return [
    ...parts.elements.map(({ name: part, title: partTitle }, column) => {
      const score = scores[column]!;
      return {
        place,
        part,
        score: dataNumber(score),
        label: formatNumber(score, 2),
        isDark: isDark(mixed(...SCALE, score)),
        tip: `${title}, ${partTitle[language]}: ${formatNumber(score, 3)}`,
      };
    }),
    { place, part: INDEX, label: formatNumber(index, 3) },
  ];
}

/** The rank with equal weights on the ranks that other weights give. */
function reachPanel(
  profiles: readonly IndexProfile[],
  y: Position,
  width: number,
  language: Language,
): LayerSpec<string> {
  const last = profiles.length;
  const rows = profiles.map(({ place, title, rank, best, worst }) => ({
    place,
    rank,
    from: best - 0.35,
    to: worst + 0.35,
    tip: `${title}: ${rank} (${best === worst ? best : `${best}–${worst}`})`,
  }));
  return {
    width,
    height: ROW_HEIGHT * last,
    data: { values: rows },
    encoding: { y: { ...y, axis: null } },
    layer: [
      {
        mark: { type: "bar", height: 10, color: COLOURS.sky, opacity: 0.6, aria: true },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            scale: { domain: [0.5, last + 0.5], nice: false, zero: false },
            axis: {
              title: wording.WORDS.rank[language],
              orient: "top",
              values: [1, ...[5, 10, 15, 20, 30].filter((rank) => rank <= last)],
              domain: false,
              ticks: false,
            },
          },
          x2: { field: "to" },
          ...TIP,
        },
      },
      {
        mark: { type: "point", filled: true, size: 42, opacity: 1, color: COLOURS.ink },
        encoding: { x: { field: "rank", type: "quantitative" } },
      },
    ],
  };
}

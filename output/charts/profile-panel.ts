/** Profiles of places over the parts of an index, as parallel coordinates; those with the first and the last ranks stand out. */
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";
import { formatNumber } from "./display-unit.ts";
import { dataNumber } from "./fan-layers.ts";
import { TIP } from "./hover.ts";
import type { RobustRank } from "./other-weights.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { textWidth, wrapText } from "./text-width.ts";
import * as wording from "./wording.ts";

/** A place with its scores by part, its index with equal weights and its ranks. */
export interface IndexProfile extends RobustRank {
  readonly place: string;
  readonly title: string;
  readonly scores: readonly number[];
}

/** So many places at each end of the ranking have a colour and a name; the others are grey. */
export const SHOWN_ENDS = 3;
export const PROFILE_COLOURS = { first: COLOURS.blue, last: COLOURS.vermillion, middle: "#c4c4c4" } as const;

const HEIGHT = 210;
const LABEL_LINE = 12;
const HEAD_LINE = 12;

type Group = keyof typeof PROFILE_COLOURS;

export function profilePanel(
  profiles: readonly IndexProfile[],
  parts: CatalogDimension,
  language: Language,
): LayerSpec<string> {
  const heads = [...parts.elements.map(({ title }) => title[language]), wording.WORDS.equalWeights[language]];
  const rows = profiles.flatMap((profile) => pointsOf(profile, groupOf(profile, profiles.length), heads));
  const lowest = Math.floor(Math.min(...rows.map(({ score }) => score)) * 10) / 10;
  const nameRoom = Math.max(...profiles.map(({ title }) => textWidth(title, FONT_SIZE.label))) + 12;
  const width = CHART_WIDTH - nameRoom;
  const wrapped = heads.map((head) => wrapText(head, FONT_SIZE.label, width / heads.length - 4));
  return {
    width,
    height: HEIGHT,
    data: { values: rows },
    encoding: {
      x: {
        field: "axis",
        type: "ordinal",
        scale: { type: "point", padding: 0.35 },
        axis: {
          title: null,
          orient: "top",
          labelAngle: 0,
          domain: false,
          ticks: false,
          grid: true,
          gridColor: COLOURS.rule,
          labelFontSize: FONT_SIZE.label,
          labelLineHeight: HEAD_LINE,
          labelPadding: 6 + HEAD_LINE * (Math.max(...wrapped.map((lines) => lines.length)) - 1),
          labelExpr: `${JSON.stringify(wrapped)}[datum.value]`,
        },
      },
      y: {
        field: "score",
        type: "quantitative",
        scale: { domain: [lowest, 1], nice: false, zero: false },
        axis: { title: null, tickCount: 5, format: ".1f" },
      },
    },
    layer: [
      ...(["middle", "last", "first"] as const).map(lineLayer),
      { mark: { type: "point", filled: true, size: 22, opacity: 1, aria: true }, encoding: { color: COLOUR, ...TIP } },
      ...nameLayers(profiles, heads.length - 1, lowest),
    ],
  };
}

const COLOUR = {
  field: "group",
  type: "nominal",
  legend: null,
  scale: { domain: Object.keys(PROFILE_COLOURS), range: Object.values(PROFILE_COLOURS) },
} as const;

function lineLayer(group: Group): UnitSpec<string> {
  return {
    transform: [{ filter: `datum.group === '${group}'` }],
    mark: { type: "line", color: PROFILE_COLOURS[group], strokeWidth: group === "middle" ? 1 : 1.8 },
    encoding: { detail: { field: "place", type: "nominal" } },
  };
}

function groupOf({ rank }: IndexProfile, all: number): Group {
  if (rank <= SHOWN_ENDS) return "first";
  return rank > all - SHOWN_ENDS ? "last" : "middle";
}

/** The score of each part, and the index, on axes numbered from 0. */
function pointsOf({ place, title, scores, index }: IndexProfile, group: Group, heads: readonly string[]) {
  return [...scores, index].map((score, axis) => ({
    place,
    group,
    axis,
    score: dataNumber(score),
    tip: `${title}, ${heads[axis]}: ${formatNumber(score, 3)}`,
  }));
}

/** Names of the places that stand out, right of the axis of the index and a line apart. */
function nameLayers(profiles: readonly IndexProfile[], axis: number, lowest: number): UnitSpec<string>[] {
  let last = Number.NEGATIVE_INFINITY;
  return profiles
    .filter((profile) => groupOf(profile, profiles.length) !== "middle")
    .map((profile): UnitSpec<string> => {
      const y = (HEIGHT * (1 - profile.index)) / (1 - lowest);
      const at = Math.max(y, last + LABEL_LINE);
      last = at;
      return {
        data: { values: [{ axis, score: dataNumber(profile.index), title: profile.title }] },
        mark: { type: "text", align: "left", dx: 8, dy: Math.round(at - y) },
        encoding: { text: { field: "title", type: "nominal" } },
      };
    });
}

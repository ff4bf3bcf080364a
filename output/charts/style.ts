/**
 * Colours, type and sizes of all charts, in one place.
 *
 * Colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any common colour vision can
 * tell apart; bands are tints of one of them, so that they also differ in a grey print.
 */

export const COLOURS = {
  blue: "#0072B2",
  vermillion: "#D55E00",
  green: "#009E73",
  orange: "#E69F00",
  sky: "#56B4E9",
  purple: "#CC79A7",
  yellow: "#F0E442",
  grey: "#999999",
  ink: "#1a1a1a",
  muted: "#5a5a5a",
  rule: "#8a8a8a",
  grid: "#e4e4e4",
} as const;

/** Vermillion for text: dark enough to be read on white (contrast above 4.5 to 1, WCAG 2.2). */
export const DARK_VERMILLION = "#9c4400";

/**
 * Order in which parts of a stack take their colours; neighbours differ in lightness as well as in hue. The last is a brown, darker
 * than all before it, since Okabe and Ito have eight colours.
 */
export const CATEGORY_COLOURS: readonly string[] = [
  COLOURS.blue,
  COLOURS.orange,
  COLOURS.green,
  COLOURS.purple,
  COLOURS.sky,
  COLOURS.vermillion,
  COLOURS.yellow,
  COLOURS.grey,
  "#5c3317",
];

/** Opaque tints for bands of a fan: 95 %, 80 %, 50 %, and the median's line. */
export interface FanColours {
  readonly outer: string;
  readonly middle: string;
  readonly inner: string;
  readonly line: string;
}

export const BLUE_FAN: FanColours = { outer: "#dbe9f3", middle: "#a9cde4", inner: "#66a8d0", line: "#00436b" };
export const GREEN_FAN: FanColours = { outer: "#d9eee6", middle: "#a3d8c5", inner: "#57b896", line: "#004d38" };

/** Faces with Chinese glyphs first: a viewer that picks the first face for a whole label must find every character. */
export const FONT_FAMILY =
  "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', Arial, Helvetica, 'Terrace Noto Sans SC', sans-serif";

/** Width of the drawing area in pixels; with axis labels it fills the width of an A4 page at 96 pixels an inch. */
export const CHART_WIDTH = 620;

export const FONT_SIZE = { heading: 16, subtitle: 11, axis: 10.5, label: 10, footer: 9 } as const;

/** Vega-Lite configuration that every chart carries. */
export const CONFIG = {
  // Screen readers get one title and one description of the whole picture, not one text for each mark.
  aria: false,
  font: FONT_FAMILY,
  view: { stroke: null },
  axis: {
    labelFontSize: FONT_SIZE.axis,
    labelColor: COLOURS.ink,
    titleFontSize: FONT_SIZE.axis,
    titleFontWeight: "normal",
    titleColor: COLOURS.ink,
    titlePadding: 8,
    gridColor: COLOURS.grid,
    domainColor: COLOURS.rule,
    tickColor: COLOURS.rule,
    labelLimit: 0,
    labelFlush: false,
    titleLimit: 0,
  },
  header: { labelFontSize: FONT_SIZE.axis, labelColor: COLOURS.ink, labelLimit: 0, title: null },
  title: { color: COLOURS.ink, limit: 0 },
  text: { fontSize: FONT_SIZE.label, color: COLOURS.ink },
  concat: { spacing: 12 },
} as const;

/** How much wider bold letters are than plain ones, about. */
export const BOLD = 1.08;

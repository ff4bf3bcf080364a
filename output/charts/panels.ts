/** Panels side by side: the elements of a dimension in its layout, or years. */
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";

export interface Panel {
  /** Element name, or `""` for an empty cell of the layout. */
  readonly element: string;
  readonly title: string;
}

/** Columns where the dimension gives no layout. */
const DEFAULT_COLUMNS = 4;

/** Panels row by row; the layout's empty cells stay empty, rows of unequal length are filled up. */
export function arrangePanels(
  dimension: CatalogDimension,
  language: Language,
): { readonly panels: readonly Panel[]; readonly columns: number } {
  const titles = new Map(dimension.elements.map(({ name, title }) => [name, title[language]]));
  const rows = dimension.layout ?? [];
  if (rows.length === 0) {
    const panels = [...titles].map(([element, title]) => ({ element, title }));
    return { panels, columns: Math.min(DEFAULT_COLUMNS, panels.length) };
  }
  const columns = Math.max(...rows.map((row) => row.length));
  const panels = rows.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => {
      const element = row[column] ?? "";
      return { element, title: titles.get(element) ?? "" };
    }),
  );
  return { panels, columns };
}

/** The facet over the field `panel`, a number from 0, with the panels' titles above. */
export function panelFacet(panels: readonly Panel[]) {
  return {
    field: "panel",
    type: "ordinal",
    header: {
      title: null,
      labelExpr: `${JSON.stringify(panels.map(({ title }) => title))}[datum.value]`,
      labelFontWeight: "bold",
      labelAnchor: "start",
      labelPadding: 3,
    },
  } as const;
}

/** Covers an empty cell of the layout, a row with `blank`: white over the grid. */
export function blankPanel(width: number, height: number): UnitSpec<string> {
  return {
    transform: [{ filter: "datum.blank" }],
    mark: { type: "rect", color: "white", opacity: 1 },
    encoding: { x: { value: -1 }, x2: { value: width + 1 }, y: { value: -1 }, y2: { value: height + 1 } },
  };
}

/** The facet over the field `year`. */
export const YEAR_FACET = {
  field: "year",
  type: "ordinal",
  header: { title: null, labelFontWeight: "bold", labelAnchor: "start", labelExpr: "toString(datum.value)" },
} as const;

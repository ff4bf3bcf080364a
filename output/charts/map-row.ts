/** What every map shows, in tiles or within boundaries: one row a place and year, and the colour of its value. */

/** One place in one year, as inline data. */
export interface MapRow {
  readonly year: number;
  readonly element: string;
  readonly title: string;
  readonly code: string;
  readonly value: number;
  readonly label: string;
  readonly band: string;
  readonly tip: string;
  /** Whether the colour is dark, so that letters on it are white. */
  readonly isDark: boolean;
}

/** Colour of a value: light is low, dark is high, on every panel alike. */
export function valueColour(range: readonly [number, number]) {
  return {
    field: "value",
    type: "quantitative" as const,
    legend: null,
    scale: { domain: [range[0], range[1]], scheme: "viridis" as const, reverse: true },
  };
}

/**
 * What a reader of results needs to know about the model: names, titles, units, axes, targets and charts.
 *
 * The catalog is plain data (it is stored as `catalog.json` beside the results), so that charts and reports are drawn
 * from a results folder alone. It is a function of the checked model and the ensemble, hence the same for any number
 * of workers.
 */

/** A text in both languages of the project. */
export interface Title {
  readonly en: string;
  readonly zh: string;
}

/** How one number a year is read from a variable: its value at the year's end, its total, or its mean over the year. */
export type YearReading = "end" | "total" | "mean";

export interface CatalogElement {
  readonly name: string;
  readonly title: Title;
  /** An outside code, such as the GB/T 2260 code of a prefecture. */
  readonly code?: string;
}

export interface CatalogDimension {
  readonly name: string;
  readonly title: Title;
  readonly elements: readonly CatalogElement[];
  /** Rows of element names, for small multiples in geographic order; an empty text is an empty cell. */
  readonly layout?: readonly (readonly string[])[];
}

/** Measured values of an indicator, for charts and for comparison. */
export interface ObservedSeries {
  /** Key of the cell, see {@link CatalogIndicator.keys}. */
  readonly key: string;
  readonly time: readonly number[];
  readonly value: readonly number[];
}

export interface CatalogIndicator {
  readonly name: string;
  readonly title: Title;
  /** Unit as written in the model, for example `person` or `亿元/year`. */
  readonly unit: string;
  readonly reading: YearReading;
  /** Dimension names, outermost first; empty for a scalar. */
  readonly shape: readonly string[];
  /** One key a cell, row-major: `""` for a scalar, `"kunming"`, `"kunming|urban"`. */
  readonly keys: readonly string[];
  readonly grade?: string;
  readonly source?: string;
  readonly note?: Title;
  readonly observed: readonly ObservedSeries[];
}

/** Indicators of one shape, stored together as one table. */
export interface CatalogTable {
  /** File stem of the table: dimension names joined with `-`, or `scalar`. */
  readonly name: string;
  readonly shape: readonly string[];
  readonly keys: readonly string[];
  /** Names of the indicators, in column order. */
  readonly indicators: readonly string[];
}

export interface CatalogScenario {
  readonly name: string;
  readonly title: Title;
  readonly description?: Title;
}

export interface CatalogTarget {
  readonly name: string;
  readonly title: Title;
  readonly indicator: string;
  /** Key of the cell of the indicator that is judged. */
  readonly key: string;
  readonly comparison: "at_least" | "at_most";
  /** In the indicator's unit. */
  readonly threshold: number;
  /** The save point at which the target is due. */
  readonly due: number;
  readonly note?: string;
  readonly source?: string;
}

/** Charts that the model asks for (section `charts` of a model). */
export type CatalogChart = { readonly name: string; readonly title?: Title; readonly note?: Title } & (
  | { readonly kind: "fan"; readonly indicator: string; readonly key: string; readonly scenario: string }
  | { readonly kind: "multiples"; readonly indicator: string; readonly scenario: string }
  | {
      readonly kind: "stacked";
      /** Parts, in stacking order; all of one shape with one dimension. */
      readonly indicators: readonly string[];
      readonly scenario: string;
      /** Years shown side by side. */
      readonly years: readonly number[];
      /** Indicator to divide by (population); with it the chart is per head. */
      readonly per?: string;
    }
  | { readonly kind: "targets" }
  | {
      readonly kind: "paired";
      /** Scenario compared with the reference scenario. */
      readonly scenario: string;
      readonly indicators: readonly string[];
    }
  | {
      /**
       * `map`: tiles in the layout of the dimension, one panel a year. `ranks`: places of the elements in each year.
       * `matrix`: an indicator with two dimensions as a table of cells. `pyramid`: an indicator with two dimensions, the second
       * of ages and the first of two sides. `dumbbell`: levels under the reference and under the scenario with the paired
       * difference; of a scalar, one row for each scenario. `lights`: an indicator of warning levels 0 to 4, by place or by
       * warning and place. `robustness`: scores by place and part of an index, with the ranks that other weights would give.
       * `convergence`: growth of each place against its level in the first of the years.
       */
      readonly kind: "map" | "ranks" | "matrix" | "pyramid" | "dumbbell" | "lights" | "robustness" | "convergence";
      readonly indicator: string;
      readonly scenario: string;
      /** Save times that are shown; of `dumbbell`, `matrix`, `lights` and `robustness` the last one only. */
      readonly years: readonly number[];
    }
  | {
      /** What the spread of one cell comes from: first-order indices of the uncertain inputs at the last of the years. */
      readonly kind: "tornado";
      readonly indicator: string;
      readonly key: string;
      readonly scenario: string;
      readonly years: readonly number[];
    }
  | {
      /** What each part changes alone, the whole together, and the rest that no part explains (the interaction). */
      readonly kind: "decomposition";
      readonly indicators: readonly string[];
      /** The whole. */
      readonly scenario: string;
      /** The parts. */
      readonly scenarios: readonly string[];
    }
  | {
      /** How well signals foretold events: counts of hits, misses, false alarms and quiet, each by threshold of the signal. */
      readonly kind: "backtest";
      readonly indicators: readonly string[];
      readonly scenario: string;
    }
  | {
      /** A table that the model carries as a file, such as items that are watched and not modelled. */
      readonly kind: "table";
      readonly columns: readonly Title[];
      readonly rows: readonly (readonly Title[])[];
    }
  | {
      /** Level against yearly change, the plane of Northam (1979). */
      readonly kind: "phase";
      readonly indicator: string;
      readonly scenario: string;
    }
  | {
      /** `lines`: medians with bands in one panel. `areas`: means that add up, stacked over time. All are scalars. */
      readonly kind: "lines" | "areas";
      readonly indicators: readonly string[];
      readonly scenario: string;
      /** The first save time that is drawn, where earlier ones say nothing; default the start. */
      readonly from?: number;
    }
  | {
      /** Parts that add up to a whole, step by step, one panel an element; amounts of the last of the years. */
      readonly kind: "waterfall";
      readonly indicators: readonly string[];
      readonly scenario: string;
      readonly years: readonly number[];
      readonly per?: string;
    }
  /** Evidence grade, source and end of the measured values of each indicator. */
  | { readonly kind: "quality" }
);

/** An uncertain number of the model. */
export interface CatalogInput {
  readonly title: Title;
  /** Grade of the evidence behind its distribution. */
  readonly grade?: string;
}

/** The state of every run at a save time, which the results keep in `checkpoint.arrow` for runs that go on from there. */
export interface CatalogCheckpoint {
  readonly time: number;
  readonly step: number;
  /** Columns of the file: what the state consists of, and how many numbers that is a run. */
  readonly state: readonly { readonly name: string; readonly size: number }[];
  /** Hash of how each part of the model computes. */
  readonly parts: Readonly<Record<string, string>>;
  /** What each scenario sets, in the order of the catalog's scenarios: levers in the order of the model's, overrides as text. */
  readonly scenarios: readonly {
    readonly name: string;
    readonly levers: readonly {
      readonly set: number;
      readonly from: number;
      readonly to: number;
      readonly lag: number;
    }[];
    readonly overrides: string;
  }[];
}

export interface CatalogIdentity {
  readonly name: string;
  readonly title: Title;
  /** Largest allowed residual, as a share of the identity's scale. */
  readonly tolerance: number;
}

export interface Catalog {
  readonly model: { readonly name: string; readonly title: Title; readonly hash: string };
  readonly time: { readonly start: number; readonly stop: number; readonly unit: string };
  /** Times of the rows of every table; the first is the start. */
  readonly saveTimes: readonly number[];
  readonly dimensions: readonly CatalogDimension[];
  readonly indicators: readonly CatalogIndicator[];
  readonly tables: readonly CatalogTable[];
  readonly scenarios: readonly CatalogScenario[];
  /** The scenario that others are compared with. */
  readonly reference: string;
  readonly targets: readonly CatalogTarget[];
  readonly identities: readonly CatalogIdentity[];
  readonly charts: readonly CatalogChart[];
  /** Quantiles that the summary holds, in per cent, ascending: the standard ones and those that were asked for. */
  readonly quantiles: readonly number[];
  readonly checkpoint?: CatalogCheckpoint;
  /** Bytes up to which the summary keeps all values and is exact, where another number than the default was asked for. */
  readonly exactMemory?: number;
  /**
   * Independent copies of the design, one after the other with equal numbers of draws, whose spread gives the errors of an exact
   * summary; absent where the draws themselves are independent.
   */
  readonly replicates?: number;
  /** Column names of `draws.arrow`: `name` or `name[element]` of every uncertain number. */
  readonly drawColumns: readonly string[];
  /** What the columns mean, in the same order. */
  readonly drawInputs: readonly CatalogInput[];
}

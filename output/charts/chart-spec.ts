/** The Vega-Lite spec of any chart that a model can ask for. */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { backtestChart } from "./backtest.ts";
import type { ChartInput, Language } from "./chart-input.ts";
import { convergenceChart } from "./convergence.ts";
import { decompositionChart } from "./decomposition.ts";
import { dumbbellChart } from "./dumbbell.ts";
import { fanChart } from "./fan.ts";
import { lightsChart } from "./lights.ts";
import { linesChart } from "./lines.ts";
import { mapChart } from "./map.ts";
import { matrixChart } from "./matrix.ts";
import { multiplesChart } from "./multiples.ts";
import { pairedChart } from "./paired.ts";
import { phaseChart } from "./phase.ts";
import { pyramidChart } from "./pyramid.ts";
import { qualityChart } from "./quality.ts";
import { ranksChart } from "./ranks.ts";
import { robustnessChart } from "./robustness.ts";
import { stackedChart } from "./stacked.ts";
import { tableChart } from "./table.ts";
import { targetsChart } from "./targets.ts";
import { tornadoChart } from "./tornado.ts";
import { waterfallChart } from "./waterfall.ts";

/**
 * The spec of one chart in one language, with its data inline; a pure function of its arguments.
 *
 * @throws ChartError if the request does not fit the results, for example small multiples of a scalar.
 */
export function chartSpec(chart: CatalogChart, input: ChartInput, language: Language): TopLevelSpec {
  switch (chart.kind) {
    case "fan":
      return fanChart(chart, input, language);
    case "multiples":
      return multiplesChart(chart, input, language);
    case "stacked":
      return stackedChart(chart, input, language);
    case "targets":
      return targetsChart(chart, input, language);
    case "paired":
      return pairedChart(chart, input, language);
    case "map":
      return mapChart(chart, input, language);
    case "ranks":
      return ranksChart(chart, input, language);
    case "matrix":
      return matrixChart(chart, input, language);
    case "pyramid":
      return pyramidChart(chart, input, language);
    case "dumbbell":
      return dumbbellChart(chart, input, language);
    case "phase":
      return phaseChart(chart, input, language);
    case "lines":
    case "areas":
      return linesChart(chart, input, language);
    case "waterfall":
      return waterfallChart(chart, input, language);
    case "quality":
      return qualityChart(chart, input, language);
    case "tornado":
      return tornadoChart(chart, input, language);
    case "decomposition":
      return decompositionChart(chart, input, language);
    case "lights":
      return lightsChart(chart, input, language);
    case "backtest":
      return backtestChart(chart, input, language);
    case "robustness":
      return robustnessChart(chart, input, language);
    case "convergence":
      return convergenceChart(chart, input, language);
    case "table":
      return tableChart(chart, input, language);
  }
}

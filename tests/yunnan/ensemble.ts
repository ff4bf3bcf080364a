/** Small ensembles of the Yunnan model in memory, for tests of signs: values of an indicator by scenario and draw. */
import { fileURLToPath } from "node:url";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { at } from "./tables.ts";

export const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan", import.meta.url));
export const UNIT_LEVERS = `${FOLDER}/scenarios/unit-levers.yaml`;

export class Ensemble {
  readonly catalog: Catalog;
  readonly result: BlockResult;

  /**
   * @param scenarioFiles files of scenarios beside those of the model
   * @param folder a variant of the model
   */
  constructor(draws: number, scenarioFiles: readonly string[] = [], folder = FOLDER) {
    const usable = withoutErrors(loadModel(folder, scenarioFiles));
    if (usable === null) throw new Error("the model has errors");
    const { model, program } = usable;
    this.catalog = buildCatalog(model, "test");
    const plan = planEnsemble(model, program, this.catalog, { seed: 20_200_101, draws, blockDraws: draws });
    this.result = createBlockRunner(withKernel(plan))(0);
  }

  get scenarios(): readonly string[] {
    return this.catalog.scenarios.map((scenario) => scenario.name);
  }

  /** One number a draw: the element of an indicator in a year of a scenario. */
  values(scenario: string, indicator: string, year: number, element = ""): readonly number[] {
    const { catalog, result } = this;
    const t = catalog.tables.findIndex((table) => table.indicators.includes(indicator));
    const table = at(catalog.tables, t);
    const [i, s] = [table.indicators.indexOf(indicator), this.scenarios.indexOf(scenario)];
    const [y, c] = [catalog.saveTimes.indexOf(year), table.keys.indexOf(element)];
    if (s < 0 || y < 0 || c < 0) throw new Error(`no ${scenario}, ${year} or ${element}`);
    const [years, cells] = [catalog.saveTimes.length, table.keys.length];
    const column = at(result.tables, t);
    return Array.from(
      { length: result.draws },
      (_, d) => column[(((i * this.scenarios.length + s) * result.draws + d) * years + y) * cells + c] ?? Number.NaN,
    );
  }

  /** Share of draws in which the first scenario has the greater value. */
  shareAbove(more: string, less: string, indicator: string, year: number, element = ""): number {
    const [a, b] = [this.values(more, indicator, year, element), this.values(less, indicator, year, element)];
    return a.filter((value, d) => value > at(b, d)).length / a.length;
  }
}

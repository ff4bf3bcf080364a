/** Charts of a model that asks for none: what a reader would look for first. */
import type { Model, Variable } from "../model/model.ts";
import type { CatalogChart } from "./catalog.ts";
import { changingVariables } from "./changing-variables.ts";

const MOST_FANS = 6;
const MOST_MULTIPLES = 4;
const MOST_PAIRED = 4;
/** More panels than this on one sheet cannot be read. */
const MOST_PANELS = 36;

/**
 * A fan for each scalar indicator, small multiples for each with one dimension, the target table, and each scenario against
 * the reference; a few of each. Constants have none, unless there is nothing else.
 */
export function defaultCharts(model: Model, scenarios: readonly string[], reference: string): CatalogChart[] {
  const indicators = shownFirst(model);
  const scalars = indicators.filter((v) => v.shape.length === 0);
  const named = (prefix: string, v: Variable) => ({ name: `${prefix}_${v.name}`, title: v.title });
  const fans = scalars
    .slice(0, MOST_FANS)
    .map((v): CatalogChart => ({ ...named("fan", v), kind: "fan", indicator: v.name, key: "", scenario: reference }));
  const multiples = indicators
    .filter((v) => v.shape.length === 1 && v.size <= MOST_PANELS)
    .slice(0, MOST_MULTIPLES)
    .map(
      (v): CatalogChart => ({ ...named("multiples", v), kind: "multiples", indicator: v.name, scenario: reference }),
    );
  const targets: CatalogChart[] = model.targets.length > 0 ? [{ name: "targets", kind: "targets" }] : [];
  const compared = scalars.slice(0, MOST_PAIRED).map((v) => v.name);
  const paired =
    compared.length === 0
      ? []
      : scenarios
          .filter((s) => s !== reference)
          .map((s): CatalogChart => ({ name: `compared_${s}`, kind: "paired", scenario: s, indicators: compared }));
  return [...fans, ...multiples, ...targets, ...paired];
}

/**
 * Indicators that may change in time, in the order of the model. Where constants are indicators too, the author chose none
 * (in a file of another tool every variable is one): there stocks come first, then flows, then the rest.
 */
function shownFirst(model: Model): readonly Variable[] {
  const all = model.variables.filter((v) => v.indicator !== null);
  const changing = changingVariables(model);
  const shown = all.filter((v) => changing.has(v));
  if (shown.length === 0) return all;
  if (!all.some((v) => v.kind === "parameter")) return shown;
  const rank = (v: Variable) => (v.kind === "stock" ? 0 : v.kind === "flow" ? 1 : 2);
  return shown.toSorted((a, b) => rank(a) - rank(b));
}

/** The catalog of an ensemble: see {@link Catalog}. */
import type { Axis, Model, Variable } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import { saveTimes } from "../model/time-grid.ts";
import { STANDARD_QUANTILES } from "./band-presets.ts";
import type { Catalog, CatalogIndicator, CatalogTable } from "./catalog.ts";
import { defaultCharts } from "./default-charts.ts";
import { drawColumns, drawInputs } from "./plan-parameters.ts";

/**
 * @param hash hash of the model's files, as the caller computes it
 * @param scenarios names of the scenarios that run, in this order; all if not given
 * @param quantiles those of the summary, in per cent and ascending; the standard ones if not given
 * @param comparedWith one of the scenarios, with which the others are compared; the model's reference if not given
 */
export function buildCatalog(
  model: Model,
  hash: string,
  scenarios?: readonly string[],
  quantiles: readonly number[] = STANDARD_QUANTILES,
  comparedWith?: string,
): Catalog {
  const chosen = scenarios ? scenarios.map((name) => model.scenarios.find((s) => s.name === name)!) : model.scenarios;
  const names = chosen.map((s) => s.name);
  const indicators = model.variables.filter((v) => v.indicator !== null);
  const reference = comparedWith ?? (names.includes(model.reference) ? model.reference : names[0]!);
  const charts = model.charts.length > 0 ? model.charts : defaultCharts(model, names, reference);
  return {
    model: { name: model.name, title: model.title, hash },
    time: { start: model.time.start, stop: model.time.stop, unit: model.time.unit },
    saveTimes: saveTimes(model.time),
    dimensions: model.dimensions.map((d) => ({
      name: d.name,
      title: d.title,
      elements: d.elements.map((e) => ({ name: e.name, title: e.title, ...(e.code !== null && { code: e.code }) })),
      ...(d.layout && { layout: d.layout }),
    })),
    indicators: indicators.map(catalogIndicator),
    tables: catalogTables(indicators),
    scenarios: chosen.map((s) => ({
      name: s.name,
      title: s.title,
      ...(s.description && { description: s.description }),
    })),
    reference,
    targets: model.targets.map((t) => ({
      name: t.name,
      title: t.title,
      indicator: t.variable.name,
      key: cellKeys(t.variable.shape)[t.position]!,
      comparison: t.comparison,
      threshold: t.threshold,
      due: t.due,
      ...(t.note !== null && { note: t.note }),
      ...(t.source !== null && { source: t.source }),
    })),
    identities: model.identities.map(({ name, title, tolerance }) => ({ name, title, tolerance })),
    charts,
    quantiles,
    drawColumns: drawColumns(model),
    drawInputs: drawInputs(model),
  };
}

function catalogIndicator(v: Variable): CatalogIndicator {
  const keys = cellKeys(v.shape);
  return {
    name: v.name,
    title: v.title,
    unit: v.unit,
    reading: v.indicator!,
    shape: v.shape.map((a) => a.dimension.name),
    keys,
    ...(v.grade !== null && { grade: v.grade }),
    ...(v.source !== null && { source: v.source }),
    ...(v.note !== null && { note: v.note }),
    observed: v.observed.map((o) => ({ key: keys[o.position]!, time: o.time, value: o.value })),
  };
}

/** Indicators of one shape share a table; tables come in the order in which their first indicator is declared. */
function catalogTables(indicators: readonly Variable[]): CatalogTable[] {
  const byName = new Map<string, { shape: readonly Axis[]; indicators: string[] }>();
  for (const v of indicators) {
    const name = v.shape.length === 0 ? "scalar" : v.shape.map((a) => a.name).join("-");
    const table = byName.get(name) ?? { shape: v.shape, indicators: [] };
    table.indicators.push(v.name);
    byName.set(name, table);
  }
  return [...byName].map(([name, t]) => ({
    name,
    shape: t.shape.map((a) => a.dimension.name),
    keys: cellKeys(t.shape),
    indicators: t.indicators,
  }));
}

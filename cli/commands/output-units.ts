/** `--units population=万人`: variables of one run in other units of the same quantity. */
import { DiagnosticList, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { allKnown } from "../../engine/diagnostics/known-name.ts";
import type { Simulation } from "../../engine/ensemble/simulate.ts";
import type { ModelDocument } from "../../engine/language/document.ts";
import { conversionFactor, usableUnit } from "../../engine/model/units/convert.ts";
import { buildUnitTable } from "../../engine/model/units/declared-units.ts";

/** A variable, and the unit that it is to be given in. */
export interface UnitRequest {
  readonly name: string;
  readonly unit: string;
}

/** @throws UsageError for a text that is not `name=unit`. */
export function readUnitRequest(text: string): UnitRequest {
  const match = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/u.exec(text);
  if (!match) throw new UsageError(`invalid --units: ${text} (write name=unit)`);
  return { name: match[1]!.normalize("NFC"), unit: match[2]!.normalize("NFC") };
}

/**
 * The same run with the named variables converted.
 * @throws UsageError for a variable that the run does not show, or a unit that is none of its quantity.
 */
export function inOutputUnits(
  result: Simulation,
  requests: readonly UnitRequest[],
  document: ModelDocument,
): Simulation {
  if (requests.length === 0) return result;
  const table = buildUnitTable(document.units, new DiagnosticList());
  const shown = [...new Set(result.columns.map((c) => c.variable))];
  allKnown(
    requests.map((r) => r.name),
    shown,
    "variable",
  );
  const units = new Map(requests.map(({ name, unit }) => [name, unit]));
  const columns = result.columns.map((column) => {
    const unit = units.get(column.variable);
    if (unit === undefined) return column;
    const factor = conversionFactor(usableUnit(column.unit, table), usableUnit(unit, table));
    return { ...column, unit, values: column.values.map((v) => v * factor) };
  });
  return { ...result, columns };
}

/** `--units population=万人`: variables of one run in other units of the same quantity. */
import { DiagnosticList, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import type { Simulation } from "../../engine/ensemble/simulate.ts";
import type { ModelDocument } from "../../engine/language/document.ts";
import { conversionFactor, usableUnit } from "../../engine/model/units/convert.ts";
import { buildUnitTable } from "../../engine/model/units/declared-units.ts";

/** The same run with the named variables converted; a request is `name=unit`. */
export function inOutputUnits(result: Simulation, requests: readonly string[], document: ModelDocument): Simulation {
  if (requests.length === 0) return result;
  const table = buildUnitTable(document.units, new DiagnosticList());
  const units = new Map(
    requests.map((request) => {
      const match = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/u.exec(request);
      if (!match) throw new UsageError(`invalid --units: ${request} (write name=unit)`);
      const name = match[1]!.normalize("NFC");
      if (!result.columns.some((c) => c.variable === name))
        throw new UsageError(`unknown variable in --units: ${name}`);
      return [name, match[2]!.normalize("NFC")] as const;
    }),
  );
  const columns = result.columns.map((column) => {
    const unit = units.get(column.variable);
    if (unit === undefined) return column;
    const factor = conversionFactor(usableUnit(column.unit, table), usableUnit(unit, table));
    return { ...column, unit, values: column.values.map((v) => v * factor) };
  });
  return { ...result, columns };
}

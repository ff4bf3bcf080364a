/** Numbers from one unit into another of the same dimension. */
import { UsageError } from "../../diagnostics/diagnostic.ts";
import { equalUnits, sameDimension, scaleOf, type Unit, unitText } from "./unit.ts";
import type { UnitTable } from "./unit-table.ts";

/** The unit of a text; a {@link UsageError} where it is none. */
export function usableUnit(text: string, table: UnitTable): Unit {
  const { unit, problem } = table.parse(text);
  if (unit) return unit;
  const what = problem.kind === "unknown" ? problem.name : text;
  const near = problem.kind === "unknown" ? table.near(problem.name) : [];
  if (near.length > 0) throw new UsageError(`unknown unit: ${what} (near: ${near.join(", ")})`);
  throw new UsageError(`unknown unit: ${what}`);
}

/**
 * The factor by which a number in `from` is multiplied to be in `to`: 1e-8 from 元 to 亿元, 1 where they are the same.
 *
 * @throws UsageError where the two are not the same quantity, which constant and current prices are not
 */
export function conversionFactor(from: Unit, to: Unit): number {
  if (!sameDimension(from, to)) {
    throw new UsageError(`incompatible units: ${unitText(from)} and ${unitText(to)}`);
  }
  return equalUnits(from, to) ? 1 : scaleOf(from) / scaleOf(to);
}

/** A number in `from`, given in `to`; see {@link conversionFactor}. */
export const convert = (value: number, from: Unit, to: Unit): number => value * conversionFactor(from, to);

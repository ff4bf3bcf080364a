/**
 * Reads what a calibration is made of: `calibration.csv`, the parameters that are fitted, and `observed.csv`, the measurements with their
 * errors.
 */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { Distribution } from "../model/distribution.ts";
import type { Model } from "../model/model.ts";
import type { FitObservation } from "./fit-model.ts";
import { readNamedTable, type TableProblem } from "./named-table.ts";
import { type MappedOutput, readObservations } from "./observation-map.ts";

/** A row of `calibration.csv`. */
export interface CalibratedParameter {
  readonly name: string;
  /** False for a parameter that is named because the data cannot inform it; the note says why. */
  readonly fitted: boolean;
  readonly note: { readonly en: string; readonly zh: string };
}

/** Families whose quantile rises strictly: a point of the prior stands for one value. */
const CONTINUOUS: readonly Distribution["family"][] = [
  "uniform",
  "triangular",
  "pert",
  "normal",
  "lognormal",
  "beta",
  "gamma",
];

/** Columns parameter, fitted (yes or no); optional note_en, note_zh. A fitted parameter must be uncertain in the model that is fitted. */
export function readCalibratedParameters(
  file: SourceFile,
  model: Model,
): { items: CalibratedParameter[]; problems: TableProblem[] } {
  const seen = new Set<string>();
  return readNamedTable(file, ["parameter", "fitted"], (row) => {
    const [name, fitted] = [row.text("parameter"), row.text("fitted")];
    if (fitted !== "yes" && fitted !== "no")
      row.report(`fitted takes yes or no, not "${fitted}"`, `fitted 应为 yes 或 no，而不是 "${fitted}"`);
    if (seen.has(name)) row.report(`${name} stands twice`, `${name} 重复`);
    seen.add(name);
    const wrong = fitted === "yes" ? whyNotFitted(name, model) : null;
    if (wrong) row.report(wrong.en, wrong.zh);
    const en = row.text("note_en");
    return wrong ? [] : [{ name, fitted: fitted === "yes", note: { en, zh: row.text("note_zh") || en } }];
  });
}

function whyNotFitted(name: string, model: Model): { en: string; zh: string } | null {
  const uncertain = model.variables.filter((v) => v.kind === "parameter" && v.distribution !== null);
  const found = model.variables.find((v) => v.name === name);
  if (!found) {
    const near = nearestNames(
      name,
      uncertain.map((v) => v.name),
    );
    const hint = near.length > 0 ? near.join(", ") : "";
    return {
      en: `unknown parameter: ${name}${hint && ` (near: ${hint})`}`,
      zh: `未知的参数：${name}${hint && `（相近：${hint}）`}`,
    };
  }
  if (found.kind !== "parameter" || found.distribution === null)
    return { en: `${name} has no distribution to serve as its prior`, zh: `${name} 没有可作先验的分布` };
  const wrong = found.distribution.find((d) => !CONTINUOUS.includes(d.family));
  return wrong
    ? {
        en: `${name} cannot be fitted: its distribution is ${wrong.family} (one of ${CONTINUOUS.join(", ")} can)`,
        zh: `${name} 无法拟合：其分布为 ${wrong.family}（可用：${CONTINUOUS.join("、")}）`,
      }
    : null;
}

/**
 * Measurements as `score` reads them, with a column `error`: the standard deviation of the measurement and of what the model cannot know,
 * in the unit of the value.
 * @param times save times of the model that is fitted
 */
export function readFitObservations(
  file: SourceFile,
  map: readonly MappedOutput[],
  times: readonly number[],
): { items: FitObservation[]; problems: TableProblem[] } {
  const { items, problems } = readObservations(file, map, times);
  const errors = readNamedTable(file, ["error"], (row) => {
    const error = row.number("error");
    if (error === null || error <= 0) row.report("error is not above 0", "error 应大于 0");
    return [error ?? Number.NaN];
  });
  if (problems.length > 0 || errors.problems.length > 0)
    return { items: [], problems: [...problems, ...errors.problems] };
  return { items: items.map((item, i) => ({ ...item, error: errors.items[i]! })), problems };
}

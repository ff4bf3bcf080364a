/**
 * Tests of a model's behaviour as data: extreme conditions and loop knock-outs, each a run at central values and an expectation.
 *
 * Source of the kinds of test: Barlas (1996), "Formal aspects of model validity and validation in system dynamics", System Dynamics
 * Review 12 (3).
 */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import type { Setting } from "../ensemble/simulate.ts";
import type { Model } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import { type NamedRow, readNamedTable, type TableProblem } from "./named-table.ts";

/** Expectations that compare with another value: of the same run in an earlier year, or of a scenario in the same year. */
const COMPARING = ["rises", "falls"] as const;
/** Expectations of one year. */
const AT_YEAR = ["zero", "at_most", "at_least"] as const;
/** Expectations of every save time up to the year. */
const UP_TO_YEAR = ["not_negative", "bounded", "stays_at_most", "stays_at_least"] as const;
const EXPECTATIONS = [...COMPARING, ...AT_YEAR, ...UP_TO_YEAR] as const;
const WITH_LIMIT: readonly string[] = ["at_most", "at_least", "bounded", "stays_at_most", "stays_at_least"];

export type Expectation = (typeof EXPECTATIONS)[number];

export interface ValidationTest {
  readonly title: { readonly en: string; readonly zh: string };
  /** Where the expectation comes from. */
  readonly section: string;
  readonly scenario: string;
  readonly settings: readonly Setting[];
  readonly variable: string;
  /** Key of an element; "" for all of them, each of which must do what is expected. */
  readonly key: string;
  readonly year: number;
  readonly expect: Expectation;
  /** Of `rises` and `falls`: a save time of the same run, or a scenario (without settings) in the same year. */
  readonly against: { readonly year: number } | { readonly scenario: string } | null;
  /** Of `rises` and `falls`: factor of the value that is compared with; of others the limit, in the variable's unit. */
  readonly limit: number;
}

/** Whether an expectation looks at all save times up to the year. */
export const isUpToYear = (expect: Expectation): boolean => UP_TO_YEAR.some((name) => name === expect);

/**
 * Reads tests, a row each: columns title_en, title_zh, section, variable, year, expect, and where needed scenario, settings
 * (`name=value; name=value`), key, against, limit.
 * @param times Save times of the model.
 */
export function readValidationTests(
  file: SourceFile,
  model: Model,
  times: readonly number[],
): { items: ValidationTest[]; problems: TableProblem[] } {
  const required = ["title_en", "title_zh", "section", "variable", "year", "expect"];
  return readNamedTable(file, required, (row) => {
    const scenarios = model.scenarios.map((s) => s.name);
    const scenario = row.text("scenario") || model.reference;
    const isScenario = isKnown(row, scenario, scenarios, ["scenario", "情景"]);
    const settings = readSettings(row, model);
    const variables = model.variables.filter((v) => v.kind !== "lookup");
    const name = row.text("variable");
    const isVariable = isKnown(
      row,
      name,
      variables.map((v) => v.name),
      ["variable", "变量"],
    );
    const key = row.text("key");
    const keys = isVariable ? cellKeys(variables.find((v) => v.name === name)!.shape) : [];
    const isKey = key === "" || !isVariable || isKnown(row, key, keys, [`element of ${name}`, `${name} 的元素`]);
    const year = row.number("year") ?? times.at(-1)!;
    const isYear = isTime(row, year, times);
    const expect = EXPECTATIONS.find((e) => e === row.text("expect"));
    if (!expect) isKnown(row, row.text("expect"), EXPECTATIONS, ["expectation", "期望"]);
    const against = expect ? readAgainst(row, expect, scenarios, times) : null;
    const limit = expect ? readLimit(row, expect) : null;
    if (
      !isScenario ||
      !settings ||
      !isVariable ||
      !isKey ||
      !isYear ||
      !expect ||
      against === undefined ||
      limit === null
    )
      return [];
    const title = { en: row.text("title_en"), zh: row.text("title_zh") };
    const section = row.text("section");
    return [{ title, section, scenario, settings, variable: name, key, year, expect, against, limit }];
  });
}

function isKnown(row: NamedRow, name: string, names: readonly string[], [en, zh]: readonly [string, string]): boolean {
  if (names.includes(name)) return true;
  const near = nearestNames(name, names);
  const shown = near.length > 0 ? near : names.slice(0, 20);
  row.report(`unknown ${en}: ${name} (${shown.join(", ")})`, `未知的${zh}：${name}（${shown.join("、")}）`);
  return false;
}

function isTime(row: NamedRow, year: number, times: readonly number[]): boolean {
  if (times.includes(year)) return true;
  if (Number.isFinite(year))
    row.report(
      `${year} is not a save time (${times[0]} to ${times.at(-1)})`,
      `${year} 不是保存时间（${times[0]} 至 ${times.at(-1)}）`,
    );
  return false;
}

/** null where a setting is wrong. */
function readSettings(row: NamedRow, model: Model): Setting[] | null {
  const parts = row
    .text("settings")
    .split(";")
    .map((part) => part.trim());
  const names = model.variables.filter((v) => v.kind === "parameter" || v.kind === "lever").map((v) => v.name);
  const settings = parts
    .filter((part) => part !== "")
    .map((part) => {
      const match = /^([^=]+?)\s*=\s*(\S+)$/u.exec(part);
      const value = Number(match?.[2] ?? Number.NaN);
      if (!match || !Number.isFinite(value)) {
        row.report(`setting "${part}" is not name=value`, `设定 "${part}" 不是“名称=数值”`);
        return null;
      }
      const name = match[1]!;
      return isKnown(row, name.replace(/\[.*$/, ""), names, ["parameter or lever", "参数或杠杆"])
        ? { name, value }
        : null;
    });
  return settings.some((s) => s === null) ? null : settings.filter((s) => s !== null);
}

/** undefined where it is wrong. */
function readAgainst(
  row: NamedRow,
  expect: Expectation,
  scenarios: readonly string[],
  times: readonly number[],
): ValidationTest["against"] | undefined {
  const text = row.text("against");
  if (!COMPARING.some((name) => name === expect)) {
    if (text === "") return null;
    row.report(`"${expect}" takes nothing in against`, `“${expect}”不需要 against`);
    return undefined;
  }
  if (scenarios.includes(text)) return { scenario: text };
  const year = row.number("against");
  if (year !== null) return isTime(row, year, times) ? { year } : undefined;
  row.report(`"${expect}" needs a year or a scenario in against`, `“${expect}”需要在 against 中给出年份或情景`);
  return undefined;
}

/** null where it is wrong. */
function readLimit(row: NamedRow, expect: Expectation): number | null {
  const limit = row.number("limit");
  if (Number.isNaN(limit)) return null;
  if (COMPARING.some((name) => name === expect)) return limit ?? 1;
  const isNeeded = WITH_LIMIT.includes(expect);
  if (isNeeded === (limit !== null)) return limit ?? 0;
  row.report(
    isNeeded ? `"${expect}" needs a limit` : `"${expect}" takes no limit`,
    isNeeded ? `“${expect}”需要 limit` : `“${expect}”不需要 limit`,
  );
  return null;
}

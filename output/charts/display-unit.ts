/**
 * Units for readers: the model's unit, its reading and its size decide in which unit a chart or table shows a number.
 *
 * Chinese readers count people in 万人 and money in 亿元, English readers in millions and billions. Units that the table
 * does not know are shown as the model writes them. Whether prices are constant or current is the model's to say, in a title or by
 * a unit such as `亿元@2020`, whose year stands behind the label.
 */
import type { CatalogIndicator, YearReading } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";

export interface DisplayUnit {
  /** Shown value = model value × factor. */
  readonly factor: number;
  /** For axis titles and table heads; empty for a plain number. */
  readonly label: string;
  /** The same for a difference of two values: a difference of percentages is in percentage points. */
  readonly differenceLabel: string;
  /** Whether numbers are per cent, so that a number alone may carry the sign. */
  readonly isPercent: boolean;
  /** Digits behind the point that a reader can use. */
  readonly decimals: number;
}

/** What is known about the numbers to be shown. */
export interface UnitRequest {
  /** Unit as the model writes it. */
  readonly unit: string;
  readonly reading: YearReading;
  /** Time unit of the model, for example `year`. */
  readonly timeUnit: string;
  /** Whether a plain number (`1`) is a share, to be shown as a percentage. */
  readonly isShare: boolean;
  /** Largest absolute value to be shown, in the model's unit. */
  readonly largest: number;
}

/** One step of a scale: from `from` (in base units) on, numbers are shown in multiples of `size`. */
interface Step {
  readonly from: number;
  readonly size: number;
  readonly label: string;
}

interface Measure {
  /** Spellings in models, with their size in base units. */
  readonly spellings: Readonly<Record<string, number>>;
  /** Largest first. */
  readonly steps: Readonly<Record<Language, readonly Step[]>>;
}

const PEOPLE: Measure = {
  spellings: { person: 1, persons: 1, people: 1, 人: 1, 万人: 1e4 },
  steps: {
    zh: [
      { from: 1e4, size: 1e4, label: "万人" },
      { from: 0, size: 1, label: "人" },
    ],
    en: [
      { from: 1e6, size: 1e6, label: "million people" },
      { from: 1e4, size: 1e3, label: "thousand people" },
      { from: 0, size: 1, label: "people" },
    ],
  },
};

const MONEY: Measure = {
  spellings: { yuan: 1, CNY: 1, RMB: 1, 元: 1, 万元: 1e4, 亿元: 1e8, 万亿元: 1e12 },
  steps: {
    zh: [
      { from: 1e7, size: 1e8, label: "亿元" },
      { from: 1e5, size: 1e4, label: "万元" },
      { from: 0, size: 1, label: "元" },
    ],
    en: [
      { from: 1e9, size: 1e9, label: "billion yuan" },
      { from: 1e6, size: 1e6, label: "million yuan" },
      { from: 0, size: 1, label: "yuan" },
    ],
  },
};

const MEASURES: readonly Measure[] = [PEOPLE, MONEY];

/** Units with one name a language and no change of size. */
const PLAIN_NAMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  year: { en: "years", zh: "年" },
  month: { en: "months", zh: "月" },
  day: { en: "days", zh: "天" },
  hour: { en: "hours", zh: "小时" },
  minute: { en: "minutes", zh: "分钟" },
  km: { en: "km", zh: "公里" },
  km2: { en: "km²", zh: "平方公里" },
  degC: { en: "°C", zh: "°C" },
  degF: { en: "°F", zh: "°F" },
  child: { en: "children", zh: "个孩子" },
  village: { en: "villages", zh: "个村" },
  bed: { en: "beds", zh: "张床位" },
};

/** A unit of time as readers call it; as the model writes it where the table has no name. */
export function timeUnitName(unit: string, language: Language): string {
  return PLAIN_NAMES[unit]?.[language] ?? unit;
}

const DENOMINATORS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  year: { en: " a year", zh: "/年" },
  month: { en: " a month", zh: "/月" },
  person: { en: " per head", zh: "/人" },
  people: { en: " per head", zh: "/人" },
  人: { en: " per head", zh: "/人" },
  woman: { en: " per woman", zh: "/妇女" },
  km2: { en: " per km²", zh: "/平方公里" },
};

/**
 * Whether an indicator in the unit `1` is a share of something, to be shown in per cent.
 *
 * The unit alone does not say it (an index and a ratio of incomes have the unit `1` too), so the words of the title do. Fertility and exchange rates
 * are called rates and are none.
 */
export function isShare(indicator: Pick<CatalogIndicator, "name" | "title">): boolean {
  const text = `${indicator.name.replaceAll("_", " ")} ${indicator.title.en}`.toLowerCase();
  if (/fertility|exchange rate/.test(text) || /生育率|汇率/.test(indicator.title.zh)) return false;
  return /\b(share|shares|rate|proportion|percentage)\b/.test(text) || /占比|比重|份额|率$/.test(indicator.title.zh);
}

/** The display unit of an indicator of a model whose time is in `timeUnit`; `largest` as in {@link UnitRequest}. */
export function indicatorUnit(
  indicator: Pick<CatalogIndicator, "name" | "title" | "unit" | "reading">,
  timeUnit: string,
  largest: number,
  language: Language,
): DisplayUnit {
  const { unit, reading } = indicator;
  return displayUnit({ unit, reading, timeUnit, isShare: isShare(indicator), largest }, language);
}

/** The unit in which to show numbers whose largest absolute value is `largest`. */
export function displayUnit(request: UnitRequest, language: Language): DisplayUnit {
  const [numerator = "", ...rest] = request.unit.split("/").map((part) => withoutPrices(part.trim()));
  const written = withoutTime(rest, request);
  // Per 万人 is shown per head.
  const denominators = written.map((name) => (name === "万人" ? "person" : name));
  const heads = written.includes("万人") ? PEOPLE.spellings.万人! : 1;
  const tail =
    denominators.map((name) => DENOMINATORS[name]?.[language] ?? `/${name}`).join("") +
    pricesText(request.unit, language);
  if (numerator === "%" || numerator === "percent") return percent(1, tail, language);
  if (denominators.length === 0 && numerator === "1" && request.isShare) return percent(100, tail, language);

  // Per head, a reader expects plain yuan, whatever the size: 71,828 元/人, not 7.18 万元/人.
  const isIntensity = denominators.some((name) => name !== "year" && name !== "month");
  for (const measure of MEASURES) {
    const spelled = measure.spellings[numerator];
    if (spelled === undefined) continue;
    const size = spelled / heads;
    const steps = measure.steps[language];
    const largest = request.largest * size;
    const step = isIntensity ? steps.at(-1)! : steps.find((candidate) => largest >= candidate.from)!;
    return plain(size / step.size, step.label + tail, largest / step.size);
  }
  const name = numerator === "1" ? "" : (PLAIN_NAMES[numerator]?.[language] ?? numerator);
  return plain(1 / heads, name === "" ? tail.trim() : name + tail, request.largest / heads);
}

/** `亿元@2020` is counted as 亿元 is. */
function withoutPrices(name: string): string {
  return name.replace(/@\d+$/, "");
}

/** What the `@2020` of a unit says: at whose prices the money is. Of a price index (`元/元@2020`) it names the base. */
function pricesText(unit: string, language: Language): string {
  const years = [...new Set([...unit.matchAll(/@(\d+)/g)].map(([, year]) => year!))];
  if (years.length === 0) return "";
  const list = years.join(language === "zh" ? "、" : ", ");
  return language === "zh" ? `（${list}年价）` : ` (prices of ${list})`;
}

/** The total over a year of a flow in person/year is a number of people: one `/year` goes. */
function withoutTime(denominators: readonly string[], request: UnitRequest): readonly string[] {
  if (request.reading !== "total") return denominators;
  const position = denominators.indexOf(request.timeUnit);
  return position < 0 ? denominators : denominators.filter((_, index) => index !== position);
}

function percent(factor: number, tail: string, language: Language): DisplayUnit {
  const points = language === "zh" ? "个百分点" : "percentage points";
  return { factor, label: `%${tail}`, differenceLabel: points + tail, isPercent: true, decimals: 1 };
}

function plain(factor: number, label: string, largest: number): DisplayUnit {
  return { factor, label, differenceLabel: label, isPercent: false, decimals: decimalsFor(largest) };
}

/** Digits behind the point that show three significant figures of the largest number. */
export function decimalsFor(largest: number): number {
  if (largest >= 99.5) return 0;
  if (largest >= 9.95) return 1;
  if (largest >= 0.995) return 2;
  return largest >= 0.0995 ? 3 : 4;
}

/** Differences of percentages below this have a digit more. */
const FEW_POINTS = 5;

/** Digits of a difference, at most one more than the levels have; `largest` is in display units. */
export function differenceDecimals(unit: DisplayUnit, largest: number): number {
  // A tenth says too little of differences of a few percentage points.
  if (unit.isPercent) return largest < FEW_POINTS ? unit.decimals + 1 : unit.decimals;
  return Math.min(decimalsFor(largest), unit.decimals + 1);
}

/** A number for readers: fixed digits, thousands apart, a true minus sign; `−0.0` is written without the sign. */
export function formatNumber(value: number, decimals: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
}

/** The same with a plus sign before positive numbers, for differences. */
export function formatDifference(value: number, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

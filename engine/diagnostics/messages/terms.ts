/** Words and small phrases that many messages share, in both languages. */
import type { Expected, Found, NearName } from "../diagnostic.ts";

const MAX_QUOTED = 60;
const MAX_LISTED = 8;

/** User text shortened to a length that fits in a line. */
export function clip(text: string, most = MAX_QUOTED): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** A name or text of the user in straight double quotes. */
export const quoteEn = (text: string) => `"${clip(text)}"`;
/** A name or text of the user in Chinese double quotes. */
export const quoteZh = (text: string) => `“${clip(text)}”`;

/** The parts of a place in the YAML tree, innermost first: `"population": initial` gives `"initial"`, `"population"`. */
function placeParts(where: string): string[] {
  const parts = where.split(": ").map((part) => (/^[\p{L}\p{N}_.[\], ]+$/u.test(part) ? `"${part}"` : part));
  return parts.reverse().map((part) => clip(part, 100));
}
/** `"initial" of "population"`. */
export const placeEn = (where: string) => placeParts(where).join(" of ");
/** `“population”的“initial”`. */
export const placeZh = (where: string) => curly(placeParts(where).reverse().join("的"));
const curly = (text: string) => text.replace(/"([^"]*)"/g, "“$1”");

/** One cell of a shape, which the engine names `kunming|urban`. */
export const cellName = (key: string) => clip(key.replaceAll("|", ", "));

/** `"a", "b" and "c"`; more than eight are counted, not named. */
export function namesEn(names: readonly string[], last = "and"): string {
  if (names.length > MAX_LISTED) {
    return `${names.slice(0, MAX_LISTED).map(quoteEn).join(", ")} and ${names.length - MAX_LISTED} more`;
  }
  const quoted = names.map(quoteEn);
  const end = quoted.pop() ?? "";
  return quoted.length === 0 ? end : `${quoted.join(", ")} ${last} ${end}`;
}

/** `“a”、“b”和“c”`; more than eight are counted, not named. */
export function namesZh(names: readonly string[], last = "和"): string {
  if (names.length > MAX_LISTED) return `${names.slice(0, MAX_LISTED).map(quoteZh).join("、")}等 ${names.length} 个`;
  const quoted = names.map(quoteZh);
  const end = quoted.pop() ?? "";
  return quoted.length === 0 ? end : `${quoted.join("、")}${last}${end}`;
}

/** A count with its noun: `1 step`, `12,000 steps`. */
export const countEn = (n: number, one: string, many = `${one}s`) => `${groupDigits(n)} ${n === 1 ? one : many}`;

/** Thousands set off by commas, for counts; values and years are printed as they are. */
export function groupDigits(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A number with its unit; the unit `1` is not shown. */
export const withUnit = (value: number, unit: string) =>
  unit === "" || unit === "1" ? `${value}` : `${value} ${unit}`;

/** A unit before a Chinese word: `year ` with a blank, `年` without. */
export const beforeZh = (unit: string) => (/[\p{Script=Han}]$/u.test(unit) ? clip(unit) : `${clip(unit)} `);

/** `[a, b]`, or `no dimension` for a scalar. */
export const shapeEn = (shape: readonly string[]) => (shape.length === 0 ? "no dimension" : `[${shape.join(", ")}]`);
export const shapeZh = (shape: readonly string[]) => (shape.length === 0 ? "无维度" : `[${shape.join(", ")}]`);

const KINDS: Readonly<Record<string, { en: string; zh: string }>> = {
  stock: { en: "a stock", zh: "存量" },
  flow: { en: "a flow", zh: "流量" },
  auxiliary: { en: "an auxiliary", zh: "辅助变量" },
  parameter: { en: "a parameter", zh: "参数" },
  lever: { en: "a lever", zh: "政策杠杆" },
  lookup: { en: "a lookup", zh: "查找表" },
  series: { en: "a series", zh: "外生序列" },
  noise: { en: "a noise process", zh: "随机过程" },
  dimension: { en: "a dimension", zh: "维度" },
  alias: { en: "an alias of a dimension", zh: "维度的别名" },
  group: { en: "a group of elements", zh: "元素组" },
  element: { en: "an element", zh: "元素" },
  event: { en: "an event", zh: "事件" },
  identity: { en: "an identity", zh: "恒等式" },
  target: { en: "a target", zh: "目标" },
  scenario: { en: "a scenario", zh: "情景" },
  indicator: { en: "an indicator", zh: "指标" },
  function: { en: "a function", zh: "函数" },
  "built-in": { en: "a name of the language", zh: "语言自带的名称" },
};

/** `a stock`, `an auxiliary`; a kind without an entry is printed as it is. */
export const kindEn = (kind: string) => KINDS[kind]?.en ?? kind;
export const kindZh = (kind: string) => KINDS[kind]?.zh ?? kind;

const EXPECTED: Readonly<Record<Expected, { en: string; zh: string }>> = {
  text: { en: "a text", zh: "文字" },
  number: { en: "a number", zh: "数字" },
  "whole number": { en: "a whole number", zh: "整数" },
  list: { en: "a list", zh: "列表" },
  mapping: { en: 'a mapping of "key: value" lines', zh: "“键: 值”的映射" },
  equation: { en: "an equation", zh: "方程" },
  "number or fraction": {
    en: "a positive number or fraction such as 0.25 or 1/4",
    zh: "正数或分数（例如 0.25 或 1/4）",
  },
  "true or false": { en: "true or false", zh: "true 或 false" },
  title: { en: "a title: one text, or {en: …, zh: …}", zh: "标题：一段文字，或 {en: …, zh: …}" },
  "list of names": { en: "a list of names, such as [births, arrivals]", zh: "名称列表，例如 [births, arrivals]" },
  "pair of numbers": { en: "two numbers, such as [0, 1]", zh: "两个数字，例如 [0, 1]" },
};

export const expectedEn = (expected: Expected) => EXPECTED[expected].en;
export const expectedZh = (expected: Expected) => EXPECTED[expected].zh;

const FOUND: Readonly<Record<Found, { en: string; zh: string }>> = {
  nothing: { en: "nothing", zh: "空白" },
  text: { en: "a text", zh: "文字" },
  number: { en: "a number", zh: "数字" },
  "true or false": { en: "true or false", zh: "true 或 false" },
  list: { en: "a list", zh: "列表" },
  mapping: { en: 'a mapping of "key: value"', zh: "“键: 值”的映射" },
};

/** What stands there instead: nothing, a list, a mapping, or what is written, in quotes. */
export const foundEn = (found: Found, text: string) => (text === "" ? FOUND[found].en : quoteEn(text));
export const foundZh = (found: Found, text: string) => (text === "" ? FOUND[found].zh : quoteZh(text));

/** The notes `did you mean …?` and `also close: …`; none where no name is near. */
export function didYouMeanEn(near: readonly string[]): string[] {
  const [first, ...others] = near;
  if (first === undefined) return [];
  const also = others.length > 0 ? [`also close: ${others.map(quoteEn).join(", ")}`] : [];
  return [`did you mean ${quoteEn(first)}?`, ...also];
}
export function didYouMeanZh(near: readonly string[]): string[] {
  const [first, ...others] = near;
  if (first === undefined) return [];
  const also = others.length > 0 ? [`相近的还有：${others.map(quoteZh).join("、")}`] : [];
  return [`是不是想写${quoteZh(first)}？`, ...also];
}

/** Kind and place of a declared name: `stock, defined at line 5`, or `…, defined at levers.yaml:5` in another file. */
export function declaredEn({ kind, path, line }: NearName, here: string | undefined): string {
  const noun = kindEn(kind).replace(/^an? /, "");
  if (line === 0) return noun;
  return path === here ? `${noun}, defined at line ${line}` : `${noun}, defined at ${clip(path)}:${line}`;
}
export function declaredZh({ kind, path, line }: NearName, here: string | undefined): string {
  if (line === 0) return kindZh(kind);
  return path === here ? `${kindZh(kind)}，定义在第 ${line} 行` : `${kindZh(kind)}，定义在 ${clip(path)}:${line}`;
}

/** The same for declared names, with kind and place of the nearest; `here` is the file of the mistake. */
export function nearNamesEn(near: readonly NearName[], here: string | undefined): string[] {
  const [first, ...others] = near;
  if (!first) return [];
  const also = others.length > 0 ? [`also close: ${others.map((n) => quoteEn(n.name)).join(", ")}`] : [];
  return [`did you mean ${quoteEn(first.name)}? (${declaredEn(first, here)})`, ...also];
}
export function nearNamesZh(near: readonly NearName[], here: string | undefined): string[] {
  const [first, ...others] = near;
  if (!first) return [];
  const also = others.length > 0 ? [`相近的还有：${others.map((n) => quoteZh(n.name)).join("、")}`] : [];
  return [`是不是想写${quoteZh(first.name)}？（${declaredZh(first, here)}）`, ...also];
}

/** `choices: a, b, c`, for a short closed list. */
export const choicesEn = (label: string, allowed: readonly string[]) => `${label}: ${allowed.join(", ")}`;
export const choicesZh = (label: string, allowed: readonly string[]) => `${label}：${allowed.join("、")}`;

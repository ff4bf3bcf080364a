/** Wording of what can be wrong with units. */
import type { UnitMismatch, UnitReading } from "../diagnostic.ts";
import { padEndColumns, textWidth } from "../display-width.ts";
import type { MessageTopic } from "./message.ts";
import { clip, didYouMeanEn, didYouMeanZh, namesEn, namesZh, quoteEn, quoteZh } from "./terms.ts";
import { UNIT_SYNTAX } from "./unit-syntax.ts";

const MAX_FOUND = 8;

/** A unit in a sentence; the unit `1` is that of plain numbers. */
const unitEn = (unit: string) => (unit === "1" ? "1 (a plain number)" : clip(unit));
const unitZh = (unit: string) => (unit === "1" ? "1（纯数）" : clip(unit));

/** The variables of an equation, each with its unit and place, in columns. */
function readings(
  reads: readonly UnitReading[],
  path: string | undefined,
  place: (line: number, path: string | null) => string,
): string[] {
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map(textWidth));
  const names = width(reads.map((r) => clip(r.name)));
  const units = width(reads.map((r) => clip(r.unit)));
  return reads.map((r) => {
    const at = place(r.line, r.path === path ? null : r.path);
    return `${padEndColumns(clip(r.name), names)}  ${padEndColumns(clip(r.unit), units)}  ${at}`;
  });
}
const readingsEn = (reads: readonly UnitReading[], path: string | undefined) =>
  readings(reads, path, (line, file) => (file === null ? `(line ${line})` : `(${file}:${line})`));
const readingsZh = (reads: readonly UnitReading[], path: string | undefined) =>
  readings(reads, path, (line, file) => (file === null ? `（第 ${line} 行）` : `（${file}:${line}）`));

const SUMS: Readonly<Record<string, { en: string; zh: string }>> = {
  "+": { en: "cannot be added", zh: "不能相加" },
  "-": { en: "cannot be subtracted", zh: "不能相减" },
  mod: { en: "cannot stand on the two sides of mod", zh: "不能作为 mod 的两边" },
};

function mismatchEn(data: UnitMismatch): string {
  const { role, name, owner, first, second, count } = data;
  const [needed, found] = [unitEn(data.needed), unitEn(data.found)];
  switch (role) {
    case "equation":
      return `${quoteEn(name)} is declared in ${needed}, but its equation gives ${found}`;
    case "initial":
      return `${quoteEn(name)} is in ${needed}, but its initial value is in ${found}`;
    case "inflow":
    case "outflow":
      return `the ${role} ${quoteEn(name)} is in ${found}, but a flow of ${quoteEn(owner)} must be in ${needed}`;
    case "event":
      return `event ${quoteEn(owner)} sets ${quoteEn(name)}, which is in ${needed}, to a value in ${found}`;
    case "noise":
      return `${quoteEn(name)} of ${quoteEn(owner)} must be in ${needed}, but is in ${found}`;
    case "identity":
      return `the two sides of ${quoteEn(name)} are in different units: ${needed} and ${found}`;
    case "scale":
      return `the scale of ${quoteEn(name)} must be in ${needed} like its sides, but is in ${found}`;
    case "weight":
      return `${quoteEn(name)} is a weight in the group ${quoteEn(owner)} and must be in ${needed}, but is in ${found}`;
    case "uses":
      return `${quoteEn(name)} is declared in ${found}, but ${count} equations that use it need ${needed}`;
    case "sum":
      return `${quoteEn(first)} is in ${needed} and ${quoteEn(second)} in ${found}: they ${SUMS[name]?.en ?? "do not fit"}`;
    case "comparison":
      return `${quoteEn(first)} is in ${needed} and ${quoteEn(second)} in ${found}: they cannot be compared`;
    case "branches":
      return `the two results of "if" are in different units: ${quoteEn(first)} in ${needed}, ${quoteEn(second)} in ${found}`;
    case "arguments":
      return first === ""
        ? `${quoteEn(second)} in ${quoteEn(name)} must be in ${needed}, but is in ${found}`
        : `${quoteEn(name)} needs one unit: ${quoteEn(first)} is in ${needed}, ${quoteEn(second)} in ${found}`;
    case "time":
      return `${quoteEn(second)} in ${quoteEn(name)} must be in ${needed}, but is in ${found}`;
    case "lookup-argument":
      return `the lookup ${quoteEn(name)} takes ${needed}, but ${quoteEn(second)} is in ${found}`;
    case "lookup-uses":
      return `the lookup ${quoteEn(name)} is read at ${quoteEn(second)} in ${found} here, and at ${quoteEn(first)} in ${needed} elsewhere`;
  }
}

function mismatchZh(data: UnitMismatch): string {
  const { role, name, owner, first, second, count } = data;
  const [needed, found] = [unitZh(data.needed), unitZh(data.found)];
  switch (role) {
    case "equation":
      return `${quoteZh(name)}声明的单位是 ${needed}，但方程的结果是 ${found}`;
    case "initial":
      return `${quoteZh(name)}的单位是 ${needed}，但初始值的单位是 ${found}`;
    case "inflow":
    case "outflow":
      return `${role === "inflow" ? "流入" : "流出"}${quoteZh(name)}的单位是 ${found}，但存量${quoteZh(owner)}的流量应为 ${needed}`;
    case "event":
      return `事件${quoteZh(owner)}给${quoteZh(name)}（单位 ${needed}）赋的值单位是 ${found}`;
    case "noise":
      return `${quoteZh(owner)}的${quoteZh(name)}应为 ${needed}，实际是 ${found}`;
    case "identity":
      return `恒等式${quoteZh(name)}两边的单位不同：${needed} 与 ${found}`;
    case "scale":
      return `恒等式${quoteZh(name)}的 scale 应与两边同为 ${needed}，实际是 ${found}`;
    case "weight":
      return `${quoteZh(name)}是元素组${quoteZh(owner)}的权重，应为 ${needed}，实际是 ${found}`;
    case "uses":
      return `${quoteZh(name)}声明的单位是 ${found}，但用到它的 ${count} 个方程需要 ${needed}`;
    case "sum":
      return `${quoteZh(first)}的单位是 ${needed}，${quoteZh(second)}的单位是 ${found}，${SUMS[name]?.zh ?? "不能一起计算"}`;
    case "comparison":
      return `${quoteZh(first)}的单位是 ${needed}，${quoteZh(second)}的单位是 ${found}，不能比较`;
    case "branches":
      return `“if”两个结果的单位不同：${quoteZh(first)}是 ${needed}，${quoteZh(second)}是 ${found}`;
    case "arguments":
      return first === ""
        ? `${quoteZh(name)}中的${quoteZh(second)}应为 ${needed}，实际是 ${found}`
        : `${quoteZh(name)}的参数要用同一单位：${quoteZh(first)}是 ${needed}，${quoteZh(second)}是 ${found}`;
    case "time":
      return `${quoteZh(name)}中的${quoteZh(second)}应为 ${needed}，实际是 ${found}`;
    case "lookup-argument":
      return `查找表${quoteZh(name)}的自变量单位是 ${needed}，但${quoteZh(second)}的单位是 ${found}`;
    case "lookup-uses":
      return `查找表${quoteZh(name)}在这里按${quoteZh(second)}（${found}）取值，别处按${quoteZh(first)}（${needed}）取值`;
  }
}

/** A whole number without an exponent, else as it is. */
const factorText = (factor: number) => (factor >= 1e15 ? factor.toExponential() : String(factor));
const inverse = (factor: number) => Number((1 / factor).toPrecision(6));
/** `1 亿元`, and `1` for a plain number. */
const oneOf = (unit: string) => (unit.startsWith("1") ? clip(unit) : `1 ${clip(unit)}`);
/** `100 percent`, `100/year`. */
const amountOf = (amount: number, unit: string) =>
  unit.startsWith("1") ? `${factorText(amount)}${clip(unit).slice(1)}` : `${factorText(amount)} ${clip(unit)}`;

/** `1 亿元 = 100000000 元`, and by what to multiply or divide. */
function scaling(needed: string, found: string, factor: number) {
  const isLarger = factor >= 1;
  const equation = isLarger
    ? `${oneOf(found)} = ${amountOf(factor, needed)}`
    : `${oneOf(needed)} = ${amountOf(inverse(factor), found)}`;
  return { equation, by: factorText(isLarger ? factor : inverse(factor)), isLarger };
}

function remedyEn({ role, name, first, second, needed, found, differ, remedy }: UnitMismatch): string[] {
  switch (remedy.kind) {
    case "factor": {
      const { equation, by, isLarger } = scaling(needed, found, remedy.factor);
      if (role === "uses") {
        return [`${equation}: if the number of ${quoteEn(name)} is meant in ${unitEn(needed)}, mend its unit`];
      }
      return [
        `${equation}: the same quantity at another scale; ${isLarger ? "multiply" : "divide"}${first === "" ? "" : ` ${quoteEn(second)}`} by ${by}`,
      ];
    }
    case "number":
      return [
        `${clip(remedy.text)} is a plain number; if it is meant in ${clip(remedy.unit)}, make it a parameter with that unit`,
      ];
    case "literal":
      return [
        `a number has no unit: if ${clip(remedy.text)} is in ${clip(remedy.unit)}, make it a parameter with that unit`,
      ];
    case "per-time":
      return remedy.perTime === "needed"
        ? [
            `they differ by 1/${remedy.time}: divide by a time in ${remedy.time}, or multiply by a rate in 1/${remedy.time}`,
          ]
        : [
            `they differ by ${remedy.time}: multiply by a time in ${remedy.time}, or leave out a rate in 1/${remedy.time}`,
          ];
    case "prices":
      return [`these are prices of different years: multiply by a price index in ${clip(remedy.index)}`];
    case "none":
      return role === "uses" ? [`mend its unit: ${clip(needed)}`] : [`they differ by ${clip(differ)}`];
  }
}

function remedyZh({ role, name, first, second, needed, found, differ, remedy }: UnitMismatch): string[] {
  switch (remedy.kind) {
    case "factor": {
      const { equation, by, isLarger } = scaling(needed, found, remedy.factor);
      if (role === "uses") return [`${equation}：如果${quoteZh(name)}的数值是按 ${unitZh(needed)} 填的，请改它的单位`];
      return [
        `${equation}：同一个量，尺度不同；请${first === "" ? "" : `把${quoteZh(second)}`}${isLarger ? "乘以" : "除以"} ${by}`,
      ];
    }
    case "number":
      return [`${clip(remedy.text)} 是纯数；如果它的单位是 ${clip(remedy.unit)}，请把它设为带此单位的参数`];
    case "literal":
      return [`数字没有单位：如果 ${clip(remedy.text)} 的单位是 ${clip(remedy.unit)}，请把它设为带此单位的参数`];
    case "per-time":
      return remedy.perTime === "needed"
        ? [`相差 1/${remedy.time}：请除以一个时间（${remedy.time}），或乘以一个比率（1/${remedy.time}）`]
        : [`相差 ${remedy.time}：请乘以一个时间（${remedy.time}），或去掉一个比率（1/${remedy.time}）`];
    case "prices":
      return [`价格基期不同：请乘以单位为 ${clip(remedy.index)} 的价格指数`];
    case "none":
      return role === "uses" ? [`请改它的单位：${clip(needed)}`] : [`两者相差 ${clip(differ)}`];
  }
}

/** Words that people write for a plain number. */
const PLAIN_WORD = /^(ratio|share|index|rate|fraction|number|none|unitless|factor|比例|比率|指数|倍|系数|无)$/i;

export const UNIT_MESSAGES = {
  "unit-unknown": {
    en: ({ name, near }) => ({
      fact: `${quoteEn(name)} is not a unit`,
      notes: [
        ...(PLAIN_WORD.test(name) ? ['a share, a ratio or an index has the unit "1"'] : didYouMeanEn(near)),
        `a unit of your own is declared so:  units: {${clip(name)}: {title: {en: …, zh: …}}}`,
      ],
    }),
    zh: ({ name, near }) => ({
      fact: `${quoteZh(name)}不是已知单位`,
      notes: [
        ...(PLAIN_WORD.test(name) ? ["比例、比率、指数的单位写作“1”"] : didYouMeanZh(near)),
        `自定义单位的写法：units: {${clip(name)}: {title: {en: …, zh: …}}}`,
      ],
    }),
  },
  "unit-syntax": {
    en: ({ unit, reason, at }) => ({
      fact: `${quoteEn(unit)} cannot be read as a unit`,
      notes: UNIT_SYNTAX[reason].en(at),
    }),
    zh: ({ unit, reason, at }) => ({ fact: `${quoteZh(unit)}无法读作单位`, notes: UNIT_SYNTAX[reason].zh(at) }),
  },
  "unit-definition": {
    en: ({ name, reason }) => ({
      fact: {
        known: `${quoteEn(name)} is a known unit and cannot be defined anew`,
        circular: `the unit ${quoteEn(name)} is defined by itself`,
        times: `"times" of the unit ${quoteEn(name)} must be a positive number beside "of"`,
      }[reason],
      notes:
        reason === "known"
          ? ["a title may be given; for another size, choose another name"]
          : [`for example  ${clip(name)}: {of: person, times: 1000}`],
    }),
    zh: ({ name, reason }) => ({
      fact: {
        known: `${quoteZh(name)}是已知单位，不能重新定义`,
        circular: `单位${quoteZh(name)}的定义用到了它自己`,
        times: `单位${quoteZh(name)}的 times 必须是正数，并与 of 一起给出`,
      }[reason],
      notes:
        reason === "known"
          ? ["可以只给标题；要另设大小请换一个名称"]
          : [`例如 ${clip(name)}: {of: person, times: 1000}`],
    }),
  },
  "unit-mismatch": {
    en: (data, { span }) => ({
      fact: mismatchEn(data),
      notes: [...readingsEn(data.reads, span?.path), ...remedyEn(data)],
    }),
    zh: (data, { span }) => ({
      fact: mismatchZh(data),
      notes: [...readingsZh(data.reads, span?.path), ...remedyZh(data)],
    }),
  },
  "unit-exponent": {
    en: ({ of, text, found, exponent, reads }, { span }) => ({
      fact:
        of === "exponent"
          ? `an exponent is a plain number, but ${quoteEn(text)} is in ${unitEn(found)}`
          : `only a plain number can have an exponent that is not a whole number up to 16, but the base of ${quoteEn(text)} is in ${unitEn(found)}`,
      notes: [
        ...readingsEn(reads, span?.path),
        exponent === 0.5
          ? "the square root of a quantity is written sqrt(x)"
          : `divide by a reference in ${clip(found)} first: ${of === "base" ? "(x / x_reference)^n" : "x^(n / n_reference)"}`,
      ],
    }),
    zh: ({ of, text, found, exponent, reads }, { span }) => ({
      fact:
        of === "exponent"
          ? `指数必须是纯数，但${quoteZh(text)}的单位是 ${unitZh(found)}`
          : `指数不是 16 以内的整数时底数必须是纯数，但${quoteZh(text)}的底数单位是 ${unitZh(found)}`,
      notes: [
        ...readingsZh(reads, span?.path),
        exponent === 0.5
          ? "平方根请写 sqrt(x)"
          : `请先除以一个单位为 ${clip(found)} 的参考值：${of === "base" ? "(x / x_reference)^n" : "x^(n / n_reference)"}`,
      ],
    }),
  },
  "unit-transcendental": {
    en: ({ name, text, found, factor, reads }, { span }) => ({
      fact: `${quoteEn(name)} takes a plain number, but ${quoteEn(text)} is in ${unitEn(found)}`,
      notes: [
        ...readingsEn(reads, span?.path),
        factor === null
          ? `divide by a reference in ${clip(found)} (a parameter): ${name}(x / x_reference)`
          : `1 = ${factorText(inverse(factor))} ${clip(found)}: divide by ${factorText(inverse(factor))}`,
      ],
    }),
    zh: ({ name, text, found, factor, reads }, { span }) => ({
      fact: `${quoteZh(name)}的参数必须是纯数，但${quoteZh(text)}的单位是 ${unitZh(found)}`,
      notes: [
        ...readingsZh(reads, span?.path),
        factor === null
          ? `请先除以一个单位为 ${clip(found)} 的参考值（参数）：${name}(x / x_reference)`
          : `1 = ${factorText(inverse(factor))} ${clip(found)}：请除以 ${factorText(inverse(factor))}`,
      ],
    }),
  },
  "unit-missing": {
    en: ({ names, found }) => ({
      fact: `${namesEn(names)} ${names.length === 1 ? "has" : "have"} no unit, so equations with ${names.length === 1 ? "it" : "them"} are checked only in part`,
      notes: [
        ...found.slice(0, MAX_FOUND).map((f) => `the equation of ${quoteEn(f.name)} gives  unit: ${clip(f.unit)}`),
        'a plain number, a share or an index has  unit: "1"',
      ],
    }),
    zh: ({ names, found }) => ({
      fact: `${namesZh(names)}没有单位，用到${names.length === 1 ? "它" : "它们"}的方程只能检查一部分`,
      notes: [
        ...found.slice(0, MAX_FOUND).map((f) => `${quoteZh(f.name)}的方程得出 unit: ${clip(f.unit)}`),
        '纯数、比例、指数写作 unit: "1"',
      ],
    }),
  },
} satisfies MessageTopic;

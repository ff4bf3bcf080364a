/** Wording of what can be wrong with a call of a function: its name, and what stands in its brackets. */
import { type MessageTopic, orElse } from "./message.ts";
import { equivalentOf, FOREIGN_FUNCTIONS } from "./remedies.ts";
import { clip, countEn, didYouMeanEn, didYouMeanZh, kindEn, kindZh, quoteEn, quoteZh } from "./terms.ts";

export const CALL_MESSAGES = {
  "unknown-function": {
    en: ({ name, near, instead }) => ({
      fact: `there is no function named ${quoteEn(name)}`,
      notes: [
        ...orElse(
          [...equivalentOf(FOREIGN_FUNCTIONS, name, "en"), ...(instead === null ? [] : [`write ${instead}`])],
          ...didYouMeanEn(near),
        ),
        "the functions are listed in docs/functions.md",
      ],
    }),
    zh: ({ name, near, instead }) => ({
      fact: `没有名为${quoteZh(name)}的函数`,
      notes: [
        ...orElse(
          [...equivalentOf(FOREIGN_FUNCTIONS, name, "zh"), ...(instead === null ? [] : [`请写 ${instead}`])],
          ...didYouMeanZh(near),
        ),
        "全部函数见 docs/functions.md",
      ],
    }),
  },
  "not-a-function": {
    en: ({ name, kind }) => ({
      fact: `${quoteEn(name)} is ${kindEn(kind)}, not a function`,
      notes: [
        `to multiply, write the sign: ${clip(name)} * (…)`,
        `for one element, write square brackets: ${clip(name)}[…]`,
      ],
    }),
    zh: ({ name, kind }) => ({
      fact: `${quoteZh(name)}是${kindZh(kind)}，不是函数`,
      notes: [`如果要相乘，请写出乘号：${clip(name)} * (…)`, `如果要取某个元素，请用方括号：${clip(name)}[…]`],
    }),
  },
  "function-without-arguments": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} is a function and needs its arguments`,
      notes: [`write ${clip(name)}(…)`],
    }),
    zh: ({ name }) => ({
      fact: `${quoteZh(name)}是函数，需要写出参数`,
      notes: [`请写 ${clip(name)}(…)`],
    }),
  },
  "argument-count": {
    en: ({ name, given, atLeast, atMost, signature }) => ({
      fact: `${quoteEn(name)} takes ${argumentsEn(atLeast, atMost)}, but ${given} ${given === 1 ? "is" : "are"} given`,
      notes: [`write ${signature}`],
    }),
    zh: ({ name, given, atLeast, atMost, signature }) => ({
      fact: `${quoteZh(name)}需要${argumentsZh(atLeast, atMost)}，这里给了 ${given} 个`,
      notes: [`写法：${signature}`],
    }),
  },
  "argument-not-dimension": {
    en: ({ name, found }) => ({
      fact:
        found === "…"
          ? `${quoteEn(name)} needs the name of a dimension here`
          : `${quoteEn(name)} needs a dimension here, and ${quoteEn(found)} is none`,
      notes: [
        "the dimension, alias or group that it runs over stands after the value: sum(x, prefecture)",
        "for the smallest or largest of several values, write min(a, b) or max(a, b)",
      ].slice(0, name === "minimum" || name === "maximum" ? 2 : 1),
    }),
    zh: ({ name, found }) => ({
      fact:
        found === "…"
          ? `${quoteZh(name)}的这个参数应为维度名`
          : `${quoteZh(name)}的这个参数应为维度，而${quoteZh(found)}不是维度`,
      notes: [
        "值的后面写维度、维度的别名或元素组：sum(x, prefecture)",
        "求几个值中的最小或最大，请写 min(a, b) 或 max(a, b)",
      ].slice(0, name === "minimum" || name === "maximum" ? 2 : 1),
    }),
  },
  "argument-not-constant": {
    en: ({ name, argument }) => ({
      fact: `${quoteEn(argument)} of ${quoteEn(name)} must be a number written out`,
      notes: [
        argument === "years"
          ? "how much of the past is kept is fixed before a run, so it cannot come from a variable"
          : "it is fixed before a run, so it cannot come from a variable",
      ],
    }),
    zh: ({ name, argument }) => ({
      fact: `${quoteZh(name)}的${quoteZh(argument)}必须直接写成数字`,
      notes: [
        argument === "years"
          ? "保留多长的历史在运行之前就要确定，因此不能来自变量"
          : "它在运行之前就要确定，因此不能来自变量",
      ],
    }),
  },
  "argument-out-of-range": {
    en: ({ name, argument, value, rule }) => ({
      fact: `${quoteEn(argument)} of ${quoteEn(name)} is ${value}; it must be ${rule === "order" ? "a whole number from 1 to 100" : "1 or -1"}`,
      notes: [
        rule === "order"
          ? "it is the number of stages; 3 is usual, and very many come near to delay_fixed(x, time)"
          : "1 sorts from the smallest, -1 from the largest",
      ],
    }),
    zh: ({ name, argument, value, rule }) => ({
      fact: `${quoteZh(name)}的${quoteZh(argument)}写成了 ${value}，应为${rule === "order" ? " 1 到 100 的整数" : " 1 或 -1"}`,
      notes: [
        rule === "order"
          ? "它是阶段的个数；常用 3，阶数很高时接近 delay_fixed(x, time)"
          : "1 表示从小到大，-1 表示从大到小",
      ],
    }),
  },
  "local-name": {
    en: ({ name, call }) => ({
      fact:
        name === "…"
          ? `the first argument of ${quoteEn(call)} must be a name of your choice`
          : `the first argument of ${quoteEn(call)} must be a new name, and ${quoteEn(name)} has a meaning already`,
      notes: [`write ${clip(call)}(x, x ^ 2 - 2, 0, 2), with another name for x`],
    }),
    zh: ({ name, call }) => ({
      fact:
        name === "…"
          ? `${quoteZh(call)}的第一个参数应为自选的名称`
          : `${quoteZh(call)}的第一个参数应为新的名称，而${quoteZh(name)}已有含义`,
      notes: [`请写 ${clip(call)}(x, x ^ 2 - 2, 0, 2)，x 可换成其他名称`],
    }),
  },
  "argument-not-lookup": {
    en: ({ name, found, near }) => ({
      fact:
        found === "…"
          ? `the first argument of ${quoteEn(name)} must be the name of a lookup`
          : `the first argument of ${quoteEn(name)} must be a lookup, and ${quoteEn(found)} is none`,
      notes: orElse([...didYouMeanEn(near)], `write ${clip(name)}(table, x), with a table declared under "lookups"`),
    }),
    zh: ({ name, found, near }) => ({
      fact:
        found === "…"
          ? `${quoteZh(name)}的第一个参数应为查找表的名称`
          : `${quoteZh(name)}的第一个参数应为查找表，而${quoteZh(found)}不是查找表`,
      notes: orElse([...didYouMeanZh(near)], `写法：${clip(name)}(table, x)，其中 table 在 lookups 部分声明`),
    }),
  },
  "history-not-whole": {
    en: ({ years, step }) => ({
      fact: `${years} is not a whole number of steps of ${step}`,
      notes: [`a history goes back by whole steps; the nearest are ${wholeSteps(years, step).join(" and ")}`],
    }),
    zh: ({ years, step }) => ({
      fact: `${years} 不是步长 ${step} 的整数倍`,
      notes: [`history 只能回溯整数个步长；最接近的是 ${wholeSteps(years, step).join(" 和 ")}`],
    }),
  },
} satisfies MessageTopic;

function argumentsEn(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return countEn(atLeast, "argument");
  if (!Number.isFinite(atMost)) return `at least ${countEn(atLeast, "argument")}`;
  return `${atLeast} to ${countEn(atMost, "argument")}`;
}

function argumentsZh(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return ` ${atLeast} 个参数`;
  if (!Number.isFinite(atMost)) return `至少 ${atLeast} 个参数`;
  return ` ${atLeast} 到 ${atMost} 个参数`;
}

/** The whole numbers of steps on either side, as lengths of time. */
function wholeSteps(years: number, step: number): number[] {
  const below = Math.floor(years / step);
  const lengths = [below, below + 1].filter((n) => n > 0).map((n) => Number((n * step).toPrecision(12)));
  return lengths;
}

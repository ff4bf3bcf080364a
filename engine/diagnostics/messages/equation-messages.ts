/** Wording of what can be wrong inside an equation, subscripts apart. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Message, MessageTopic } from "./message.ts";
import { FOREIGN_FUNCTIONS, FOREIGN_NAMES, REMEDIES, SIGNS } from "./remedies.ts";
import { equationFault } from "./syntax-faults.ts";
import {
  clip,
  countEn,
  declaredEn,
  declaredZh,
  didYouMeanEn,
  didYouMeanZh,
  groupDigits,
  kindEn,
  kindZh,
  namesEn,
  namesZh,
  nearNamesEn,
  nearNamesZh,
  quoteEn,
  quoteZh,
} from "./terms.ts";

type LoopData = Extract<Diagnostic, { code: "circular-equations" }>["data"];

export const EQUATION_MESSAGES = {
  "equation-syntax": {
    en: (data) => equationFault(data, "en"),
    zh: (data) => equationFault(data, "zh"),
  },
  "implicit-product": {
    en: ({ left, right, joined, declared }, { span }) => ({
      fact: `nothing stands between ${quoteEn(left)} and ${quoteEn(right)}`,
      notes: [
        ...(declared
          ? [`did you mean ${quoteEn(declared.name)}? (${declaredEn(declared, span?.path)})`]
          : joined
            ? [`if this is one name, write it as one word: ${clip(joined)}`]
            : []),
        `to multiply, write the sign: ${beside(left, right)}`,
        ...(bothNumbers(left, right) ? [`to separate two arguments, write a comma: ${left}, ${right}`] : []),
      ],
    }),
    zh: ({ left, right, joined, declared }, { span }) => ({
      fact: `${quoteZh(left)}与${quoteZh(right)}之间缺少运算符`,
      notes: [
        ...(declared
          ? [`是不是想写${quoteZh(declared.name)}？（${declaredZh(declared, span?.path)}）`]
          : joined
            ? [`如果这是一个名称，请连成一个词：${clip(joined)}`]
            : []),
        `如果要相乘，请写出乘号：${beside(left, right)}`,
        ...(bothNumbers(left, right) ? [`如果是两个参数，请用逗号分隔：${left}, ${right}`] : []),
      ],
    }),
  },
  "construct-refused": {
    en: ({ construct, instead }) => {
      const advice = instead === "none" ? null : REMEDIES[instead].en;
      return {
        fact: advice?.fact ?? `${quoteEn(construct)} is not part of the equation language`,
        notes: [
          advice?.note ??
            sign(construct)?.en ??
            "equations have + - * / ^ mod, comparisons, and, or, not, brackets, names, numbers and functions",
        ],
      };
    },
    zh: ({ construct, instead }) => {
      const advice = instead === "none" ? null : REMEDIES[instead].zh;
      return {
        fact: advice?.fact ?? `方程中不能使用${quoteZh(construct)}`,
        notes: [
          advice?.note ?? sign(construct)?.zh ?? "方程由 + - * / ^ mod、比较、and、or、not、括号、名称、数字和函数组成",
        ],
      };
    },
  },
  "number-too-large": {
    en: ({ text }) => ({
      fact: `${quoteEn(text)} is too large for a number`,
      notes: ["the largest number is about 1.8e308; choose a larger unit if the figure is meant"],
    }),
    zh: ({ text }) => ({
      fact: `${quoteZh(text)}超出了数字的上限`,
      notes: ["最大的数约为 1.8e308；如果确有这么大的量，请改用更大的单位"],
    }),
  },
  "equation-too-long": {
    en: ({ length, limit }) => ({
      fact: `the equation has ${groupDigits(length)} characters; at most ${groupDigits(limit)} are read`,
      notes: [
        "split it into auxiliaries with names of their own; a table of numbers belongs into a CSV file or a lookup",
      ],
    }),
    zh: ({ length, limit }) => ({
      fact: `方程有 ${groupDigits(length)} 个字符，最多允许 ${groupDigits(limit)} 个`,
      notes: ["请拆成几个各有名称的辅助变量；成表的数字应放在 CSV 文件或查找表中"],
    }),
  },
  "equation-too-deep": {
    en: ({ limit }) => ({
      fact: `the equation is nested more than ${limit} levels deep`,
      notes: ["give the inner parts names of their own, as auxiliaries"],
    }),
    zh: ({ limit }) => ({
      fact: `方程的嵌套超过了 ${limit} 层`,
      notes: ["请把内层部分写成各有名称的辅助变量"],
    }),
  },
  "unknown-name": {
    en: ({ name, near }, { span }) => ({
      fact: `there is no variable named ${quoteEn(name)}`,
      notes: orElse(
        [...foreign(FOREIGN_NAMES, name, "en"), ...nearNamesEn(near, span?.path)],
        "declare it as a stock, flow, auxiliary, parameter, lever or series, or correct the name",
      ),
    }),
    zh: ({ name, near }, { span }) => ({
      fact: `没有名为${quoteZh(name)}的变量`,
      notes: orElse(
        [...foreign(FOREIGN_NAMES, name, "zh"), ...nearNamesZh(near, span?.path)],
        "请把它声明为存量、流量、辅助变量、参数、政策杠杆或外生序列，或改正名称",
      ),
    }),
  },
  "unknown-function": {
    en: ({ name, near, instead }) => ({
      fact: `there is no function named ${quoteEn(name)}`,
      notes: [
        ...orElse(
          [...foreign(FOREIGN_FUNCTIONS, name, "en"), ...(instead === null ? [] : [`write ${instead}`])],
          ...didYouMeanEn(near),
        ),
        "the functions are listed in docs/functions.md",
      ],
    }),
    zh: ({ name, near, instead }) => ({
      fact: `没有名为${quoteZh(name)}的函数`,
      notes: [
        ...orElse(
          [...foreign(FOREIGN_FUNCTIONS, name, "zh"), ...(instead === null ? [] : [`请写 ${instead}`])],
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
  "text-in-equation": {
    en: ({ text }) => ({
      fact: `the text ${quoteEn(text)} stands where a value belongs`,
      notes: [`if ${quoteEn(text)} is a variable, write it without quotation marks`, REMEDIES["no-text"].en.note],
    }),
    zh: ({ text }) => ({
      fact: `应为数值的地方写了文字${quoteZh(text)}`,
      notes: [`如果${quoteZh(text)}是变量，请去掉引号`, REMEDIES["no-text"].zh.note],
    }),
  },
  "not-a-value": {
    en: ({ name, kind }) => ({
      fact: `${quoteEn(name)} is ${kindEn(kind)} and has no value by itself`,
      notes: useOf(name, kind, "en"),
    }),
    zh: ({ name, kind }) => ({
      fact: `${quoteZh(name)}是${kindZh(kind)}，本身没有数值`,
      notes: useOf(name, kind, "zh"),
    }),
  },
  "circular-equations": {
    en: (data) => {
      const first = data.loop.at(-1);
      return loopEn(data, "within the same time step", [
        "none of them can be computed first. Break the loop where the real system takes time: with a stock,",
        first
          ? `or with an earlier value that has a start of its own, for example smooth(${clip(first.uses)}, 1, start_value) in "${clip(first.name)}"`
          : "or with an earlier value that has a start of its own",
      ]);
    },
    zh: (data) => {
      const first = data.loop.at(-1);
      return loopZh(data, "在同一个时间步内", [
        "因此哪一个都无法先算。请在现实中需要时间的环节断开循环：用一个存量，",
        first
          ? `或用自带起始值的过去的值，例如在${quoteZh(first.name)}中写 smooth(${clip(first.uses)}, 1, start_value)`
          : "或用自带起始值的过去的值",
      ]);
    },
  },
  "circular-initial-values": {
    en: (data) =>
      loopEn(data, "for their values at the start", [
        "give one of them an initial value that does not use the others, for example a number or a parameter",
        "delays have one as their last argument: smooth(x, time, initial), previous(x, initial)",
      ]),
    zh: (data) =>
      loopZh(data, "为得到起始值", [
        "请为其中一个给出不依赖其他各量的初始值，例如一个数字或参数",
        "延迟的最后一个参数就是初始值：smooth(x, time, initial)、previous(x, initial)",
      ]),
  },
} satisfies MessageTopic;

function loopEn({ loop, others }: LoopData, when: string, notes: readonly string[]): Message {
  const names = loop.map((s) => s.name);
  const fact =
    names.length === 1 ? `${namesEn(names)} needs itself ${when}` : `${namesEn(names)} need each other ${when}`;
  const more =
    others > 0
      ? [
          `this is the shortest loop; ${countEn(others, "more variable")} ${others === 1 ? "belongs" : "belong"} to longer loops through it`,
        ]
      : [];
  return { fact, notes: [...notes, ...more] };
}

function loopZh({ loop, others }: LoopData, when: string, notes: readonly string[]): Message {
  const names = loop.map((s) => s.name);
  const fact =
    names.length === 1 ? `${namesZh(names)}${when}需要它自身的值` : `${namesZh(names)}${when}互相需要对方的值`;
  const more = others > 0 ? [`这是最短的循环；另有 ${groupDigits(others)} 个变量处在经过它的更长循环中`] : [];
  return { fact, notes: [...notes, ...more] };
}

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

const bothNumbers = (left: string, right: string) => /^[\d.]/.test(left) && /^[\d.]/.test(right);

/** `a * b`; a bracket stands for what it closes or opens. */
function beside(left: string, right: string): string {
  const before = left === ")" ? "(…)" : left === "]" ? "…[…]" : clip(left);
  return `${before} * ${right === "(" ? "(…)" : clip(right)}`;
}

type Advice = Readonly<Record<string, { en: string; zh: string }>>;

/** What a name of another tool is called here; nothing if it is not known. */
function foreign(table: Advice, name: string, side: "en" | "zh"): string[] {
  const key = name.toLowerCase();
  return Object.hasOwn(table, key) ? [table[key]![side]] : [];
}

const sign = (construct: string) => (Object.hasOwn(SIGNS, construct) ? SIGNS[construct] : undefined);

/** The notes, or others where there are none. */
const orElse = (notes: string[], ...others: string[]) => (notes.length > 0 ? notes : others);

/** The whole numbers of steps on either side, as lengths of time. */
function wholeSteps(years: number, step: number): number[] {
  const below = Math.floor(years / step);
  const lengths = [below, below + 1].filter((n) => n > 0).map((n) => Number((n * step).toPrecision(12)));
  return lengths;
}

function useOf(name: string, kind: string, side: "en" | "zh"): string[] {
  const say = (en: string, zh: string) => [side === "en" ? en : zh];
  if (kind === "lookup") return say(`read it at a point: ${clip(name)}(x)`, `请写出自变量：${clip(name)}(x)`);
  if (kind === "group") {
    return say(
      `a group stands in a sum, sum(x, ${clip(name)}), or as group_weight(${clip(name)})`,
      `元素组用在求和中：sum(x, ${clip(name)})，或写作 group_weight(${clip(name)})`,
    );
  }
  return [];
}

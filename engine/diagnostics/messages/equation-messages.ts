/** Wording of what can be wrong inside an equation, calls and subscripts apart. */
import type { Diagnostic } from "../diagnostic.ts";
import { type Message, type MessageTopic, orElse } from "./message.ts";
import { equivalentOf, FOREIGN_NAMES, REMEDIES, SIGNS } from "./remedies.ts";
import { equationFault } from "./syntax-faults.ts";
import {
  clip,
  countEn,
  declaredEn,
  declaredZh,
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
        [...equivalentOf(FOREIGN_NAMES, name, "en"), ...nearNamesEn(near, span?.path)],
        "declare it as a stock, flow, auxiliary, parameter, lever or series, or correct the name",
      ),
    }),
    zh: ({ name, near }, { span }) => ({
      fact: `没有名为${quoteZh(name)}的变量`,
      notes: orElse(
        [...equivalentOf(FOREIGN_NAMES, name, "zh"), ...nearNamesZh(near, span?.path)],
        "请把它声明为存量、流量、辅助变量、参数、政策杠杆或外生序列，或改正名称",
      ),
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

const bothNumbers = (left: string, right: string) => /^[\d.]/.test(left) && /^[\d.]/.test(right);

/** `a * b`; a bracket stands for what it closes or opens. */
function beside(left: string, right: string): string {
  const before = left === ")" ? "(…)" : left === "]" ? "…[…]" : clip(left);
  return `${before} * ${right === "(" ? "(…)" : clip(right)}`;
}

const sign = (construct: string) => (Object.hasOwn(SIGNS, construct) ? SIGNS[construct] : undefined);

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

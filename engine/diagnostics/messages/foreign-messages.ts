/** Wording of what can be wrong with a model of Vensim or XMILE whatever its file: signs, sizes, names, subscripts, functions, clock. */
import type { ForeignLimit } from "../diagnostic.ts";
import { type MessageTopic, message } from "./message.ts";
import { countEn, didYouMeanEn, didYouMeanZh, groupDigits, namesEn, namesZh, quoteEn, quoteZh } from "./terms.ts";

const CLOCK = {
  start: { en: "the start of the run", zh: "运行的开始时间" },
  stop: { en: "the end of the run", zh: "运行的结束时间" },
  step: { en: "the time step", zh: "时间步长" },
  save: { en: "the save interval", zh: "保存间隔" },
} as const;

const CLOCK_FACTS = {
  unknown: { en: "does not follow from the constants of the file", zh: "不能由文件中的常数得出" },
  "not-positive": { en: "is not positive", zh: "不是正数" },
  backwards: { en: "lies before its start", zh: "早于开始时间" },
  "too-many": { en: "is more than ten million steps away", zh: "相距超过一千万步" },
} as const;

const SUBSCRIPT_FACTS = {
  unknown: { en: "is no dimension and no element", zh: "既不是维度也不是元素" },
  "other-dimension": { en: "belongs to another dimension", zh: "属于另一个维度" },
  "not-on-left": {
    en: "is not on the left side of the equation, and no mapping leads to it",
    zh: "不在方程左侧，也没有映射可以得到",
  },
  wildcard: { en: "stands outside a function that runs over elements", zh: "不在遍历元素的函数之内" },
  range: { en: "is no range of the dimension's elements", zh: "不是该维度元素的范围" },
  computed: { en: "is computed, which is not supported here", zh: "是计算得出的，此处不支持" },
} as const;

const DIMENSION_FACTS = {
  unknown: {
    en: (other: string) => `there is no dimension ${quoteEn(other)}`,
    zh: (other: string) => `没有维度${quoteZh(other)}`,
  },
  circular: { en: () => "it is made of itself", zh: () => "它由自身组成" },
  empty: { en: () => "it has no elements", zh: () => "它没有元素" },
  mapping: {
    en: (other: string) => `its mapping to ${quoteEn(other)} does not give each of its elements one target`,
    zh: (other: string) => `它到${quoteZh(other)}的映射没有给每个元素一个目标`,
  },
} as const;

const CONVEYOR = {
  discrete: { en: "discrete batches", zh: "离散批次" },
  zone: { en: "a leak zone beside a transit time that changes", zh: "运输时间变化时的渗漏区段" },
  integers: { en: "leaks of whole units", zh: "按整数渗漏" },
  "held-exit": { en: "an outflow that enters a conveyor with a limit", zh: "流入有上限传送带的流出" },
  "shared-inflow": { en: "an inflow that another conveyor with a limit has too", zh: "与另一条有上限传送带共用的流入" },
  "no-exit": { en: "no outflow at its end", zh: "没有末端流出" },
  "queue-exits": { en: "a second outflow that is no overflow", zh: "不是溢出的第二个流出" },
} as const;

const LIMITED: Readonly<Record<ForeignLimit, Readonly<Record<"en" | "zh", string>>>> = {
  characters: { en: "characters in a file", zh: "个字符（单个文件）" },
  depth: { en: "elements inside each other", zh: "层元素嵌套" },
  elements: { en: "elements", zh: "个元素" },
  namespaces: { en: "namespace prefixes", zh: "个命名空间前缀" },
  modules: { en: "modules inside each other", zh: "层模块嵌套" },
  macros: { en: "macros inside each other", zh: "层宏嵌套" },
  variables: { en: "variables", zh: "个变量" },
  nodes: { en: "parts of all equations together", zh: "个方程组成部分（合计）" },
  cells: { en: "cells of arrays from files", zh: "个由文件填充的数组单元格" },
  points: { en: "points of tables", zh: "个表格点" },
  definitions: { en: "definitions", zh: "条定义" },
  ranges: { en: "subscript ranges inside each other", zh: "层下标范围嵌套" },
  "macro-calls": { en: "calls of macros", zh: "次宏调用" },
  "macro-depth": { en: "macros inside each other", zh: "层宏嵌套" },
  "macro-equations": { en: "equations from macros", zh: "条由宏展开的方程" },
  "steps-of-delay": {
    en: "steps of a run with a discrete delay whose time changes",
    zh: "步（含时间可变的离散延迟的运行）",
  },
};

export const FOREIGN_MESSAGES = {
  "foreign-sign": {
    en: ({ sign, instead }) =>
      message([`${quoteEn(sign)} is not a sign of this language`, ...(instead === null ? [] : [`write ${instead}`])]),
    zh: ({ sign, instead }) =>
      message([`这种语言中没有${quoteZh(sign)}`, ...(instead === null ? [] : [`请写 ${instead}`])]),
  },
  "foreign-limit": {
    en: ({ what, limit }) =>
      message([
        `the file is too large: at most ${groupDigits(limit)} ${LIMITED[what].en} are read`,
        "a model that needs more can be split, or a limit raised in the source",
      ]),
    zh: ({ what, limit }) =>
      message([
        `文件过大：最多读取 ${groupDigits(limit)} ${LIMITED[what].zh}`,
        "如果模型确实需要更多，可以拆分模型，或在源代码中提高上限",
      ]),
  },
  "foreign-function": {
    en: ({ name, known, dialect }) => ({
      fact: known
        ? `${quoteEn(name)} is a variable and no lookup, so it cannot be called`
        : `the function ${quoteEn(name)} is not supported`,
      notes: known
        ? []
        : [`docs/vensim-xmile.md lists the functions of ${dialect === "vensim" ? "Vensim" : "XMILE"} that are`],
    }),
    zh: ({ name, known, dialect }) => ({
      fact: known ? `${quoteZh(name)}是变量而不是查找表，不能调用` : `不支持函数${quoteZh(name)}`,
      notes: known ? [] : [`docs/vensim-xmile.md 列出了所支持的 ${dialect === "vensim" ? "Vensim" : "XMILE"} 函数`],
    }),
  },
  "foreign-unknown-name": {
    en: ({ name, near }) => ({ fact: `${quoteEn(name)} is not defined in the file`, notes: didYouMeanEn(near) }),
    zh: ({ name, near }) => ({ fact: `文件中没有定义${quoteZh(name)}`, notes: didYouMeanZh(near) }),
  },
  "foreign-no-equation": {
    en: ({ name }) => ({ fact: `${quoteEn(name)} has no equation`, notes: [] }),
    zh: ({ name }) => ({ fact: `${quoteZh(name)}没有方程`, notes: [] }),
  },
  "foreign-argument-count": {
    en: ({ name, given, atLeast, atMost }) => ({
      fact: `${quoteEn(name)} takes ${rangeEn(atLeast, atMost)}, and ${given} ${given === 1 ? "is" : "are"} given`,
      notes: [],
    }),
    zh: ({ name, given, atLeast, atMost }) => ({
      fact: `${quoteZh(name)}需要${rangeZh(atLeast, atMost)}个参数，这里给出 ${given} 个`,
      notes: [],
    }),
  },
  "foreign-not-constant": {
    en: ({ name, argument }) => ({
      fact: `argument ${argument} of ${quoteEn(name)} must be known when the file is read`,
      notes: ["write a number, or a constant of the file"],
    }),
    zh: ({ name, argument }) => ({
      fact: `${quoteZh(name)}的第 ${argument} 个参数必须在读取文件时已知`,
      notes: ["请写数字，或文件中的常数"],
    }),
  },
  "foreign-not-lookup": {
    en: ({ name, found }) => ({ fact: `${quoteEn(name)} reads a lookup, and ${quoteEn(found)} is none`, notes: [] }),
    zh: ({ name, found }) => ({ fact: `${quoteZh(name)}读取查找表，而${quoteZh(found)}不是查找表`, notes: [] }),
  },
  "foreign-not-vector": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} takes the elements of an array, and none is run over here`,
      notes: ["subscript the array with a dimension of the left side"],
    }),
    zh: ({ name }) => ({
      fact: `${quoteZh(name)}需要数组的元素，这里没有遍历任何维度`,
      notes: ["请用方程左侧的维度作数组的下标"],
    }),
  },
  "foreign-time-unit": {
    en: () => ({
      fact: "the file names no unit of time, so its units are not checked",
      notes: ["give TIME STEP a unit, or time_units in XMILE"],
    }),
    zh: () => ({
      fact: "文件没有给出时间单位，因此不检查其单位",
      notes: ["请给 TIME STEP 写上单位，或在 XMILE 中给出 time_units"],
    }),
  },
  "foreign-step-changes": {
    en: () => ({
      fact: "the time step changes during the run",
      notes: [
        "every run takes the smallest step throughout; rows are saved where the file's own clock would save them",
      ],
    }),
    zh: () => ({
      fact: "时间步长在运行中变化",
      notes: ["各次运行始终采用最小的步长；仍在文件自己的时钟所保存的时刻保存"],
    }),
  },
  "foreign-reduces-nothing": {
    en: ({ name }) => ({
      fact: `${name} runs through no subscript here, so it gives its argument as it is`,
      notes: ["a range that it should run through is marked: [D!]"],
    }),
    zh: ({ name }) => ({
      fact: `${name} 在这里不遍历任何下标，结果就是其参数本身`,
      notes: ["需要遍历的范围要加标记：[D!]"],
    }),
  },
  "foreign-matrix": {
    en: ({ rows, columns, limit }) => ({
      fact:
        rows === columns
          ? `a matrix of ${rows} rows is too large to be inverted (limit ${limit})`
          : `a matrix of ${rows} rows and ${columns} columns has no inverse`,
      notes: [],
    }),
    zh: ({ rows, columns, limit }) => ({
      fact:
        rows === columns
          ? `${rows} 行的矩阵过大，无法求逆（上限 ${limit}）`
          : `${rows} 行 ${columns} 列的矩阵没有逆矩阵`,
      notes: [],
    }),
  },
  "foreign-profile": {
    en: ({ type }) => ({
      fact: `${type} is no type of a priority profile that is supported`,
      notes: ["0 fixed quantity, 1 rectangular, 2 triangular, 3 normal, 4 exponential"],
    }),
    zh: ({ type }) => ({
      fact: `不支持类型为 ${type} 的优先级曲线`,
      notes: ["0 固定数量，1 矩形，2 三角形，3 正态，4 指数"],
    }),
  },
  "foreign-distribution": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} has parameters for which there is no such distribution, or one with too many values`,
      notes: [
        "probabilities lie between 0 and 1, numbers of trials and means are not negative, densities have an area",
      ],
    }),
    zh: ({ name }) => ({
      fact: `${quoteZh(name)}的参数不对应任何分布，或分布的取值过多`,
      notes: ["概率须在 0 与 1 之间，试验次数和均值不为负，密度曲线须有面积"],
    }),
  },
  "foreign-lookup-as-value": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} is a lookup and has no value of its own`,
      notes: [`call it: ${name}(x)`],
    }),
    zh: ({ name }) => ({ fact: `${quoteZh(name)}是查找表，本身没有值`, notes: [`请调用它：${name}(x)`] }),
  },
  "foreign-text": {
    en: ({ text }) => ({ fact: `${quoteEn(text)} stands where a number belongs`, notes: [] }),
    zh: ({ text }) => ({ fact: `${quoteZh(text)}处应为数字`, notes: [] }),
  },
  "foreign-subscript": {
    en: ({ name, subscript, problem }) => ({
      fact: `subscript ${quoteEn(subscript)}${name === "" ? "" : ` of ${quoteEn(name)}`} ${SUBSCRIPT_FACTS[problem].en}`,
      notes:
        problem === "not-on-left"
          ? [`SUM, VMIN, VMAX and PROD run through a range that is marked: [${subscript}!]`]
          : [],
    }),
    zh: ({ name, subscript, problem }) => ({
      fact: `${name === "" ? "" : `${quoteZh(name)}的`}下标${quoteZh(subscript)}${SUBSCRIPT_FACTS[problem].zh}`,
      notes: problem === "not-on-left" ? [`SUM、VMIN、VMAX、PROD 遍历带有标记的范围：[${subscript}!]`] : [],
    }),
  },
  "foreign-subscript-count": {
    en: ({ name, given, takes }) => ({
      fact: `${quoteEn(name)} has ${countEn(takes, "subscript")}, and ${given} ${given === 1 ? "is" : "are"} given`,
      notes: [],
    }),
    zh: ({ name, given, takes }) => ({ fact: `${quoteZh(name)}有 ${takes} 个下标，这里给出 ${given} 个`, notes: [] }),
  },
  "foreign-missing-subscripts": {
    en: ({ name, dimensions }) => ({
      fact: `${quoteEn(name)} is an array, and the equation does not run over ${namesEn(dimensions)}`,
      notes: ["give its subscripts"],
    }),
    zh: ({ name, dimensions }) => ({
      fact: `${quoteZh(name)}是数组，而方程没有遍历${namesZh(dimensions)}`,
      notes: ["请写出下标"],
    }),
  },
  "foreign-dimension": {
    en: ({ name, problem, other }) => ({
      fact: `dimension ${quoteEn(name)}: ${DIMENSION_FACTS[problem].en(other)}`,
      notes: [],
    }),
    zh: ({ name, problem, other }) => ({
      fact: `维度${quoteZh(name)}：${DIMENSION_FACTS[problem].zh(other)}`,
      notes: [],
    }),
  },
  "foreign-number-count": {
    en: ({ name, given, needed }) => ({
      fact: `${quoteEn(name)} needs ${countEn(needed, "number")}, and ${given} ${given === 1 ? "is" : "are"} given`,
      notes: [],
    }),
    zh: ({ name, given, needed }) => ({
      fact: `${quoteZh(name)}需要 ${needed} 个数字，这里给出 ${given} 个`,
      notes: [],
    }),
  },
  "foreign-mixed-definitions": {
    en: ({ name, what }) => ({
      fact:
        what === "values"
          ? `${quoteEn(name)} is a lookup at some elements and a value at others`
          : `${quoteEn(name)} has tables of different types at its elements`,
      notes: [],
    }),
    zh: ({ name, what }) => ({
      fact:
        what === "values"
          ? `${quoteZh(name)}在一些元素处是查找表，在另一些元素处是数值`
          : `${quoteZh(name)}在各元素处的表类型不同`,
      notes: [],
    }),
  },
  "foreign-flow": {
    en: ({ name, stock }) => ({
      fact: `${quoteEn(name)} is no flow that could change stock ${quoteEn(stock)}`,
      notes: [],
    }),
    zh: ({ name, stock }) => ({ fact: `${quoteZh(name)}不是能改变存量${quoteZh(stock)}的流量`, notes: [] }),
  },
  "foreign-conveyor": {
    en: ({ name, what }) => ({
      fact: `${what === "queue-exits" ? "queue" : "conveyor"} ${quoteEn(name)} has ${CONVEYOR[what].en}, which is not supported`,
      notes: [],
    }),
    zh: ({ name, what }) => ({
      fact: `${what === "queue-exits" ? "队列" : "传送带"}${quoteZh(name)}使用了${CONVEYOR[what].zh}，这不受支持`,
      notes: [],
    }),
  },
  "foreign-clock": {
    en: ({ what, problem }) => ({ fact: `${CLOCK[what].en} ${CLOCK_FACTS[problem].en}`, notes: [] }),
    zh: ({ what, problem }) => ({ fact: `${CLOCK[what].zh}${CLOCK_FACTS[problem].zh}`, notes: [] }),
  },
} satisfies MessageTopic;

function rangeEn(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return countEn(atLeast, "argument");
  return Number.isFinite(atMost) ? `${atLeast} to ${atMost} arguments` : `at least ${countEn(atLeast, "argument")}`;
}

function rangeZh(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return ` ${atLeast} `;
  return Number.isFinite(atMost) ? ` ${atLeast} 至 ${atMost} ` : `至少 ${atLeast} `;
}

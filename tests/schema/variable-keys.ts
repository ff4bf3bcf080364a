/** Keys of variables. */
import type { Block, BlockName } from "./key.ts";
import { LABELS } from "./label-keys.ts";

/** One mapping for each kind of variable. */
export const VARIABLE_BLOCKS = {
  stock: {
    within: "stocks: {x: _}",
    keys: {
      ...LABELS,
      initial: {
        value: "initial",
        required: true,
        en: "Value at the start: an equation, or equations by element",
        zh: "起始值：方程，或按元素分列的方程",
      },
      inflows: { value: "flows", en: "Flows that fill it", zh: "流入" },
      outflows: { value: "flows", en: "Flows that drain it", zh: "流出" },
      non_negative: {
        value: "boolean",
        en: "It never falls below 0: outflows are limited, in their order, to what is there",
        zh: "不会低于 0：流出按次序以现有的量为限",
      },
    },
  },
  computed: {
    within: "auxiliaries: {x: _}",
    keys: {
      ...LABELS,
      equation: { value: "initial", en: "Equation for one element", zh: "方程（针对单个元素）" },
      equations: {
        value: "equations",
        en: "Equations by element, group or range",
        zh: "按元素、元素组或范围分列的方程",
      },
      initial: {
        value: "initial",
        en: "Value while the model starts, for initial values that need it",
        zh: "模型启动时的值，供需要它的起始值使用",
      },
      non_negative: {
        value: "boolean",
        en: "It is 0 where the equation is negative",
        zh: "方程为负时取 0",
      },
    },
    oneOf: [["equation", "equations"]],
  },
  parameter: {
    within: "parameters: {x: _}",
    keys: {
      ...LABELS,
      value: {
        value: "cells",
        en: "A number, or numbers by element with an optional default",
        zh: "数字，或按元素给出的数字（可带 default）",
      },
      data: { value: "data", en: "Numbers from a CSV file", zh: "从 CSV 文件读取" },
      distribution: {
        value: "distribution",
        en: 'Makes it uncertain: "normal(1.3, 0.2)"',
        zh: '概率分布，例如 "normal(1.3, 0.2)"',
      },
    },
    oneOf: [["value", "data", "distribution"]],
  },
  lever: {
    within: "levers: {x: _}",
    keys: {
      ...LABELS,
      default: { value: "number", required: true, en: "Value where no scenario sets it", zh: "没有情景设定时的值" },
      range: { value: "pair", required: true, en: "Lowest and highest value", zh: "下限和上限" },
      ramp: { value: "ramp", en: "When it rises to the value that is set", zh: "何时升到设定的值" },
      lag: { value: "number", en: "Time constant of its effect", zh: "起效的时间常数" },
    },
  },
  ramp: {
    within: "levers: {x: {default: 0, range: [0, 1], ramp: _}}",
    keys: {
      from: { value: "number", required: true, en: "Begins to rise", zh: "开始上升的时间" },
      to: { value: "number", en: "Has risen; default at once", zh: "升到位的时间；默认一步到位" },
    },
  },
  lookup: {
    within: "lookups: {x: _}",
    keys: {
      ...LABELS,
      points: { value: "points", en: "Points [x, y], x rising", zh: "点 [x, y]，x 递增" },
      data: { value: "tableData", en: "Points from a CSV file", zh: "从 CSV 文件读取各点" },
      interpolate: {
        value: "text",
        choices: ["linear", "previous", "next"],
        en: "Between points, default linear",
        zh: "点之间的取值，默认 linear",
      },
      outside: {
        value: "text",
        choices: ["hold", "extrapolate"],
        en: "Beyond the points, default hold",
        zh: "范围之外的取值，默认 hold",
      },
      x_unit: { value: "text", en: "Unit of the argument", zh: "自变量的单位" },
      uncertain: {
        value: "curve",
        en: "Uncertain as a whole: times a parameter, or moved by one between a low and a high curve",
        zh: "整条曲线不确定：乘以一个参数，或由参数在高低两条曲线之间移动",
      },
    },
    oneOf: [["points", "data"]],
  },
  series: {
    within: "series: {x: _}",
    keys: {
      ...LABELS,
      data: {
        value: "timedData",
        required: true,
        en: "Numbers by time from a CSV file",
        zh: "从 CSV 文件读取的时间序列",
      },
      interpolate: {
        value: "text",
        choices: ["linear", "previous"],
        en: "Between times, default linear",
        zh: "时间之间的取值，默认 linear",
      },
      uncertain: {
        value: "curve",
        en: "Uncertain as a whole: times a parameter, or moved by one between a low and a high curve",
        zh: "整条曲线不确定：乘以一个参数，或由参数在高低两条曲线之间移动",
      },
    },
  },
  noise: {
    within: "noise: {x: _}",
    keys: {
      ...LABELS,
      process: {
        value: "text",
        required: true,
        choices: ["ar1", "random_walk", "normal", "uniform", "markov"],
        en: "Kind of random process",
        zh: "随机过程的种类",
      },
      every: { value: "fraction", en: "Time between two changes, default 1", zh: "变化的间隔，默认为 1" },
      initial: { value: "number", en: "Value at the start, default 0", zh: "起始值，默认为 0" },
      values: { value: "pair", en: "The two values of a markov process", zh: "markov 过程的两个取值" },
      persistence: { value: "equation", en: "Part that is kept (ar1)", zh: "保持的比例（ar1）" },
      sd: { value: "equation", en: "Standard deviation of a shock", zh: "冲击的标准差" },
      leave: {
        value: "equation",
        en: "Probability to leave the first value (markov)",
        zh: "离开第一个取值的概率（markov）",
      },
      return: { value: "equation", en: "Probability to return to it (markov)", zh: "返回第一个取值的概率（markov）" },
    },
  },
} satisfies Partial<Record<BlockName, Block>>;

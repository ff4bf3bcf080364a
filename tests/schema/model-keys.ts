/**
 * The sections and keys of a model file with their meaning in both languages: what an editor offers and explains. The test
 * beside it keeps the keys, what is required and the choices equal to what the reader accepts.
 */

/** The kinds of value that a key can have; `schema.ts` says what each looks like. */
export type ValueKind =
  | "text"
  | "title"
  | "number"
  | "whole"
  | "boolean"
  | "fraction"
  | "equation"
  | "equations"
  | "initial"
  | "flows"
  | "words"
  | "numbers"
  | "pair"
  | "points"
  | "cells"
  | "distribution"
  | "elements"
  | "groups"
  | "layout"
  | "members"
  | "columns"
  | "headings"
  | "filters"
  | "sets"
  | "settings"
  | "curve"
  | "overrides"
  | BlockName;

export interface Key {
  readonly value: ValueKind;
  readonly en: string;
  readonly zh: string;
  readonly required?: true;
  /** The only texts that are allowed. */
  readonly choices?: readonly string[];
}

export interface Block {
  /** A file in which a mapping stands where this block is read; the mapping is put for `_`. */
  readonly within: string;
  readonly keys: Readonly<Record<string, Key>>;
  /** Pairs of keys of which one must be there. */
  readonly oneOf?: readonly (readonly string[])[];
}

export type BlockName =
  | "model"
  | "time"
  | "unit"
  | "dimension"
  | "stock"
  | "computed"
  | "parameter"
  | "lever"
  | "ramp"
  | "lookup"
  | "series"
  | "noise"
  | "event"
  | "identity"
  | "target"
  | "scenario"
  | "chart"
  | "data"
  | "timedData"
  | "tableData";

const title: Key = { value: "title", en: "Name for people, in both languages", zh: "给人看的名称（中英文）" };
const description: Key = { value: "title", en: "What it is, in a sentence or two", zh: "说明" };

const LABELS: Readonly<Record<string, Key>> = {
  title,
  description,
  unit: { value: "text", en: 'Unit, such as person/year; "1" for a pure number', zh: '单位，例如 人/年；纯数字写 "1"' },
  source: { value: "text", en: "Origin of the figures: an id or a citation", zh: "数据来源" },
  grade: { value: "text", en: "Grade of the evidence", zh: "证据等级" },
  note: { value: "title", en: "Remark, in one language or both", zh: "备注（一种或两种语言）" },
  indicator: {
    value: "text",
    choices: ["end", "total", "mean"],
    en: "Marks it for output: its value at the year's end, its total over the year, or its mean",
    zh: "标记为输出指标：年末值 end、全年合计 total、全年平均 mean",
  },
  observed: { value: "timedData", en: "Measured values for charts", zh: "图表中的实际观测值" },
};

const DATA: Readonly<Record<string, Key>> = {
  file: {
    value: "text",
    required: true,
    en: "CSV file, relative to the model's folder",
    zh: "CSV 文件，以模型文件夹为起点",
  },
  column: { value: "text", en: "The column with the numbers", zh: "数值所在的列" },
  columns: { value: "text", en: "A dimension whose elements have a column each", zh: "每个元素各占一列的维度" },
  scale: { value: "number", en: "Factor for the numbers, default 1", zh: "数值的换算系数，默认为 1" },
  key: { value: "columns", en: "Which column holds which dimension", zh: "列与维度的对应" },
  where: { value: "filters", en: "Keeps the rows whose cells equal these texts", zh: "只取这些列等于给定文字的行" },
  ignore: { value: "filters", en: "Elements of the file that are not in the model", zh: "文件中有而模型中没有的元素" },
};
const COLUMN_OF = (argument: string): Key => ({
  value: "text",
  required: true,
  en: `The column with the ${argument}`,
  zh: argument === "times" ? "时间所在的列" : "自变量所在的列",
});
const ONE_COLUMN = [["column", "columns"]] as const;

export const BLOCKS: Readonly<Record<BlockName, Block>> = {
  model: {
    within: "model: _",
    keys: {
      name: { value: "text", required: true, en: "Short name of the model", zh: "模型的短名称" },
      title,
      description,
      time: { value: "time", required: true, en: "Start, stop, step, save points", zh: "开始、结束、步长、保存间隔" },
      method: {
        value: "text",
        choices: ["euler", "rk2", "rk4"],
        en: "Integration method, default euler",
        zh: "积分方法，默认 euler",
      },
      numerics: {
        value: "text",
        choices: ["exact", "logarithms"],
        en: "Edition of the arithmetic, default exact",
        zh: "数值运算版本，默认 exact",
      },
      reference: { value: "text", en: "The scenario that others are compared with", zh: "用来比较的基准情景" },
      seed: { value: "whole", en: "Default seed of the random numbers", zh: "默认随机种子" },
    },
  },
  time: {
    within: "model: {name: a, time: _}",
    keys: {
      start: { value: "number", required: true, en: "Time at the start", zh: "开始时间" },
      stop: { value: "number", required: true, en: "Time at the end", zh: "结束时间" },
      step: { value: "fraction", required: true, en: "Length of a step: 1/4, 0.1, 1", zh: "步长：1/4、0.1、1" },
      save: { value: "fraction", en: "Time between saved rows, a whole number of steps", zh: "保存间隔，步长的整数倍" },
      unit: { value: "text", en: "Unit of time, default year", zh: "时间单位，默认 year" },
    },
  },
  unit: {
    within: "units: {x: _}",
    keys: {
      title,
      of: { value: "text", en: "The unit that it is a multiple of", zh: "它是哪个单位的倍数" },
      times: { value: "number", en: "How many of that unit", zh: "倍数" },
    },
  },
  dimension: {
    within: "dimensions: {x: _}",
    keys: {
      title,
      elements: {
        value: "elements",
        required: true,
        en: "Elements: a list, a mapping to titles and codes, or a range 0..91",
        zh: "元素：列表、带名称和代码的映射，或范围 0..91",
      },
      aliases: {
        value: "words",
        en: "Other names of the same axis, for pairs: [origin, destination]",
        zh: "同一维度的别名，用于成对的量：[origin, destination]",
      },
      groups: {
        value: "groups",
        en: "Parts of the dimension, with weights where a member belongs in part",
        zh: "元素组，可带权重",
      },
      layout: { value: "layout", en: "Rows of elements for small multiples", zh: "小图排列的行" },
    },
  },
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
  event: {
    within: "events: {x: _}",
    keys: {
      title,
      every: { value: "fraction", en: "Happens at every whole multiple of this time", zh: "每隔多长时间发生一次" },
      at: { value: "number", en: "Happens once, at this time", zh: "在这个时间发生一次" },
      set: { value: "sets", required: true, en: "New values of stocks", zh: "存量的新值" },
    },
    oneOf: [["every", "at"]],
  },
  identity: {
    within: "identities: {x: _}",
    keys: {
      title,
      left: { value: "equation", required: true, en: "Left side of the accounting equation", zh: "恒等式的左边" },
      right: { value: "equation", required: true, en: "Right side", zh: "恒等式的右边" },
      scale: { value: "equation", en: "What the residual is a share of", zh: "残差的参照量" },
      tolerance: { value: "number", en: "Largest residual, default 1e-9", zh: "允许的最大残差，默认 1e-9" },
    },
  },
  target: {
    within: "targets: {x: _}",
    keys: {
      title,
      indicator: {
        value: "equation",
        required: true,
        en: "Indicator, or one element of it: gap[kunming]",
        zh: "指标，或它的某个元素：gap[kunming]",
      },
      at_least: { value: "number", en: "Threshold from below", zh: "不低于" },
      at_most: { value: "number", en: "Threshold from above", zh: "不高于" },
      due: { value: "number", required: true, en: "Time at which it must be met", zh: "期限" },
      note: { value: "text", en: "Remark", zh: "备注" },
      source: { value: "text", en: "Where the target is set", zh: "出处" },
    },
    oneOf: [["at_least", "at_most"]],
  },
  scenario: {
    within: "scenarios: {x: _}",
    keys: {
      title,
      description,
      like: { value: "text", en: "The scenario from which it starts", zh: "以哪个情景为起点" },
      generate: {
        value: "text",
        choices: ["one_at_a_time", "full_factorial"],
        en: "Makes scenarios from lists of lever values",
        zh: "由政策杠杆的取值列表生成情景",
      },
      levers: { value: "settings", en: "Values of levers, with dates", zh: "政策杠杆的取值和时间" },
      parameters: { value: "overrides", en: "Other values or distributions of parameters", zh: "参数的另一取值或分布" },
    },
  },
  chart: {
    within: "charts: {x: _}",
    keys: {
      kind: {
        value: "text",
        required: true,
        choices: [
          "fan",
          "multiples",
          "stacked",
          "paired",
          "targets",
          "map",
          "ranks",
          "matrix",
          "pyramid",
          "dumbbell",
          "phase",
          "lines",
          "areas",
          "waterfall",
          "quality",
          "tornado",
          "decomposition",
          "lights",
          "backtest",
          "robustness",
          "convergence",
          "table",
        ],
        en: "Kind of chart",
        zh: "图表种类",
      },
      title,
      note: { value: "title", en: "Remark under the chart", zh: "图下的说明" },
      indicator: { value: "equation", en: "What it shows (fan, multiples)", zh: "所画的指标（fan、multiples）" },
      indicators: { value: "words", en: "What it shows (stacked, paired)", zh: "所画的各指标（stacked、paired）" },
      scenario: { value: "text", en: "Scenario, default the first", zh: "情景，默认为第一个" },
      scenarios: { value: "words", en: "Parts of a decomposition", zh: "分解的各部分情景（decomposition）" },
      per: { value: "text", en: "Indicator to divide by", zh: "除以哪个指标" },
      years: { value: "numbers", en: "Times that are compared", zh: "比较的时间" },
      from: { value: "number", en: "First time that is drawn (lines, areas)", zh: "从何时画起（lines、areas）" },
      file: { value: "text", en: "CSV file of a table", zh: "表格的 CSV 文件（table）" },
      columns: { value: "headings", en: "Columns of the table with their headings", zh: "表格的列及其标题（table）" },
    },
  },
  data: {
    within: "parameters: {x: {data: _}}",
    keys: { ...DATA, time: { value: "text", en: "The column with the times", zh: "时间所在的列" } },
    oneOf: ONE_COLUMN,
  },
  timedData: { within: "series: {x: {data: _}}", keys: { ...DATA, time: COLUMN_OF("times") }, oneOf: ONE_COLUMN },
  tableData: { within: "lookups: {x: {data: _}}", keys: { ...DATA, x: COLUMN_OF("arguments") }, oneOf: ONE_COLUMN },
};

/** What stands under a section: entries of a block by name, one block, or a list of its own form. */
export const SECTIONS: Readonly<
  Record<string, { readonly entries: BlockName | "correlations" | "include" | "model" } & Omit<Key, "value">>
> = {
  model: { entries: "model", en: "Name, time and method of the model", zh: "模型的名称、时间和方法" },
  include: {
    entries: "include",
    en: "YAML files of the folder above that belong to the model",
    zh: "引入上一级文件夹的 YAML 文件",
  },
  units: { entries: "unit", en: "Units of the model's own", zh: "模型自定义的单位" },
  dimensions: { entries: "dimension", en: "Named axes with their elements", zh: "维度及其元素" },
  stocks: { entries: "stock", en: "What accumulates", zh: "存量" },
  flows: { entries: "computed", en: "What fills and drains the stocks", zh: "流量" },
  auxiliaries: { entries: "computed", en: "What is computed from the rest", zh: "辅助变量" },
  parameters: {
    entries: "parameter",
    en: "Constants of a run; uncertain if they have a distribution",
    zh: "参数；带分布的为不确定参数",
  },
  levers: { entries: "lever", en: "What a decision maker sets", zh: "政策杠杆" },
  lookups: { entries: "lookup", en: "Functions given by points", zh: "查找表" },
  series: { entries: "series", en: "Exogenous data by time", zh: "外生序列" },
  noise: { entries: "noise", en: "Random processes in time", zh: "随机过程" },
  correlations: { entries: "correlations", en: "Pairs [a, b, correlation]", zh: "相关：[a, b, 相关系数]" },
  events: { entries: "event", en: "Changes of stocks at whole times", zh: "事件：在整点时间改变存量" },
  identities: { entries: "identity", en: "Accounting equations, checked at every step", zh: "恒等式，每步核对" },
  targets: { entries: "target", en: "Thresholds with a date", zh: "目标" },
  scenarios: { entries: "scenario", en: "Settings of levers and parameters", zh: "情景" },
  charts: { entries: "chart", en: "Charts of the report", zh: "报告中的图表" },
};

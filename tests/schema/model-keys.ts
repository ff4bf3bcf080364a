/**
 * The sections and keys of a model file with their meaning in both languages: what an editor offers and explains. The test
 * beside it keeps the keys, what is required and the choices equal to what the reader accepts.
 */
import { DATA_BLOCKS } from "./data-keys.ts";
import type { Block, BlockName, Key } from "./key.ts";
import { description, title } from "./label-keys.ts";
import { RUN_BLOCKS } from "./run-keys.ts";
import { VARIABLE_BLOCKS } from "./variable-keys.ts";

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
        choices: ["exact", "logarithms", "factors"],
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
  ...VARIABLE_BLOCKS,
  ...RUN_BLOCKS,
  ...DATA_BLOCKS,
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

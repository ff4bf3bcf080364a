/** Keys of what belongs to runs: events, identities, targets, scenarios, charts. */
import type { Block, BlockName } from "./key.ts";
import { description, title } from "./label-keys.ts";

/** One mapping for each section. */
export const RUN_BLOCKS = {
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
} satisfies Partial<Record<BlockName, Block>>;

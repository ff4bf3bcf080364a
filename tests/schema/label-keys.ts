/** Keys that many mappings share: what a thing is called and where it comes from. */
import type { Key } from "./key.ts";

export const title: Key = { value: "title", en: "Name for people, in both languages", zh: "给人看的名称（中英文）" };
export const description: Key = { value: "title", en: "What it is, in a sentence or two", zh: "说明" };

export const LABELS: Readonly<Record<string, Key>> = {
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

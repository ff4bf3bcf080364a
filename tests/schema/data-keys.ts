/** Keys of numbers that stand in CSV files. */
import type { Block, BlockName, Key } from "./key.ts";

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

/** Numbers without time, with times, and with arguments. */
export const DATA_BLOCKS = {
  data: {
    within: "parameters: {x: {data: _}}",
    keys: { ...DATA, time: { value: "text", en: "The column with the times", zh: "时间所在的列" } },
    oneOf: ONE_COLUMN,
  },
  timedData: { within: "series: {x: {data: _}}", keys: { ...DATA, time: COLUMN_OF("times") }, oneOf: ONE_COLUMN },
  tableData: { within: "lookups: {x: {data: _}}", keys: { ...DATA, x: COLUMN_OF("arguments") }, oneOf: ONE_COLUMN },
} satisfies Partial<Record<BlockName, Block>>;

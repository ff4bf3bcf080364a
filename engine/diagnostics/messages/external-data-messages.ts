/** Wording of what can be wrong with numbers that a model reads from workbooks and text tables. */
import type { DiagnosticData, ExternalProblem } from "../diagnostic.ts";
import { type MessageTopic, message } from "./message.ts";
import { clip, countEn, groupDigits, quoteEn, quoteZh } from "./terms.ts";

type Text = (data: DiagnosticData["external-data"]) => readonly [fact: string, ...notes: string[]];
type Words = Readonly<Record<"en" | "zh", Text>>;

const EXTERNAL: Readonly<Record<ExternalProblem, Words>> = {
  "no-file": {
    en: ({ file }) => [`there is no file ${quoteEn(file)}`, "paths start at the folder of the model"],
    zh: ({ file }) => [`没有文件${quoteZh(file)}`, "路径从模型所在的文件夹算起"],
  },
  "no-tag": {
    en: ({ file }) => [
      `no file is given for ${quoteEn(file)}`,
      `name it on the command line: --tag "${clip(file.replace(/^\?/, ""))}=FILE"`,
    ],
    zh: ({ file }) => [
      `没有给出${quoteZh(file)}对应的文件`,
      `请在命令行中指定：--tag "${clip(file.replace(/^\?/, ""))}=文件"`,
    ],
  },
  "no-sheet": {
    en: ({ file, detail }) => [`${quoteEn(file)} has no sheet ${quoteEn(detail)}`],
    zh: ({ file, detail }) => [`${quoteZh(file)}中没有工作表${quoteZh(detail)}`],
  },
  "bad-cell": {
    en: ({ detail, file }) => [
      `${quoteEn(detail)} is neither a cell nor a named area of ${quoteEn(file)}`,
      "a cell is written B2",
    ],
    zh: ({ detail, file }) => [`${quoteZh(detail)}既不是单元格，也不是${quoteZh(file)}中的命名区域`, "单元格写作 B2"],
  },
  "bad-axis": {
    en: ({ detail, file }) => [
      `${quoteEn(detail)} is neither a row, a column nor a named area of ${quoteEn(file)}`,
      "a number is the row with the times, letters are the column",
    ],
    zh: ({ detail, file }) => [
      `${quoteZh(detail)}既不是行、列，也不是${quoteZh(file)}中的命名区域`,
      "数字表示时间所在的行，字母表示时间所在的列",
    ],
  },
  "too-many-ranges": {
    en: ({ detail }) => [
      `constants for ${detail} subscript ranges cannot be read at once`,
      "a sheet has rows and columns: write an equation for each element of the other ranges",
    ],
    zh: ({ detail }) => [
      `不能一次读取 ${detail} 个下标范围的常数`,
      "工作表只有行和列：请为其余范围的每个元素各写一个方程",
    ],
  },
  "not-a-number": {
    en: ({ file, detail }) => [`${quoteEn(detail)} stands in ${quoteEn(file)} where a number belongs`],
    zh: ({ file, detail }) => [`${quoteZh(file)}中应为数字的地方写着${quoteZh(detail)}`],
  },
  "time-twice": {
    en: ({ file, detail }) => [`${quoteEn(file)} gives the time ${detail} twice`],
    zh: ({ file, detail }) => [`${quoteZh(file)}中时间 ${detail} 出现了两次`],
  },
  "no-points": {
    en: ({ file }) => [`nothing can be read from this place of ${quoteEn(file)}`],
    zh: ({ file }) => [`从${quoteZh(file)}的这个位置读不到任何内容`],
  },
  "not-a-workbook": {
    en: ({ file }) => [`${quoteEn(file)} is no workbook of Excel`],
    zh: ({ file }) => [`${quoteZh(file)}不是 Excel 工作簿`],
  },
  encrypted: {
    en: ({ file }) => [`${quoteEn(file)} is protected by a password`],
    zh: ({ file }) => [`${quoteZh(file)}设有密码保护`],
  },
  "old-format": {
    en: ({ file }) => [`${quoteEn(file)} has a format older than Excel 97`, "save it as .xlsx"],
    zh: ({ file }) => [`${quoteZh(file)}的格式早于 Excel 97`, "请另存为 .xlsx"],
  },
  "too-large": {
    en: ({ file, detail }) => [`${quoteEn(file)} is too large: ${clip(detail, 80)}`],
    zh: ({ file, detail }) => [`${quoteZh(file)}过大：${clip(detail, 80)}`],
  },
  damaged: {
    en: ({ file, detail }) => [`${quoteEn(file)} is damaged: ${clip(detail, 80)}`],
    zh: ({ file, detail }) => [`${quoteZh(file)}已损坏：${clip(detail, 80)}`],
  },
};

export const EXTERNAL_DATA_MESSAGES = {
  "external-data": {
    en: (data) => message(EXTERNAL[data.problem].en(data)),
    zh: (data) => message(EXTERNAL[data.problem].zh(data)),
  },
  "external-cell-empty": {
    en: ({ file, cell, count }) => ({
      fact:
        count === 1
          ? `the cell ${cell} of ${quoteEn(file)} is empty and counts as 0`
          : `${countEn(count, "cell")} of ${quoteEn(file)} are empty and count as 0, the first is ${cell}`,
      notes: ["Vensim reads an empty cell as 0 too: write the number that is meant"],
    }),
    zh: ({ file, cell, count }) => ({
      fact:
        count === 1
          ? `${quoteZh(file)}的单元格 ${cell} 是空的，按 0 计`
          : `${quoteZh(file)}有 ${groupDigits(count)} 个空单元格，按 0 计，第一个是 ${cell}`,
      notes: ["Vensim 也把空单元格读作 0：请写明所要的数值"],
    }),
  },
} satisfies MessageTopic;

/** Wording of what can be wrong with a CSV file or with the way a model reads it. */
import type { MessageTopic } from "./message.ts";
import { csvFault } from "./syntax-faults.ts";
import {
  cellName,
  choicesEn,
  choicesZh,
  clip,
  countEn,
  didYouMeanEn,
  didYouMeanZh,
  groupDigits,
  quoteEn,
  quoteZh,
  shapeEn,
  shapeZh,
} from "./terms.ts";

export const CSV_MESSAGES = {
  "csv-syntax": {
    en: (data) => csvFault(data, "en"),
    zh: (data) => csvFault(data, "zh"),
  },
  "csv-row-length": {
    en: ({ cells, header }) => ({
      fact: `this row has ${countEn(cells, "cell")}, and the header has ${header}`,
      notes: ["a cell with a comma in it stands in double quotes; an empty cell still needs its comma"],
    }),
    zh: ({ cells, header }) => ({
      fact: `这一行有 ${cells} 个单元格，而表头有 ${header} 个`,
      notes: ["含逗号的单元格要用双引号括起来；空单元格的逗号也不能省"],
    }),
  },
  "csv-column-missing": {
    en: ({ file, column, near, columns }) => ({
      fact: `${quoteEn(file)} has no column ${quoteEn(column)}`,
      notes: [
        ...didYouMeanEn(near),
        columns.length > 0 ? choicesEn("its columns are", columns) : "the file has no header row",
      ],
    }),
    zh: ({ file, column, near, columns }) => ({
      fact: `${quoteZh(file)}没有${quoteZh(column)}这一列`,
      notes: [...didYouMeanZh(near), columns.length > 0 ? choicesZh("它的列有", columns) : "这个文件没有表头"],
    }),
  },
  "csv-cell-missing": {
    en: ({ file, cells, count, name }) => ({
      fact: `${quoteEn(name)} lacks ${countEn(count, "value")} in ${quoteEn(file)}`,
      notes: [
        `missing: ${cells.map(cellName).join("; ")}${count > cells.length ? `; and ${groupDigits(count - cells.length)} more` : ""}`,
        "nothing is filled in for a missing value: add the rows, or declare the variable over a dimension that has only the elements with data",
      ],
    }),
    zh: ({ file, cells, count, name }) => ({
      fact: `${quoteZh(name)}在${quoteZh(file)}中缺少 ${groupDigits(count)} 个值`,
      notes: [
        `缺少：${cells.map(cellName).join("；")}${count > cells.length ? `；另有 ${groupDigits(count - cells.length)} 个` : ""}`,
        "缺失的值不会被自动补齐：请补上这些行；如果只有一部分元素有数据，请为它们单设一个维度",
      ],
    }),
  },
  "csv-surplus-row": {
    en: ({ file, column, cell, dimension, near }) => ({
      fact: `${quoteEn(cell)} is not an element of ${quoteEn(dimension)}`,
      underline: `column ${quoteEn(column)}`,
      notes: [
        ...didYouMeanEn(near),
        `if the row in ${quoteEn(file)} does not belong to the model, say so where it is read: ignore: {${clip(column)}: ["${clip(cell)}"]}`,
      ],
    }),
    zh: ({ file, column, cell, dimension, near }) => ({
      fact: `${quoteZh(cell)}不是维度${quoteZh(dimension)}的元素`,
      underline: `${quoteZh(column)}列`,
      notes: [
        ...didYouMeanZh(near),
        `如果${quoteZh(file)}中的这一行不属于模型，请在读取处写明：ignore: {${clip(column)}: ["${clip(cell)}"]}`,
      ],
    }),
  },
  "csv-not-a-number": {
    en: ({ file, column, text }) => ({
      fact:
        text.trim() === ""
          ? `an empty cell stands where a number belongs`
          : `${quoteEn(text)} stands where a number belongs`,
      underline: `column ${quoteEn(column)} of ${quoteEn(file)}`,
      notes: cellHint(text, "en"),
    }),
    zh: ({ file, column, text }) => ({
      fact: text.trim() === "" ? "应为数字的单元格是空的" : `应为数字的地方写着${quoteZh(text)}`,
      underline: `${quoteZh(file)}的${quoteZh(column)}列`,
      notes: cellHint(text, "zh"),
    }),
  },
  "csv-duplicate-cell": {
    en: ({ file, cell }) => ({
      fact: `${quoteEn(file)} gives ${cell === "" ? "the one value" : quoteEn(cellName(cell))} twice`,
      notes: [
        'if the rows differ in another column, choose between them with "where", or make that column a dimension with "key"',
      ],
    }),
    zh: ({ file, cell }) => ({
      fact: `${quoteZh(file)}中${cell === "" ? "这个值" : quoteZh(cellName(cell))}出现了两次`,
      notes: ["如果两行在另一列上不同，请用 where 选取，或用 key 把那一列对应到一个维度"],
    }),
  },
  "data-dimension-unknown": {
    en: ({ name, dimension, shape, near }) => ({
      fact: `${quoteEn(name)} does not differ by ${quoteEn(dimension)}`,
      notes: [
        ...didYouMeanEn(near),
        `it is declared as ${clip(name)}${shape.length === 0 ? ", without dimension" : shapeEn(shape)}`,
      ],
    }),
    zh: ({ name, dimension, shape, near }) => ({
      fact: `${quoteZh(name)}没有维度${quoteZh(dimension)}`,
      notes: [...didYouMeanZh(near), `它声明为 ${clip(name)}${shape.length === 0 ? "，没有维度" : shapeZh(shape)}`],
    }),
  },
  "data-dimension-missing": {
    en: ({ file, name, dimension }) => ({
      fact: `${quoteEn(name)} differs by ${quoteEn(dimension)}, and it is not said where ${quoteEn(file)} has it`,
      notes: [
        `name the column: key: {column_name: ${clip(dimension)}}`,
        `or, if each element has a column of its own, write columns: ${clip(dimension)} in place of "column"`,
      ],
    }),
    zh: ({ file, name, dimension }) => ({
      fact: `${quoteZh(name)}随${quoteZh(dimension)}而不同，但没有写明它在${quoteZh(file)}的哪一列`,
      notes: [
        `请写明对应的列：key: {列名: ${clip(dimension)}}`,
        `如果每个元素各占一列，请用 columns: ${clip(dimension)} 代替 column`,
      ],
    }),
  },
  "csv-no-rows": {
    en: ({ file, where }) => ({
      fact: where === "" ? `no row of ${quoteEn(file)} is left` : `no row of ${quoteEn(file)} has ${clip(where, 100)}`,
      notes: ['compare the texts in "where" with the cells of the file: they must be equal, capital letters included'],
    }),
    zh: ({ file, where }) => ({
      fact: where === "" ? `${quoteZh(file)}中没有可用的行` : `${quoteZh(file)}中没有一行符合 ${clip(where, 100)}`,
      notes: ["请把 where 中的文字与文件中的单元格对照：两者必须完全相同，大小写也要一致"],
    }),
  },
} satisfies MessageTopic;

/** Why a cell that looks like a number is none, and how to write it. */
function cellHint(text: string, side: "en" | "zh"): string[] {
  const trimmed = text.trim();
  const say = (en: string, zh: string) => [side === "en" ? en : zh];
  if (trimmed === "") {
    return say("write the number; nothing is filled in for an empty cell", "请填上数字；空单元格不会被自动补齐");
  }
  if (/^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(trimmed)) {
    return say(
      `write it without separators: ${trimmed.replace(/[,，]/g, "")}`,
      `不要写千位分隔符：${trimmed.replace(/[,，]/g, "")}`,
    );
  }
  if (/^-?[\d.]+\s*[%％]$/.test(trimmed)) {
    return say(
      'write the number alone; "scale: 0.01" where the file is read turns per cent into shares',
      "这里只写数字；在读取处写 scale: 0.01 可把百分数化为比例",
    );
  }
  if (/^[\p{Nd}．.－-]+$/u.test(trimmed) && /[^\d.-]/.test(trimmed)) {
    return say(
      `these are full-width characters; write ${trimmed.normalize("NFKC")}`,
      `这里用了全角字符，请写 ${trimmed.normalize("NFKC")}`,
    );
  }
  if (/^(n\/?a|nan|null|none|-+|—+|…+|\.+|暂缺|无)$/i.test(trimmed)) {
    return say(
      "a missing value is not a number: give the figure, or leave its row out of what the model needs",
      "缺失值不是数字：请给出数值，或不让模型用到这一行",
    );
  }
  return say(
    'a number is written 1234.5 or 1.2e-3; its unit goes into "unit" of the variable',
    "数字写作 1234.5 或 1.2e-3；单位写在变量的 unit 里",
  );
}

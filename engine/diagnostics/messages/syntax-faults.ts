/** Wording of what is wrong with the form of a YAML file, a CSV file or an equation, by its closed reason. */
import type { CsvFaultReason, DiagnosticData, EquationFault, YamlFault } from "../diagnostic.ts";
import type { Message } from "./message.ts";
import { clip, quoteEn, quoteZh } from "./terms.ts";

type Side = "en" | "zh";
/** Fact and notes; `$` stands for the sign that is concerned. */
interface Words {
  readonly fact: string;
  readonly notes: readonly string[];
}
type Faults<Reason extends string> = Readonly<Record<Exclude<Reason, "other">, Readonly<Record<Side, Words>>>>;

const QUOTE_EN = 'if this is one text, put it in quotes: "…"';
const QUOTE_ZH = '如果这是一段完整的文字，请加引号："…"';
const CSV_QUOTE_EN =
  'a cell in double quotes begins and ends with one; a quotation mark inside it is doubled: "a ""b"" c"';
const CSV_QUOTE_ZH = '带引号的单元格以双引号开头和结尾；其中的双引号要写两个："a ""b"" c"';
const ENCODING_EN = "save the file as UTF-8 (in Excel: CSV UTF-8, comma delimited)";
const ENCODING_ZH = "请把文件另存为 UTF-8 编码（Excel 中选“CSV UTF-8（逗号分隔）”）";

const YAML: Faults<YamlFault> = {
  indentation: {
    en: {
      fact: "this line is not indented like the ones beside it",
      notes: ["keys of one block start at the same column; use spaces, two for each level"],
    },
    zh: { fact: "这一行的缩进与同级的行不一致", notes: ["同一级的键要从同一列开始；请用空格缩进，每级两个空格"] },
  },
  "second-colon": {
    en: {
      fact: "there is a second colon in this line",
      notes: [`"key: value" has one colon followed by a space; ${QUOTE_EN}`],
    },
    zh: { fact: "这一行出现了第二个冒号", notes: [`“键: 值”只有一个后面带空格的冒号；${QUOTE_ZH}`] },
  },
  "not-a-key": {
    en: { fact: 'this line is not "key: value"', notes: ["a colon and a space are missing after the key"] },
    zh: { fact: "这一行不是“键: 值”的形式", notes: ["键后面缺少冒号和空格"] },
  },
  "open-quote": {
    en: { fact: "a quotation mark $ is opened here and never closed", notes: [] },
    zh: { fact: "这里的引号 $ 没有配对的结束引号", notes: [] },
  },
  "open-bracket": {
    en: { fact: 'a bracket is opened here and never closed: "$" is missing', notes: [] },
    zh: { fact: "这里的括号没有配对：缺少“$”", notes: [] },
  },
  "extra-bracket": {
    en: { fact: '"$" closes nothing that was opened', notes: [] },
    zh: { fact: "“$”没有与之配对的开括号", notes: [] },
  },
  "missing-comma": {
    en: {
      fact: "a comma is missing inside { } or [ ]",
      notes: ["write {key: value, key: value}; a text with a colon in it needs quotes"],
    },
    zh: { fact: "{ } 或 [ ] 之内缺少逗号", notes: ["写法：{键: 值, 键: 值}；含冒号的文字要加引号"] },
  },
  "full-width-comma": {
    en: {
      fact: "this comma is a full-width one",
      notes: ["YAML reads only the plain comma: {key: value, key: value}; a text with this comma in it needs quotes"],
    },
    zh: {
      fact: "这里是全角逗号",
      notes: ["YAML 只认半角逗号：{键: 值, 键: 值}（请切换到英文输入法）；如果它是文字的一部分，请给文字加引号"],
    },
  },
  "bad-start": {
    en: { fact: "a text cannot start with $ unless it is in quotes", notes: [QUOTE_EN] },
    zh: { fact: "不加引号的文字不能以 $ 开头", notes: [QUOTE_ZH] },
  },
  escape: {
    en: {
      fact: '"$" is not known inside double quotes',
      notes: ["a backslash has a meaning there; in single quotes it stands for itself: '…'"],
    },
    zh: { fact: "双引号中不能写“$”", notes: ["反斜杠在双引号中有特殊含义；在单引号中没有：'…'"] },
  },
  "second-document": {
    en: { fact: "a second document begins here", notes: ["remove the line ---: a file is one document"] },
    zh: { fact: "这里开始了第二个文档", notes: ["请删去 --- 这一行：一个文件只能是一个文档"] },
  },
  "after-value": {
    en: {
      fact: "something stands after the end of a value",
      notes: ["a text in quotes ends at its second quotation mark, a list at its bracket: put the whole in quotes"],
    },
    zh: { fact: "值已经结束，后面还有内容", notes: ["引号内的文字到第二个引号为止，列表到括号为止：请给整段加引号"] },
  },
  encoding: {
    en: { fact: "a character here cannot be read", notes: ["save the file as UTF-8"] },
    zh: { fact: "这里有无法识别的字符", notes: ["请把文件另存为 UTF-8 编码"] },
  },
};

const EQUATION: Faults<EquationFault> = {
  empty: {
    en: { fact: "the equation is empty", notes: [] },
    zh: { fact: "方程是空的", notes: [] },
  },
  "missing-close": {
    en: { fact: 'a bracket is opened here and never closed: "$" is missing', notes: [] },
    zh: { fact: "这里的括号没有配对：缺少“$”", notes: [] },
  },
  "extra-close": {
    en: { fact: '"$" closes nothing that was opened', notes: [] },
    zh: { fact: "“$”没有与之配对的开括号", notes: [] },
  },
  "missing-value": {
    en: { fact: 'a name or a number is missing before "$"', notes: [] },
    zh: { fact: "“$”之前缺少名称或数字", notes: [] },
  },
  unfinished: {
    en: { fact: 'the equation ends too early: something must follow "$"', notes: [] },
    zh: { fact: "方程没有写完：“$”后面还缺内容", notes: [] },
  },
  "comma-outside": {
    en: {
      fact: "this comma separates nothing",
      notes: [
        "a comma stands between the arguments of a function or between subscripts; a decimal mark is a point: 0.5",
      ],
    },
    zh: { fact: "这里的逗号没有分隔任何内容", notes: ["逗号只用来分隔函数的参数或下标；小数点写作 . ，例如 0.5"] },
  },
  "if-without-then": {
    en: { fact: "this IF has no THEN", notes: ["a choice is written IF condition THEN value ELSE value"] },
    zh: { fact: "这个 IF 没有 THEN", notes: ["条件选择写作：IF 条件 THEN 值 ELSE 值"] },
  },
  "if-without-else": {
    en: { fact: "this IF has no ELSE", notes: ["a choice is written IF condition THEN value ELSE value"] },
    zh: { fact: "这个 IF 没有 ELSE", notes: ["条件选择写作：IF 条件 THEN 值 ELSE 值"] },
  },
  "open-quote": {
    en: { fact: "a quotation mark is opened here and never closed", notes: [] },
    zh: { fact: "这里的引号没有配对的结束引号", notes: [] },
  },
};

const CSV: Faults<CsvFaultReason> = {
  "quote-open": {
    en: { fact: "a quotation mark is opened here and never closed", notes: [CSV_QUOTE_EN] },
    zh: { fact: "这里的引号没有配对的结束引号", notes: [CSV_QUOTE_ZH] },
  },
  "quote-inside": {
    en: { fact: "a quotation mark stands in the middle of a cell", notes: [CSV_QUOTE_EN] },
    zh: { fact: "单元格中间出现了引号", notes: [CSV_QUOTE_ZH] },
  },
  empty: {
    en: { fact: "the file is empty", notes: ["its first row must name the columns"] },
    zh: { fact: "这个文件是空的", notes: ["第一行应写出各列的名称"] },
  },
  encoding: {
    en: { fact: "a character here cannot be read", notes: [ENCODING_EN] },
    zh: { fact: "这里有无法识别的字符", notes: [ENCODING_ZH] },
  },
};

function fill({ fact, notes }: Words, sign: string): Message {
  return { fact: fact.replace("$", () => clip(sign)), notes };
}

/** What is wrong with a YAML file. */
export function yamlFault({ reason, text, detail }: DiagnosticData["yaml-syntax"], side: Side): Message {
  if (reason !== "other") return fill(YAML[reason][side], text);
  return side === "en"
    ? { fact: `this is not valid YAML: ${clip(detail, 120)}`, notes: [] }
    : { fact: "这里不是合法的 YAML", notes: [`解析器的原话：${clip(detail, 120)}`] };
}

/** What is wrong with the form of a CSV file. */
export function csvFault({ file, reason, detail }: DiagnosticData["csv-syntax"], side: Side): Message {
  if (reason !== "other") return fill(CSV[reason][side], "");
  return side === "en"
    ? { fact: `${quoteEn(file)} cannot be read as CSV: ${clip(detail, 120)}`, notes: [] }
    : { fact: `${quoteZh(file)}不是合法的 CSV`, notes: [`解析器的原话：${clip(detail, 120)}`] };
}

/** What is wrong with the form of an equation. */
export function equationFault({ problem, text }: DiagnosticData["equation-syntax"], side: Side): Message {
  return fill(EQUATION[problem][side], text);
}

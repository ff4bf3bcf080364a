/** Puts the parsers' own words (yaml, csv-parse, mathjs) into ours, in both languages; what is not known is quoted as it is. */
import type { Message } from "./message.ts";
import { clip, countEn, quoteEn, quoteZh } from "./terms.ts";

interface Pattern {
  readonly matches: RegExp;
  en(match: RegExpExecArray): Message;
  zh(match: RegExpExecArray): Message;
}

const COMMA_EN = 'inside { } a comma ends the value; put an equation with commas in quotes: equation: "max(a, b)"';
const COMMA_ZH = '在 { } 之内，逗号表示值到此结束；含逗号的方程要加引号：equation: "max(a, b)"';
const QUOTE_EN = 'if this is one text, put it in quotes: "…"';
const QUOTE_ZH = '如果这是一段完整的文字，请加引号："…"';

const CSV_QUOTE_EN =
  'a cell in double quotes begins and ends with one; a quotation mark inside it is doubled: "a ""b"" c"';
const CSV_QUOTE_ZH = '带引号的单元格以双引号开头和结尾；其中的双引号要写两个："a ""b"" c"';

const YAML: readonly Pattern[] = [
  {
    matches: /must start at the same column|All sequence items/,
    en: () => ({
      fact: "this line is not indented like the ones beside it",
      notes: ["keys of one block start at the same column; use spaces, two for each level"],
    }),
    zh: () => ({
      fact: "这一行的缩进与同级的行不一致",
      notes: ["同一级的键要从同一列开始；请用空格缩进，每级两个空格"],
    }),
  },
  {
    matches: /Nested mappings are not allowed/,
    en: () => ({
      fact: "there is a second colon in this line",
      notes: [`"key: value" has one colon followed by a space; ${QUOTE_EN}`],
    }),
    zh: () => ({ fact: "这一行出现了第二个冒号", notes: [`“键: 值”只有一个后面带空格的冒号；${QUOTE_ZH}`] }),
  },
  {
    matches: /Implicit keys need to be on a single line|Implicit map keys need to be followed/,
    en: () => ({
      fact: 'this line is not "key: value"',
      notes: [
        "a colon and a space are missing after the key, or the colon is a full-width one (：): YAML reads only the plain one",
      ],
    }),
    zh: () => ({
      fact: "这一行不是“键: 值”的形式",
      notes: ["键后面缺少冒号和空格，或者用了全角冒号（：）：YAML 只认半角冒号"],
    }),
  },
  {
    matches: /Missing closing (.)quote/,
    en: (m) => ({ fact: `a quotation mark ${m[1]} is opened and never closed`, notes: [] }),
    zh: (m) => ({ fact: `引号 ${m[1]} 没有配对的结束引号`, notes: [] }),
  },
  {
    matches: /must be sufficiently indented and end with a (.)|Expected flow \S+ to end with (.)/,
    en: (m) => ({ fact: `a bracket is opened and never closed: "${m[1] ?? m[2]}" is missing`, notes: [COMMA_EN] }),
    zh: (m) => ({ fact: `括号没有配对：缺少“${m[1] ?? m[2]}”`, notes: [COMMA_ZH] }),
  },
  {
    matches: /Block collections are not allowed within flow|Missing , (or : )?between/,
    en: () => ({ fact: "a comma is missing inside { } or [ ]", notes: ["write {key: value, key: value}", COMMA_EN] }),
    zh: () => ({ fact: "{ } 或 [ ] 之内缺少逗号", notes: ["写法：{键: 值, 键: 值}", COMMA_ZH] }),
  },
  {
    matches: /Plain value cannot start with .*character (.)/,
    en: (m) => ({ fact: `a text cannot start with ${m[1]} unless it is in quotes`, notes: [QUOTE_EN] }),
    zh: (m) => ({ fact: `不加引号的文字不能以 ${m[1]} 开头`, notes: [QUOTE_ZH] }),
  },
  {
    matches: /Unexpected .*"(.)"/,
    en: (m) => ({ fact: `"${m[1]}" closes nothing that was opened`, notes: [COMMA_EN] }),
    zh: (m) => ({ fact: `“${m[1]}”没有与之配对的开括号`, notes: [COMMA_ZH] }),
  },
];

const EQUATION: readonly Pattern[] = [
  {
    matches: /^empty$/,
    en: () => ({ fact: "the equation is empty", notes: [] }),
    zh: () => ({ fact: "方程是空的", notes: [] }),
  },
  {
    matches: /(?:Parenthesis )?([)\]]) expected/,
    en: (m) => ({ fact: `a bracket is opened and never closed: "${m[1]}" is missing`, notes: [COMMA_EN] }),
    zh: (m) => ({ fact: `括号没有配对：缺少“${m[1]}”`, notes: [COMMA_ZH] }),
  },
  {
    matches: /Unexpected operator ([)\]])/,
    en: (m) => ({ fact: `"${m[1]}" closes nothing that was opened`, notes: [] }),
    zh: (m) => ({ fact: `“${m[1]}”没有与之配对的开括号`, notes: [] }),
  },
  {
    matches: /Unexpected operator ,/,
    en: () => ({
      fact: "a comma stands here outside any bracket",
      notes: ["a comma separates arguments or subscripts; a decimal mark is a point: 0.5"],
    }),
    zh: () => ({
      fact: "这里的逗号不在任何括号之内",
      notes: ["逗号只用来分隔函数的参数或下标；小数点写作 . ，例如 0.5"],
    }),
  },
  {
    matches: /Unexpected end of expression/,
    en: () => ({ fact: "the equation ends too early: something must follow here", notes: [] }),
    zh: () => ({ fact: "方程没有写完：这里后面还缺内容", notes: [] }),
  },
  {
    matches: /Value expected/,
    en: () => ({ fact: "a name or a number is missing before this", notes: [] }),
    zh: () => ({ fact: "这个符号之前缺少名称或数字", notes: [] }),
  },
  {
    matches: /End of string/,
    en: () => ({ fact: "a quotation mark is opened and never closed", notes: [] }),
    zh: () => ({ fact: "引号没有配对的结束引号", notes: [] }),
  },
  {
    matches: /Syntax error in part "[\u3000\u00a0]/,
    en: () => ({
      fact: "a blank that is not a plain space stands here",
      notes: ["replace it by a plain space (it may be a full-width or a no-break one)"],
    }),
    zh: () => ({ fact: "这里的空格不是普通空格", notes: ["请换成半角空格（它可能是全角空格或不换行空格）"] }),
  },
  {
    matches: /Syntax error in part "(.)/u,
    en: (m) => ({ fact: `${quoteEn(m[1]!)} cannot stand in an equation`, notes: [] }),
    zh: (m) => ({ fact: `方程中不能出现${quoteZh(m[1]!)}`, notes: [] }),
  },
  {
    matches: /Unexpected part "(.*)"/,
    en: (m) => ({ fact: `${quoteEn(m[1]!)} does not fit here`, notes: ["an operator may be missing before it"] }),
    zh: (m) => ({ fact: `${quoteZh(m[1]!)}放在这里不合语法`, notes: ["它前面可能缺少运算符"] }),
  },
];

const CSV: readonly Pattern[] = [
  {
    matches: /this row has (\d+) cells?, the header has (\d+)/,
    en: (m) => ({
      fact: `this row has ${countEn(Number(m[1]), "cell")}, and the header has ${m[2]}`,
      notes: ["a cell with a comma in it stands in double quotes; an empty cell still needs its comma"],
    }),
    zh: (m) => ({
      fact: `这一行有 ${m[1]} 个单元格，而表头有 ${m[2]} 个`,
      notes: ["含逗号的单元格要用双引号括起来；空单元格的逗号也不能省"],
    }),
  },
  {
    matches: /Quote Not Closed/,
    en: () => ({ fact: "a quotation mark in this file is opened and never closed", notes: [CSV_QUOTE_EN] }),
    zh: () => ({ fact: "这个文件中有引号没有配对的结束引号", notes: [CSV_QUOTE_ZH] }),
  },
  {
    matches: /Invalid (Opening|Closing) Quote/,
    en: () => ({ fact: "a quotation mark stands in the middle of a cell", notes: [CSV_QUOTE_EN] }),
    zh: () => ({ fact: "单元格中间出现了引号", notes: [CSV_QUOTE_ZH] }),
  },
  {
    matches: /the file is empty/,
    en: () => ({ fact: "the file is empty", notes: ["its first row must name the columns"] }),
    zh: () => ({ fact: "这个文件是空的", notes: ["第一行应写出各列的名称"] }),
  },
];

type Side = "en" | "zh";

function fromPatterns(patterns: readonly Pattern[], detail: string, side: Side): Message | null {
  for (const pattern of patterns) {
    const match = pattern.matches.exec(detail);
    if (match) return pattern[side](match);
  }
  return null;
}

/** The yaml library's complaint in our words. */
export function yamlDetail(detail: string, side: Side): Message {
  const known = fromPatterns(YAML, detail, side);
  if (known) return known;
  return side === "en"
    ? { fact: `this is not valid YAML: ${clip(detail, 120)}`, notes: [] }
    : { fact: "这里不是合法的 YAML", notes: [`解析器的原话：${clip(detail, 120)}`] };
}

/** What is wrong with the form of a CSV file, in our words. */
export function csvDetail(file: string, detail: string, side: Side): Message {
  const known = fromPatterns(CSV, detail, side);
  if (known) return known;
  return side === "en"
    ? { fact: `${quoteEn(file)} cannot be read as CSV: ${clip(detail, 120)}`, notes: [] }
    : { fact: `${quoteZh(file)}不是合法的 CSV`, notes: [`解析器的原话：${clip(detail, 120)}`] };
}

/** The equation parser's complaint in our words. */
export function equationDetail(detail: string, side: Side): Message {
  const known = fromPatterns(EQUATION, detail, side);
  if (known) return known;
  return side === "en"
    ? { fact: `the equation cannot be read: ${clip(detail, 120)}`, notes: [] }
    : { fact: "这个方程无法解读", notes: [`解析器的原话：${clip(detail, 120)}`] };
}

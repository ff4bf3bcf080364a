/** What to write instead of a construct or a function that the language does not have. */
import type { Remedy } from "../diagnostic.ts";

interface Advice {
  readonly en: { fact?: string; note: string };
  readonly zh: { fact?: string; note: string };
}

/** By remedy: a fact where the usual one ("… is not part of the equation language") says too little, and the advice. */
export const REMEDIES: Readonly<Record<Exclude<Remedy, "none">, Advice>> = {
  "use-equals": {
    en: {
      fact: 'a single "=" has no meaning inside an equation',
      note: 'to compare, write "=="; the name of the variable stands in the key, not in the equation',
    },
    zh: { fact: "方程中不能用单个“=”", note: "比较请写“==”；变量名写在键里，不写在方程里" },
  },
  "use-power": { en: { note: 'a power is written "^": x^2' }, zh: { note: "乘方写作“^”：x^2" } },
  "use-and": { en: { note: 'write "and": a > 0 and b > 0' }, zh: { note: "请写“and”：a > 0 and b > 0" } },
  "use-or": { en: { note: 'write "or": a > 0 or b > 0' }, zh: { note: "请写“or”：a > 0 or b > 0" } },
  "use-not": {
    en: { note: 'write "not": not (a > b); for "is not equal", write "!="' },
    zh: { note: "请写“not”：not (a > b)；“不等于”写作“!=”" },
  },
  "use-not-equal": { en: { note: '"is not equal" is written "!="' }, zh: { note: "“不等于”写作“!=”" } },
  "use-times": { en: { note: 'the sign for multiplying is "*"' }, zh: { note: "乘号写作“*”" } },
  "use-divide": { en: { note: 'the sign for dividing is "/"' }, zh: { note: "除号写作“/”" } },
  "use-if": { en: { note: "write if(condition, a, b)" }, zh: { note: "请写 if(条件, a, b)" } },
  "use-comparison-pair": {
    en: { fact: "two comparisons stand in a row", note: "write each by itself: a < b and b < c" },
    zh: { fact: "两个比较连在了一起", note: "请分开写：a < b and b < c" },
  },
  "use-share": {
    en: { note: "write the share: 5 % is 0.05 or 5 / 100; for the remainder of a division, write a mod b" },
    zh: { note: "请写成比例：5% 即 0.05 或 5 / 100；求余数请写 a mod b" },
  },
  "use-half-width": {
    en: { fact: "this is a full-width character", note: "equations use the half-width signs: + - * / ( ) [ ] , = < >" },
    zh: { fact: "这是全角字符", note: "方程中要用半角符号：+ - * / ( ) [ ] , = < >（请切换到英文输入法）" },
  },
  "one-equation": {
    en: {
      fact: "two statements stand in one equation",
      note: "an equation is one expression: give each part a variable of its own",
    },
    zh: { fact: "一个方程里写了两条语句", note: "一个方程只能是一个表达式：请为每一部分单独设一个变量" },
  },
  "no-range": {
    en: {
      note: "ranges stand only in the keys of an equation by element (16..65); to sum over a part, name it as a group of the dimension",
    },
    zh: { note: "范围只能写在按元素分列的方程的键里（16..65）；要对一部分求和，请在维度中把它设为元素组" },
  },
  "no-matrix": {
    en: { note: "an equation is written for one element; values by element stand in a parameter" },
    zh: { note: "方程是针对单个元素写的；按元素给出的数值请放在参数中" },
  },
  "no-property": {
    en: { fact: '"." does not join names', note: "a name has letters, digits and _; a decimal number is written 0.5" },
    zh: { fact: "“.”不能连接名称", note: "名称由字母、汉字、数字和 _ 组成；小数写作 0.5" },
  },
  "no-text": {
    en: { note: 'quotation marks stand only round the name of an element: population["0"], age == "0"' },
    zh: { note: '引号只用于元素名：population["0"]、age == "0"' },
  },
  "no-comment": {
    en: {
      fact: '"#" does not begin a comment here',
      note: 'put the remark into "note", or after " #" at the end of a line that is not in quotes',
    },
    zh: { fact: "“#”在这里不是注释的开头", note: "说明文字请写在 note 里，或写在未加引号的行末“ #”之后" },
  },
  "parenthesise-not": {
    en: { fact: '"not a == b" reads as "(not a) == b", which is seldom meant', note: "write not (a == b), or a != b" },
    zh: { fact: "“not a == b”会被读作“(not a) == b”，这通常不是本意", note: "请写 not (a == b) 或 a != b" },
  },
};

/** Functions known from other tools and spreadsheets, by their name in small letters. */
export const FOREIGN_FUNCTIONS: Readonly<Record<string, { en: string; zh: string }>> = {
  log: both("ln(x) is the natural logarithm, log10(x) the one to base 10", "自然对数是 ln(x)；以 10 为底是 log10(x)"),
  integ: both(
    'what is integrated is a stock: give it a place under "stocks" with initial, inflows and outflows',
    "被积分的量是存量：请写在 stocks 部分，给出 initial、inflows 和 outflows",
  ),
  random: both(
    'chance enters through a "distribution" of a parameter or a process under "noise", so that every run can be repeated',
    "随机性来自参数的 distribution 或 noise 部分的随机过程，这样每次运行都能重现",
  ),
  rand: both(
    'chance enters through a "distribution" of a parameter or a process under "noise", so that every run can be repeated',
    "随机性来自参数的 distribution 或 noise 部分的随机过程，这样每次运行都能重现",
  ),
  random_normal: both(
    'chance enters through a "distribution" of a parameter or a process under "noise", so that every run can be repeated',
    "随机性来自参数的 distribution 或 noise 部分的随机过程，这样每次运行都能重现",
  ),
};

/** Names with a meaning in other tools or in mathematics, by their name in small letters. */
export const FOREIGN_NAMES: Readonly<Record<string, { en: string; zh: string }>> = {
  t: both('the time of the step is "time"', "当前时间写作 time"),
  dt: both('the length of the step is "time_step"', "步长写作 time_step"),
  initial_time: both('the start is "start_time"', "开始时间写作 start_time"),
  final_time: both('the end is "stop_time"', "结束时间写作 stop_time"),
  e: both("Euler's number is exp(1)", "自然常数写作 exp(1)"),
  true: both("a comparison is 1 or 0: write 1", "比较的结果是 1 或 0：请写 1"),
  false: both("a comparison is 1 or 0: write 0", "比较的结果是 1 或 0：请写 0"),
};

/** Signs that are drawn differently in equations, and other single signs worth a word. */
export const SIGNS: Readonly<Record<string, { en: string; zh: string }>> = {
  "−": both('the minus sign is the hyphen "-"', "减号写作“-”"),
  "–": both('the minus sign is the hyphen "-"', "减号写作“-”"),
  "—": both('the minus sign is the hyphen "-"', "减号写作“-”"),
  "=>": both('"at least" is written ">="', "“大于等于”写作“>=”"),
  "=<": both('"at most" is written "<="', "“小于等于”写作“<=”"),
  "===": both('"is equal" is written "=="', "“等于”写作“==”"),
  "!==": both('"is not equal" is written "!="', "“不等于”写作“!=”"),
  "≥": both('"at least" is written ">="', "“大于等于”写作“>=”"),
  "≤": both('"at most" is written "<="', "“小于等于”写作“<=”"),
  "≠": both('"is not equal" is written "!="', "“不等于”写作“!=”"),
  "√": both("write sqrt(x)", "请写 sqrt(x)"),
  "∑": both("write sum(x, dimension)", "请写 sum(x, 维度)"),
  "²": both("write x^2", "请写 x^2"),
  "³": both("write x^3", "请写 x^3"),
  "~": both('write "not", or "!=" for "is not equal"', "请写“not”；“不等于”写作“!=”"),
  "'": both("a name has letters, digits and _ only", "名称只由字母、汉字、数字和 _ 组成"),
  to: both(
    "an equation does not convert units: multiply by the factor, as a parameter with its unit",
    "方程中不换算单位：请乘以换算系数（作为带单位的参数）",
  ),
  in: both(
    "an equation does not convert units: multiply by the factor, as a parameter with its unit",
    "方程中不换算单位：请乘以换算系数（作为带单位的参数）",
  ),
  xor: both('write "!=" between two conditions', "请在两个条件之间写“!=”"),
};

function both(en: string, zh: string): { en: string; zh: string } {
  return { en, zh };
}

type Equivalents = Readonly<Record<string, { en: string; zh: string }>>;

/** What a name of another tool is called here; nothing if it is not known. */
export function equivalentOf(table: Equivalents, name: string, side: "en" | "zh"): string[] {
  const key = name.toLowerCase();
  return Object.hasOwn(table, key) ? [table[key]![side]] : [];
}

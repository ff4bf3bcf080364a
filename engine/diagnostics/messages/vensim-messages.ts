/** Wording of what can be wrong with a Vensim file, and with the files beside it that change a run. */
import type { DiagnosticData, MdlChangeFault, MdlFault, MdlMacroFault, VscFault } from "../diagnostic.ts";
import { type MessageTopic, message } from "./message.ts";
import { clip, countEn, didYouMeanEn, didYouMeanZh, quoteEn, quoteZh } from "./terms.ts";

type Side = "en" | "zh";
type Words<Data> = Readonly<Record<Side, (data: Data) => readonly [fact: string, ...notes: string[]]>>;
type Table<Problem extends string, Data> = Readonly<Record<Problem, Words<Data>>>;

/** What may have been meant by a sign or word in the wrong place. */
function unexpectedNote(text: string, side: Side): string[] {
  const say = (en: string, zh: string) => [side === "en" ? en : zh];
  if (/^[)\]]$/.test(text)) return say("it closes nothing that was opened", "它没有与之配对的开括号");
  if (/^[-+*/^=<>]+$/.test(text)) return say("a name or a number is missing before it", "它前面缺少名称或数字");
  return say(
    'names and numbers need an operator between them; a name with signs in it stands in double quotes: "a-b"',
    '名称与数字之间要有运算符；含符号的名称要加双引号："a-b"',
  );
}

const SYNTAX: Table<MdlFault, DiagnosticData["mdl-syntax"]> = {
  unexpected: {
    en: ({ text, name }) => [
      name === "" ? `${quoteEn(text)} cannot stand here` : `${quoteEn(text)} stands where ${quoteEn(name)} belongs`,
      ...unexpectedNote(text, "en"),
    ],
    zh: ({ text, name }) => [
      name === "" ? `这里不能出现${quoteZh(text)}` : `应写${quoteZh(name)}的地方写着${quoteZh(text)}`,
      ...unexpectedNote(text, "zh"),
    ],
  },
  unfinished: {
    en: ({ name }) => [
      `the definition ends too early${name === "" ? "" : `: ${quoteEn(name)} should follow`}`,
      "~ ends the equation, | the whole definition",
    ],
    zh: ({ name }) => [`定义没有写完${name === "" ? "" : `：后面应有${quoteZh(name)}`}`, "~ 结束方程，| 结束整条定义"],
  },
  character: {
    en: ({ text }) => [
      `${quoteEn(text)} is no sign of Vensim's language`,
      "inside a name it needs double quotes round the whole name",
    ],
    zh: ({ text }) => [`${quoteZh(text)}不是 Vensim 语言的符号`, "如果它是名称的一部分，请给整个名称加双引号"],
  },
  "open-quote": {
    en: ({ text }) => [`the quotation mark ${clip(text)} is opened here and not closed on this line`],
    zh: ({ text }) => [`引号 ${clip(text)} 在这里打开，但在这一行没有关闭`],
  },
  "open-comment": {
    en: () => ["the comment is opened here with { and never closed"],
    zh: () => ["注释在这里以 { 开始，却没有以 } 结束"],
  },
  "missing-close": {
    en: ({ text }) => [`a bracket is opened here and never closed: ${quoteEn(text)} is missing`],
    zh: ({ text }) => [`这里的括号没有配对：缺少${quoteZh(text)}`],
  },
  "missing-bar": {
    en: ({ name }) => [
      `the definition of ${quoteEn(name)} has no end`,
      "every definition ends with |; perhaps the file was cut off",
    ],
    zh: ({ name }) => [`${quoteZh(name)}的定义没有结尾`, "每条定义都以 | 结尾；也许文件被截断了"],
  },
  "name-starts-with-digit": {
    en: ({ text }) => [
      `a name cannot begin with a digit: ${quoteEn(text)}`,
      "put the whole name in double quotes, or write an operator behind the number",
    ],
    zh: ({ text }) => [`名称不能以数字开头：${quoteZh(text)}`, "请给整个名称加双引号，或在数字后写运算符"],
  },
  "number-too-large": {
    en: ({ text }) => [`${clip(text)} is too large for a number`],
    zh: ({ text }) => [`${clip(text)} 超出了数字的范围`],
  },
  "number-expected": {
    en: ({ text }) => [
      `${quoteEn(text)} stands where a number belongs`,
      "tables and lists of constants hold numbers only, not equations",
    ],
    zh: ({ text }) => [`应为数字的地方写着${quoteZh(text)}`, "表格和常数列表中只能写数字，不能写方程"],
  },
  "text-expected": {
    en: ({ name }) => [`this argument of ${clip(name)} must be a text in single quotes`],
    zh: ({ name }) => [`${clip(name)} 的这个参数必须是单引号中的文字`],
  },
  "odd-table": {
    en: () => [
      "this table has an odd number of numbers",
      "a table without inner brackets lists all x, then as many y; or write ((x1,y1),(x2,y2))",
    ],
    zh: () => ["这个表格的数字个数是奇数", "不带内层括号的表格先列全部 x，再列同样多的 y；也可写作 ((x1,y1),(x2,y2))"],
  },
  "ragged-table": {
    en: ({ text, name }) => [
      `a row of this table has ${countEn(Number(text), "number")}, and the row before it ${name}`,
    ],
    zh: ({ text, name }) => [`表格的这一行有 ${text} 个数字，而上一行有 ${name} 个`],
  },
  "numbered-range": {
    en: ({ text, name }) => [
      `${quoteEn(text)} to ${quoteEn(name)} is no numbered range`,
      "both ends are one name with a whole number behind it, the first the smaller: (A1-A9)",
    ],
    zh: ({ text, name }) => [
      `${quoteZh(text)}到${quoteZh(name)}不是编号范围`,
      "两端应为同一名称加整数，且前小后大：(A1-A9)",
    ],
  },
  "circular-range": {
    en: ({ name }) => [`the subscript range ${quoteEn(name)} contains itself`],
    zh: ({ name }) => [`下标范围${quoteZh(name)}包含了自身`],
  },
  "argument-count": {
    en: ({ name, text }) => [`${clip(name)} takes ${countEn(Number(text), "argument")}`],
    zh: ({ name, text }) => [`${clip(name)} 需要 ${text} 个参数`],
  },
  "not-whole": {
    en: ({ name }) => [
      `${clip(name)} must be the whole right side of its equation`,
      "give it a variable of its own and use that here",
    ],
    zh: ({ name }) => [`${clip(name)} 必须单独作为方程的整个右边`, "请为它单设一个变量，在这里使用该变量"],
  },
  placeholder: {
    en: () => [
      "this equation is still to be written",
      "A FUNCTION OF and :IGNORE: only list what the variable will depend on",
    ],
    zh: () => ["这个方程还没有写出", "A FUNCTION OF 和 :IGNORE: 只列出了变量将依赖哪些量"],
  },
  "macro-open": {
    en: ({ name }) => [`the macro ${quoteEn(name)} is never closed`, "it ends with :END OF MACRO:"],
    zh: ({ name }) => [`宏${quoteZh(name)}没有结束`, "应以 :END OF MACRO: 结束"],
  },
};

const MACRO: Table<MdlMacroFault, DiagnosticData["mdl-macro"]> = {
  arguments: {
    en: ({ macro, detail }) => [`the macro ${quoteEn(macro)} takes ${countEn(Number(detail), "input")}`],
    zh: ({ macro, detail }) => [`宏${quoteZh(macro)}需要 ${detail} 个输入`],
  },
  outputs: {
    en: ({ macro, detail }) => [
      `the macro ${quoteEn(macro)} has ${countEn(Number(detail), "output")} behind the colon`,
    ],
    zh: ({ macro, detail }) => [`宏${quoteZh(macro)}在冒号后有 ${detail} 个输出`],
  },
  "output-not-name": {
    en: ({ macro }) => [`an output of the macro ${quoteEn(macro)} goes to a variable, not to an expression`],
    zh: ({ macro }) => [`宏${quoteZh(macro)}的输出只能写入变量，不能写入表达式`],
  },
  recursive: {
    en: ({ macro }) => [`the macro ${quoteEn(macro)} calls itself`],
    zh: ({ macro }) => [`宏${quoteZh(macro)}调用了自身`],
  },
  "no-result": {
    en: ({ macro, detail }) => [`the macro ${quoteEn(macro)} has no equation for ${quoteEn(detail)}`],
    zh: ({ macro, detail }) => [`宏${quoteZh(macro)}中没有${quoteZh(detail)}的方程`],
  },
  "defined-twice": {
    en: ({ macro }) => [`there are two macros ${quoteEn(macro)}`],
    zh: ({ macro }) => [`有两个宏都叫${quoteZh(macro)}`],
  },
  "input-defined": {
    en: ({ macro, detail }) => [
      `${quoteEn(detail)} is an input of the macro ${quoteEn(macro)} and has an equation in it`,
    ],
    zh: ({ macro, detail }) => [`${quoteZh(detail)}是宏${quoteZh(macro)}的输入，却在宏中另有方程`],
  },
  "input-not-name": {
    en: ({ macro, detail }) => [
      `the macro ${quoteEn(macro)} uses ${quoteEn(detail)} with subscripts or as a lookup, so a variable must be handed in for it`,
    ],
    zh: ({ macro, detail }) => [`宏${quoteZh(macro)}把${quoteZh(detail)}用作数组或查找表，因此必须传入一个变量`],
  },
  "unknown-name": {
    en: ({ macro, detail }) => [
      `${quoteEn(detail)} is neither an input of the macro ${quoteEn(macro)} nor defined in it`,
      `a variable of the model is written with a dollar sign in a macro: ${clip(detail)}$`,
    ],
    zh: ({ macro, detail }) => [
      `${quoteZh(detail)}既不是宏${quoteZh(macro)}的输入，也没有在宏中定义`,
      `在宏中引用模型的变量要加美元符号：${clip(detail)}$`,
    ],
  },
};

const CHANGE: Table<MdlChangeFault, DiagnosticData["mdl-change"]> = {
  unknown: {
    en: ({ name }) => [`there is no ${quoteEn(name)} in the model to change`],
    zh: ({ name }) => [`模型中没有要修改的${quoteZh(name)}`],
  },
  "not-constant": {
    en: ({ name }) => [`${quoteEn(name)} is no constant or lookup, so it cannot be changed from outside`],
    zh: ({ name }) => [`${quoteZh(name)}不是常数或查找表，不能从外部修改`],
  },
  subscripts: {
    en: ({ name }) => [`${quoteEn(name)} has another number of subscripts in the model`],
    zh: ({ name }) => [`${quoteZh(name)}在模型中的下标个数不同`],
  },
  lookup: {
    en: ({ name }) => [
      `a scenario cannot change the table ${quoteEn(name)}`,
      "to simulate the model with the file in it: terrace simulate MODEL --changes FILE",
    ],
    zh: ({ name }) => [
      `情景不能修改查找表${quoteZh(name)}`,
      "要按此文件模拟模型，请用：terrace simulate 模型 --changes 文件",
    ],
  },
  "built-in": {
    en: ({ name }) => [
      `the model is built with the value of ${quoteEn(name)}, so it cannot differ between runs`,
      "so are the clock and the orders of delays; to simulate with another: terrace simulate MODEL --changes FILE",
    ],
    zh: ({ name }) => [
      `模型按${quoteZh(name)}的值构建，因此各次运行之间不能不同`,
      "时间设置和延迟的阶数都是如此；要用其他值模拟，请用：terrace simulate 模型 --changes 文件",
    ],
  },
  part: {
    en: ({ name }) => [`a distribution must hold for all elements of ${quoteEn(name)}`],
    zh: ({ name }) => [`分布必须适用于${quoteZh(name)}的全部元素`],
  },
};

const SENSITIVITY: Table<VscFault, DiagnosticData["vsc-syntax"]> = {
  header: {
    en: () => ["the first line of a sensitivity file says how many runs: 200,M,1234"],
    zh: () => ["敏感性文件的第一行应写明运行次数：200,M,1234"],
  },
  method: {
    en: ({ text }) => [
      `the method ${quoteEn(text)} does not run here`,
      "M draws all constants together, L spreads them by Latin hypercube; for one at a time see terrace sensitivity",
    ],
    zh: ({ text }) => [
      `这里不支持方法${quoteZh(text)}`,
      "M 同时抽取所有常数，L 为拉丁超立方；逐个变化请用 terrace sensitivity",
    ],
  },
  "not-a-distribution": {
    en: () => ["a constant and its distribution are written NAME = RANDOM UNIFORM(low, high)"],
    zh: () => ["常数及其分布写作 NAME = RANDOM UNIFORM(下限, 上限)"],
  },
  "unknown-distribution": {
    en: ({ text }) => [
      `${quoteEn(text)} is not read`,
      "RANDOM UNIFORM, RANDOM NORMAL, RANDOM TRIANGULAR and RANDOM BETA are",
    ],
    zh: ({ text }) => [
      `不读取${quoteZh(text)}`,
      "可用 RANDOM UNIFORM、RANDOM NORMAL、RANDOM TRIANGULAR 和 RANDOM BETA",
    ],
  },
  truncated: {
    en: ({ text }) => [
      `the limits cut off a part of this ${clip(text)}`,
      "only RANDOM NORMAL can be cut off: widen the first two arguments, or choose a narrower distribution",
    ],
    zh: ({ text }) => [
      `上下限截去了这个 ${clip(text)} 的一部分`,
      "只有 RANDOM NORMAL 可以截断：请放宽前两个参数，或改用更窄的分布",
    ],
  },
  arguments: {
    en: ({ text }) => [
      `the arguments of ${clip(text)} do not fit`,
      "they are numbers, the lower limit first and below the upper one",
    ],
    zh: ({ text }) => [`${clip(text)} 的参数不合要求`, "参数应为数字，先下限后上限，且下限小于上限"],
  },
};

export const VENSIM_MESSAGES = {
  "mdl-syntax": {
    en: (data) => message(SYNTAX[data.problem].en(data)),
    zh: (data) => message(SYNTAX[data.problem].zh(data)),
  },
  "mdl-macro": {
    en: (data) => message(MACRO[data.problem].en(data)),
    zh: (data) => message(MACRO[data.problem].zh(data)),
  },
  "mdl-missing": {
    en: ({ name, what }) =>
      what === "data"
        ? {
            fact: `${quoteEn(name)} has no equation, and no data set has numbers for it`,
            notes: ["give its data with --data FILE (.dat, .tab or .csv), or write its equation"],
          }
        : {
            fact: `the model has no ${clip(name)}`,
            notes: ["INITIAL TIME, FINAL TIME and TIME STEP are variables that every model defines"],
          },
    zh: ({ name, what }) =>
      what === "data"
        ? {
            fact: `${quoteZh(name)}没有方程，数据集中也没有它的数值`,
            notes: ["请用 --data 文件（.dat、.tab 或 .csv）给出数据，或写出它的方程"],
          }
        : { fact: `模型没有定义 ${clip(name)}`, notes: ["每个模型都要定义 INITIAL TIME、FINAL TIME 和 TIME STEP"] },
  },
  "mdl-change": {
    en: (data) => {
      const [fact, ...notes] = CHANGE[data.problem].en(data);
      return { fact, notes: [...didYouMeanEn(data.near), ...notes] };
    },
    zh: (data) => {
      const [fact, ...notes] = CHANGE[data.problem].zh(data);
      return { fact, notes: [...didYouMeanZh(data.near), ...notes] };
    },
  },
  "vsc-syntax": {
    en: (data) => message(SENSITIVITY[data.problem].en(data)),
    zh: (data) => message(SENSITIVITY[data.problem].zh(data)),
  },
} satisfies MessageTopic;

/** Wording of what can be wrong with a YAML file: its syntax, sections, keys, values and names. */
import type { MessageTopic } from "./message.ts";
import { yamlFault } from "./syntax-faults.ts";
import {
  choicesEn,
  choicesZh,
  clip,
  didYouMeanEn,
  didYouMeanZh,
  expectedEn,
  expectedZh,
  foundEn,
  foundZh,
  placeEn,
  placeZh,
  quoteEn,
  quoteZh,
} from "./terms.ts";

export const FILE_MESSAGES = {
  "yaml-syntax": {
    en: (data) => yamlFault(data, "en"),
    zh: (data) => yamlFault(data, "zh"),
  },
  "yaml-tab": {
    en: ({ character }) => ({
      fact: `this line is indented with a ${character}; YAML allows only spaces there`,
      underline: `a ${character}`,
      notes: [
        character === "tab"
          ? "replace each tab at the start of a line by spaces, two for each level (in most editors: convert indentation to spaces)"
          : "replace it by plain spaces, two for each level",
      ],
    }),
    zh: ({ character }) => ({
      fact: `这一行用${BLANKS[character]}缩进；YAML 只允许用普通空格缩进`,
      underline: BLANKS[character],
      notes: [
        character === "tab"
          ? "把行首的每个制表符换成空格，每级两个空格（编辑器里叫“将缩进转换为空格”）"
          : "请换成半角空格，每级两个空格",
      ],
    }),
  },
  "yaml-alias": {
    en: () => ({
      fact: "anchors (&name) and aliases (*name) are not used in models",
      notes: ["write the value out in both places", "if a text begins with & or *, put it in quotes"],
    }),
    zh: () => ({
      fact: "模型文件中不使用锚点（&name）和别名（*name）",
      notes: ["请在两处分别写出该值", "如果是以 & 或 * 开头的文字，请加引号"],
    }),
  },
  "yaml-tag": {
    en: ({ tag }) => ({
      fact: `${quoteEn(tag)} is read as a YAML tag, and models have no tags`,
      notes: [
        "if it belongs to a text, put the text in quotes",
        'in an equation "not" is written out, and "is not equal" is !=',
      ],
    }),
    zh: ({ tag }) => ({
      fact: `${quoteZh(tag)}会被 YAML 读作标签，而模型文件中不使用标签`,
      notes: ["如果它是文字的一部分，请给整段文字加引号", "在方程中，“非”写作 not，“不等于”写作 !="],
    }),
  },
  "missing-quotes": {
    en: ({ key, text, sign }) => ({
      fact: `${key === "" ? "this text" : `the text of ${quoteEn(key)}`} is cut off at a ${sign === "," ? "comma" : "bracket"}, because it has no quotes`,
      underline: "all of this needs quotes",
      notes: [
        sign === ","
          ? `inside { } and [ ] a comma ends a value; write ${quoted(key, text)}`
          : `inside { } and [ ] a bracket begins a list; write ${quoted(key, text)}`,
        "on a line of its own, outside { }, no quotes are needed",
      ],
    }),
    zh: ({ key, text, sign }) => ({
      fact: `${key === "" ? "这段文字" : `${quoteZh(key)}的内容`}没有加引号，在${sign === "," ? "逗号" : "括号"}处被截断`,
      underline: "这一整段要加引号",
      notes: [
        sign === ","
          ? `在 { } 和 [ ] 之内，逗号表示值到此结束；请写 ${quoted(key, text)}`
          : `在 { } 和 [ ] 之内，方括号表示列表；请写 ${quoted(key, text)}`,
        "如果不用 { }，让它独占一行，就不需要引号",
      ],
    }),
  },
  "full-width-colon": {
    en: ({ key }) => ({
      fact: `the colon after ${quoteEn(key)} is a full-width one`,
      notes: [`YAML reads only the plain colon, followed by a space: ${clip(key)}: …`],
    }),
    zh: ({ key }) => ({
      fact: `${quoteZh(key)}后面是全角冒号`,
      notes: [`YAML 只认半角冒号，后面还要有一个空格：${clip(key)}: …（请切换到英文输入法）`],
    }),
  },
  "duplicate-key": {
    en: ({ key }) => ({
      fact: `the key ${quoteEn(key)} stands twice in the same block`,
      notes: ["only one of them could count: join what stands under them, or remove one"],
    }),
    zh: ({ key }) => ({
      fact: `同一级中出现了两个${quoteZh(key)}`,
      notes: ["两者只能有一个起作用：请合并其下的内容，或删去其中一个"],
    }),
  },
  "keys-together": {
    en: ({ key, other, where }) => ({
      fact: `${placeEn(where)} has both ${quoteEn(other)} and ${quoteEn(key)}`,
      notes: ["only one of them could count: remove the other"],
    }),
    zh: ({ key, other, where }) => ({
      fact: `${placeZh(where)}同时有${quoteZh(other)}和${quoteZh(key)}`,
      notes: ["两者只能有一个起作用：请删去其中一个"],
    }),
  },
  "unknown-section": {
    en: ({ section, near, allowed }) => ({
      fact: `there is no section named ${quoteEn(section)}`,
      notes: [...didYouMeanEn(near), choicesEn("the sections are", allowed)],
    }),
    zh: ({ section, near, allowed }) => ({
      fact: `没有名为${quoteZh(section)}的部分`,
      notes: [...didYouMeanZh(near), choicesZh("可用的部分有", allowed)],
    }),
  },
  "unknown-key": {
    en: ({ key, where, near, allowed }) => ({
      fact: `${placeEn(where)} has no key ${quoteEn(key)}`,
      notes: [...didYouMeanEn(near), choicesEn("its keys are", allowed)],
    }),
    zh: ({ key, where, near, allowed }) => ({
      fact: `${placeZh(where)}没有${quoteZh(key)}这个键`,
      notes: [...didYouMeanZh(near), choicesZh("可用的键有", allowed)],
    }),
  },
  "missing-key": {
    en: ({ key, where }) => ({
      fact: `${placeEn(where)} needs ${quoteEn(key)}`,
      notes: [`add to it: "${key}: …"`],
    }),
    zh: ({ key, where }) => ({
      fact: `${placeZh(where)}缺少${quoteZh(key)}`,
      notes: [`请在其中加上“${key}: …”`],
    }),
  },
  "missing-section": {
    en: ({ section }) => ({
      fact: `the model has no section ${quoteEn(section)}`,
      notes: [
        section === "model"
          ? "add to one file, for example: model: {name: my_model, time: {start: 2020, stop: 2035, step: 1/4, save: 1, unit: year}}"
          : `add "${section}:" to one of the model's files`,
      ],
    }),
    zh: ({ section }) => ({
      fact: `模型缺少${quoteZh(section)}部分`,
      notes: [
        section === "model"
          ? "请在某个文件中写上，例如：model: {name: my_model, time: {start: 2020, stop: 2035, step: 1/4, save: 1, unit: year}}"
          : `请在模型的某个文件中加上“${section}:”`,
      ],
    }),
  },
  "wrong-type": {
    en: ({ where, expected, found, text }) => ({
      fact: `${placeEn(where)} must be ${expectedEn(expected)}, not ${foundEn(found, text)}`,
      notes: found === "mapping" && expected === "number" ? [BY_ELEMENT.en] : numberHint(expected, text, "en"),
    }),
    zh: ({ where, expected, found, text }) => ({
      fact: `${placeZh(where)}应为${expectedZh(expected)}，而不是${foundZh(found, text)}`,
      notes: found === "mapping" && expected === "number" ? [BY_ELEMENT.zh] : numberHint(expected, text, "zh"),
    }),
  },
  "bad-choice": {
    en: ({ where, found, allowed, near }) => ({
      fact: `${placeEn(where)} cannot be ${quoteEn(found)}`,
      notes: [...didYouMeanEn(near), choicesEn("it can be", allowed)],
    }),
    zh: ({ where, found, allowed, near }) => ({
      fact: `${placeZh(where)}不能取${quoteZh(found)}`,
      notes: [...didYouMeanZh(near), choicesZh("可以取", allowed)],
    }),
  },
  "bad-name": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} cannot be a name`,
      notes: [
        ...suggestedName(name).map((n) => `write it as ${quoteEn(n)}, and keep the wording for people in "title"`),
        /[[\]]/.test(name)
          ? "dimensions stand in one pair of brackets after the name: population[prefecture, age]"
          : "a name has letters (of any script), digits and _, and does not start with a digit",
      ],
    }),
    zh: ({ name }) => ({
      fact: `${quoteZh(name)}不能用作名称`,
      notes: [
        ...suggestedName(name).map((n) => `可以写作${quoteZh(n)}，给人看的写法放在 title 里`),
        /[[\]]/.test(name)
          ? "维度写在名称后面的一对方括号里：population[prefecture, age]"
          : "名称由字母（汉字也可以）、数字和下划线 _ 组成，不能以数字开头",
      ],
    }),
  },
  "duplicate-name": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} is defined twice`,
      notes: ["a name stands for one thing in the whole model: rename or remove one of the two"],
    }),
    zh: ({ name }) => ({
      fact: `${quoteZh(name)}重复定义`,
      notes: ["一个名称在整个模型中只能指一样东西：请改名或删去其中一处"],
    }),
  },
  "case-clash": {
    en: ({ name, other }) => ({
      fact: `${quoteEn(name)} and ${quoteEn(other)} differ only in capital letters`,
      notes: ["such names are easily taken for each other: rename one of the two"],
    }),
    zh: ({ name, other }) => ({
      fact: `${quoteZh(name)}与${quoteZh(other)}只有大小写不同`,
      notes: ["这样的名称容易混淆：请改掉其中一个"],
    }),
  },
  "reserved-name": {
    en: ({ name, reason }) => ({
      fact:
        reason === "language"
          ? `${quoteEn(name)} already has a meaning in the language`
          : `${quoteEn(name)} is a column of every table of results`,
      notes: [`choose a longer name, for example ${quoteEn(`${name}_value`)}`],
    }),
    zh: ({ name, reason }) => ({
      fact:
        reason === "language"
          ? `${quoteZh(name)}在模型语言中已有含义，不能用作名称`
          : `${quoteZh(name)}是每个结果表都有的列名，不能用作维度或指标的名称`,
      notes: [`请换一个更长的名称，例如${quoteZh(`${name}_value`)}`],
    }),
  },
  "file-missing": {
    en: ({ file, near }) => ({
      fact: `there is no file ${quoteEn(file)} in the model's folder`,
      notes: [...didYouMeanEn(near), "paths are relative to the model's folder, with / between folders"],
    }),
    zh: ({ file, near }) => ({
      fact: `模型文件夹中没有文件${quoteZh(file)}`,
      notes: [...didYouMeanZh(near), "路径以模型文件夹为起点，文件夹之间用 / 分隔"],
    }),
  },
  "file-outside": {
    en: ({ file }) => ({
      fact: `${quoteEn(file)} lies outside the model's folder`,
      notes: [
        "a model reads only its own folder, so that it can be copied whole: put the file there, for example in data/",
      ],
    }),
    zh: ({ file }) => ({
      fact: `${quoteZh(file)}在模型文件夹之外`,
      notes: ["模型只读取自己的文件夹，这样才能整体复制：请把文件放进来，例如放在 data/ 中"],
    }),
  },
  "include-place": {
    en: ({ file }) => ({
      fact: `${quoteEn(file)} cannot be included`,
      notes: [
        "a variant in a folder of its own shares YAML files of the folder above, as in: include: [../demography.yaml]",
      ],
    }),
    zh: ({ file }) => ({
      fact: `不能引入${quoteZh(file)}`,
      notes: ["变体模型放在单独的文件夹中，可共用上一级文件夹的 YAML 文件，例如：include: [../demography.yaml]"],
    }),
  },
  "include-in-included": {
    en: ({ file }) => ({
      fact: `${quoteEn(file)} is included, and includes files itself`,
      notes: ["list all files in the model that is run: what it is made of then stands in one place"],
    }),
    zh: ({ file }) => ({
      fact: `${quoteZh(file)}是被引入的文件，却又引入其他文件`,
      notes: ["请在所运行的模型中列出全部文件，使模型的组成集中在一处"],
    }),
  },
} satisfies MessageTopic;

const BY_ELEMENT = {
  en: "to give each element its own number, declare the dimension after the name: name[dimension]",
  zh: "如果每个元素各有一个数值，请在名称后面声明维度：名称[维度]",
} as const;

const BLANKS = { tab: "制表符（Tab）", "full-width blank": "全角空格", "no-break space": "不换行空格" } as const;

/** `key: "text"`, in the quotes that the text does not have itself. */
function quoted(key: string, text: string): string {
  const sign = text.includes('"') ? "'" : '"';
  return `${key === "" ? "" : `${clip(key)}: `}${sign}${clip(text, 80)}${sign}`;
}

/** A number written with thousands separators, a percent sign or full-width digits, and how to write it. */
function numberHint(expected: string, text: string, side: "en" | "zh"): string[] {
  if (!expected.startsWith("number")) return [];
  if (/^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text)) {
    const plain = text.replace(/[,，]/g, "");
    return [side === "en" ? `write it without separators: ${plain}` : `不要写千位分隔符：${plain}`];
  }
  const percent = /^(-?\d+(?:\.\d+)?)\s*[%％]$/.exec(text);
  if (percent) {
    const share = Number((Number(percent[1]) / 100).toPrecision(12));
    return [side === "en" ? `write it as a share: ${share}` : `请写成比例：${share}`];
  }
  if (/^[\d０-９．.－-]+$/.test(text) && /[０-９．－]/.test(text)) {
    const plain = text.normalize("NFKC");
    return [side === "en" ? `these are full-width characters; write ${plain}` : `这里用了全角字符，请写 ${plain}`];
  }
  if (/[*/+^()]/.test(text)) {
    return [
      side === "en"
        ? "what is computed is an auxiliary: give the equation a place under auxiliaries"
        : "需要计算的量是辅助变量：请把方程写在 auxiliaries 部分",
    ];
  }
  if (/^-?[\d.]+\s*\D+$/.test(text)) {
    return [side === "en" ? 'write the number alone; the unit goes into "unit"' : "这里只写数字；单位写在 unit 里"];
  }
  return [];
}

/** The same text as a name, where that is possible. */
function suggestedName(text: string): string[] {
  const name = text
    .trim()
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  if (name === "" || name === text || /[[\]]/.test(text) || /^\p{N}+$/u.test(name)) return [];
  return [/^\p{N}/u.test(name) ? `_${name}` : name];
}

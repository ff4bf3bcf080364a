/** Wording of what can be wrong with an XMILE file. */
import type { XmileExpected, XmileReferenceFault, XmileUnsupported, XmlFault } from "../diagnostic.ts";
import type { MessageTopic } from "./message.ts";
import { clip, namesEn, namesZh, quoteEn, quoteZh } from "./terms.ts";

export interface Words {
  readonly fact: string;
  readonly notes: readonly string[];
}
type Side = "en" | "zh";
type Table<Key extends string> = Readonly<Record<Key, Readonly<Record<Side, Words>>>>;

const words = (fact: string, ...notes: string[]): Words => ({ fact, notes });
/** `$` stands for the name that is concerned, `@` for the place. */
const fill = ({ fact, notes }: Words, name: string, where = ""): Words => {
  const put = (text: string) => text.replaceAll("$", () => clip(name)).replaceAll("@", () => clip(where));
  return { fact: put(fact), notes: notes.map(put) };
};

const XML: Table<Exclude<XmlFault, "other">> = {
  doctype: {
    en: words(
      "a document type declaration is not read",
      "models have none: remove <!DOCTYPE …>; it could make a small file huge",
    ),
    zh: words("不读取文档类型声明", "模型文件不需要它：请删去 <!DOCTYPE …>，它可以让很小的文件膨胀到极大"),
  },
  entity: {
    en: words(
      '"$" is not an entity of XML',
      "there are five: &lt; &gt; &amp; &quot; &apos; – for an ampersand itself write &amp;",
    ),
    zh: words("“$”不是 XML 的实体", "只有五个：&lt; &gt; &amp; &quot; &apos;；要写 & 本身，请写 &amp;"),
  },
  "character-reference": {
    en: words(
      "this character reference names no character",
      "write &#9; or &#x9; with the number of a character of Unicode",
    ),
    zh: words("这个字符引用没有对应的字符", "写法：&#9; 或 &#x9;，数字为 Unicode 码位"),
  },
  "not-closed": {
    en: words(
      "the element <$> is never closed",
      "write </$> where it ends; elements end in the opposite order in which they begin",
    ),
    zh: words("元素 <$> 没有结束标签", "请在它结束的地方写 </$>；后开始的元素先结束"),
  },
  "extra-close": {
    en: words("this end tag closes nothing that was opened"),
    zh: words("这个结束标签没有对应的开始标签"),
  },
  "after-end": {
    en: words(
      "something stands outside the one outermost element",
      "an XML file has one outermost element: <xmile> … </xmile>",
    ),
    zh: words("最外层元素之外还有内容", "一个 XML 文件只有一个最外层元素：<xmile> … </xmile>"),
  },
  unfinished: {
    en: words("the file ends too early", "perhaps it was cut off while it was saved or copied"),
    zh: words("文件没有写完", "也许在保存或复制时被截断了"),
  },
  attribute: {
    en: words(
      "an attribute is written wrongly here",
      'attributes are written name="value", each once, with a blank before each',
    ),
    zh: words("这里的属性写法有误", '属性写作 name="value"，每个只写一次，前面要有空格'),
  },
  character: {
    en: words("a character stands here that XML does not allow", "inside texts write &lt; for < and &amp; for &"),
    zh: words("这里有 XML 不允许的字符", "在文字中请用 &lt; 表示 <，用 &amp; 表示 &"),
  },
  encoding: {
    en: words(
      "the bytes here are no characters of the encoding that the file has or declares",
      'save it as UTF-8, or declare the encoding: <?xml version="1.0" encoding="GB18030"?>',
    ),
    zh: words(
      "这里的字节不是文件编码（或所声明编码）中的字符",
      '请存为 UTF-8，或声明编码：<?xml version="1.0" encoding="GB18030"?>',
    ),
  },
};

const EXPECTED: Readonly<Record<XmileExpected, Readonly<Record<Side, string>>>> = {
  number: { en: "a number", zh: "数字" },
  "whole number": { en: "a whole number above 0", zh: "大于 0 的整数" },
  "number from 0 to 1": { en: "a number from 0 to 1", zh: "0 到 1 之间的数字" },
  "true or false": { en: "true or false", zh: "true 或 false" },
  method: {
    en: "euler, rk2 or rk4, or a list with one of them as fallback",
    zh: "euler、rk2 或 rk4，或以其中之一为备选的列表",
  },
  "type of a graph": { en: "continuous, extrapolate or discrete", zh: "continuous、extrapolate 或 discrete" },
  "as many as ypts": { en: "as many numbers as <ypts> has", zh: "与 <ypts> 同样多的数字" },
  "version of Terrace's parts": {
    en: "1: this program is older than the one that wrote the file",
    zh: "1：写出该文件的程序比本程序新",
  },
  "path inside the model's folder": {
    en: "the path of a .yaml or .csv file inside the model's folder",
    zh: "模型文件夹之内的 .yaml 或 .csv 文件路径",
  },
  "count of elements": { en: "the number of its <elem>", zh: "其 <elem> 的个数" },
};

const REFERENCES: Table<XmileReferenceFault> = {
  "no-model": {
    en: words(
      'the module "$" uses a model that is not in the file',
      'a model of that name is written <model name="$">',
    ),
    zh: words("模块“$”使用的模型不在文件中", '这个名称的模型写作 <model name="$">'),
  },
  "no-input": {
    en: words('there is no variable "$" for this connection to go to', 'it is written to="module.input"'),
    zh: words("这个连接的目标变量“$”不存在", '写法：to="模块.输入"'),
  },
  "no-source": {
    en: words(
      'there is no variable "$" for this connection to come from',
      "a name that begins with a dot is looked for in the outermost model",
    ),
    zh: words("这个连接的来源变量“$”不存在", "以点开头的名称从最外层模型查找"),
  },
  "not-an-input": {
    en: words(
      '"$" is connected and is not an input',
      'only a variable with access="input" takes its value from outside',
    ),
    zh: words("“$”被连接了，但它不是输入", '只有写明 access="input" 的变量才能从外部取值'),
  },
  "two-sources": {
    en: words(
      'the input "$" is connected to two variables',
      "only one of them could count: remove the other connection",
    ),
    zh: words("输入“$”连接了两个变量", "只能有一个起作用：请删去另一个连接"),
  },
  "not-connected": {
    en: words(
      'the input "$" of the module "@" is neither connected nor has an equation',
      "connect it in <module>, or give it an equation to be used by itself",
    ),
    zh: words("模块“@”的输入“$”既没有连接，也没有方程", "请在 <module> 中连接它，或给它一个单独使用时的方程"),
  },
  "outside-module": {
    en: words(
      '"$" is a variable outside this module or macro and cannot be read from here',
      "a module gets values through inputs that are connected, a macro through its arguments; .$ names the outermost model",
    ),
    zh: words("“$”在此模块或宏之外，不能从这里读取", "模块通过连接的输入取值，宏通过参数取值；.$ 指最外层模型的变量"),
  },
  "no-such-path": {
    en: words(
      '"$" leads to no variable',
      "before the dot stands a module of this model, after it a variable of that module; a name with a dot in it needs quotes",
    ),
    zh: words("“$”没有指向任何变量", "点前面是本模型的模块，点后面是该模块的变量；名称本身含点时要加双引号"),
  },
};

const UNSUPPORTED: Table<XmileUnsupported> = {
  oven: {
    en: words('"$" is an oven, and ovens do not run here'),
    zh: words("“$”是烤箱（oven），这里不能运行"),
  },
  multiplier: {
    en: words(
      'the flow "$" has a unit multiplier, which does not run here',
      "multiply in the equation of the flow that receives it",
    ),
    zh: words("流量“$”带有单位换算 multiplier，这里不能运行", "请在接收它的流量的方程中相乘"),
  },
  overflow: {
    en: words(
      'the flow "$" is marked as an overflow and leaves no queue',
      "remove <overflow/>, or make its stock a queue",
    ),
    zh: words("流量“$”标为溢出（overflow），却不从队列流出", "请删去 <overflow/>，或把它的存量设为队列"),
  },
  spreadflow: {
    en: words(
      'the inflow "$" is spread along its conveyor, which does not run here',
      "inflows enter a conveyor at its start",
    ),
    zh: words("流入“$”沿输送带分布（spreadflow），这里不能运行", "流入只能从输送带的起点进入"),
  },
  "second-exit": {
    en: words(
      '"$" is a second outflow of a conveyor and is not marked as a leak',
      "one outflow leaves at the end of the belt; mark the others with <leak/>",
    ),
    zh: words("“$”是输送带的第二个流出，且没有标为泄漏", "只有一个流出在末端离开；其余请用 <leak/> 标明"),
  },
  "belt-method": {
    en: words(
      '"$" is a conveyor or queue, which moves by whole steps and needs the method of Euler',
      'write method="euler" in <sim_specs>',
    ),
    zh: words("“$”是输送带或队列，按整步移动，需要欧拉法", '请在 <sim_specs> 中写 method="euler"'),
  },
  placeholder: {
    en: words(
      'the equation of "$" is a placeholder that a converter left',
      "write the equation: ??? stands where the converter could not",
    ),
    zh: words("“$”的方程是转换工具留下的占位符", "请写出方程：??? 表示转换工具未能写出"),
  },
  "partial-run": {
    en: words(
      'this model runs a part of itself only (run by "$"), which is not supported',
      "remove <run>, so that the whole model runs",
    ),
    zh: words("该模型只运行其中一部分（run by“$”），这里不支持", "请删去 <run>，让整个模型运行"),
  },
  resource: {
    en: words('"$" is in another file, which is not read', "put the model into this file"),
    zh: words("“$”在另一个文件中，这里不读取", "请把该模型放进这个文件"),
  },
  import: {
    en: words(
      'the file imports data from "$" when it runs, which is not supported',
      'put the numbers into the model, or write enabled="false"',
    ),
    zh: words("文件在运行时从“$”导入数据，这里不支持", '请把数字写进模型，或写 enabled="false"'),
  },
  "macro-clock": {
    en: words(
      'the macro "$" has a clock of its own, which is not supported',
      "remove <sim_specs>, so that it runs with the model's",
    ),
    zh: words("宏“$”有自己的时钟，这里不支持", "请删去 <sim_specs>，使其随模型的时钟运行"),
  },
  "module-clock": {
    en: words(
      'the model "$" has a clock of its own, which is not supported',
      "remove <sim_specs>, so that it runs with the whole",
    ),
    zh: words("模型“$”有自己的时钟，这里不支持", "请删去 <sim_specs>，使其随整体的时钟运行"),
  },
  "invalid-index": {
    en: words(
      "this subscript is computed, and the file wants NaN where it lies outside the array; here that is 0",
      'write invalid_index_value="0" in <uses_arrays> if no subscript lies outside',
    ),
    zh: words(
      "这个下标由计算得出，而文件要求越界时为 NaN；这里越界时为 0",
      '如果下标不会越界，请在 <uses_arrays> 中写 invalid_index_value="0"',
    ),
  },
  "option-filter": {
    en: words(
      'the macro "$" replaces an option of the language, which is not supported',
      "of such macros only non_negative of flows, with two parameters, runs here",
    ),
    zh: words("宏“$”替换语言的一个选项，这里不支持", "这类宏中只支持流量的 non_negative（两个参数）"),
  },
  "changed-dimensions": {
    en: words(
      "the dimensions were changed in another tool after Terrace wrote the file",
      "change them in the YAML model, or remove the elements of the prefix terrace: to read the file as XMILE alone",
    ),
    zh: words(
      "维度在 Terrace 写出文件之后被其他工具修改过",
      "请在 YAML 模型中修改维度，或删去 terrace: 前缀的元素，按普通 XMILE 读取",
    ),
  },
  "macro-argument": {
    en: words('the macro uses its parameter "$" as an array or table, and the argument here is not just a name'),
    zh: words("宏把参数“$”当作数组或表使用，而这里的实参不只是一个名称"),
  },
};

export const XMILE_MESSAGES = {
  "xml-syntax": {
    en: ({ reason, text, detail }) =>
      reason === "other" ? words(`this is not valid XML: ${clip(detail, 120)}`) : fill(XML[reason].en, text),
    zh: ({ reason, text, detail }) =>
      reason === "other"
        ? words("这里不是合法的 XML", `解析器的原话：${clip(detail, 120)}`)
        : fill(XML[reason].zh, text),
  },
  "xmile-structure": {
    en: ({ reason, element, inside }) => {
      const tag = `<${clip(element)}>`;
      const place = inside === "" ? "the file" : /^\w+$/.test(inside) ? `<${inside}>` : quoteEn(inside);
      switch (reason) {
        case "unknown":
          return words(
            `${tag} in ${place} is not known, so what it does to the numbers is not either`,
            "remove it if it has no effect; elements of other tools carry a prefix, such as isee:",
          );
        case "repeated":
          return words(`${tag} stands twice in ${place}`, "only one of them could count: remove the other");
        case "missing":
          return words(`${tag} is missing in ${place}`);
        case "no-name":
          return words(`${tag} has no name`);
        case "both":
          return words(
            `${quoteEn(inside)} has an equation for all elements and others for single ones`,
            "write either <eqn>, or <element> for every element",
          );
      }
    },
    zh: ({ reason, element, inside }) => {
      const tag = `<${clip(element)}>`;
      const place = inside === "" ? "文件" : /^\w+$/.test(inside) ? ` <${inside}> ` : quoteZh(inside);
      switch (reason) {
        case "unknown":
          return words(
            `不认识${place}中的 ${tag}，因而也不知道它对数值有什么影响`,
            "如果它没有作用，请删去；其他工具自己的元素带有前缀，例如 isee:",
          );
        case "repeated":
          return words(`${place}中出现了两个 ${tag}`, "只能有一个起作用：请删去另一个");
        case "missing":
          return words(`${place}中缺少 ${tag}`);
        case "no-name":
          return words(`${tag} 没有名称`);
        case "both":
          return words(
            `${quoteZh(inside)}既有适用于全部元素的方程，又有单个元素的方程`,
            "请只写 <eqn>，或为每个元素写 <element>",
          );
      }
    },
  },
  "xmile-value": {
    en: ({ where, text, expected }) =>
      words(`${quoteEn(where)} must be ${EXPECTED[expected].en}${text === "" ? "" : `, not ${quoteEn(text)}`}`),
    zh: ({ where, text, expected }) =>
      words(`${quoteZh(where)}应为${EXPECTED[expected].zh}${text === "" ? "" : `，而不是${quoteZh(text)}`}`),
  },
  "xmile-reference": {
    en: ({ reason, name, where }) => fill(REFERENCES[reason].en, name, where),
    zh: ({ reason, name, where }) => fill(REFERENCES[reason].zh, name, where),
  },
  "xmile-unsupported": {
    en: ({ what, name }) => fill(UNSUPPORTED[what].en, name),
    zh: ({ what, name }) => fill(UNSUPPORTED[what].zh, name),
  },
  "xmile-changed": {
    en: ({ names }) =>
      words(
        `${namesEn(names)} ${names.length === 1 ? "was" : "were"} changed in another tool after Terrace wrote the file`,
        "what XMILE says of them counts; what Terrace alone knew of them, such as a distribution, is gone",
      ),
    zh: ({ names }) =>
      words(
        `${namesZh(names)}在 Terrace 写出文件之后被其他工具修改过`,
        "这些变量以 XMILE 的内容为准；只有 Terrace 才知道的内容（例如概率分布）不再有效",
      ),
  },
} satisfies MessageTopic;

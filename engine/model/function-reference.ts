/** The reference of the functions (docs/functions.md) from their table. */
import type { FunctionEntry, FunctionExample, ShapeRule, Wording } from "./functions/function-entry.ts";
import { TOPICS } from "./functions.ts";

const SHAPES: Readonly<Record<ShapeRule, Wording>> = {
  element: { en: "element by element", zh: "逐元素" },
  over: { en: "over the dimensions named", zh: "对所列维度归并" },
  along: { en: "for each element of the dimension, from all of them", zh: "对维度的每个元素，由全部元素算出" },
};

const HEAD = (model: string) => `# Functions

This page is written from the table in \`engine/model/functions/\`; its examples run as tests. 本页由函数表生成，示例都作为测试运行。

A name that is not here is an error when the model is loaded; a name of Vensim or XMILE brings the name to write instead.
Arguments in square brackets may be left out. Delays, smooths and functions of earlier values may stand inside any
expression, also by element; each call has stocks or a memory of its own. 方括号中的参数可以省略。延迟、平滑等函数可用在任何表达式中，
各次调用互不影响。

Units: arguments with the same letter have the same unit; \`time\` is the unit of time of the model; \`any\` is not compared.
单位：字母相同的参数单位相同；\`time\` 为模型的时间单位；\`any\` 不比较。

The examples stand in this model. 示例所在的模型如下。

\`\`\`yaml
${model}\`\`\`
`;

/** The whole page. */
export function functionReference(entries: readonly FunctionEntry[], exampleModel: string): string {
  const sections = Object.entries(TOPICS).map(([topic, title]) => {
    const own = entries.filter((e) => e.topic === topic);
    return [`## ${title.en} ${title.zh}`, ...own.map(section)].join("\n\n");
  });
  return `${[HEAD(exampleModel), ...sections].join("\n")}\n`.replace(/\n{3,}/g, "\n\n");
}

function section(entry: FunctionEntry): string {
  const optional = entry.parameters.flatMap((p) => (p.otherwise ? [{ name: p.name, ...p.otherwise }] : []));
  const facts = [
    entry.form.kind === "lookup" || entry.form.kind === "curve"
      ? "units 单位 those of the lookup 同查找表"
      : `units 单位 \`${entry.units}\``,
    `shape 形状 ${SHAPES[entry.shape].en} ${SHAPES[entry.shape].zh}`,
    ...optional.map((o) => `\`${o.name}\` default 缺省 ${o.en === o.zh ? o.en : `${o.en} ${o.zh}`}`),
  ];
  return [
    `### \`${entry.signature}\``,
    entry.meaning.en,
    entry.meaning.zh,
    facts.map((f) => `* ${f}`).join("\n"),
    ...(entry.elsewhere ? [`Elsewhere 其他工具: ${entry.elsewhere.en} ${entry.elsewhere.zh}`] : []),
    ["```text", ...entry.examples.map(example), "```"].join("\n"),
  ].join("\n\n");
}

function example({ equation, at, gives }: FunctionExample): string {
  const values = gives.map((v) => String(Number(v.toPrecision(12)))).join(", ");
  if (at === null) return `${equation} = ${values}`;
  return `${equation}: ${at === "place" ? "north, middle, south" : `time ${at.join(", ")}`} = ${values}`;
}

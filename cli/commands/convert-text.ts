/** What `terrace convert` tells: what readers of XMILE do not see, and which units do not fit. */
import type { Unseen } from "../../engine/convert/write-variable.ts";
import type { XmileExport } from "../../engine/convert/write-xmile.ts";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";

type Words = Readonly<Record<Language, string>>;

const SECTIONS: Readonly<Record<string, Words>> = {
  correlations: { en: "correlations", zh: "相关" },
  events: { en: "events", zh: "事件" },
  identities: { en: "identities", zh: "恒等式" },
  targets: { en: "targets", zh: "目标" },
  scenarios: { en: "scenarios", zh: "情景" },
  charts: { en: "charts", zh: "图表" },
};

/** Properties of variables, in the order in which they are told; equations come last, with the part that is concerned. */
const KINDS: readonly (readonly [kind: Unseen["kind"], words: Words])[] = [
  ["lever", { en: "levers, which have their default", zh: "政策杠杆（取默认值）" }],
  ["noise", { en: "noise, which has its first value", zh: "随机过程（取初始值）" }],
  ["uncertainty", { en: "distributions", zh: "概率分布" }],
  ["lookup", { en: "lookups read from the next point", zh: "按下一点取值的查找表" }],
  ["series", { en: "series", zh: "外生序列" }],
];

/** @param savesUnevenly whether the file saves at steps that no save interval gives, as where `SAVEPER` changes during a run */
export function unseenLines(
  exported: XmileExport | null,
  looseUnits: readonly string[],
  savesUnevenly: boolean,
  language: Language,
): string[] {
  const lines = exported ? sayUnseen(exported, language) : [];
  if (savesUnevenly) lines.push(UNEVEN[language]);
  if (looseUnits.length === 0) return lines;
  const names = list(looseUnits, language);
  const said = {
    en: `units that do not fit stand in the notes: ${names}`,
    zh: `不相符的单位已写入备注：${names}`,
  };
  return [...lines, said[language]];
}

function sayUnseen({ sections, unseen }: XmileExport, language: Language): string[] {
  const lines: string[] = [];
  const counted = sections.map(({ section, count }) => `${count} ${SECTIONS[section]![language]}`);
  if (counted.length > 0) lines.push(counted.join(language === "zh" ? "、" : ", "));
  for (const [kind, words] of KINDS) {
    const names = unseen.filter((u) => u.kind === kind).map((u) => u.name);
    if (names.length > 0) lines.push(`${words[language]}${language === "zh" ? "：" : ": "}${list(names, language)}`);
  }
  for (const { kind, name, what } of unseen) if (kind === "equation") lines.push(`${name}: ??? ${what}`);
  if (lines.length === 0) return [];
  const head = {
    en: "only Terrace reads these parts again; other tools do not see:",
    zh: "以下内容只有 Terrace 能再次读取，其他工具看不到：",
  };
  return [head[language], ...lines.map((line) => `  ${line}`)];
}

const UNEVEN: Words = {
  en: "the save interval changes during the run; what is written saves every step",
  zh: "保存间隔在运行中变化；写出的模型保存每一步",
};

const MOST_NAMED = 12;

function list(names: readonly string[], language: Language): string {
  const shown = names.slice(0, MOST_NAMED).join(language === "zh" ? "、" : ", ");
  const more = names.length - MOST_NAMED;
  if (more <= 0) return shown;
  return language === "zh" ? `${shown} 等 ${names.length} 个` : `${shown} and ${more} more`;
}

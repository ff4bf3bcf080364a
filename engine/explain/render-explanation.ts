/** Explanations as text, and as Mermaid diagrams. */
import type { Language } from "../diagnostics/diagnostic.ts";
import type { Explanation, SignedLoop } from "./explain-variable.ts";
import type { CausalTree } from "./links.ts";

const KINDS_ZH: Readonly<Record<Explanation["kind"], string>> = {
  stock: "存量",
  flow: "流量",
  auxiliary: "辅助变量",
  parameter: "参数",
  lever: "政策杠杆",
  lookup: "查找表",
  series: "外生序列",
  noise: "随机过程",
};
const WORDS = {
  en: {
    unit: "unit",
    source: "source",
    grade: "grade",
    note: "note",
    written: "as written",
    read: "as read",
    causes: "depends on",
    uses: "is used by",
    loops: "feedback loops",
    none: "nothing",
    again: "(see above)",
    deeper: "…",
  },
  zh: {
    unit: "单位",
    source: "来源",
    grade: "等级",
    note: "说明",
    written: "原文",
    read: "解读",
    causes: "取决于",
    uses: "用于",
    loops: "反馈回路",
    none: "无",
    again: "（见上）",
    deeper: "…",
  },
} as const;
const LINKS_ZH: Readonly<Record<string, string>> = { flow: "流量", initial: "初值", event: "事件", noise: "随机过程" };
const ROLES_ZH: Readonly<Record<string, string>> = {
  equation: "方程",
  initial: "初值",
  inflow: "流入",
  outflow: "流出",
};

export function renderExplanation(e: Explanation, language: Language): string {
  const w = WORDS[language];
  const shape = e.shape.length > 0 ? `[${e.shape.join(", ")}]` : "";
  const kind = language === "zh" ? KINDS_ZH[e.kind] : e.kind;
  const lines = [`${e.name}${shape}  ${kind}  ${e.title[language]}`];
  if (e.description) lines.push(`  ${e.description[language]}`);
  lines.push(`  ${w.unit}: ${e.unit}`);
  for (const [label, value] of [
    [w.source, e.source],
    [w.grade, e.grade],
    [w.note, e.note?.[language] ?? null],
  ] as const) {
    if (value !== null) lines.push(`  ${label}: ${value}`);
  }
  for (const q of e.equations) {
    const role = language === "zh" ? (ROLES_ZH[q.role] ?? q.role) : q.role;
    lines.push(
      "",
      `  ${role}${q.elements === "" ? "" : ` [${q.elements}]`}`,
      `    ${w.written}: ${q.written}`,
      `    ${w.read}: ${q.read}`,
    );
  }
  lines.push("", `${w.causes}:`, ...treeLines(e.causes, language), "", `${w.uses}:`, ...treeLines(e.uses, language));
  if (e.loops.length > 0) lines.push("", `${w.loops}:`, ...e.loops.map((l) => `  ${loopLine(l, language)}`));
  return lines.join("\n");
}

function treeLines(tree: CausalTree, language: Language): string[] {
  if (tree.branches.length === 0) return [`  ${WORDS[language].none}`];
  const lines: string[] = [];
  const walk = (branches: readonly CausalTree[], indent: string): void => {
    for (const [i, b] of branches.entries()) {
      const last = i === branches.length - 1;
      const mark =
        b.cut === "again" ? ` ${WORDS[language].again}` : b.cut === "deeper" ? ` ${WORDS[language].deeper}` : "";
      const kind =
        b.kind === "equation" || b.kind === null
          ? ""
          : ` (${language === "zh" ? (LINKS_ZH[b.kind] ?? b.kind) : b.kind})`;
      lines.push(`${indent}${last ? "└─ " : "├─ "}${b.name}${kind}${mark}`);
      walk(b.branches, `${indent}${last ? "   " : "│  "}`);
    }
  };
  walk(tree.branches, "  ");
  return lines;
}

/** `reinforcing  a →+ b →- c →- a`. */
export function loopLine(loop: SignedLoop, language: Language): string {
  const en = { "+": "reinforcing", "-": "balancing", "±": "mixed", "0": "not active at the start" };
  const zh = { "+": "增强", "-": "平衡", "±": "混合", "0": "期初不起作用" };
  const kind = (language === "zh" ? zh : en)[loop.sign];
  const chain = loop.names.map((n, i) => `${n} →${loop.links[i]!} `).join("");
  return `${kind}  ${chain}${loop.names[0]!}`;
}

/** A causal loop diagram of some loops as a Mermaid flowchart. */
export function loopsMermaid(loops: readonly SignedLoop[]): string {
  const edges = new Set<string>();
  for (const { names, links } of loops) {
    for (const [i, name] of names.entries())
      edges.add(`  ${name} -->|"${links[i]!}"| ${names[(i + 1) % names.length]!}`);
  }
  return ["flowchart LR", ...edges].join("\n");
}

/** Causes and uses of one variable as a Mermaid flowchart. */
export function explanationMermaid(e: Explanation): string {
  const edges = new Set<string>();
  const walk = (tree: CausalTree, inward: boolean): void => {
    for (const b of tree.branches) {
      edges.add(inward ? `  ${b.name} --> ${tree.name}` : `  ${tree.name} --> ${b.name}`);
      walk(b, inward);
    }
  };
  walk(e.causes, true);
  walk(e.uses, false);
  return ["flowchart LR", ...edges].join("\n");
}

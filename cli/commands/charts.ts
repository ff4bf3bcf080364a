/** `terrace charts diff`: whether data, style or both of drawn charts have changed. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { diffCharts } from "../../output/charts/diff-charts.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";

const IN_CHINESE = {
  no: "相同",
  data: "数据不同",
  style: "样式不同",
  both: "数据和样式都不同",
  "only in A": "仅 A 有",
  "only in B": "仅 B 有",
} as const;

const IN_ENGLISH = { no: "the same", data: "data", style: "style", both: "data and style" } as const;

export function chartsDiff(a: string, b: string, options: { language: Language; json: boolean }): number {
  const differences = diffCharts(a, b);
  const changed = differences.filter(({ differs }) => differs !== "no");
  if (options.json) process.stdout.write(`${JSON.stringify(differences, null, 1)}\n`);
  else {
    const zh = options.language === "zh";
    for (const { chart, differs } of changed) {
      process.stdout.write(
        `${chart}: ${zh ? IN_CHINESE[differs] : (({ ...IN_ENGLISH } as Record<string, string>)[differs] ?? differs)}\n`,
      );
    }
    const same = differences.length - changed.length;
    process.stdout.write(
      zh
        ? `${same} 个图相同，${changed.length} 个不同\n`
        : `${count(same, "chart")} the same, ${changed.length} ${changed.length === 1 ? "differs" : "differ"}\n`,
    );
  }
  return changed.length > 0 ? EXIT.failed : EXIT.well;
}

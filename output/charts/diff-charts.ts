/** How two folders of chart specifications differ: in data, in style, or in both. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalLine } from "../results/canonical-json.ts";
import { ChartError } from "./chart-problem.ts";

export interface ChartDifference {
  /** File name of the specification. */
  readonly chart: string;
  readonly differs: "no" | "data" | "style" | "both" | "only in A" | "only in B";
}

/** Chart by chart, by name. @throws ChartError if a folder has no specifications. */
export function diffCharts(a: string, b: string): readonly ChartDifference[] {
  const [first, second] = [specsOf(a), specsOf(b)];
  return [...new Set([...first.keys(), ...second.keys()])].sort().map((chart) => {
    const [one, other] = [first.get(chart), second.get(chart)];
    if (one === undefined) return { chart, differs: "only in B" };
    if (other === undefined) return { chart, differs: "only in A" };
    const [data, style] = [one.data !== other.data, one.style !== other.style];
    return { chart, differs: data && style ? "both" : data ? "data" : style ? "style" : "no" };
  });
}

function specsOf(folder: string): Map<string, { data: string; style: string }> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".vl.json")) : [];
  if (names.length === 0) throw new ChartError({ code: "no-specs", folder });
  return new Map(names.map((name) => [name, parted(readFileSync(join(folder, name), "utf8"))]));
}

/** Inline data (rows of objects) apart from the rest. The line on provenance at the foot counts as data: it names the run. */
function parted(text: string): { data: string; style: string } {
  const data: unknown[] = [];
  const style = JSON.parse(text, (key, value: unknown) => {
    if (key !== "values" || !Array.isArray(value) || !value.every((row) => typeof row === "object")) return value;
    data.push(value);
    return "data";
  }) as { title?: { text?: unknown } };
  data.push(style.title?.text);
  if (style.title !== undefined) style.title.text = "provenance";
  return { data: canonicalLine(data), style: canonicalLine(style) };
}

/** Chapters of the report: each is a question, and the kinds of charts that answer it. */
import type { Catalog, CatalogChart, Title } from "../../engine/ensemble/catalog.ts";
import type { DrawnChart } from "../charts/draw-charts.ts";

export type ChapterName = "course" | "places" | "money" | "goals" | "effects" | "risks" | "evidence";

export const CHAPTERS: Readonly<
  Record<ChapterName, { readonly title: Title; readonly kinds: readonly CatalogChart["kind"][] }>
> = {
  course: {
    title: { en: "Where is it heading?", zh: "总体走向" },
    kinds: ["fan", "lines", "areas", "phase", "pyramid"],
  },
  places: {
    title: { en: "Which places go another way?", zh: "地区差异" },
    kinds: ["multiples", "map", "ranks", "convergence", "robustness"],
  },
  money: { title: { en: "Who is financed by what?", zh: "资金来源与去向" }, kinds: ["stacked", "waterfall", "matrix"] },
  goals: { title: { en: "Which goals are on track?", zh: "目标进展" }, kinds: ["targets"] },
  effects: {
    title: { en: "What does a scenario change?", zh: "情景影响" },
    kinds: ["paired", "dumbbell", "decomposition", "tornado"],
  },
  risks: { title: { en: "Where should the risk office look?", zh: "风险预警" }, kinds: ["lights", "backtest"] },
  evidence: { title: { en: "How good is the evidence?", zh: "证据质量" }, kinds: ["quality", "table"] },
};

/** Chapters that have charts, with them in the model's order. */
export function chaptersOf(
  catalog: Catalog,
  charts: readonly DrawnChart[],
): readonly { readonly chapter: ChapterName; readonly shown: readonly DrawnChart[] }[] {
  const kindOf = new Map(catalog.charts.map(({ name, kind }) => [name, kind]));
  // The keys are those of ChapterName, in the order of reading.
  return (Object.keys(CHAPTERS) as ChapterName[])
    .map((chapter) => ({
      chapter,
      shown: charts.filter(({ name }) => CHAPTERS[chapter].kinds.includes(kindOf.get(name)!)),
    }))
    .filter(({ shown }) => shown.length > 0);
}

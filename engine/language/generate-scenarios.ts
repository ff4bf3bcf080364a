/** Scenarios made from lists of lever values: one lever at a time, or every combination. */
import type { LeverSetting, ScenarioDocument, Word } from "./document.ts";
import type { Fields, NodeReader } from "./node-reader.ts";
import type { YamlEntry } from "./yaml-node.ts";

const WAYS = ["one_at_a_time", "full_factorial"] as const;
type Way = (typeof WAYS)[number];

/** Most scenarios that one entry may make. */
const MAX_GENERATED = 10_000;

/** A value of a lever in a generated scenario, and its place in the lever's list (from 1). */
interface Level {
  readonly setting: LeverSetting;
  readonly position: number;
}

/**
 * Scenarios of an entry with `generate`; each lever has one value for all of them, or a list.
 *
 * `one_at_a_time` makes one scenario for each value in a list, with the other lists left alone: `sweep_road_1`, `sweep_road_2`,
 * `sweep_tax_1`. `full_factorial` makes one for each combination, the last lever changing fastest: `sweep_1_1`, `sweep_1_2`.
 *
 * @param common the name of the entry and what all its scenarios share
 */
export function readGenerated(
  read: NodeReader,
  fields: Fields,
  levers: readonly YamlEntry[],
  common: Omit<ScenarioDocument, "levers" | "repeated">,
): ScenarioDocument[] {
  const way = fields.choice<Way>("generate", WAYS);
  const lists = levers.map((entry) => readLevels(read, entry));
  if (way === null || lists.some((l) => l === null)) return [];
  const fixed = lists.flatMap((l) => (l!.isList ? [] : l!.levels.map((level) => level.setting)));
  const varied = lists.flatMap((l) => (l!.isList ? [l!.levels] : []));
  if (varied.length === 0) fields.required("levers", null);
  const count =
    way === "one_at_a_time" ? varied.reduce((n, l) => n + l.length, 0) : varied.reduce((n, l) => n * l.length, 1);
  if (count > MAX_GENERATED) {
    const data = { what: common.name.text, size: count, limit: MAX_GENERATED };
    read.diagnostics.add("model-too-large", common.name.span, data);
    return [];
  }
  const combinations = way === "one_at_a_time" ? varied.flatMap((l) => l.map((level) => [level])) : product(varied);
  return combinations.map((chosen, i) => ({
    ...common,
    name: generatedName(common.name, chosen, way),
    title: generatedTitle(common, chosen),
    levers: [...fixed, ...chosen.map((level) => level.setting)],
    repeated: i > 0,
  }));
}

function product(lists: readonly (readonly Level[])[]): Level[][] {
  return lists.reduce<Level[][]>((all, list) => all.flatMap((chosen) => list.map((level) => [...chosen, level])), [[]]);
}

function generatedName({ text, span }: Word, chosen: readonly Level[], way: Way): Word {
  const positions = chosen.map(({ position }) => position).join("_");
  const middle = way === "one_at_a_time" ? `_${chosen[0]!.setting.lever.text}` : "";
  return { text: `${text}${middle}_${positions}`, span };
}

function generatedTitle({ title }: { readonly title: ScenarioDocument["title"] }, chosen: readonly Level[]) {
  const settings = chosen.map(({ setting }) => `${setting.lever.text} = ${setting.set}`);
  const [en, zh] = [settings.join(", "), settings.join("，")];
  return title ? { en: `${title.en}: ${en}`, zh: `${title.zh}：${zh}` } : { en, zh };
}

/** One number, or a list of them, of one lever: `[0, 0.5, 1]`, or `{set: [0, 1], from: 2025}`. */
function readLevels(read: NodeReader, entry: YamlEntry): { isList: boolean; levels: Level[] } | null {
  const where = `"${entry.key}"`;
  const fields = entry.value.kind === "map" ? read.fields(entry.value, where, ["set", "from", "to", "lag"]) : null;
  const node = entry.value.kind === "map" ? fields?.required("set", fields.node("set")) : entry.value;
  if (!node) return null;
  const lever = { text: entry.key.normalize("NFC"), span: entry.keySpan };
  const [from, to, lag] = [fields?.number("from") ?? null, fields?.number("to") ?? null, fields?.number("lag") ?? null];
  const items = node.kind === "list" ? node.items : [node];
  const levels = items.map((item, i): Level | null => {
    const set = read.number(item, where);
    if (set === null) return null;
    return { setting: { lever, set, setSpan: item.span, from, to, lag, span: item.span }, position: i + 1 };
  });
  if (levels.some((l) => l === null) || levels.length === 0) return null;
  return { isList: node.kind === "list", levels: levels as Level[] };
}

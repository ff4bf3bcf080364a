/** Names from outside a model, held to those that it has. */
import { UsageError } from "./diagnostic.ts";
import { nearestNames } from "./nearest.ts";

/** What a name can be wanted for. */
export const NAME_KINDS = ["scenario", "indicator", "variable", "dimension", "element", "parameter or lever"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export const PLURALS: Readonly<Record<NameKind, string>> = {
  scenario: "scenarios",
  indicator: "indicators",
  variable: "variables",
  dimension: "dimensions",
  element: "elements",
  "parameter or lever": "parameters or levers",
};

/** So many of the known names are listed where none is near. */
const MOST_LISTED = 12;

/** The name itself if it is one of those known. @throws UsageError with near ones otherwise. */
export function known(name: string, names: readonly string[], kind: NameKind): string {
  allKnown([name], names, kind);
  return name;
}

/** The names themselves if all are known. @throws UsageError that lists every one that is not. */
export function allKnown(wanted: readonly string[], names: readonly string[], kind: NameKind): readonly string[] {
  const all = new Set(names);
  const unknown = wanted.filter((name) => !all.has(name));
  if (unknown.length === 0) return wanted;
  const near = [...new Set(unknown.flatMap((name) => nearestNames(name, names)))];
  const nouns = unknown.length === 1 ? kind : PLURALS[kind];
  const list = unknown.join(", ");
  if (near.length > 0) throw new UsageError(`unknown ${nouns}: ${list} (near: ${near.join(", ")})`);
  throw new UsageError(`unknown ${nouns}: ${list} (there are: ${listed(names)})`);
}

/** The save times that texts stand for. @throws UsageError that lists every one that is no save time. */
export function savedTimes(texts: readonly string[], saveTimes: readonly number[]): readonly number[] {
  const isSaved = (text: string) => text !== "" && saveTimes.includes(Number(text));
  const unknown = texts.filter((text) => !isSaved(text));
  if (unknown.length === 0) return texts.map(Number);
  const [list, first, last] = [unknown.join(", "), saveTimes[0], saveTimes.at(-1)];
  if (unknown.length === 1) throw new UsageError(`unknown time: ${list} (${first} to ${last})`);
  throw new UsageError(`unknown times: ${list} (${first} to ${last})`);
}

/** The first of a list of names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(", ");
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${shown} … +${more}` : shown === "" ? "–" : shown;
}

/**
 * The table of functions: arity, signature, shape and unit rules, lowering, documentation and examples. The resolver, the
 * checks and docs/functions.md read it, and the examples run as tests. A new function is one more entry in a file of `functions/`.
 */
import { ARITHMETIC } from "./functions/arithmetic.ts";
import { CHOICE } from "./functions/choice.ts";
import { DELAYS } from "./functions/delays.ts";
import { DIMENSIONS } from "./functions/dimensions.ts";
import { FINANCE } from "./functions/finance.ts";
import type { FunctionEntry, Topic, Wording } from "./functions/function-entry.ts";
import { INPUTS } from "./functions/inputs.ts";
import { LOOKUPS } from "./functions/lookups.ts";
import { PAST } from "./functions/past.ts";
import { SPECIAL } from "./functions/special.ts";

export type { FunctionEntry } from "./functions/function-entry.ts";

const ENTRIES: readonly FunctionEntry[] = [
  ...ARITHMETIC,
  ...SPECIAL,
  ...CHOICE,
  ...INPUTS,
  ...LOOKUPS,
  ...DIMENSIONS,
  ...PAST,
  ...DELAYS,
  ...FINANCE,
];

export const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = Object.fromEntries(ENTRIES.map((e) => [e.name, e]));

/** Titles of the topics, in the order of the reference. */
export const TOPICS: Readonly<Record<Topic, Wording>> = {
  arithmetic: { en: "Arithmetic", zh: "算术" },
  choice: { en: "Choice", zh: "选择" },
  inputs: { en: "Test inputs", zh: "测试输入" },
  lookups: { en: "Lookups", zh: "查找表" },
  dimensions: { en: "Over dimensions", zh: "维度" },
  past: { en: "Earlier values", zh: "过去的值" },
  delays: { en: "Delays and smooths", zh: "延迟与平滑" },
  finance: { en: "Finance", zh: "金融" },
};

const FOREIGN = new Map(ENTRIES.flatMap((e) => e.foreign.map((name) => [name, e] as const)));

/** Our function for a name of Vensim, XMILE, Stella or a spreadsheet; null where the name is not known. */
export function functionByForeignName(name: string): FunctionEntry | null {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "_");
  return FOREIGN.get(plain) ?? (Object.hasOwn(FUNCTIONS, plain) ? FUNCTIONS[plain]! : null);
}

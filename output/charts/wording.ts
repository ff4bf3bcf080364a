/**
 * Every sentence and label that charts and reports write, in both languages, one place each.
 */
export * from "./wording/kinds.ts";
export * from "./wording/reports.ts";
export * from "./wording/words.ts";

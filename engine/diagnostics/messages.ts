/**
 * All diagnostics in words: one wording for each code and language, joined from the topics.
 *
 * Every message says what is wrong with which thing, then what was probably meant and how to mend it. Facts are one
 * sentence without a final stop; names stand in double quotes; nobody is blamed.
 */
import type { Diagnostic, DiagnosticCode, DiagnosticData, Language, RelatedPlace } from "./diagnostic.ts";
import { CALL_MESSAGES } from "./messages/call-messages.ts";
import { CSV_MESSAGES } from "./messages/csv-messages.ts";
import { ENSEMBLE_MESSAGES } from "./messages/ensemble-messages.ts";
import { EQUATION_MESSAGES } from "./messages/equation-messages.ts";
import { EXTERNAL_DATA_MESSAGES } from "./messages/external-data-messages.ts";
import { FILE_MESSAGES } from "./messages/file-messages.ts";
import { FOREIGN_MESSAGES } from "./messages/foreign-messages.ts";
import type { Message, MessageTable } from "./messages/message.ts";
import { MODEL_MESSAGES } from "./messages/model-messages.ts";
import { SCENARIO_MESSAGES } from "./messages/scenario-messages.ts";
import { SUBSCRIPT_MESSAGES } from "./messages/subscript-messages.ts";
import { UNIT_MESSAGES } from "./messages/unit-messages.ts";
import { VENSIM_MESSAGES } from "./messages/vensim-messages.ts";
import { XMILE_MESSAGES } from "./messages/xmile-messages.ts";

export type { Message } from "./messages/message.ts";

/** Wording by code; the type makes a code without wording an error of compilation. */
export const MESSAGES: MessageTable = {
  ...FILE_MESSAGES,
  ...CSV_MESSAGES,
  ...EQUATION_MESSAGES,
  ...CALL_MESSAGES,
  ...SUBSCRIPT_MESSAGES,
  ...MODEL_MESSAGES,
  ...SCENARIO_MESSAGES,
  ...ENSEMBLE_MESSAGES,
  ...UNIT_MESSAGES,
  ...XMILE_MESSAGES,
  ...VENSIM_MESSAGES,
  ...EXTERNAL_DATA_MESSAGES,
  ...FOREIGN_MESSAGES,
};

/** The parts of the table, for the test that no code is worded twice. */
export const MESSAGE_TOPICS = [
  FILE_MESSAGES,
  CSV_MESSAGES,
  EQUATION_MESSAGES,
  CALL_MESSAGES,
  SUBSCRIPT_MESSAGES,
  MODEL_MESSAGES,
  SCENARIO_MESSAGES,
  ENSEMBLE_MESSAGES,
  UNIT_MESSAGES,
  XMILE_MESSAGES,
  VENSIM_MESSAGES,
  EXTERNAL_DATA_MESSAGES,
  FOREIGN_MESSAGES,
] as const;

/** A diagnostic in words. */
export function messageOf(diagnostic: Diagnostic, language: Language): Message {
  // The table pairs each code with its own data, which the union cannot show to the compiler.
  const wording = MESSAGES[diagnostic.code][language] as (
    data: DiagnosticData[DiagnosticCode],
    diagnostic: Diagnostic,
  ) => Message;
  return wording(diagnostic.data, diagnostic);
}

const RELATED: Readonly<Record<RelatedPlace["label"], { en: string; zh: string }>> = {
  "first-defined-here": { en: "first defined here", zh: "首次定义在这里" },
  "declared-here": { en: "declared here", zh: "声明在这里" },
  "lever-declared-here": { en: "the lever is declared here", zh: "政策杠杆声明在这里" },
  "used-here": { en: "used here", zh: "在这里使用" },
};

/** The few words that stand under a related place. */
export const relatedLabel = (label: RelatedPlace["label"], language: Language): string => RELATED[label][language];

/** Words of the renderer itself. */
export const PHRASES = {
  en: { error: "error", warning: "warning", uses: (name: string) => `uses ${name}` },
  zh: { error: "错误", warning: "警告", uses: (name: string) => `用到 ${name}` },
} as const;

/** The closing line: `2 errors, 1 warning`, with how many were not shown. */
export function countLine(errors: number, warnings: number, hidden: number, language: Language): string {
  if (language === "zh") {
    const parts = [errors > 0 ? `${errors} 个错误` : "", warnings > 0 ? `${warnings} 个警告` : ""].filter(
      (p) => p !== "",
    );
    return `共 ${parts.join("、")}${hidden > 0 ? `（其中 ${hidden} 个未显示）` : ""}`;
  }
  const count = (n: number, noun: string) => (n > 0 ? `${n} ${noun}${n === 1 ? "" : "s"}` : "");
  const parts = [count(errors, "error"), count(warnings, "warning")].filter((p) => p !== "");
  return `${parts.join(", ")}${hidden > 0 ? ` (${hidden} of them not shown)` : ""}`;
}

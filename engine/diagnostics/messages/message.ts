/** The shape of a worded diagnostic, and the table of wordings that `messages.ts` joins from the topics. */
import type { Diagnostic, DiagnosticCode, DiagnosticData } from "../diagnostic.ts";

/** A diagnostic in words. */
export interface Message {
  /** What is wrong, in one sentence that stands alone; no final stop. */
  readonly fact: string;
  /** A few words that stand under the caret. */
  readonly underline?: string | undefined;
  /** What was probably meant, how to mend it, and why where the rule surprises; one line each. */
  readonly notes: readonly string[];
}

/** The wording of one code in both languages. */
export interface Wording<Code extends DiagnosticCode> {
  en(data: DiagnosticData[Code], diagnostic: Diagnostic): Message;
  zh(data: DiagnosticData[Code], diagnostic: Diagnostic): Message;
}

/** One wording for each code: a code without wording does not type-check. */
export type MessageTable = { readonly [Code in DiagnosticCode]: Wording<Code> };

/** A part of the table; `satisfies` keeps the keys, so that the whole is checked where the parts are joined. */
export type MessageTopic = Partial<MessageTable>;

/** A message from its lines: the fact, then the notes. */
export const message = ([fact, ...notes]: readonly [string, ...string[]]): Message => ({ fact, notes });

/** The notes, or others where there are none. */
export const orElse = (notes: string[], ...others: string[]): string[] => (notes.length > 0 ? notes : others);

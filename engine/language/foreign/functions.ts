/** Functions of Vensim and XMILE: what each name stands for in our language, by dialect. */
import type { Span } from "../../diagnostics/source.ts";
import type { Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignExpression, ForeignName } from "./foreign-model.ts";
import type { Scope } from "./scope.ts";
import type { ExpressionTranslator } from "./translate-expression.ts";
import type { TranslationContext } from "./translation-context.ts";
import { VENSIM_FUNCTIONS } from "./vensim-functions.ts";
import { XMILE_FUNCTIONS } from "./xmile-functions.ts";

/** A call to be said in our language. */
export interface ForeignCall {
  readonly t: ExpressionTranslator;
  readonly name: ForeignName;
  readonly arguments: readonly ForeignExpression[];
  readonly scope: Scope;
  readonly span: Span;
  readonly b: ExpressionBuilder;
}

export interface FunctionRule {
  readonly atLeast: number;
  readonly atMost: number;
  readonly build: (call: ForeignCall) => Expression;
}

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

/** The rule of a function name, or null. Files that were converted to XMILE keep functions of Vensim that XMILE has not. */
export function ruleOf(context: TranslationContext, key: string): FunctionRule | null {
  const own = context.dialect === "xmile" && Object.hasOwn(XMILE_FUNCTIONS, key) ? XMILE_FUNCTIONS[key] : undefined;
  return own ?? (Object.hasOwn(VENSIM_FUNCTIONS, key) ? VENSIM_FUNCTIONS[key]! : null);
}

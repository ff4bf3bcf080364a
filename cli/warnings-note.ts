/** Tells on standard error how many warnings a model has; `check` shows them. */
import type { Language } from "../engine/diagnostics/diagnostic.ts";

export function noteWarnings(n: number, path: string, language: Language): void {
  if (n === 0) return;
  const en = `${n} warning${n === 1 ? "" : "s"}; terrace check ${path} shows ${n === 1 ? "it" : "them"}`;
  process.stderr.write(language === "zh" ? `有 ${n} 条警告；用 terrace check ${path} 查看\n` : `${en}\n`);
}

import type { Language } from "../engine/diagnostics/diagnostic.ts";

/** Language of messages: `--lang`, else the locale of the environment (a Chinese one gives Chinese). */
export function messageLanguage(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const at = argv.findIndex((a) => a === "--lang" || a.startsWith("--lang="));
  const given = at < 0 ? undefined : argv[at]!.includes("=") ? argv[at]!.split("=")[1] : argv[at + 1];
  if (given === "zh" || given === "en") return given;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return /^zh/i.test(locale) ? "zh" : "en";
}

/** Runs that went wrong, for people: what, where, when, in how many runs, and the command that shows one of them again. */
import type { Language } from "../engine/diagnostics/diagnostic.ts";
import type { FailureRow } from "../output/results/open-results.ts";

/** Variables named at most. */
const MOST_NAMED = 3;
/** Variables traced at most: the one that failed, and what its equation reads. */
const MOST_TRACED = 6;

/**
 * A line that counts, then for each variable where failures begin (the most frequent first) its earliest failure and the
 * command that replays that run with what the variable's equation reads beside it.
 */
export function failureReport(
  failures: readonly FailureRow[],
  runs: number,
  folder: string,
  language: Language,
  inputsOf: (variable: string) => readonly string[],
): string[] {
  const zh = language === "zh";
  const byVariable = new Map<string, FailureRow[]>();
  for (const f of failures) byVariable.set(f.variable, [...(byVariable.get(f.variable) ?? []), f]);
  const groups = [...byVariable.values()].sort((a, b) => b.length - a.length);
  const head = zh
    ? `错误[run-failed]：${runs} 次运行中有 ${failures.length} 次失败；汇总和图表不含这些运行`
    : `error[run-failed]: ${failures.length} of ${runs} runs failed; summaries and charts leave them out and say so`;
  const lines = groups.slice(0, MOST_NAMED).flatMap((group) => groupLines(group, folder, zh, inputsOf));
  const rest = groups.length - MOST_NAMED;
  const more = zh ? `   … 另有 ${rest} 个变量，见 failures.arrow` : `   … ${rest} more variables: see failures.arrow`;
  return [head, ...lines, ...(rest > 0 ? [more] : [])];
}

function groupLines(
  group: readonly FailureRow[],
  folder: string,
  zh: boolean,
  inputsOf: (variable: string) => readonly string[],
): string[] {
  const first = group.reduce((a, b) => (b.time < a.time ? b : a));
  const where = first.key === "" ? first.variable : `${first.variable}[${first.key.replaceAll("|", ", ")}]`;
  const run = zh ? `情景 ${first.scenario}，抽样 ${first.draw}` : `scenario ${first.scenario}, draw ${first.draw}`;
  const count = zh ? `${group.length} 次` : `${group.length} run${group.length === 1 ? "" : "s"}`;
  const fact =
    first.code === "identity-violated"
      ? zh
        ? `恒等式 "${where}" 不成立（残差为其规模的 ${first.value}）：${count}，最早在时间 ${first.time}（${run}）`
        : `identity "${where}" does not hold (residual ${first.value} of its scale): ${count}, first at time ${first.time} (${run})`
      : zh
        ? `"${where}" 变为 ${first.value}：${count}，最早在时间 ${first.time}（${run}）`
        : `"${where}" became ${first.value}: ${count}, first at time ${first.time} (${run})`;
  const trace =
    first.code === "identity-violated"
      ? ""
      : ` --trace ${[first.variable, ...inputsOf(first.variable)].slice(0, MOST_TRACED).join(",")}`;
  const command = `terrace replay ${folder} --scenario ${first.scenario} --draw ${first.draw}${trace}`;
  return [`   ${fact}`, `   = ${zh ? "重演：" : "replay: "}${command}`];
}

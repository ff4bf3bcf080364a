/** Problems with results in Chinese; names and paths stay as they are. */
import type { ResultsProblem } from "./results-error.ts";

/** What makes two runs different, and why shards do not belong together: the sentences of manifest.ts and merge-results.ts. */
const DETAILS: readonly (readonly [en: RegExp, zh: string])[] = [
  [/^"(.+)" is not a shard$/su, '"$1" 不是分片'],
  [/^none is given$/u, "没有给出分片"],
  [/^shard (\d+) is given twice$/u, "第 $1 分片给了两次"],
  [/^of (\d+) shards these are missing: (.+)$/su, "$1 个分片中缺少第 $2 个"],
  [/^it is one of (\d+), not of (\d+)$/u, "它是 $1 个分片之一，而不是 $2 个之一"],
  [/^the file of draws has changed$/u, "抽样文件已改变"],
  [/^model file (.+) is new$/su, "模型文件 $1 是新增的"],
  [/^model file (.+) is missing$/su, "缺少模型文件 $1"],
  [/^model file (.+) has changed$/su, "模型文件 $1 已改变"],
  [/^(\S+) was (.+) and is (.+)$/su, "$1 原为 $2，现为 $3"],
];

/** The detail in Chinese as far as its sentence is known; names and numbers stay as they are. */
function detail(text: string): string {
  const ofAnother = /^"(.+)" is of another run than "(.+?)": (.+)$/su.exec(text);
  if (ofAnother) return `"${ofAnother[1]}" 与 "${ofAnother[2]}" 不是同一次运行：${details(ofAnother[3]!.split("; "))}`;
  const known = DETAILS.find(([en]) => en.test(text));
  return known ? text.replace(known[0], known[1]) : text;
}

const details = (texts: readonly string[]): string => texts.map(detail).join("；");

export function describeInChinese(problem: ResultsProblem): string {
  switch (problem.code) {
    case "folder-exists":
      return `"${problem.path}" 已存在；用 --out 另选文件夹，或用 --force 替换`;
    case "name-taken":
      return `运行期间出现了 "${problem.path}"；结果完整，保存在 "${problem.partial}"`;
    case "unfinished-run":
      return `"${problem.path}" 是未完成的运行；用 --resume 继续，或用 --force 重新开始`;
    case "in-use":
      return `"${problem.path}" 正由 ${problem.owner} 写入`;
    case "other-run":
      return `"${problem.path}" 属于另一次运行，不能继续：${details(problem.differences)}`;
    case "other-model":
      return `"${problem.path}" 的来源不同：${details(problem.differences)}`;
    case "is-shard":
      return `"${problem.path}" 是分片 ${problem.shard.replace(" of ", "/")}；请用 "terrace merge" 合并全部分片`;
    case "no-merge":
      return `分片无法合并：${detail(problem.cause)}`;
    case "export-exists":
      return `"${problem.path}" 已存在；请用 --out 另选文件夹`;
    case "not-kept":
      return `"${problem.path}" 没有 ${problem.file}：该次运行只保留了 "${problem.keep}"`;
    case "no-checkpoint":
      return `"${problem.path}" 没有保存运行状态；请用 --checkpoint 年份 重新运行`;
    case "not-results":
      return `"${problem.path}" 不是 Terrace 的结果文件夹（没有 Terrace 写的 manifest.json）`;
    case "foreign-files":
      return `"${problem.path}" 中有不是 Terrace 写的文件（${list(problem.files)}），因此不会替换；请先移走`;
    case "missing-file":
      return `缺少文件 "${problem.path}"；结果文件夹不完整`;
    case "truncated-file":
      return `"${problem.path}" 不完整：文件末尾缺失；请重新运行`;
    case "damaged-file":
      return `"${problem.path}" 无法读取（${problem.cause}）；请重新运行`;
    case "newer-format":
      return `"${problem.path}" 的结果格式为 ${JSON.stringify(problem.version)}，此版本的 Terrace 不认识`;
    case "write-failed":
      return `无法写入 "${problem.path}"（${problem.cause}）`;
    case "column-clash":
      return `表 "${problem.table}" 会有两列都叫 "${problem.column}"；请给该指标或维度改名`;
    case "no-series":
      return `"${problem.path}" 没有 ${problem.series} 的序列；现有 ${list(problem.known)}`;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join("、");
  return names.length > 5 ? `${shown} 等 ${names.length} 项` : shown;
}

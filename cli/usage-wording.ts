/**
 * Wrong use in Chinese. Each message of the engine and of the commands has its sentence here, with `#` for names and numbers in their
 * order (`#2` for the second of them). The test beside it finds every message in the sources, so that none stays in English.
 */
import { NAME_KINDS, type NameKind, PLURALS } from "../engine/diagnostics/known-name.ts";
import { INPUT_KINDS, type InputKind } from "./input-file.ts";

type Wording = readonly [en: string, zh: string];

const NAMES: Readonly<Record<NameKind, string>> = {
  scenario: "情景",
  indicator: "指标",
  variable: "变量",
  dimension: "维度",
  element: "元素",
  "parameter or lever": "参数或杠杆",
};

const INPUTS: Readonly<Record<InputKind, string>> = {
  model: "模型",
  table: "表格",
  "draws file": "抽样文件",
  "scenario file": "情景文件",
  "boundaries file": "边界文件",
  "data set": "数据集",
  "changes file": "修改文件",
  "tagged file": "标签文件",
};

const UNKNOWN_NAMES = NAME_KINDS.flatMap((kind): Wording[] =>
  [kind, PLURALS[kind]].flatMap((noun): Wording[] => [
    [`unknown ${noun}: # (near: #)`, `没有这个${NAMES[kind]}：#（相近的有：#）`],
    [`unknown ${noun}: # (there are: #)`, `没有这个${NAMES[kind]}：#（现有：#）`],
  ]),
);

const MISSING_INPUTS = INPUT_KINDS.flatMap((kind): Wording[] => [
  [`no such ${kind}: #`, `找不到${INPUTS[kind]}：#`],
  [`no such ${kind}: # (it is a folder)`, `找不到${INPUTS[kind]}：#（这是文件夹）`],
  [`${kind} too large: # (over # MiB)`, `${INPUTS[kind]}过大：#（超过 # MiB）`],
]);

const FILES: readonly Wording[] = [
  ["no such model: #", "找不到模型：#"],
  ["no such model: # (name it with --model)", "找不到模型：#（请用 --model 指明）"],
  ["no YAML file in #", "文件夹中没有 YAML 文件：#"],
  ["no YAML file in # (models in it: #)", "文件夹中没有 YAML 文件：#（其中的模型：#）"],
  ["not for a model of Stella: #", "不能用于 Stella 的模型：#"],
  ["not a file of Vensim or Stella: #", "不是 Vensim 或 Stella 的文件：#"],
  ["not a YAML file: #", "不是 YAML 文件：#"],
  ["not a YAML, .cin or .vsc file: #", "不是 YAML、.cin 或 .vsc 文件：#"],
  ["invalid --tag: # (write NAME=FILE)", "--tag 无效：#（写成 名称=文件）"],
  [
    "no table of names: # does not say where its model is (--map)",
    "没有名称对照表：# 没有记下模型的位置（请用 --map）",
  ],
  ["no observations in #", "没有观测值：#"],
  ["folder not empty: #", "文件夹不为空：#"],
  ["already there: #", "已经存在：#"],
  ["cannot write #: it is a folder", "无法写入 #：这是文件夹"],
  ["cannot write #: there is no folder #", "无法写入 #：没有文件夹 #"],
  ["cannot write #: permission denied", "无法写入 #：没有权限"],
  ["cannot make the folder #: # is a file", "无法建立文件夹 #：# 是文件"],
  ["cannot make the folder #: # takes no new folder", "无法建立文件夹 #：# 中不能新建文件夹"],
  [
    "cannot write # files: # (.xmile, .stmx, .yaml, or a folder)",
    "不能写 # 文件：#（可写 .xmile、.stmx、.yaml，或文件夹）",
  ],
  ["names too alike for XMILE: #", "名称过于相近，XMILE 无法区分：#"],
  ["a character that XML cannot hold: #", "含有 XML 无法容纳的字符：#"],
];

const RUNS: readonly Wording[] = [
  ["invalid --set: # (write name=value)", "--set 无效：#（写成 名称=数值）"],
  ["invalid --units: # (write name=unit)", "--units 无效：#（写成 名称=单位）"],
  ["unknown unit: #", "没有这个单位：#"],
  ["unknown unit: # (near: #)", "没有这个单位：#（相近的有：#）"],
  ["incompatible units: # and #", "单位不能换算：# 与 #"],
  ["unknown element: #", "没有这个元素：#"],
  ["lever out of range: # = # (# to #)", "杠杆超出范围：# = #（# 到 #）"],
  [
    "missing name: a variable, --loops for all feedback loops, --tex for all equations, or --program for all statements",
    "缺少名称：请给出变量名，或用 --loops 列出全部反馈回路，或用 --tex 输出全部方程，或用 --program 列出全部语句",
  ],
  ["fitted in two variants: #", "在两个变体中都有校准：#"],
  ['no indicator in the model: mark a variable with "indicator: end"', "模型没有指标：请给变量加上 indicator: end"],
  ["no uncertain parameter in the model: give one a distribution", "模型没有不确定参数：请给参数加上概率分布"],
  ["--observed belongs to one variant: name it with --history", "--observed 只属于一个变体：请用 --history 指明"],
  ["no parameter to fit in calibration.csv", "calibration.csv 中没有要校准的参数"],
  ["the run at the centre of the prior fails: terrace simulate #", "先验中心处的运行失败：terrace simulate #"],
  [
    "# is # times #, draw by draw: run again and keep both (--keep)",
    "# 是逐次抽样的 # 乘以 #：请重新运行并保留两者（--keep）",
  ],
  ["unknown time: # (# to #)", "没有这个保存时间：#（# 到 #）"],
  ["unknown times: # (# to #)", "没有这些保存时间：#（# 到 #）"],
  ["invalid --draw: # (0 to #)", "--draw 无效：#（0 到 #）"],
  ["invalid --tolerance: it takes a number from 0", "--tolerance 无效：应为不小于 0 的数"],
  ["invalid --rows: # (at least # for #)", "--rows 无效：#（#3 至少需要 #2）"],
  [
    "too few draws: in # of # rows no run failed (at least #)",
    "抽样太少：#2 行中只有 #1 行没有失败的运行（至少 #3 行）",
  ],
  ["too few draws: # of # are kept and did not fail (at least #)", "抽样太少：#2 只有 #1 次保留且未失败（至少 #3 次）"],
];

const BATCHES: readonly Wording[] = [
  [
    "invalid --keep: # (all, summary, every:10, or names of indicators)",
    "--keep 无效：#（all、summary、every:10，或指标名称）",
  ],
  ["invalid --quantiles: # (#, or per cents)", "--quantiles 无效：#（#，或百分数）"],
  ["invalid --shard: # (for example 2/4, the second of four)", "--shard 无效：#（例如 2/4，四个分片中的第二个）"],
  ["invalid --shard: # (there are # blocks of # draws)", "--shard 无效：#（共有 # 个区块，每个 # 次抽样）"],
  ['invalid --until: # (for example "gdp@2035 p50 se < 0.1")', '--until 无效：#（例如 "gdp@2035 p50 se < 0.1"）'],
  [
    "invalid --until: a shard cannot tell when all shards have enough draws",
    "--until 无效：单个分片不知道全部分片的抽样何时足够",
  ],
  [
    "invalid --until: it needs independent draws, those of the design monte-carlo without replications",
    "--until 无效：需要独立抽样，即 monte-carlo 设计且不用 --replications",
  ],
  ["invalid --until: # (indicators: #)", "--until 无效：#（指标有：#）"],
  ["invalid --until: # (elements of #: #)", "--until 无效：#（# 的元素有：#）"],
  ["invalid --until: # (times: # to #)", "--until 无效：#（保存时间为 # 到 #）"],
  ["invalid --until: # (#)", "--until 无效：#（#）"],
  ["invalid --checkpoint: # (save times: #)", "--checkpoint 无效：#（保存时间：#）"],
  ["invalid --start-from: # (for example results/yunnan@2025)", "--start-from 无效：#（例如 results/yunnan@2025）"],
  ["invalid --start-from: # (the states are those of #)", "--start-from 无效：#（保存的是 # 的状态）"],
  [
    "--start-from needs --draws-file: the runs had draws from a file",
    "--start-from 需要 --draws-file：原来的抽样来自文件",
  ],
  ["invalid --draws: # (the runs that go on have #)", "--draws 无效：#（原来的运行为 #）"],
  ["invalid --#: # (the runs that go on have #)", "--# 无效：#（原来的运行为 #）"],
  ["unreadable draws file: #", "无法读取抽样文件：#"],
  ["unknown uncertain parameter in #: #", "抽样文件 # 中有模型没有的不确定参数：#"],
  ["unknown uncertain parameter in #: # (near: #)", "抽样文件 # 中有模型没有的不确定参数：#（相近的有：#）"],
  ["no draws in #", "抽样文件没有数据：#"],
  ["a column occurs twice in #", "抽样文件中有重复的列：#"],
  ['not a number in #, draw #, #: "#"', '抽样文件 # 的抽样 #、# 不是数字："#"'],
  ["too few draws in the file: #", "抽样文件中的行数不足：#"],
  ["too few draws for # correlated parameters: #", "抽样数对 # 个相关的参数太少：#"],
  ["draws are not a multiple of the # replicates", "抽样数不是 # 次重复的倍数"],
  ["too many uncertain numbers for sobol: # (at most #)", "不确定的数太多，sobol 设计无法容纳：#（至多 #）"],
  ["unknown design: # (#)", "没有这种设计：#（#）"],
  ["invalid replicates: #", "设计的重复数无效：#"],
  ["invalid replications: #", "随机路径数无效：#"],
  ["invalid seed: #", "种子无效：#"],
  ["invalid draws: #", "抽样数无效：#"],
  ["invalid block size: #", "区块大小无效：#"],
  ["invalid lanes: #", "并行宽度无效：#"],
];

const RESULTS: readonly Wording[] = [
  ["no table in the query: # (there are: #)", "查询没有提到任何表：#（现有：#）"],
  ["DuckDB refuses the query: #", "DuckDB 拒绝了查询：#"],
  [
    "terrace query needs DuckDB, which is not installed: npm install @duckdb/node-api",
    "terrace query 需要安装 DuckDB：npm install @duckdb/node-api",
  ],
  ["unknown bands: # (#)", "没有这种区间：#（#）"],
  ["invalid --map-review: it belongs to --boundaries", "--map-review 无效：须与 --boundaries 同用"],
  ["--png needs @resvg/resvg-js, which is not installed", "--png 需要安装 @resvg/resvg-js"],
  ["invalid --regions or --whole: they belong to --to iamc", "--regions 或 --whole 无效：须与 --to iamc 同用"],
];

const CALLS: readonly Wording[] = [
  ["missing command (terrace --help lists them)", "缺少命令（terrace --help 列出全部命令）"],
  ["missing command (terrace charts --help lists them)", "缺少命令（terrace charts --help 列出全部命令）"],
  ["unknown command: # (near: #)", "没有这个命令：#（相近的有：#）"],
  ["unknown command: # (terrace --help lists them)", "没有这个命令：#（terrace --help 列出全部命令）"],
  ["too few arguments: # given, at least # needed (see --help)", "参数太少：给了 # 个，至少需要 # 个（见 --help）"],
  ["too many arguments: # given, at most # taken (see --help)", "参数太多：给了 # 个，至多 # 个（见 --help）"],
  ["missing option: --#", "缺少选项：--#"],
  ["missing options: #", "缺少选项：#"],
  ["missing value: --#", "选项缺少数值：--#"],
  ["unknown argument: #", "没有这个选项或参数：#"],
  ["unknown argument: # (near: #)", "没有这个选项或参数：#（相近的有：#）"],
  ["unknown arguments: #", "没有这些选项或参数：#"],
  ["unknown arguments: # (near: #)", "没有这些选项或参数：#（相近的有：#）"],
  ["invalid --#: # (#)", "--# 无效：#（可选：#）"],
];

export const USAGE_WORDING: readonly Wording[] = [
  ...CALLS,
  ...UNKNOWN_NAMES,
  ...MISSING_INPUTS,
  ...FILES,
  ...RUNS,
  ...BATCHES,
  ...RESULTS,
];

interface Pattern {
  readonly shape: RegExp;
  readonly zh: string;
  /** Letters that are the sentence's own: of two that fit, the one with more says it better. */
  readonly letters: number;
}

const patterns: readonly Pattern[] = USAGE_WORDING.map(([en, zh]) => ({
  shape: new RegExp(`^${en.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("#", "(.*?)")}$`, "su"),
  zh,
  letters: en.length,
})).sort((a, b) => b.letters - a.letters);

/** The message in Chinese; one that is not known, such as the sentence of an option's own check, as it is. */
export function usageInChinese(message: string): string {
  for (const { shape, zh } of patterns) {
    const found = shape.exec(message);
    if (!found) continue;
    let next = 0;
    return zh.replace(/#(\d)?/g, (_, at?: string) => found[at ? Number(at) : ++next] ?? "");
  }
  return message;
}

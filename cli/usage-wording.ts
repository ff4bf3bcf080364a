/** Chinese for the short messages of wrong use; each English one begins with one of these heads. */
const HEADS: readonly (readonly [en: string, zh: string])[] = [
  ["no such model: ", "找不到模型："],
  ["no YAML file in ", "文件夹中没有 YAML 文件："],
  ["model too large: ", "模型文件过大："],
  ["unknown scenario: ", "没有这个情景："],
  ["unknown indicator: ", "没有这个指标："],
  ["no uncertain parameter in the model: ", "模型没有不确定参数："],
  ["unknown time: ", "没有这个保存时间："],
  ["too few draws: ", "抽样太少："],
  ["unknown dimension: ", "没有这个维度："],
  ["invalid --draw: ", "--draw 无效："],
  ["invalid --keep: ", "--keep 无效："],
  ["invalid --shard: ", "--shard 无效："],
  ["invalid --until: ", "--until 无效："],
  ["unknown variable: ", "没有这个变量："],
  ["unknown element: ", "没有这个元素："],
  ["unknown parameter or lever: ", "没有这个参数或杠杆："],
  ["lever out of range: ", "杠杆超出范围："],
  ["invalid --set: ", "--set 无效："],
  ["no indicator in the model: ", "模型没有指标："],
  ["folder not empty: ", "文件夹不为空："],
  ["missing name: ", "缺少变量名："],
  ["invalid seed: ", "种子无效："],
  ["invalid draws: ", "抽样数无效："],
  ["invalid replications: ", "随机路径数无效："],
  ["invalid replicates: ", "设计的重复数无效："],
  ["draws are not a multiple of ", "抽样数不能平均分给各次重复："],
  ["too many uncertain numbers for sobol: ", "不确定的数太多，sobol 设计无法容纳："],
  ["too few draws for ", "抽样数对于相关的参数太少："],
  ["too few draws in the file: ", "抽样文件中的行数不足："],
  ["unknown design: ", "没有这种设计："],
  ["no such draws file: ", "找不到抽样文件："],
  ["unreadable draws file: ", "无法读取抽样文件："],
  ["unknown uncertain parameter in ", "抽样文件中有模型没有的不确定参数："],
  ["no draws in ", "抽样文件没有数据："],
  ["a column occurs twice in ", "抽样文件中有重复的列："],
  ["not a number in ", "抽样文件中有非数字："],
  ["no such scenario file: ", "找不到情景文件："],
  ["not a YAML file: ", "不是 YAML 文件："],
];

/** The message in Chinese as far as its head is known; names and numbers stay as they are. */
export function usageInChinese(message: string): string {
  const head = HEADS.find(([en]) => message.startsWith(en));
  return head ? `${head[1]}${message.slice(head[0].length)}` : message;
}

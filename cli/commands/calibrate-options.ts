/** `terrace calibrate` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

/** Enough for R̂ near 1 where the posterior is not far from normal; the report says when the chains should be longer. */
const DEFAULTS = { chains: 16, warmup: 100, steps: 400, draws: 256 };

export function calibrateOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, wholeNumber, optionalWholeNumber } = words;
  return line.command(
    "calibrate <model>",
    say("Fit uncertain parameters to measured values: a joint posterior", "用观测值校准不确定参数，得到联合后验分布"),
    (y) =>
      modelArgument(y)
        .option("history", {
          type: "string",
          describe: say(
            "Model that is run against the data (default: the folders history and history-… of the model, else the model itself)",
            "用于对照数据的模型（默认：模型的 history 与 history-… 文件夹，否则为模型本身）",
          ),
        })
        .option("observed", {
          type: "string",
          describe: say(
            "CSV file with columns adcode, year, variable, value, unit, error (default: observed.csv of that model)",
            "CSV 文件，列为 adcode、year、variable、value、unit、error（默认：该模型的 observed.csv）",
          ),
        })
        .option("out", {
          type: "string",
          describe: say(
            "CSV file to write draws to, for run --draws-file",
            "写入后验抽样的 CSV 文件，供 run --draws-file 使用",
          ),
        })
        .option("draws", {
          type: "number",
          default: DEFAULTS.draws,
          coerce: wholeNumber("draws", 1),
          describe: say("Draws to write", "写入的抽样数"),
        })
        .option("seed", {
          type: "number",
          coerce: optionalWholeNumber("seed", 0),
          describe: say("Seed (default: the model's)", "随机种子（默认：模型的种子）"),
        })
        .option("chains", {
          type: "number",
          default: DEFAULTS.chains,
          coerce: wholeNumber("chains", 2),
          describe: say("Chains of the sampler", "抽样链数"),
        })
        .option("warmup", {
          type: "number",
          default: DEFAULTS.warmup,
          coerce: wholeNumber("warmup", 0),
          describe: say("Steps of each chain that are thrown away", "每条链舍弃的预热步数"),
        })
        .option("steps", {
          type: "number",
          default: DEFAULTS.steps,
          coerce: wholeNumber("steps", 10),
          describe: say("Steps of each chain that are kept", "每条链保留的步数"),
        })
        .example("terrace calibrate scenarios/yunnan --out posterior.csv", ""),
    async (a) => {
      const { calibrate } = await import("./calibrate.ts");
      const { history, observed, out, draws, seed, chains, warmup, steps } = a;
      const sampler = { draws, seed, chains, warmup, steps };
      process.exitCode = await calibrate(a.model, { language, json: a.json, history, observed, out, ...sampler });
    },
  );
}

/** `terrace validate` on the command line: its options, and its work, loaded when it is called. */
import type { CommandLine, OptionWords } from "../option-words.ts";

export function validateOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, foreignOptions } = words;
  return line.command(
    "validate <model>",
    say("Test a model: identities, step halving, extreme conditions", "检验模型：恒等式、步长减半、极端条件"),
    (y) =>
      foreignOptions(modelArgument(y))
        .option("tests", {
          type: "string",
          describe: say(
            "CSV file of tests (default: validation/tests.csv of the model)",
            "检验表 CSV 文件（默认：模型的 validation/tests.csv）",
          ),
        })
        .option("step-limit", {
          type: "number",
          default: 5,
          coerce: (value: unknown) => {
            if (typeof value === "number" && value >= 0) return value;
            throw new Error(say("invalid --step-limit: it takes a number from 0", "--step-limit 无效：应为非负数"));
          },
          describe: say(
            "Largest change of an indicator from halving the step, in percent of its largest value",
            "步长减半允许的指标最大变化，占其最大值的百分比",
          ),
        })
        .example("terrace validate scenarios/yunnan", ""),
    async (a) => {
      const { validate } = await import("./validate.ts");
      const { tests } = a;
      const foreign = { data: a.data, tags: a.tag, changes: a.changes };
      process.exitCode = await validate(a.model, {
        language,
        json: a.json,
        tests,
        stepLimit: a["step-limit"],
        foreign,
      });
    },
  );
}

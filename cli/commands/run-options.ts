/** `terrace run` on the command line: its options, and its work, loaded when it is called. */
import type { Argv } from "yargs";
import { type CommandLine, commaList, type OptionWords } from "../option-words.ts";

export function runOptions(line: CommandLine, words: OptionWords): CommandLine {
  const { language, say, modelArgument, foreignOptions } = words;
  return line.command(
    "run <model>",
    say("Run an ensemble: scenarios × draws", "运行集合：情景 × 抽样"),
    (y) =>
      resultsOptions(workOptions(runsOptions(foreignOptions(modelArgument(y)), words), words), words).example(
        "terrace run scenarios/yunnan --scenario baseline,plan_full --draws 100",
        "",
      ),
    async (a) => {
      const { run } = await import("./run.ts");
      process.exitCode = await run(a.model, {
        language,
        json: a.json,
        scenarios: commaList(a.scenario),
        scenarioFiles: a["scenario-file"],
        reference: a.reference,
        foreign: { data: a.data, tags: a.tag, changes: a.changes },
        draws: a.draws,
        engine: a.engine,
        explainKernel: a["explain-kernel"],
        design: a.design,
        replicates: a.replicates,
        replications: a.replications,
        drawsFile: a["draws-file"],
        dryRun: a["dry-run"],
        seed: a.seed,
        workers: a.workers,
        out: a.out,
        force: a.force,
        report: a.report,
        allowFailed: a["allow-failed"],
        keep: a.keep,
        quantiles: commaList(a.quantiles),
        exactMemory: a["exact-memory"],
        checkpoint: a.checkpoint,
        startFrom: a["start-from"],
        resume: a.resume,
        shard: a.shard,
        until: a.until,
      });
    },
  );
}

/** Which runs: scenarios, draws and how parameters are spread over them. */
const runsOptions = <T>(line: Argv<T>, { say, optionalWholeNumber, scenarioFileOption }: OptionWords) =>
  line
    .option("scenario", {
      type: "string",
      describe: say("Scenarios with commas (default: all)", "逗号分隔的情景（默认：全部）"),
    })
    .option("scenario-file", scenarioFileOption)
    .option("reference", {
      type: "string",
      describe: say(
        "Scenario that others are compared with, draw by draw (default: the model's)",
        "其他情景逐次抽样与之比较的情景（默认：模型所定）",
      ),
    })
    .option("draws", {
      type: "number",
      coerce: optionalWholeNumber("draws", 1),
      describe: say(
        "Draws of each scenario (default: 1000, or all of the draws file)",
        "每个情景的抽样数（默认：1000，或抽样文件的全部行）",
      ),
    })
    .option("design", {
      choices: ["monte-carlo", "latin-hypercube", "sobol"] as const,
      describe: say(
        "How parameters are spread over the draws (default: monte-carlo)",
        "参数抽样的设计（默认：monte-carlo）",
      ),
    })
    .option("replicates", {
      type: "number",
      coerce: optionalWholeNumber("replicates", 1),
      describe: say(
        "Independent copies of the design that share the draws (default: 1)",
        "设计的独立重复数（平分抽样数；默认：1）",
      ),
    })
    .option("replications", {
      type: "number",
      coerce: optionalWholeNumber("replications", 1),
      describe: say("Noise paths for each draw of the parameters (default: 1)", "每次参数抽样的随机路径数（默认：1）"),
    })
    .option("draws-file", {
      type: "string",
      describe: say(
        "CSV file with values of uncertain parameters, a row a draw",
        "含参数取值的 CSV 文件，每行一次抽样",
      ),
    })
    .option("seed", {
      type: "number",
      coerce: optionalWholeNumber("seed", 0),
      describe: say("Seed (default: the model's)", "随机种子（默认：模型所定）"),
    });

/** How the work is done, and when it stops. */
const workOptions = <T>(line: Argv<T>, { say, share, workersOption }: OptionWords) =>
  line
    .option("workers", workersOption)
    .option("engine", {
      choices: ["kernel", "plain-kernel", "interpreter"] as const,
      default: "kernel" as const,
      describe: say(
        "What computes; the results are the same, bit for bit (plain-kernel: without V8's revectorizer)",
        "计算方式；结果逐位相同（plain-kernel：不用 V8 的再向量化）",
      ),
    })
    .option("explain-kernel", {
      type: "boolean",
      default: false,
      describe: say(
        "Say what the compiled model does and what it costs, and stop",
        "说明编译后的模型及其运算量，然后停止",
      ),
    })
    .option("dry-run", {
      type: "boolean",
      default: false,
      describe: say("Say what the run would take, and stop", "只估计运行所需的时间、磁盘和内存"),
    })
    .option("until", {
      type: "string",
      describe: say(
        'Stop when precise enough, for example "gdp@2035 p50 se < 0.1"; --draws is the most',
        '精度足够时停止，例如 "gdp@2035 p50 se < 0.1"；--draws 为上限',
      ),
    })
    .option("allow-failed", {
      type: "number",
      default: 0.01,
      coerce: share("allow-failed"),
      describe: say("Share of runs that may fail", "允许失败的运行占比"),
    })
    .option("resume", {
      type: "boolean",
      default: false,
      describe: say("Go on with a run that was broken off", "继续被中断的运行"),
    })
    .option("shard", {
      type: "string",
      describe: say("K/N: run the Kth of N parts; see merge", "K/N：只运行 N 个分片中的第 K 个；见 merge"),
    });

/** Where results go, and what is kept of the runs. */
const resultsOptions = <T>(line: Argv<T>, { say, optionalWholeNumber }: OptionWords) =>
  line
    .option("out", {
      type: "string",
      describe: say("Results folder (default: results/<model>)", "结果文件夹（默认：results/<模型>）"),
    })
    .option("force", {
      type: "boolean",
      default: false,
      describe: say("Replace results that are there", "替换已有结果"),
    })
    .option("report", {
      type: "boolean",
      default: false,
      describe: say("Draw charts and write the report afterwards", "运行后绘制图表并生成报告"),
    })
    .option("keep", {
      type: "string",
      default: "all",
      describe: say(
        "What to keep of the runs: all, summary, every:N (each Nth draw), or indicators with commas",
        "保留哪些运行结果：all、summary、every:N（每 N 次抽样）或逗号分隔的指标",
      ),
    })
    .option("quantiles", {
      type: "string",
      describe: say(
        "Further quantiles of the summary with commas: per cents, or bands as terrace, bank-of-england, un, ipcc, vensim have them",
        "汇总中增加的分位数，逗号分隔：百分数，或各机构的区间 terrace、bank-of-england、un、ipcc、vensim",
      ),
    })
    .option("exact-memory", {
      type: "number",
      coerce: optionalWholeNumber("exact-memory", 0),
      describe: say(
        "MiB up to which summaries keep all values and are exact (default: 16)",
        "汇总保留全部数值（精确）的内存上限，MiB（默认：16）",
      ),
    })
    .option("checkpoint", {
      type: "number",
      describe: say(
        "Keep the state of every run at this save time, for --start-from",
        "保存每次运行在该时间的状态，供 --start-from 使用",
      ),
    })
    .option("start-from", {
      type: "string",
      describe: say(
        "RESULTS@TIME: go on from the states that results keep, with scenarios that differ only from then on",
        "结果文件夹@时间：从已保存的状态继续，情景只在此后不同",
      ),
    });

/** The command line: which commands there are. Each command's work is in `commands/`, loaded when it is called. */
import yargs, { type Argv } from "yargs";
import { type Failure, fail, reportFailure } from "./failure.ts";
import { messageLanguage } from "./language.ts";
import { packageVersion } from "./version.ts";

const language = messageLanguage(process.argv, process.env);
const say = (en: string, zh: string): string => (language === "zh" ? zh : en);
/** yargs' strict mode breaks its own completion (yargs 18.2), so it is off for that call. */
const completing = process.argv.includes("--get-yargs-completions");

const modelArgument = <T>(y: Argv<T>) =>
  y.positional("model", {
    type: "string",
    demandOption: true,
    describe: say("Folder of a model, or one YAML file", "模型文件夹，或单个 YAML 文件"),
  });
const scenarioFileOption = {
  type: "string",
  array: true,
  nargs: 1,
  default: [] as string[],
  describe: say("YAML file that adds scenarios from outside the model", "从模型之外增加情景的 YAML 文件"),
} as const;
const scenarioList = (value: string | undefined): string[] | undefined =>
  value === undefined ? undefined : value.split(",").map((s) => s.trim());
/** yargs turns a word into NaN without a complaint. */
const wholeNumber =
  (name: string, least: number) =>
  (value: unknown): number => {
    const number = typeof value === "number" ? value : Number.NaN;
    if (!Number.isSafeInteger(number) || number < least)
      throw new Error(
        say(`invalid --${name}: it takes a whole number from ${least}`, `--${name} 无效：应为不小于 ${least} 的整数`),
      );
    return number;
  };

async function main(): Promise<void> {
  await yargs(process.argv.slice(2))
    .scriptName("terrace")
    .locale(language === "zh" ? "zh_CN" : "en")
    .usage(say("Terrace: scenarios of regional system dynamics", "Terrace：区域系统动力学情景引擎"))
    .option("lang", { choices: ["en", "zh"] as const, describe: say("Language of messages", "消息语言"), global: true })
    .option("json", {
      type: "boolean",
      default: false,
      describe: say("Write data as JSON to standard output", "以 JSON 输出到标准输出"),
      global: true,
    })
    .command(
      "check <model>",
      say("Check all that can be known without running", "检查模型（不运行）"),
      (y) => modelArgument(y).option("scenario-file", scenarioFileOption).example("terrace check scenarios/yunnan", ""),
      async (a) => {
        const { check } = await import("./commands/check.ts");
        process.exitCode = await check(a.model, { language, json: a.json, scenarioFiles: a["scenario-file"] });
      },
    )
    .command(
      "simulate <model>",
      say("Run once at central values, without shocks", "以中心值运行一次（无随机冲击）"),
      (y) =>
        modelArgument(y)
          .option("scenario", {
            type: "string",
            describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
          })
          .option("scenario-file", scenarioFileOption)
          .option("set", {
            type: "string",
            array: true,
            default: [],
            describe: say("name=value, for a parameter or a lever", "名称=数值，设定参数或杠杆"),
          })
          .option("variables", {
            type: "string",
            describe: say(
              "Names with commas, or `all` (default: the indicators)",
              "逗号分隔的变量名，或 all（默认：指标）",
            ),
          })
          .option("units", {
            type: "string",
            describe: say(
              "name=unit with commas: variables in other units of the same quantity",
              "名称=单位，逗号分隔：以同一个量的其他单位输出",
            ),
          })
          .option("out", {
            type: "string",
            describe: say("CSV file (default: standard output)", "CSV 文件（默认：标准输出）"),
          })
          .example("terrace simulate scenarios/teacup --set room_temperature=60", ""),
      async (a) => {
        const { simulateCommand } = await import("./commands/simulate.ts");
        process.exitCode = await simulateCommand(a.model, {
          language,
          json: a.json,
          scenario: a.scenario,
          scenarioFiles: a["scenario-file"],
          settings: a.set,
          variables: scenarioList(a.variables),
          units: scenarioList(a.units) ?? [],
          out: a.out,
        });
      },
    )
    .command(
      "run <model>",
      say("Run an ensemble: scenarios × draws", "运行集合：情景 × 抽样"),
      (y) =>
        modelArgument(y)
          .option("scenario", {
            type: "string",
            describe: say("Scenarios with commas (default: all)", "逗号分隔的情景（默认：全部）"),
          })
          .option("scenario-file", scenarioFileOption)
          .option("draws", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("draws", 1)(v)),
            describe: say(
              "Draws of each scenario (default: 1000, or all of the draws file)",
              "每个情景的抽样数（默认：1000，或抽样文件的全部行）",
            ),
          })
          .option("design", {
            choices: ["monte-carlo", "latin-hypercube", "sobol"] as const,
            default: "monte-carlo" as const,
            describe: say("How parameters are spread over the draws", "参数抽样的设计"),
          })
          .option("replicates", {
            type: "number",
            default: 1,
            coerce: wholeNumber("replicates", 1),
            describe: say("Independent copies of the design that share the draws", "设计的独立重复数（平分抽样数）"),
          })
          .option("replications", {
            type: "number",
            default: 1,
            coerce: wholeNumber("replications", 1),
            describe: say("Noise paths for each draw of the parameters", "每次参数抽样的随机路径数"),
          })
          .option("draws-file", {
            type: "string",
            describe: say(
              "CSV file with values of uncertain parameters, a row a draw",
              "含参数取值的 CSV 文件，每行一次抽样",
            ),
          })
          .option("dry-run", {
            type: "boolean",
            default: false,
            describe: say("Say what the run would take, and stop", "只估计运行所需的时间、磁盘和内存"),
          })
          .option("seed", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("seed", 0)(v)),
            describe: say("Seed (default: the model's)", "随机种子（默认：模型所定）"),
          })
          .option("workers", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("workers", 0)(v)),
            describe: say("Threads; 0 runs without (default: one a core)", "线程数；0 为不用线程（默认：每核一个）"),
          })
          .option("engine", {
            choices: ["kernel", "interpreter"] as const,
            default: "kernel" as const,
            describe: say("What computes; the results are the same, bit for bit", "计算方式；结果逐位相同"),
          })
          .option("explain-kernel", {
            type: "boolean",
            default: false,
            describe: say(
              "Say what the compiled model does and what it costs, and stop",
              "说明编译后的模型及其运算量，然后停止",
            ),
          })
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
          .option("allow-failed", {
            type: "number",
            default: 0.01,
            describe: say("Share of runs that may fail", "允许失败的运行占比"),
          })
          .option("keep", {
            type: "string",
            default: "all",
            describe: say(
              "What to keep of the runs: all, summary, every:N (each Nth draw), or indicators with commas",
              "保留哪些运行结果：all、summary、every:N（每 N 次抽样）或逗号分隔的指标",
            ),
          })
          .option("resume", {
            type: "boolean",
            default: false,
            describe: say("Go on with a run that was broken off", "继续被中断的运行"),
          })
          .option("shard", {
            type: "string",
            describe: say("K/N: run the Kth of N parts; see merge", "K/N：只运行 N 个分片中的第 K 个；见 merge"),
          })
          .option("until", {
            type: "string",
            describe: say(
              'Stop when precise enough, for example "gdp@2035 p50 se < 0.1"; --draws is the most',
              '精度足够时停止，例如 "gdp@2035 p50 se < 0.1"；--draws 为上限',
            ),
          })
          .example("terrace run scenarios/yunnan --scenario baseline,plan_full --draws 100", ""),
      async (a) => {
        const { run } = await import("./commands/run.ts");
        process.exitCode = await run(a.model, {
          language,
          json: a.json,
          scenarios: scenarioList(a.scenario),
          scenarioFiles: a["scenario-file"],
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
          resume: a.resume,
          shard: a.shard,
          until: a.until,
        });
      },
    )
    .command(
      "audit <model>",
      say("Measure how much the time step matters", "检验时间步长的影响"),
      (y) =>
        modelArgument(y)
          .option("scenario", {
            type: "string",
            describe: say("Scenarios with commas (default: the reference)", "逗号分隔的情景（默认：参照情景）"),
          })
          .option("draws", {
            type: "number",
            default: 32,
            coerce: wholeNumber("draws", 2),
            describe: say("Draws of each scenario", "每个情景的抽样数"),
          })
          .option("workers", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("workers", 0)(v)),
            describe: say("Threads; 0 runs without (default: one a core)", "线程数；0 为不用线程（默认：每核一个）"),
          })
          .example("terrace audit scenarios/yunnan", ""),
      async (a) => {
        const { audit } = await import("./commands/audit.ts");
        process.exitCode = await audit(a.model, {
          language,
          json: a.json,
          scenarios: scenarioList(a.scenario),
          draws: a.draws,
          workers: a.workers,
        });
      },
    )
    .command(
      "sensitivity <source>",
      say("Show what the spread of results comes from", "分析结果的离散来自哪些参数"),
      (y) =>
        y
          .positional("source", {
            type: "string",
            demandOption: true,
            describe: say("Results folder; with --rows, a model", "结果文件夹；加 --rows 时为模型"),
          })
          .option("scenario", {
            type: "string",
            describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
          })
          .option("indicators", {
            type: "string",
            describe: say("Names with commas (default: those without elements)", "逗号分隔的指标（默认：无下标者）"),
          })
          .option("times", {
            type: "string",
            describe: say("Save times with commas, or all (default: the last)", "逗号分隔的时间，或 all（默认：最后）"),
          })
          .option("top", {
            type: "number",
            default: 5,
            coerce: wholeNumber("top", 1),
            describe: say("Inputs to show for each output", "每个输出显示的参数个数"),
          })
          .option("rows", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("rows", 16)(v)),
            describe: say(
              "Run a model by design: Sobol' indices from N rows of (parameters + 2) runs",
              "按设计运行模型：N 行 ×（参数 + 2）次运行，计算 Sobol 指数",
            ),
          })
          .option("workers", {
            type: "number",
            coerce: (v: unknown) => (v === undefined ? undefined : wholeNumber("workers", 0)(v)),
            describe: say("Threads, with --rows (default: one a core)", "线程数，用于 --rows（默认：每核一个）"),
          })
          .example("terrace sensitivity results/yunnan --indicators urbanization_rate --times 2035", ""),
      async (a) => {
        const { sensitivity } = await import("./commands/sensitivity.ts");
        process.exitCode = await sensitivity(a.source, {
          language,
          json: a.json,
          scenario: a.scenario,
          indicators: scenarioList(a.indicators),
          times: scenarioList(a.times),
          top: a.top,
          rows: a.rows,
          workers: a.workers,
        });
      },
    )
    .command(
      "merge <shards..>",
      say("Join shards into one results folder", "把各分片合并为一个结果文件夹"),
      (y) =>
        y
          .positional("shards", {
            type: "string",
            array: true,
            demandOption: true,
            describe: say("Folders of all shards", "全部分片的文件夹"),
          })
          .option("out", {
            type: "string",
            demandOption: true,
            describe: say("Results folder", "结果文件夹"),
          })
          .option("force", {
            type: "boolean",
            default: false,
            describe: say("Replace results that are there", "替换已有结果"),
          })
          .example("terrace merge results/yunnan.shard-* --out results/yunnan", ""),
      async (a) => {
        const { merge } = await import("./commands/merge.ts");
        process.exitCode = merge(a.shards, { language, json: a.json, out: a.out, force: a.force });
      },
    )
    .command(
      "verify <results>",
      say("Check that results are as they were written", "检查结果是否与写入时一致"),
      (y) =>
        y
          .positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") })
          .option("model", {
            type: "string",
            describe: say("Model to compare with (default: where it was)", "要比较的模型（默认：原来的位置）"),
          })
          .example("terrace verify results/yunnan", ""),
      async (a) => {
        const { verify } = await import("./commands/verify.ts");
        process.exitCode = verify(a.results, { language, json: a.json, model: a.model });
      },
    )
    .command(
      "replay <results>",
      say("Show one run of an ensemble again, exactly", "精确重现集合中的一次运行"),
      (y) =>
        y
          .positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") })
          .option("scenario", {
            type: "string",
            describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
          })
          .option("draw", {
            type: "number",
            demandOption: true,
            coerce: wholeNumber("draw", 0),
            describe: say("Number of the draw, from 0", "抽样编号，从 0 起"),
          })
          .option("trace", {
            type: "string",
            describe: say("Variables with commas (default: the indicators)", "逗号分隔的变量（默认：指标）"),
          })
          .option("steps", {
            type: "boolean",
            default: false,
            describe: say("Show every step, not only save points", "显示每一步，而不仅是保存点"),
          })
          .option("model", {
            type: "string",
            describe: say("The model (default: where it was)", "模型（默认：原来的位置）"),
          })
          .option("out", {
            type: "string",
            describe: say("CSV file (default: standard output)", "CSV 文件（默认：标准输出）"),
          })
          .example("terrace replay results/yunnan --scenario baseline --draw 17 --trace population", ""),
      async (a) => {
        const { replay } = await import("./commands/replay.ts");
        process.exitCode = await replay(a.results, {
          language,
          json: a.json,
          scenario: a.scenario,
          draw: a.draw,
          trace: scenarioList(a.trace),
          steps: a.steps,
          model: a.model,
          out: a.out,
        });
      },
    )
    .command(
      "export <results>",
      say("Write results for other programs", "把结果导出给其他程序"),
      (y) =>
        y
          .positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") })
          .option("to", {
            choices: ["iamc", "csv", "parquet"] as const,
            demandOption: true,
            describe: say("The format", "格式"),
          })
          .option("out", { type: "string", demandOption: true, describe: say("Folder to write into", "输出文件夹") })
          .option("regions", {
            type: "string",
            describe: say("IAMC: dimension whose elements are regions", "IAMC：以其元素为地区的维度"),
          })
          .option("whole", {
            type: "string",
            describe: say("IAMC: region name of the whole (default: the model)", "IAMC：整体的地区名（默认：模型名）"),
          })
          .example("terrace export results/yunnan --to iamc --whole Yunnan --out exported", ""),
      async (a) => {
        const { exportCommand } = await import("./commands/export.ts");
        process.exitCode = await exportCommand(a.results, {
          language,
          json: a.json,
          to: a.to,
          out: a.out,
          regions: a.regions,
          whole: a.whole,
        });
      },
    )
    .command(
      "report <results>",
      say("Draw the charts and the report of results again", "由结果重新绘制图表并生成报告"),
      (y) =>
        y
          .positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") })
          .option("png", {
            type: "boolean",
            default: false,
            describe: say("Write the charts as PNG too", "同时输出 PNG 图片"),
          })
          .option("desk", {
            type: "boolean",
            default: false,
            describe: say("Write a brief (docx) and tables (xlsx) too", "同时输出专报（docx）和数据表（xlsx）"),
          })
          .option("boundaries", {
            type: "string",
            describe: say("GeoJSON file for maps (default: tiles)", "地图所用 GeoJSON 文件（默认：格网图）"),
          })
          .option("map-review", {
            type: "string",
            describe: say("Map review number of the boundaries", "地图审图号"),
          })
          .example("terrace report results/yunnan --lang zh --png --desk", ""),
      async (a) => {
        const { report } = await import("./commands/report.ts");
        process.exitCode = await report(a.results, {
          language,
          json: a.json,
          png: a.png,
          desk: a.desk,
          boundaries: a.boundaries,
          mapReview: a["map-review"],
        });
      },
    )
    .command(
      "compare <a> <b>",
      say("Compare two scenarios of a batch, or two batches", "比较一批结果中的两个情景，或两批结果"),
      (y) =>
        y
          .positional("a", {
            type: "string",
            demandOption: true,
            describe: say("Scenario or results", "情景或结果文件夹"),
          })
          .positional("b", {
            type: "string",
            demandOption: true,
            describe: say("Scenario or results", "情景或结果文件夹"),
          })
          .option("results", {
            type: "string",
            describe: say("Results folder with both scenarios", "包含两个情景的结果文件夹"),
          })
          .option("tolerance", {
            type: "number",
            describe: say("Largest relative difference that passes", "允许的最大相对差异"),
          })
          .option("times", {
            type: "string",
            describe: say(
              "Save times with commas, or `all` (default: the last)",
              "逗号分隔的时间，或 all（默认：最后）",
            ),
          })
          .option("top", {
            type: "number",
            default: 20,
            coerce: wholeNumber("top", 1),
            describe: say("How many cells to show", "显示多少个数值"),
          })
          .example("terrace compare baseline plan_full --results results/yunnan", "")
          .example("terrace compare results/old results/new --tolerance 0.001", ""),
      async (a) => {
        const { compare } = await import("./commands/compare.ts");
        process.exitCode = await compare(a.a, a.b, {
          language,
          json: a.json,
          results: a.results,
          tolerance: a.tolerance,
          times: scenarioList(a.times),
          top: a.top,
        });
      },
    )
    .command("charts", say("Compare drawn charts", "比较已绘制的图表"), (y) =>
      y
        .command(
          "diff <a> <b>",
          say("Say whether data, style or both differ", "说明差异在数据、样式还是两者"),
          (z) =>
            z
              .positional("a", { type: "string", demandOption: true, describe: say("Folder of charts", "图表文件夹") })
              .positional("b", { type: "string", demandOption: true, describe: say("Folder of charts", "图表文件夹") })
              .example("terrace charts diff results/old/charts results/new/charts", ""),
          async (a) => {
            const { chartsDiff } = await import("./commands/charts.ts");
            process.exitCode = chartsDiff(a.a, a.b, { language, json: a.json });
          },
        )
        .demandCommand(1, say("Name a command.", "请指定命令。")),
    )
    .command(
      "score <results>",
      say("Compare results with values measured later", "把结果与后来的观测值比较"),
      (y) =>
        y
          .positional("results", { type: "string", demandOption: true, describe: say("Results folder", "结果文件夹") })
          .option("observed", {
            type: "string",
            demandOption: true,
            describe: say(
              "CSV file with columns adcode, year, variable, value, unit",
              "CSV 文件，列为 adcode、year、variable、value、unit",
            ),
          })
          .option("scenario", {
            type: "string",
            describe: say("Scenario (default: the reference)", "情景（默认：参照情景）"),
          })
          .option("history", {
            type: "string",
            describe: say(
              "CSV file with earlier values for the naive forecasts (default: those of the model)",
              "简单预测所用的历史值 CSV 文件（默认：模型中的观测值）",
            ),
          })
          .option("map", {
            type: "string",
            describe: say(
              "Table from names of data to indicators (default: observations.csv of the model)",
              "数据名称与指标的对照表（默认：模型的 observations.csv）",
            ),
          })
          .example("terrace score results/yunnan --observed measured.csv", ""),
      async (a) => {
        const { score } = await import("./commands/score.ts");
        const { scenario, observed, history, map } = a;
        process.exitCode = await score(a.results, { language, json: a.json, scenario, observed, history, map });
      },
    )
    .command(
      "validate <model>",
      say("Test a model: identities, step halving, extreme conditions", "检验模型：恒等式、步长减半、极端条件"),
      (y) =>
        modelArgument(y)
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
        const { validate } = await import("./commands/validate.ts");
        const { tests } = a;
        process.exitCode = await validate(a.model, { language, json: a.json, tests, stepLimit: a["step-limit"] });
      },
    )
    .command(
      "explain <model> [name]",
      say("Explain a variable: meaning, equation, causes, uses, loops", "解释变量：含义、方程、原因、用途与回路"),
      (y) =>
        modelArgument(y)
          .positional("name", { type: "string", describe: say("Name of a variable", "变量名") })
          .option("loops", {
            type: "boolean",
            default: false,
            describe: say("Feedback loops with their signs", "带符号的反馈回路"),
          })
          .option("mermaid", {
            type: "boolean",
            default: false,
            describe: say("As a Mermaid diagram", "输出 Mermaid 图"),
          })
          .option("depth", {
            type: "number",
            default: 2,
            coerce: wholeNumber("depth", 1),
            describe: say("Levels of causes and uses", "原因与用途的层数"),
          })
          .example("terrace explain scenarios/teacup tea_temperature", ""),
      async (a) => {
        const { explain } = await import("./commands/explain.ts");
        const { name, loops, mermaid, depth } = a;
        process.exitCode = await explain(a.model, { language, json: a.json, name, loops, mermaid, depth });
      },
    )
    .command(
      "init <folder>",
      say("Write a small model that runs, to start from", "生成一个可运行的小模型作为起点"),
      (y) => y.positional("folder", { type: "string", demandOption: true, describe: say("New folder", "新文件夹") }),
      async (a) => {
        const { init } = await import("./commands/init.ts");
        process.exitCode = await init(a.folder, language);
      },
    )
    .completion("completion", say("Write a shell completion script", "生成 shell 补全脚本"))
    .demandCommand(1, say("Name a command.", "请指定命令。"))
    .strict(!completing)
    .version(packageVersion())
    .help()
    .fail((message, error) => {
      const failure: Failure =
        error && !isOptionError(error) ? { kind: "thrown", error } : { kind: "use", message: message || error.message };
      throw fail(failure);
    })
    .parseAsync();
}

/** An error of yargs or of an option's own check: the caller's mistake. */
const isOptionError = (error: Error): boolean => error.name === "YError" || error.constructor === Error;

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await main();
} catch (error) {
  process.exitCode = reportFailure(error, language);
}

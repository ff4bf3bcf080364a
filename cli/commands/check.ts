/** `terrace check`: everything that can be known about a model without running it. */
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { type LoadedModel, openModel, writeDiagnostics } from "../load-model.ts";

export interface CheckArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly scenarioFiles: readonly string[];
  readonly foreign: ForeignFiles;
}

export async function check(path: string, options: CheckArguments): Promise<number> {
  const loaded = await openModel(path, options.scenarioFiles, options.foreign);
  const errors = loaded.diagnostics.filter((d) => d.severity === "error").length;
  if (options.json) {
    const { diagnosticToJson } = await import("../../engine/diagnostics/render.ts");
    const diagnostics = loaded.diagnostics.map((d) => diagnosticToJson(d, loaded.sources, options.language));
    process.stdout.write(`${JSON.stringify({ model: path, errors, diagnostics, size: sizeOf(loaded) }, null, 2)}\n`);
  } else {
    await writeDiagnostics(loaded, options.language);
    if (errors === 0) process.stdout.write(`${describe(loaded, options.language)}\n`);
  }
  return errors === 0 ? EXIT.well : EXIT.failed;
}

/** Counts that tell a modeller how large the model is. */
function sizeOf({ model, program }: LoadedModel) {
  if (!model || !program) return null;
  const countOf = (kind: string) => model.variables.filter((v) => v.kind === kind).length;
  return {
    stocks: countOf("stock"),
    flows: countOf("flow"),
    auxiliaries: countOf("auxiliary"),
    parameters: countOf("parameter"),
    uncertain: model.variables.filter((v) => v.kind === "parameter" && v.distribution !== null).length,
    levers: countOf("lever"),
    noises: countOf("noise"),
    indicators: model.variables.filter((v) => v.indicator !== null).length,
    identities: model.identities.length,
    targets: model.targets.length,
    scenarios: model.scenarios.length,
    values: program.slots.filter((s) => s.kind !== "hidden").reduce((n, s) => n + s.size, 0),
    steps: program.clock.steps,
  };
}

function describe(loaded: LoadedModel, language: Language): string {
  const size = sizeOf(loaded)!;
  const name = loaded.model!.title[language];
  if (language === "zh") {
    return [
      `${name}：没有错误`,
      `  存量 ${size.stocks}，流量 ${size.flows}，辅助变量 ${size.auxiliaries}，参数 ${size.parameters}（其中不确定 ${size.uncertain}），杠杆 ${size.levers}，随机过程 ${size.noises}`,
      `  指标 ${size.indicators}，恒等式 ${size.identities}，目标 ${size.targets}，情景 ${size.scenarios}；每步 ${size.values} 个数值，共 ${size.steps} 步`,
    ].join("\n");
  }
  return [
    `${name}: no errors`,
    `  ${count(size.stocks, "stock")}, ${count(size.flows, "flow")}, ${count(size.auxiliaries, "auxiliary", "auxiliaries")}, ${count(size.parameters, "parameter")} (${size.uncertain} uncertain), ${count(size.levers, "lever")}, ${count(size.noises, "noise")}`,
    `  ${count(size.indicators, "indicator")}, ${count(size.identities, "identity", "identities")}, ${count(size.targets, "target")}, ${count(size.scenarios, "scenario")}; ${count(size.values, "value")} a step, ${count(size.steps, "step")}`,
  ].join("\n");
}

/** `terrace init`: a small model that runs, to start from. Nothing that is there already is touched. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { EXIT } from "../failure.ts";
import { makeFolder } from "../output-file.ts";

const MODEL = `# A first model: people of two towns, one of them growing. docs/model-language.md explains every section.
model:
  name: NAME
  title: {en: Two towns, zh: 两个城镇}
  time: {start: 2020, stop: 2035, step: 1/4, save: 1, unit: year}

dimensions:
  town:
    title: {en: Town, zh: 城镇}
    elements:
      hill: {title: {en: Hill town, zh: 山镇}}
      valley: {title: {en: Valley town, zh: 坝区镇}}

stocks:
  population[town]:
    initial: population_2020
    inflows: [growth]
    unit: person
    title: {en: Population, zh: 人口}
    indicator: end

flows:
  growth[town]:
    equation: (growth_rate[town] + new_jobs * jobs_effect) * population[town]
    unit: person/year
    title: {en: Growth of population, zh: 人口增长}

auxiliaries:
  population_total:
    equation: sum(population, town)
    unit: person
    title: {en: Population of both towns, zh: 两镇人口合计}
    indicator: end

parameters:
  population_2020[town]:
    data: {file: population.csv, column: people, key: {town: town}}
    unit: person
    title: {en: Population 2020, zh: 2020 年人口}
  growth_rate[town]:
    value: {hill: -0.01, valley: 0.015}
    distribution: "normal(value, 0.004)"
    unit: 1/year
    title: {en: Growth rate, zh: 增长率}
  jobs_effect:
    value: 0.01
    distribution: "triangular(0, 0.01, 0.02)"
    unit: 1/year
    title: {en: Growth brought by new jobs, zh: 新增就业带来的增长}

levers:
  new_jobs:
    default: 0
    range: [0, 1]
    ramp: {from: 2021, to: 2026}
    unit: "1"
    title: {en: Programme for new jobs, zh: 就业计划}

targets:
  people_2035: {indicator: population_total, at_least: 62000, due: 2035, title: {en: 62 thousand people by 2035, zh: 2035 年达到 6.2 万人}}

scenarios:
  baseline: {title: {en: Baseline, zh: 基准情景}}
  jobs: {title: {en: New jobs, zh: 新增就业}, levers: {new_jobs: 1}}
`;
const DATA = "town,people\nhill,20000\nvalley,35000\n";

export async function init(folder: string, language: Language): Promise<number> {
  makeFolder(folder);
  if (readdirSync(folder).length > 0) throw new UsageError(`folder not empty: ${folder}`);
  const name = folder
    .split(/[\\/]/)
    .filter(Boolean)
    .at(-1)!
    .replace(/[^\p{L}\p{Nd}_]/gu, "_")
    .replace(/^(?=\p{Nd})/u, "_");
  writeFileSync(join(folder, "model.yaml"), MODEL.replace("NAME", name), { flag: "wx" });
  writeFileSync(join(folder, "population.csv"), DATA, { flag: "wx" });
  const next = [`terrace check ${folder}`, `terrace simulate ${folder}`, `terrace run ${folder} --report`];
  const said = language === "zh" ? `已写入 ${folder}。接下来：` : `wrote ${folder}. Next:`;
  process.stdout.write(`${said}\n${next.map((n) => `  ${n}`).join("\n")}\n`);
  return EXIT.well;
}

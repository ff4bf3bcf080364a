import { readFileSync } from "node:fs";
import { compileModel, renderDiagnostics, runEnsemble, simulate } from "../../engine/index.ts";

const file = { path: "tea.yaml", text: readFileSync("tea.yaml", "utf8") };
const { model, program, diagnostics } = compileModel([file]);
const sources = new Map([[file.path, file.text]]);
if (!model || !program) throw new Error(renderDiagnostics(diagnostics, sources, { language: "en" }));

const cold = simulate(model, program, { settings: [{ name: "room", value: 5 }] });
console.log("in a cold room", cold.columns[0]!.values.at(-1));

const runs = runEnsemble(model, program, { draws: 1000 });
const { quantile } = runs.series({ indicator: "temperature" });
console.log("after half an hour", quantile(10).at(-1), quantile(50).at(-1), quantile(90).at(-1));

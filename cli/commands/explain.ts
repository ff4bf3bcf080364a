/** `terrace explain`: one variable, the feedback loops of a model, or the program that it became. */
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { known } from "../../engine/diagnostics/known-name.ts";
import { ownNames } from "../../engine/ensemble/foreign-columns.ts";
import { Explainer } from "../../engine/explain/explain-variable.ts";
import {
  explanationMermaid,
  loopLine,
  loopsMermaid,
  renderExplanation,
} from "../../engine/explain/render-explanation.ts";
import { printProgram } from "../../engine/ir/print-program.ts";
import type { Program } from "../../engine/ir/program.ts";
import type { Model } from "../../engine/model/model.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { openModel, usableModel } from "../load-model.ts";

export interface ExplainArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly name: string | undefined;
  readonly loops: boolean;
  readonly mermaid: boolean;
  /** The equations as TeX instead, of all variables where none is named. */
  readonly tex: boolean;
  /** The statements of the program instead, of all variables where none is named. */
  readonly program: boolean;
  readonly depth: number;
  readonly foreign: ForeignFiles;
}

export async function explain(path: string, options: ExplainArguments): Promise<number> {
  if (options.name === undefined && !options.loops && !options.program && !options.tex)
    throw new UsageError(
      "missing name: a variable, --loops for all feedback loops, --tex for all equations, or --program for all statements",
    );
  const loaded = await openModel(path, [], options.foreign);
  const usable = await usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  const [name] =
    loaded.origin && options.name !== undefined ? ownNames(usable.model, [options.name], "variable") : [options.name];
  const variables = usable.model.variables.map((v) => v.name);
  if (options.tex) return writeTex(usable.model, name && known(name, variables, "variable"), options);
  if (options.program) {
    return writeProgram(usable.program, name && known(name, variables, "variable"), options.json);
  }
  const explainer = new Explainer(usable.model, usable.program);
  const write = (text: string) => process.stdout.write(`${text}\n`);
  if (options.name === undefined) {
    const loops = explainer.loops();
    if (options.json) write(JSON.stringify(loops, null, 2));
    else if (options.mermaid) write(loopsMermaid(loops));
    else for (const loop of loops) write(loopLine(loop, options.language));
    return EXIT.well;
  }
  const explanation = explainer.variable(name!, options.depth);
  if (options.json) write(JSON.stringify(explanation, null, 2));
  else if (options.mermaid) write(options.loops ? loopsMermaid(explanation.loops) : explanationMermaid(explanation));
  else write(renderExplanation(explanation, options.language));
  return EXIT.well;
}

/** Aligned equations with title and unit above, for a document of LaTeX with `amsmath`. Only here mathjs is loaded. */
async function writeTex(model: Model, name: string | undefined, { language, json }: ExplainArguments): Promise<number> {
  const { equationsTex } = await import("../../engine/explain/equation-tex.ts");
  const found = model.variables
    .filter((v) => name === undefined || v.name === name)
    .map((v) => ({ name: v.name, title: v.title[language], unit: v.unit, tex: equationsTex(v) }))
    .filter(({ tex }) => tex.length > 0);
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  for (const { title, unit, tex } of json ? [] : found)
    process.stdout.write(`% ${title} (${unit})\n\\begin{align*}\n  ${tex.join(" \\\\\n  ")}\n\\end{align*}\n`);
  if (found.length === 0)
    process.stderr.write(
      language === "zh" ? `没有方程：${name ?? "本模型"}\n` : `no equations: ${name ?? "this model"} has none\n`,
    );
  return EXIT.well;
}

/** The program before its passes: each statement as the equation says it. */
function writeProgram(program: Program, name: string | undefined, json: boolean): number {
  const text = printProgram(program, name);
  const lines = text === "" ? [] : text.split("\n");
  if (json) process.stdout.write(`${JSON.stringify({ program: lines })}\n`);
  else if (lines.length > 0) process.stdout.write(`${text}\n`);
  else process.stderr.write(`no statements: a run computes nothing for ${name ?? "this model"}\n`);
  return EXIT.well;
}

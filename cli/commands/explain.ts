/** `terrace explain`: one variable, or the feedback loops of a model. */
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { ownNames } from "../../engine/ensemble/foreign-columns.ts";
import { Explainer } from "../../engine/explain/explain-variable.ts";
import {
  explanationMermaid,
  loopLine,
  loopsMermaid,
  renderExplanation,
} from "../../engine/explain/render-explanation.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { openModel, usableModel } from "../load-model.ts";

export interface ExplainArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly name: string | undefined;
  readonly loops: boolean;
  readonly mermaid: boolean;
  readonly depth: number;
  readonly foreign: ForeignFiles;
}

export async function explain(path: string, options: ExplainArguments): Promise<number> {
  if (options.name === undefined && !options.loops)
    throw new UsageError("missing name: a variable, or --loops for all feedback loops");
  const loaded = await openModel(path, [], options.foreign);
  const usable = usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  const explainer = new Explainer(usable.model, usable.program);
  const write = (text: string) => process.stdout.write(`${text}\n`);
  if (options.name === undefined) {
    const loops = explainer.loops();
    if (options.json) write(JSON.stringify(loops, null, 2));
    else if (options.mermaid) write(loopsMermaid(loops));
    else for (const loop of loops) write(loopLine(loop, options.language));
    return EXIT.well;
  }
  const [name] = loaded.origin ? ownNames(usable.model, [options.name], "variable") : [options.name];
  const explanation = explainer.variable(name!, options.depth);
  if (options.json) write(JSON.stringify(explanation, null, 2));
  else if (options.mermaid) write(options.loops ? loopsMermaid(explanation.loops) : explanationMermaid(explanation));
  else write(renderExplanation(explanation, options.language));
  return EXIT.well;
}

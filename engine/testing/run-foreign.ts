/** For tests: models of Vensim and XMILE from text, their runs under the file's own names, and their errors as short lines. */
import { compileForeignModel, type ForeignCompilation } from "../compile-foreign.ts";
import { positionAt } from "../diagnostics/source.ts";
import { inForeignNames } from "../ensemble/foreign-columns.ts";
import { simulate } from "../ensemble/simulate.ts";

/** A clock from 0 to 4 in steps of one, for a Vensim model that brings none. */
const CLOCK = "INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = TIME STEP ~~|\n";
const XMILE_HEAD = `<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>Terrace</vendor><product version="1.0">tests</product></header>`;
const XMILE_CLOCK = "<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>";

const compile = (path: string, text: string): ForeignCompilation =>
  compileForeignModel({
    path,
    bytes: new TextEncoder().encode(text),
    external: () => null,
    tags: new Map(),
    data: [],
  });

/** Equations in lines, each without its `~~|`. */
export function compileVensim(equations: string): ForeignCompilation {
  const lines = equations.split("\n").filter((line) => line.trim() !== "");
  const text = lines.map((line) => `${line.trim()} ~~|`).join("\n");
  return compile("model.mdl", `{UTF-8}\n${text}\n${/^\s*FINAL TIME/m.test(equations) ? "" : CLOCK}`);
}

/** The inside of `<variables>`, and what stands before `<model>`. */
export function compileXmile(variables: string, before = XMILE_CLOCK): ForeignCompilation {
  const text = `${XMILE_HEAD}\n${before}\n<model><variables>\n${variables}\n</variables></model></xmile>\n`;
  return compile("model.xmile", text);
}

/** The values of every column that is an output at the rows that are saved; throws where the model has errors. */
export function columnsOf(compiled: ForeignCompilation): Record<string, number[]> {
  const { model, program, origin } = compiled;
  if (!model || !program || !origin) throw new Error(`the test model is wrong: ${problemsOf(compiled).join("; ")}`);
  const variables = model.variables.filter((v) => v.indicator !== null).map((v) => v.name);
  const table = inForeignNames(simulate(model, program, { variables }), model, origin);
  return Object.fromEntries(table.columns.map((c) => [c.label, [...c.values]]));
}

/** `code line:column` of each error. */
export function problemsOf({ diagnostics, files }: ForeignCompilation): string[] {
  return diagnostics
    .filter((d) => d.severity === "error")
    .map((d) => {
      const text = files.find((f) => f.path === d.span?.path)?.text ?? "";
      const at = d.span ? positionAt(text, d.span.start) : null;
      return at ? `${d.code} ${at.line}:${at.column}` : d.code;
    });
}

/** Whether two random streams of a model have the same hash, and so the same numbers. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Model, Noise, Parameter } from "../model/model.ts";
import { streamOf, type Words } from "../numerics/index.ts";
import { elementLabels } from "./plan-parameters.ts";

/**
 * Adds `stream-clash` for two names of uncertain numbers or noises whose hashes are equal; with 64 bits that takes about 5 · 10⁹ names.
 *
 * @param hash how a name becomes a stream; another one only in tests
 */
export function checkStreams(
  model: Model,
  diagnostics: DiagnosticList,
  hash: (name: string) => Words = streamOf,
): void {
  const seen = new Map<string, string>();
  for (const variable of model.variables) {
    if (variable.kind !== "noise" && !(variable.kind === "parameter" && isUncertain(model, variable))) continue;
    for (const name of streamsOf(variable)) {
      const { lo, hi } = hash(name);
      const other = seen.get(`${hi} ${lo}`);
      if (other === undefined) seen.set(`${hi} ${lo}`, name);
      else if (other !== name) diagnostics.add("stream-clash", variable.span, { a: other, b: name });
    }
  }
}

function isUncertain(model: Model, parameter: Parameter): boolean {
  if (parameter.distribution) return true;
  return model.scenarios.some((s) => s.parameters.some((p) => p.parameter === parameter && p.distribution));
}

function streamsOf(variable: Parameter | Noise): string[] {
  if (variable.kind === "parameter" && variable.sharedStream !== null) return [variable.sharedStream];
  return elementLabels(variable);
}

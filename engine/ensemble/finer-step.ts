/** A model with its time step divided, everything else as its author wrote it. */
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { lowerModel } from "../ir/lower-model.ts";
import { applyNumerics } from "../ir/passes/apply-numerics.ts";
import type { Program } from "../ir/program.ts";
import type { ModelDocument } from "../language/document.ts";
import { buildModel } from "../model/build-model.ts";
import type { Model } from "../model/model.ts";

/**
 * Builds the model again with a step of `step / divisor`, in the numerics edition that it chooses. Save points, periods and the shocks that
 * fall on them stay where they are.
 *
 * @param document Of a model without errors.
 * @param sources All texts by path: YAML and CSV.
 * @throws Error if the finer model has errors, which one with a whole number of steps has not.
 */
export function withFinerStep(
  document: ModelDocument,
  sources: ReadonlyMap<string, string>,
  divisor: number,
): { model: Model; program: Program } {
  const { header } = document;
  const { numerator, denominator, span } = header.step;
  const step = { numerator, denominator: denominator * divisor, text: `${numerator}/${denominator * divisor}`, span };
  const data = new Map(
    [...sources].filter(([path]) => !/\.ya?ml$/i.test(path)).map(([path, text]) => [path, { path, text }]),
  );
  const diagnostics = new DiagnosticList();
  // Units do not depend on the step, and of a model of another tool they are not checked.
  const units = { unitsAreChecked: false };
  const built = buildModel({ ...document, header: { ...header, step } }, sources, data, diagnostics, units);
  const program = built && lowerModel(built.model, diagnostics);
  if (!built || !program || diagnostics.hasErrors)
    throw new Error(`the model cannot be built with a step of ${step.text}`);
  return { model: built.model, program: applyNumerics(program, built.model.numerics) };
}

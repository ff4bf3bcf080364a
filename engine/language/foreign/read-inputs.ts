/** Files that a run of a foreign model is given beside it: scenarios of ours, changes and distributions of Vensim. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import { readScenario } from "../vensim/read-scenario.ts";
import { readSensitivity, type Sensitivity } from "../vensim/sensitivity.ts";
import type { ForeignInputs } from "./scenario-inputs.ts";

/** How a sensitivity file wants a batch to be drawn. */
export type SensitivitySettings = Omit<Sensitivity, "uncertain">;

export interface RunInputs extends ForeignInputs {
  /** YAML files with scenarios. */
  readonly yaml: readonly SourceFile[];
  /** What the last sensitivity file says; null without one. */
  readonly settings: SensitivitySettings | null;
}

/** Whether a path is that of a file of changes or of distributions. */
export const isVensimInput = (path: string): boolean => /\.(cin|vsc)$/i.test(path);

/** Reads the files by their names; all that is wrong is added to `diagnostics`. */
export function readInputs(files: readonly SourceFile[], diagnostics: DiagnosticList): RunInputs {
  const ending = (pattern: RegExp) => files.filter((file) => pattern.test(file.path));
  const sensitivities = ending(/\.vsc$/i).flatMap((file) => readSensitivity(file, diagnostics) ?? []);
  const { uncertain: _, ...settings } = sensitivities.at(-1) ?? { uncertain: [] };
  return {
    scenarios: ending(/\.cin$/i).map((file) => readScenario(file, diagnostics)),
    uncertain: sensitivities.flatMap((sensitivity) => sensitivity.uncertain),
    yaml: ending(/\.ya?ml$/i),
    settings: "draws" in settings ? settings : null,
  };
}

/** `terrace validate`: identities, step halving, and the tests of behaviour that lie beside a model as data. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { judgeTest } from "../../engine/calibration/judge-test.ts";
import { stepDifferences } from "../../engine/calibration/step-halving.ts";
import { readValidationTests, type ValidationTest } from "../../engine/calibration/validation-tests.ts";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import { changingVariables } from "../../engine/ensemble/changing-variables.ts";
import { withFinerStep } from "../../engine/ensemble/finer-step.ts";
import { shownNames } from "../../engine/ensemble/foreign-columns.ts";
import { type Setting, type Simulation, simulate } from "../../engine/ensemble/simulate.ts";
import type { Program } from "../../engine/ir/program.ts";
import type { Model } from "../../engine/model/model.ts";
import { saveTimes } from "../../engine/model/time-grid.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { readInputText } from "../input-file.ts";
import { type LoadedModel, openModel, usableModel } from "../load-model.ts";
import { hasProblems } from "./table-problems.ts";
import type { IdentityResult, StepResult, TestResult, Validation } from "./validation.ts";
import { describeValidation } from "./validation-table.ts";

type Usable = { readonly model: Model; readonly program: Program };

export interface ValidateArguments {
  readonly language: Language;
  readonly json: boolean;
  /** CSV file of tests; default: `validation/tests.csv` in the model's folder. */
  readonly tests: string | undefined;
  /** Largest difference that halving the step may make to an indicator, in percent of its largest value. */
  readonly stepLimit: number;
  readonly foreign: ForeignFiles;
}

export async function validate(path: string, options: ValidateArguments): Promise<number> {
  const loaded = await openModel(path, [], options.foreign);
  const usable = await usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  const tests = readTests(loaded, usable.model, options);
  if (!tests) return EXIT.failed;
  const checked = runTests(usable, tests);
  const step = checkStep(loaded, usable, options.stepLimit);
  const passes =
    checked.failures.length === 0 &&
    checked.identities.every((i) => i.passes) &&
    checked.tests.every((t) => t.passes) &&
    step?.passes !== false;
  const validation: Validation = { ...checked, step, passes };
  if (options.json) process.stdout.write(`${JSON.stringify({ model: path, ...validation }, null, 2)}\n`);
  else
    process.stdout.write(
      `${describeValidation(validation, usable.model, shownNames(usable.model, loaded.origin), options.language).join("\n")}\n`,
    );
  return passes ? EXIT.well : EXIT.failed;
}

/** null if the tests are wrong, which is then written to standard error; none where the model has no file of tests. */
function readTests(loaded: LoadedModel, model: Model, options: ValidateArguments): readonly ValidationTest[] | null {
  const path = options.tests ?? join(loaded.folder, "validation", "tests.csv");
  if (!existsSync(path) && options.tests === undefined) return [];
  const file = readInputText(path, "table");
  const { items, problems } = readValidationTests(file, model, saveTimes(model.time));
  return hasProblems(problems, options.language) ? null : items;
}

/** All runs, each once, and what they show. */
function runTests({ model, program }: Usable, tests: readonly ValidationTest[]) {
  const variables = [...new Set(tests.map((t) => t.variable))];
  const runs = new Map<string, Simulation>();
  const run = (scenario: string, settings: readonly Setting[]): Simulation => {
    const id = [scenario, ...settings.map((s) => `${s.name}=${s.value}`)].join(" ");
    const found = runs.get(id) ?? simulate(model, program, { scenario, settings, variables });
    runs.set(id, found);
    return found;
  };
  for (const { name } of model.scenarios) run(name, []);
  const judged = tests.map((test): TestResult => {
    const own = run(test.scenario, test.settings);
    const other = test.against && "scenario" in test.against ? run(test.against.scenario, []) : own;
    const outcome = own.failure || other.failure ? null : judgeTest(test, own, other);
    const unit = own.columns.find((c) => c.variable === test.variable)!.unit;
    return { ...test, outcome, unit, passes: outcome?.passes === true };
  });
  const all = [...runs.values()];
  return {
    runs: all.length,
    failures: [...runs].flatMap(([id, { failure }]) =>
      failure ? [{ run: id, variable: failure.variable, time: failure.time }] : [],
    ),
    identities: model.identities.map(({ name, title }): IdentityResult => {
      const of = all.map((s) => s.identities.find((i) => i.name === name)!);
      const residual = of.reduce((most, i) => Math.max(most, i.residual), 0);
      const { tolerance } = of[0]!;
      return { name, title, residual, tolerance, passes: residual <= tolerance };
    }),
    tests: judged,
  };
}

/** Halves the step of the reference scenario at central values. */
function checkStep(loaded: LoadedModel, { model, program }: Usable, limit: number): StepResult | null {
  // What never changes in a run can change with the step only where it is the step, such as SAVEPER in Vensim.
  const changing = changingVariables(model);
  const variables = model.variables.filter((v) => v.indicator !== null && changing.has(v)).map((v) => v.name);
  if (variables.length === 0 || !loaded.document) return null;
  const finer = withFinerStep(loaded.document, loaded.sources, 2);
  const differences = stepDifferences(
    simulate(model, program, { variables }),
    simulate(finer.model, finer.program, { variables }),
  );
  const worst = differences.find((d) => !d.isCount) ?? null;
  const counts = differences.filter((d) => d.isCount && d.share > 0);
  return { limit, worst, counts, passes: 100 * (worst?.share ?? 0) <= limit };
}

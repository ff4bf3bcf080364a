/**
 * The dimensional check of a whole model: every equation, flow, event, identity and process.
 *
 * 1. Every unit is read; a wrong text is reported, and its variable is not blamed again.
 * 2. Every task is run with the declared units.
 * 3. A declaration that explains several failures is reported once, and taken in both units from then on.
 * 4. What still fails is reported where its parts first disagree.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { ModelDocument } from "../../language/document.ts";
import type { Variable } from "../model.ts";
import { blameDeclaration } from "./blame-units.ts";
import { type DeclaredUnits, readDeclaredUnits } from "./declared-units.ts";
import { firstUnit, type LookupUse } from "./infer-units.ts";
import { commonMeasure, type Measure } from "./measure.ts";
import { UnitReport } from "./report-units.ts";
import { unitText } from "./unit.ts";
import { isWell, UnitChecker, type UnitFinding } from "./unit-checker.ts";
import { type UnitModel, type UnitTask, unitTasks } from "./unit-tasks.ts";

/**
 * Checks the units of a model, also of one with other errors: equations that did not resolve are left out.
 *
 * @param sources texts by path, for the parts of equations that messages name
 */
export function checkUnits(
  document: ModelDocument,
  model: UnitModel,
  sources: ReadonlyMap<string, string>,
  diagnostics: DiagnosticList,
): void {
  const variables = new Map(model.variables.map((v) => [v.name, v]));
  const declared = readDeclaredUnits(document, variables, diagnostics);
  const checker = new UnitChecker(declared, variables);
  const report = new UnitReport(declared, variables, sources, diagnostics);
  const tasks = unitTasks(model);
  const findings = tasks.map((task) => checker.run(task));
  const failing = reportDeclarations(findings, tasks, variables, checker, report);
  for (const finding of failing) report.finding(finding);
  checkLookupUses(checker.hasTakenUnits ? tasks.map((task) => checker.run(task)) : findings, report);
  if (!diagnostics.hasErrors) warnOfMissing(model.variables, declared, checker, diagnostics);
}

/** Reports declarations that explain several failures; returns what fails for a reason of its own. */
function reportDeclarations(
  findings: readonly UnitFinding[],
  tasks: readonly UnitTask[],
  variables: ReadonlyMap<string, Variable>,
  checker: UnitChecker,
  report: UnitReport,
): UnitFinding[] {
  let failing = findings.filter((f) => !isWell(f));
  for (;;) {
    const blame = blameDeclaration(failing, tasks, variables, checker);
    if (!blame) return failing;
    checker.takeUnits(blame.variable, [blame.declared, blame.needed]);
    const own = blame.explained.find((f) => f.task.role === "equation" && f.task.declaredBy === blame.variable);
    if (own) report.finding(own);
    else report.declaration(blame);
    failing = failing.map((f) => checker.run(f.task)).filter((f) => !isWell(f));
  }
}

/** A lookup that does not say the unit of its argument must be read in one unit everywhere. */
function checkLookupUses(findings: readonly UnitFinding[], report: UnitReport): void {
  const first = new Map<string, LookupUse>();
  for (const { faults, lookupUses } of findings) {
    if (faults.length > 0) continue;
    for (const use of lookupUses) {
      const before = first.get(use.lookup.name);
      if (use.measure.kind !== "units") continue;
      if (!before) first.set(use.lookup.name, use);
      else if (!commonMeasure(before.measure, use.measure)) report.lookupUses(use, before);
    }
  }
}

function warnOfMissing(
  variables: readonly Variable[],
  declared: DeclaredUnits,
  checker: UnitChecker,
  diagnostics: DiagnosticList,
): void {
  const missing = variables.filter((v) => declared.of.get(v)?.kind === "missing");
  if (missing.length === 0) return;
  const found = missing.flatMap((variable) => {
    const measure: Measure = checker.measureOf(variable);
    return measure.kind === "units" ? [{ name: variable.name, unit: unitText(firstUnit(measure)) }] : [];
  });
  diagnostics.add("unit-missing", missing[0]!.span, { names: missing.map((v) => v.name), found });
}

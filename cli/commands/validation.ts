/** What `terrace validate` finds out about a model, as data. */
import type { TestOutcome } from "../../engine/calibration/judge-test.ts";
import type { StepDifference } from "../../engine/calibration/step-halving.ts";
import type { ValidationTest } from "../../engine/calibration/validation-tests.ts";

export interface TestResult extends ValidationTest {
  /** null if the run failed. */
  readonly outcome: TestOutcome | null;
  readonly unit: string;
  readonly passes: boolean;
}

export interface IdentityResult {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** Largest over all runs and steps, as a share of the identity's scale. */
  readonly residual: number;
  readonly tolerance: number;
  readonly passes: boolean;
}

export interface StepResult {
  /** In percent. */
  readonly limit: number;
  /** The indicator that changes most, counts left aside. */
  readonly worst: StepDifference | null;
  /** Indicators of whole numbers that change: they are told, but do not fail the model. */
  readonly counts: readonly StepDifference[];
  readonly passes: boolean;
}

export interface Validation {
  /** Runs at central values: of each scenario, and of each test with settings. */
  readonly runs: number;
  /** Scenarios and settings whose run failed, which fails the model. */
  readonly failures: readonly { readonly run: string; readonly variable: string; readonly time: number }[];
  readonly identities: readonly IdentityResult[];
  readonly tests: readonly TestResult[];
  /** null for a model without indicators. */
  readonly step: StepResult | null;
  readonly passes: boolean;
}

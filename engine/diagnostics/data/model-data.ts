/** What can be wrong with a model whose equations can be read: time, levers, scenarios, distributions, ensembles. */

export interface ModelDiagnosticData {
  "uneven-time-grid": {
    start: number;
    stop: number;
    step: string;
    unit: string;
    below: StepCount;
    above: StepCount;
    nearest: readonly { step: string; steps: number }[];
  };
  "uneven-save": { save: string; step: string; nearest: readonly string[] };
  "stop-before-start": { start: number; stop: number };
  "unattached-flow": { name: string };
  "unused-parameter": { name: string };
  "not-a-flow": { name: string; kind: string };
  "not-a-stock": { name: string; kind: string };
  "not-a-noise": { name: string; kind: string };
  "distribution-syntax": { text: string; allowed: readonly string[] };
  "distribution-parameters": { name: string; rule: string; given: string };
  "not-constant-in-run": { name: string; because: string; where: string };
  "lever-default-out-of-range": { name: string; value: number; low: number; high: number; unit: string };
  "lever-range-order": { name: string; low: number; high: number };
  "lever-uncertain": { name: string };
  "unknown-lever": { scenario: string; name: string; near: readonly string[]; isParameter: boolean };
  "unknown-parameter": { scenario: string; name: string; near: readonly string[]; isLever: boolean };
  "lever-out-of-range": { scenario: string; name: string; value: number; low: number; high: number; unit: string };
  "lever-before-start": { scenario: string; name: string; from: number; start: number };
  "lever-ramp-order": { name: string; from: number; to: number };
  "unknown-scenario": { name: string; near: readonly string[] };
  "circular-scenarios": { loop: readonly string[] };
  "unknown-indicator": { name: string; near: readonly string[]; exists: boolean };
  "target-date": {
    name: string;
    of: "target" | "chart";
    due: number;
    start: number;
    stop: number;
    save: string;
    unit: string;
  };
  "correlation-range": { a: string; b: string; value: number };
  "correlation-not-definite": { names: readonly string[] };
  "correlation-shape": { a: string; b: string; why: "shape" | "period" | "markov" };
  "noise-period": { name: string; every: string; step: string };
  "event-period": { name: string; every: string; step: string };
  "event-date": { name: string; at: number; start: number; stop: number; step: string; unit: string };
  "lookup-order": { name: string; before: number; after: number };
  "lookup-too-short": { name: string };
  "lookup-not-invertible": { name: string };
  "step-too-long": {
    name: string;
    time: number;
    stages: number;
    step: number;
    unit: string;
    suggestion: number;
  };
  "negative-initial-stock": { name: string; elements: readonly string[]; count: number; value: number; unit: string };
  "stream-clash": { a: string; b: string };
  "correlation-member": { name: string; kind: string; family: string | null };
  "correlation-elements": { a: string; b: string };
  "joint-rows": { file: string; name: string; rows: number; other: string; otherRows: number };
  "joint-override": { scenario: string; name: string };
  "scenario-file-section": { section: string };
  "curve-parameter": { name: string; kind: string; shape: readonly string[]; curve: string };
  "model-too-large": { what: string; size: number; limit: number };
  "too-much-work": { name: string; size: number; limit: number };
}

/** A number of steps and the time at which they end. */
export interface StepCount {
  readonly steps: number;
  readonly stop: number;
}

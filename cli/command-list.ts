/** The commands. Each one's options stand beside its work, in `commands/`. */
import type { CommandLine, OptionWords } from "./option-words.ts";

/** Adds a command with its options and its work to the command line. */
export type AddCommand = (line: CommandLine, words: OptionWords) => CommandLine;

/** In the order in which `--help` lists them. Each is loaded when the line names it, or none: a start takes time. */
export const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  check: async () => (await import("./commands/check-options.ts")).checkOptions,
  simulate: async () => (await import("./commands/simulate-options.ts")).simulateOptions,
  run: async () => (await import("./commands/run-options.ts")).runOptions,
  audit: async () => (await import("./commands/audit-options.ts")).auditOptions,
  sensitivity: async () => (await import("./commands/sensitivity-options.ts")).sensitivityOptions,
  merge: async () => (await import("./commands/merge-options.ts")).mergeOptions,
  verify: async () => (await import("./commands/verify-options.ts")).verifyOptions,
  replay: async () => (await import("./commands/replay-options.ts")).replayOptions,
  export: async () => (await import("./commands/export-options.ts")).exportOptions,
  query: async () => (await import("./commands/query-options.ts")).queryOptions,
  report: async () => (await import("./commands/report-options.ts")).reportOptions,
  compare: async () => (await import("./commands/compare-options.ts")).compareOptions,
  charts: async () => (await import("./commands/charts-options.ts")).chartsOptions,
  score: async () => (await import("./commands/score-options.ts")).scoreOptions,
  validate: async () => (await import("./commands/validate-options.ts")).validateOptions,
  calibrate: async () => (await import("./commands/calibrate-options.ts")).calibrateOptions,
  explain: async () => (await import("./commands/explain-options.ts")).explainOptions,
  convert: async () => (await import("./commands/convert-options.ts")).convertOptions,
  init: async () => (await import("./commands/init-options.ts")).initOptions,
};

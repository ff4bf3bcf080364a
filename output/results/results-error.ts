/** What can go wrong with a results folder, as data, and the wording of each case. */

export type ResultsProblem =
  | { readonly code: "folder-exists"; readonly path: string }
  | { readonly code: "name-taken"; readonly path: string; readonly partial: string }
  | { readonly code: "unfinished-run"; readonly path: string }
  | { readonly code: "in-use"; readonly path: string; readonly owner: string }
  | { readonly code: "other-run"; readonly path: string; readonly differences: readonly string[] }
  | { readonly code: "other-model"; readonly path: string; readonly differences: readonly string[] }
  | { readonly code: "is-shard"; readonly path: string; readonly shard: string }
  | { readonly code: "no-merge"; readonly cause: string }
  | { readonly code: "export-exists"; readonly path: string }
  | { readonly code: "not-kept"; readonly path: string; readonly file: string; readonly keep: string }
  | { readonly code: "no-checkpoint"; readonly path: string }
  | { readonly code: "not-results"; readonly path: string }
  | { readonly code: "foreign-files"; readonly path: string; readonly files: readonly string[] }
  | { readonly code: "missing-file"; readonly path: string }
  | { readonly code: "truncated-file"; readonly path: string }
  | { readonly code: "damaged-file"; readonly path: string; readonly cause: string }
  | { readonly code: "newer-format"; readonly path: string; readonly version: unknown }
  | { readonly code: "write-failed"; readonly path: string; readonly cause: string }
  | { readonly code: "column-clash"; readonly table: string; readonly column: string }
  | { readonly code: "no-series"; readonly path: string; readonly series: string; readonly known: readonly string[] };

/** A problem with results on disk; `problem` holds the facts. */
export class ResultsError extends Error {
  readonly problem: ResultsProblem;

  constructor(problem: ResultsProblem) {
    super(describe(problem));
    this.name = "ResultsError";
    this.problem = problem;
  }
}

function describe(problem: ResultsProblem): string {
  switch (problem.code) {
    case "folder-exists":
      return `"${problem.path}" exists already; choose another folder with --out, or replace it with --force`;
    case "name-taken":
      return `"${problem.path}" has appeared while the run went on; the results are whole, in "${problem.partial}"`;
    case "unfinished-run":
      return (
        `"${problem.path}" is what a run that did not end has left; go on with it with --resume, ` +
        "or begin again with --force"
      );
    case "in-use":
      return `"${problem.path}" is being written by ${problem.owner}`;
    case "other-run":
      return `"${problem.path}" holds another run, so it cannot be gone on with: ${problem.differences.join("; ")}`;
    case "other-model":
      return `"${problem.path}" was computed from something else: ${problem.differences.join("; ")}`;
    case "is-shard":
      return `"${problem.path}" is shard ${problem.shard} of an ensemble; join all of them with "terrace merge"`;
    case "no-merge":
      return `the shards cannot be merged: ${problem.cause}`;
    case "export-exists":
      return `"${problem.path}" exists already; choose another folder with --out`;
    case "not-kept":
      return `"${problem.path}" has no ${problem.file}: the run kept "${problem.keep}"`;
    case "no-checkpoint":
      return `"${problem.path}" keeps no states of its runs; run it with --checkpoint and a year`;
    case "not-results":
      return `"${problem.path}" is not a results folder of Terrace (it has no manifest.json written by Terrace)`;
    case "foreign-files":
      return `"${problem.path}" holds files that Terrace did not write (${list(problem.files)}), so it is not replaced; move them away`;
    case "missing-file":
      return `there is no file "${problem.path}"; the results folder is incomplete`;
    case "truncated-file":
      return `"${problem.path}" is cut short: its end is missing; run the ensemble again`;
    case "damaged-file":
      return `"${problem.path}" cannot be read (${problem.cause}); run the ensemble again`;
    case "newer-format":
      return `"${problem.path}" has the results format ${JSON.stringify(problem.version)}, which this version of Terrace does not know`;
    case "write-failed":
      return `"${problem.path}" could not be written (${problem.cause})`;
    case "column-clash":
      return `table "${problem.table}" would have two columns "${problem.column}"; rename the indicator or dimension of that name`;
    case "no-series":
      return `"${problem.path}" has no series for ${problem.series}; it has ${list(problem.known)}`;
  }
}

/** The first few of a list of names. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

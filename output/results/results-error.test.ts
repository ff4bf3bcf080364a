import { expect, test } from "vitest";
import { ResultsError, type ResultsProblem } from "./results-error.ts";
import { describeInChinese } from "./results-error-zh.ts";

const path = "results/yunnan";
const problems: readonly ResultsProblem[] = [
  { code: "folder-exists", path },
  { code: "name-taken", path, partial: "p" },
  { code: "unfinished-run", path },
  { code: "in-use", path, owner: "process 7 on node3" },
  { code: "other-run", path, differences: ["seed was 1 and is 2"] },
  { code: "other-model", path, differences: ["model file a.yaml has changed"] },
  { code: "is-shard", path, shard: "2 of 4" },
  { code: "no-merge", cause: "shard 2 is given twice" },
  { code: "export-exists", path },
  { code: "not-kept", path, file: "draws.arrow", keep: "summary" },
  { code: "not-results", path },
  { code: "foreign-files", path, files: ["a", "b", "c", "d", "e", "f"] },
  { code: "missing-file", path },
  { code: "truncated-file", path },
  { code: "damaged-file", path, cause: "no end" },
  { code: "newer-format", path, version: 9 },
  { code: "write-failed", path, cause: "ENOSPC: no space left on device" },
  { code: "column-clash", table: "runs/place", column: "draw" },
  { code: "no-series", path, series: "gdp", known: ["a", "b"] },
];

test.each(problems)("$code: both languages name all the facts", (problem) => {
  const { code, ...facts } = problem;
  // Of a long list the first five are named.
  const told = Object.values(facts)
    .flat()
    .map(String)
    .filter((f) => f !== "f");
  const english = new ResultsError(problem).message;
  for (const fact of told) expect(english).toContain(fact);
  const chinese = describeInChinese(problem);
  expect(chinese).toMatch(/[\u4e00-\u9fff]/);
  // Sentences are put into Chinese; numbers and names of files stay.
  for (const name of told.flatMap((fact) => fact.match(/\d+|\w+[./]\w+/g) ?? [fact])) expect(chinese).toContain(name);
});

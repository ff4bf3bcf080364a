/** Sources that say "MODEL …" lead to a row of specification.md. `UPDATE_SPECIFICATION=1` fills in the files that cite each row. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { citations, citingFiles, SPECIFICATION, specificationRows, withCitingFiles } from "./specification.ts";

if (process.env.UPDATE_SPECIFICATION === "1") {
  writeFileSync(SPECIFICATION, withCitingFiles(readFileSync(SPECIFICATION, "utf8")));
}
const ROWS = specificationRows(readFileSync(SPECIFICATION, "utf8"));
const NUMBERS = ROWS.map((row) => row.number);

/** Cited numbers that the rows do not explain. */
function unexplained(numbers: readonly string[]): readonly string[] {
  return [...citingFiles().keys()].filter((number) => !numbers.includes(number));
}

describe("citations of the specification", () => {
  it.each([
    ["source: MODEL Y6}", ["Y6"]],
    ["MODEL M4, M11 to M13", ["M4", "M11", "M12", "M13"]],
    ["MODEL 7e to 7h", ["7e", "7f", "7g", "7h"]],
    ["MODEL 3, no. 19; 5.2", ["3 no. 19", "5.2"]],
    ["MODEL 3, nos. 28-31", ["3 no. 28-31"]],
    ["MODEL 8.2, rule 21", ["8.2 no. 21"]],
    ["MODEL 1.3 OP_VIL (earmarked)", ["1.3", "OP_VIL"]],
    ["MODEL 3. Rates that MODEL leaves open, 2010 to 2020", ["3"]],
    ["DERIVED,MODEL,effect by judgement", []],
  ])("%s", (text, numbers) => {
    expect(citations(text)).toEqual(numbers);
  });
});

describe("specification of the Yunnan model", () => {
  it("has a row for every number that the model, its data or its README cite", () => {
    expect(unexplained(NUMBERS)).toEqual([]);
  });

  it("would miss any of its rows", () => {
    for (const number of NUMBERS) expect(unexplained(NUMBERS.filter((n) => n !== number))).toEqual([number]);
  });

  it("has one row a number, in English and Chinese, with what it rests on", () => {
    expect(new Set(NUMBERS).size).toBe(NUMBERS.length);
    for (const row of ROWS) {
      expect(row.english, row.number).toMatch(/[A-Za-z]{3}/);
      expect(row.chinese, row.number).toMatch(/[一-鿿]{2}/);
      expect(row.basis, row.number).not.toBe("");
    }
  });

  it("names the files that cite a row (UPDATE_SPECIFICATION=1 fills them in)", () => {
    const citing = citingFiles();
    expect(ROWS.filter((row) => row.files.length === 0)).toEqual([]);
    expect(Object.fromEntries(ROWS.map((row) => [row.number, row.files]))).toEqual(
      Object.fromEntries(ROWS.map((row) => [row.number, citing.get(row.number) ?? []])),
    );
  });
});

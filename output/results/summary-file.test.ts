import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataType } from "apache-arrow";
import { expect, test } from "vitest";
import { integers, numbers, readArrowFile, texts } from "./arrow-input.ts";
import { SummaryFile } from "./summary-file.ts";
import { temporaryFolder, writeFakeResults } from "./testing/write-fake-results.ts";

const path = join(writeFakeResults({ folder: join(temporaryFolder(), "results") }), "summary.arrow");
const file = new SummaryFile(path);
const whole = readArrowFile(path);

test("any rows of any column are those that Arrow's own reader finds", () => {
  const batches = whole.batches.map(({ numRows }) => numRows);
  expect([file.rows, batches.length]).toEqual([whole.numRows, 5]);
  for (const { name, type } of whole.schema.fields) {
    if (DataType.isDictionary(type)) {
      const all = texts(whole, name);
      for (const step of [1, 3, 4]) expect(file.names(name, step)).toEqual(all.filter((_, row) => row % step === 0));
      continue;
    }
    const isWhole = DataType.isInt(type);
    const all = isWhole ? integers(whole, name) : numbers(whole, name);
    // Lengths and places at which the bits of missing values begin and end within a byte.
    for (let first = 0, batch = 0; batch < batches.length; first += batches[batch++]!)
      for (const [from, length] of [
        [0, 4],
        [5, 11],
        [7, 1],
        [8, 8],
        [0, batches[batch]!],
      ] as const) {
        const row = first + from;
        const found = isWhole ? file.integers(name, row, length) : file.numbers([name], row, length)[name];
        expect(found).toEqual(all.slice(row, row + length));
      }
  }
});

test("rows of two batches, and columns that are not there, are errors", () => {
  expect(() => file.numbers(["mean"], whole.batches[0]!.numRows - 1, 2)).toThrow("in one batch");
  expect(() => file.numbers(["median"], 0, 1)).toThrow('there is no column "median"');
  expect(() => file.names("mean", 1)).toThrow('"mean" is not a column of names');
});

test("a file that is cut short is an error", () => {
  const short = join(temporaryFolder(), "summary.arrow");
  writeFileSync(short, readFileSync(path).subarray(0, 2000));
  expect(() => new SummaryFile(short)).toThrow("is cut short");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTextTable, openWorkbook } from "./open-workbook.ts";
import { type Sheet, type Workbook, WorkbookFault } from "./sheet.ts";
import { type Book, record, xls, xlsx } from "./testing/write-workbook.ts";

const BOOK: Book = {
  sheets: {
    Zahlen: { A1: 1, B1: -2.5, C1: 1e300, A2: -7, AB10: 999, B2: "text", C2: "人口", D2: "a & <b>" },
    "My sheet": { A1: "long ".repeat(200), B7: 0.1 },
  },
  names: { rates: "'My sheet'!$B$7", block: "Zahlen!$A$1:$C$2" },
};

/** All cells of a sheet by row and column. */
function cells(sheet: Sheet): [row: number, column: number, value: number | string][] {
  const list: [number, number, number | string][] = [];
  for (let row = 0; row < sheet.rows; row++) {
    for (let column = 0; column < sheet.columns; column++) {
      const value = sheet.cell(row, column);
      if (value !== null) list.push([row, column, value]);
    }
  }
  return list;
}

describe.each([
  ["xlsx", xlsx],
  ["xls", xls],
])("a workbook in %s", (_, write) => {
  const book = openWorkbook(write(BOOK)) as Workbook;

  test("has its sheets, whatever the case of their names", () => {
    expect(book.sheetNames).toEqual(["Zahlen", "My sheet"]);
    expect(book.sheet("my SHEET")?.name).toBe("My sheet");
    expect(book.sheet("other")).toBeNull();
  });

  test("has numbers and texts in their cells", () => {
    expect(cells(book.sheet("Zahlen")!)).toEqual([
      [0, 0, 1],
      [0, 1, -2.5],
      [0, 2, 1e300],
      [1, 0, -7],
      [1, 1, "text"],
      [1, 2, "人口"],
      [1, 3, "a & <b>"],
      [9, 27, 999],
    ]);
    expect(book.sheet("My sheet")!.cell(0, 0)).toBe("long ".repeat(200));
  });

  test("has its named areas", () => {
    expect(book.area("RATES", "")).toEqual({ sheet: "My sheet", row: 6, column: 1, rows: 1, columns: 1 });
    expect(book.area("block", "")).toEqual({ sheet: "Zahlen", row: 0, column: 0, rows: 2, columns: 3 });
    expect(book.area("other", "")).toBeNull();
  });
});

test("a stream of less than 4096 bytes lies in small sectors", () => {
  const book = openWorkbook(xls({ sheets: { s: { A1: 1, B2: "=result" } } }))!;
  expect(cells(book.sheet("s")!)).toEqual([
    [0, 0, 1],
    [1, 1, "result"],
  ]);
});

describe("what is no workbook that can be read", () => {
  const problem = (bytes: Uint8Array) => {
    try {
      return openWorkbook(bytes) === null ? "none" : "read";
    } catch (error) {
      if (error instanceof WorkbookFault) return error.problem;
      throw error;
    }
  };

  test.each([
    ["text", Uint8Array.from([65, 44, 66]), "none"],
    ["no bytes", new Uint8Array(), "none"],
    ["an archive cut off", xlsx(BOOK).subarray(0, 300), "not-a-workbook"],
    ["XML that is none", xlsx(BOOK, { "xl/workbook.xml": "<workbook><sheets>" }), "damaged"],
    [
      "XML with a document type",
      xlsx(BOOK, { "xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>" }),
      "damaged",
    ],
    ["a compound file cut off", xls(BOOK).subarray(0, 700), "damaged"],
    ["a password", xls(BOOK, [record(0x2f, 0, 0)]), "encrypted"],
  ])("%s", (_, bytes, expected) => expect(problem(bytes)).toBe(expected));

  test("a workbook of Excel 5 is too old", () => {
    const bytes = xls({ sheets: { s: { A1: 1 } } });
    // The version in the first record, at the start of the content in sector 3.
    bytes[512 * 4 + 4] = 0;
    bytes[512 * 4 + 5] = 5;
    expect(problem(bytes)).toBe("old-format");
  });

  test("property: damaged bytes end in a fault or are read", () => {
    const samples = [xlsx(BOOK), xls(BOOK), xls({ sheets: { s: { A1: 1, B2: "=x" } } })];
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (bytes, changes, cut) => {
          const damaged = Uint8Array.from(bytes);
          for (const { at, byte } of changes) damaged[at % damaged.length] = byte;
          problem(cut % 4 === 0 ? damaged.subarray(0, cut % damaged.length) : damaged);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a text table", () => {
  test("keeps empty lines and short rows in their places", () => {
    expect(cells(openTextTable("a.csv", '\ufeffa,1\n\n,2,3 \nx,1e3,"q,""r"\n', ","))).toEqual([
      [0, 0, "a"],
      [0, 1, 1],
      [2, 1, 2],
      [2, 2, 3],
      [3, 0, "x"],
      [3, 1, 1000],
      [3, 2, 'q,"r'],
    ]);
  });

  test.each(["1,000", "0x10", "Infinity", "1e999", "12a", "#N/A"])("%j is no number", (text) => {
    expect(openTextTable("a.tab", text, "\t").cell(0, 0)).toBe(text);
  });
});

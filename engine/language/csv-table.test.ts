import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellSpan, quotedRecords, readCsv, scannedRecords } from "./csv-table.ts";

const read = (text: string) => readCsv({ path: "a.csv", text });

describe("CSV", () => {
  it("a header and rows, with or without a byte-order mark and carriage returns", () => {
    for (const text of ["a,b\n1,2\n", "\ufeffa,b\r\n1,2\r\n", "a,b\n\n1,2"]) {
      const table = read(text);
      if (!("columns" in table)) throw new Error(table.fault);
      expect([table.columns, table.rows, table.cell(0, 0), table.texts(1)]).toEqual([["a", "b"], 1, "1", ["2"]]);
    }
  });

  it.each([
    ["", "empty", 0],
    ['a,b\n"1,2\n3,4\n', "quote-open", 4],
    ['a,b\n1,2"x\n', "quote-inside", 7],
    ['a,b\n"1"x,2\n', "quote-inside", 6],
    ["a,b\n1,\ufffd\n", "encoding", 6],
    ["a,b\n1,2,3\n", "row-length", 4],
  ])("%j: %s at %d", (text, fault, start) => {
    expect(read(text)).toMatchObject({ fault, span: { start } });
  });

  it("property: a text without quotes has the records that the library finds in it", () => {
    const text = fc
      .tuple(fc.constantFrom("", "\ufeff"), fc.string({ unit: fc.constantFrom("a", "1", " ", ",", "昆", "\n", "\t") }))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (t) => {
        for (const text of [t, t.replaceAll("\n", "\r\n")]) expect(scannedRecords(text)).toEqual(quotedRecords(text));
      }),
    );
    expect([scannedRecords("a\r\nb\n"), scannedRecords("a\rb")]).toEqual([null, null]);
  });

  it("property: so has a text with quotes, if it has them where they belong; else it is left to the library", () => {
    const part = fc.constantFrom('"a"', '"a,b"', '"a\nb"', '""', '"a""b"', '"', "a", "昆", " ", ",", ",", "\n", "\n");
    const text = fc.tuple(fc.constantFrom("", "\ufeff"), fc.array(part, { maxLength: 14 }), fc.boolean());
    let scanned = 0;
    fc.assert(
      fc.property(text, ([mark, parts, returns]) => {
        const t = (mark + parts.join("")).replaceAll("\n", returns ? "\r\n" : "\n");
        const found = scannedRecords(t);
        if (found === null) return;
        scanned += 1;
        expect(found).toEqual(quotedRecords(t));
      }),
      { numRuns: 2000 },
    );
    expect(scanned).toBeGreaterThan(500);
    expect([scannedRecords('a"b'), scannedRecords('"a'), scannedRecords('"a"b'), scannedRecords('"a"\r\nb\n')]).toEqual(
      new Array(4).fill(null),
    );
  });

  it("property: the place of a cell is its text", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", " ", ",", '"', "昆", "\n"), maxLength: 6 });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      );
    fc.assert(
      fc.property(table, fc.boolean(), (rows, always) => {
        const quote = (c: string) => (always || /[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c);
        const header = rows[0]!.map((_, i) => `c${i}`);
        const text = [header, ...rows].map((row) => row.map(quote).join(",")).join("\n");
        const result = read(text);
        if (!("columns" in result)) throw new Error(result.fault);
        for (let row = 0; row < result.rows; row++) {
          for (const i of result.columns.keys()) {
            const value = result.cell(row, i);
            const { start, end } = cellSpan({ path: "a.csv", text }, result.span(row), i);
            const written = text.slice(start, end).replace(/^"([\s\S]*)"$/, "$1");
            expect(written.replaceAll('""', '"').trim()).toBe(value);
          }
        }
      }),
    );
  });
});

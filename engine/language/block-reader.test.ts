import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { readBlocks } from "./block-reader.ts";
import { readWhole } from "./yaml-by-library.ts";

const own = (text: string) => readBlocks({ path: "a.yaml", text });

/** The library's tree of a text in which nothing is wrong; else null. */
function byLibrary(text: string): unknown {
  const diagnostics = new DiagnosticList();
  const file = readWhole({ path: "a.yaml", text }, diagnostics);
  return file.good && diagnostics.sorted(["a.yaml"]).length === 0 ? file.node : null;
}

describe("keys and hyphens, read without the library", () => {
  test.each([
    "a: 1",
    "a: 1  \n\n# c\n",
    "a:\n  b: x y\n\n# c\n  # d\n  e : 'q'  \nf: [1]\n",
    "a:\n- x\n- b: 1\n  c: -f(2)\n- - d\n  - {e: g}\nh: 2\n",
    'a:\n    "b, c": "d \\"e\\""\n    城市[x]: 1e3\n',
    "  a: ~\n  b: 12:30\n",
    "# c\n- true\n- http://x\n",
    "a: >-\n  b: c # d\n  - e\nf: |\n    g\n    h",
    "- a: |-\n    b\n  c:\n    d: >\n      e\n- f\n",
  ])("%j as by the library", (text) => {
    expect(own(text)).not.toBeNull();
    expect(own(text)).toEqual(byLibrary(text));
  });

  test.each([
    "",
    "a",
    "a:\n",
    "a:\nb: 1\n",
    "a: |\n",
    "a: |\nb: 1\n",
    "a: |+\n  b\n",
    "a: >2\n   b\n",
    "a: >\n  b\n\n  c\n",
    "a: >\n  b\n    c\n",
    "a: >\n    b\n  c\n",
    "a: >\n  b\n\nc: 1\n",
    "a: >\n  # b\n",
    "a: >\n  b\n# c\n",
    "a: >\n  b \n  c\n",
    "- >\n  b\n",
    "a: b\n  c\n",
    "a: b # c\n",
    "a: b: c\n",
    "a: 1\na: 2\n",
    "a: 1\n  b: 2\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: {b: 1}\n  c: 2\n",
    "a: [1,\n  2]\n",
    "a: &b 1\n",
    'a: "\\t"\n',
    "a:\tb\n",
    "a: 1\r\n",
    "---\na: 1\n",
    "a:\n  b: 1\n  # c\nd: 2\n",
    "a: 0x1F\n",
  ])("%j is left to the library", (text) => {
    expect(own(text)).toBeNull();
  });

  test("property: whatever of such pieces is read here is as by the library", () => {
    const piece = fc.constantFrom(
      ...[
        "a: ",
        "b: ",
        "c[x]: ",
        '"d, e": ',
        "f:",
        "- ",
        "-",
        "1",
        "x y",
        "-2.5",
        "- x",
        "{g: 1}",
        "[h, 2]",
        "'s'",
        '"t"',
      ],
      ...[
        "\n",
        "\n",
        "\n  ",
        "\n  ",
        "\n    ",
        "\n      ",
        " ",
        "# z",
        ">-",
        "> \n",
        "~",
        "城",
        "...",
        "--- ",
        "|\n",
        "&i",
        "?",
        ":",
        "\\",
        "12:30",
      ],
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
    let read = 0;
    fc.assert(
      fc.property(text, (t) => {
        const node = own(t);
        if (node === null) return;
        read++;
        expect(node).toEqual(byLibrary(t));
      }),
      { numRuns: 12_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test("property: blocks in blocks are read here", () => {
    const scalar = fc.constantFrom("1", "x y", "-f(a, b)", "'s'", '"t: u"', "[1, 2]", "{a: b}", "城市", "1/4");
    const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
    const { lines } = fc.letrec<{ lines: string[] }>((tie) => ({
      lines: fc.oneof(
        { maxDepth: 4 },
        fc
          .array(fc.oneof(scalar, tie("lines")), { minLength: 1, maxLength: 3 })
          .map((values) =>
            values.flatMap((value, i) =>
              typeof value === "string" ? [`k${i}: ${value}`] : [`k${i}:`, ...indented(value)],
            ),
          ),
        fc
          .array(fc.oneof(scalar, tie("lines")), { minLength: 1, maxLength: 3 })
          .map((values) =>
            values.flatMap((value) =>
              typeof value === "string" ? [`- ${value}`] : [`- ${value[0]}`, ...indented(value.slice(1)), ""],
            ),
          ),
      ),
    }));
    fc.assert(
      fc.property(lines, (t) => {
        const text = `${t.join("\n")}\n`;
        expect(own(text)).not.toBeNull();
        expect(own(text)).toEqual(byLibrary(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("property: texts of lines in blocks are read here", () => {
    const row = fc.constantFrom("x: y", "- z", "a # b", "'", "{", "城市", "|", "1");
    const mark = fc.constantFrom("|", "|-", ">", ">-");
    const indented = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);
    const rows = fc.tuple(mark, fc.array(row, { minLength: 1, maxLength: 3 }), fc.constantFrom(" ", "   "));
    const { lines } = fc.letrec<{ lines: string[] }>((tie) => ({
      lines: fc.array(fc.oneof({ maxDepth: 3 }, rows, tie("lines")), { minLength: 1, maxLength: 3 }).map((values) =>
        values.flatMap((value, i) => {
          const [head, below, by] = value;
          const isText = Array.isArray(below);
          return isText
            ? [`k${i}: ${head}`, ...indented(below, by!)]
            : [`k${i}:`, ...indented(value as string[], "  ")];
        }),
      ),
    }));
    fc.assert(
      fc.property(lines, fc.constantFrom("", "\n", "\nlast: 1"), (t, end) => {
        const text = t.join("\n") + end;
        expect(own(text)).not.toBeNull();
        expect(own(text)).toEqual(byLibrary(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("all files but one of the models that come with Terrace are read here, as by the library", () => {
    const root = join(import.meta.dirname, "..", "..", "scenarios");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
    const left = files.filter((name) => {
      const text = readFileSync(join(root, name), "utf8");
      const node = own(text);
      if (node !== null) expect(node).toEqual(byLibrary(text));
      return node === null;
    });
    expect(left).toEqual(["yunnan/to-2050/model.yaml"]);
  });
});

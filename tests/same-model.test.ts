/** Order, names and files of a model are for its readers: changing them changes no bit of any result. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileModel } from "../engine/compile.ts";
import { simulate } from "../engine/ensemble/simulate.ts";

/** A variable; in its text `$name` stands for the name of another. */
interface Entry {
  readonly section: string;
  readonly name: string;
  readonly shape: string;
  readonly text: string;
}

const HEADER = `model: {name: t, method: rk4, time: {start: 0, stop: 4, step: 1/4, save: 1, unit: "1"}}
dimensions:
  place: {elements: [north, south, west], aliases: [other], groups: {coast: {north: 1, west: 0.5}}}
  age: {elements: 0..5}
`;

const ENTRIES: readonly Entry[] = [
  entry("stocks", "people", "[place, age]", `{initial: 100 / (1 + $older), inflows: [$births], outflows: [$deaths]}`),
  entry("stocks", "capital", "[place]", `{initial: "$need + smooth($need, 2)", inflows: [$building]}`),
  entry("flows", "births", "[place, age]", `{equation: "if(age == 0, $rate * sum($people, age), 0)"}`),
  entry("flows", "deaths", "[place, age]", `{equation: $people * $table(age) * $pressure}`),
  entry("flows", "building", "[place]", `{equation: "delay3($need, $lag) - $capital * 0.1"}`),
  entry("auxiliaries", "older", "[age]", `{equation: "if(age == 0, 1, $older[age - 1] * 1.25 + $rate)"}`),
  entry("auxiliaries", "need", "[place]", `{equation: "sum($people, age) * share($size, place)"}`),
  entry("auxiliaries", "crowd", "", `{equation: "sum($people[other, age] * $size[other], other, age)"}`),
  entry("auxiliaries", "pressure", "[place]", `{equation: "delay_fixed($crowd, $lag) / previous($crowd) * 0.1"}`),
  entry("auxiliaries", "order", "[place]", `{equation: "rank($need, place) + stddev($need, coast)"}`),
  entry("auxiliaries", "best", "", `{equation: "sample_if_true($crowd > previous($crowd), trend($crowd, 2), 0)"}`),
  entry("parameters", "rate", "", `{value: 0.3}`),
  entry("parameters", "lag", "", `{value: 1.5}`),
  entry("parameters", "size", "[place]", `{value: {north: 3, south: 1.1, west: 0.7}}`),
  entry("lookups", "table", "", `{points: [[0, 0.01], [3, 0.02], [5, 0.3]]}`),
];

function entry(section: string, name: string, shape: string, text: string): Entry {
  return { section, name, shape, text: text.replace(/\}$/, ', unit: "1"}') };
}

/** The text of some entries under their sections, with names given. */
function textOf(entries: readonly Entry[], rename: (name: string) => string): string {
  const sections = [...new Set(entries.map((e) => e.section))];
  return sections
    .map((section) => {
      const own = entries.filter((e) => e.section === section);
      const lines = own.map((e) => `  ${rename(e.name)}${e.shape}: ${e.text.replace(/\$(\w+)/g, (_, n) => rename(n))}`);
      return `${section}:\n${lines.join("\n")}\n`;
    })
    .join("");
}

/** The bits of every variable at every save point, by the name it has in ENTRIES. */
function bitsOf(texts: readonly string[], rename: (name: string) => string): Record<string, string> {
  const files = texts.map((text, i) => ({ path: `part-${i}.yaml`, text }));
  const { model, program, diagnostics } = compileModel(files);
  if (!model || !program) throw new Error(JSON.stringify(diagnostics.map((d) => [d.code, d.data])));
  const { columns, failure } = simulate(model, program);
  expect(failure).toBeNull();
  const original = new Map(ENTRIES.map((e) => [rename(e.name), e.name]));
  return Object.fromEntries(
    columns.map((c) => [
      `${original.get(c.variable)}[${c.key}]`,
      Buffer.from(c.values.buffer, c.values.byteOffset, c.values.byteLength).toString("hex"),
    ]),
  );
}

const same = (name: string) => name;
const EXPECTED = bitsOf([HEADER + textOf(ENTRIES, same)], same);
const shuffled = fc.shuffledSubarray([...ENTRIES], { minLength: ENTRIES.length });

describe("no bit changes", () => {
  test("the model does something", () => {
    expect(Object.keys(EXPECTED)).toHaveLength(82);
    expect(new Set(Object.values(EXPECTED)).size).toBe(40);
  });

  test("when variables are written in another order", () => {
    fc.assert(
      fc.property(shuffled, (entries) => {
        expect(bitsOf([HEADER + textOf(entries, same)], same)).toEqual(EXPECTED);
      }),
      { numRuns: 60 },
    );
  });

  test("when variables have other names", () => {
    // Names that sort in any order, in several scripts; names of functions and of the language are taken.
    const name = fc.stringMatching(/^[a-z人口产业]{1,6}_[a-z0-9城]{0,4}x$/u);
    const names = fc.uniqueArray(name, {
      minLength: ENTRIES.length,
      maxLength: ENTRIES.length,
      selector: (n) => n.toLowerCase(),
    });
    fc.assert(
      fc.property(names, (list) => {
        const rename = (n: string) => list[ENTRIES.findIndex((e) => e.name === n)]!;
        expect(bitsOf([HEADER + textOf(ENTRIES, rename)], rename)).toEqual(EXPECTED);
      }),
      { numRuns: 60 },
    );
  });

  test("when the model is split into files", () => {
    const files = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: ENTRIES.length, maxLength: ENTRIES.length });
    fc.assert(
      fc.property(shuffled, files, (entries, of) => {
        const parts = [0, 1, 2, 3, 4].map((file) =>
          textOf(
            entries.filter((_, i) => of[i] === file),
            same,
          ),
        );
        const texts = [HEADER, ...parts].filter((t) => t !== "");
        expect(bitsOf(texts, same)).toEqual(EXPECTED);
      }),
      { numRuns: 60 },
    );
  });
});

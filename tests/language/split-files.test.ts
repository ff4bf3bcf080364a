/**
 * How a model is divided into files, and in what order its entries stand, makes no difference to a single bit of its results.
 * Only events happen in the order in which they are written, and the order of columns follows the text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { compileModel } from "../../engine/compile.ts";
import type { SourceFile } from "../../engine/diagnostics/source.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { strip } from "./without-places.ts";

const FILE = join(import.meta.dirname, "..", "..", "scenarios", "two-cities", "model.yaml");
const TEXT = readFileSync(FILE, "utf8");
type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const SECTIONS: Sections = parse(TEXT);

/** One entry of a section; the header is one whole. */
interface Entry {
  readonly section: string;
  readonly name: string;
  readonly content: unknown;
}
const ENTRIES: readonly Entry[] = Object.entries(SECTIONS).flatMap(([section, entries]) =>
  section === "model"
    ? [{ section, name: "", content: entries }]
    : Object.entries(entries).map(([name, content]) => ({ section, name, content })),
);

function compile(files: readonly SourceFile[]) {
  const { model, program, diagnostics } = compileModel(files);
  const errors = diagnostics.filter((d) => d.severity === "error");
  if (!model || !program) throw new Error(JSON.stringify(errors));
  return { model, program };
}

/** The numbers of a small ensemble under names that do not depend on any order: bits as hexadecimal text. */
function bits(files: readonly SourceFile[]): Record<string, string> {
  const { model, program } = compile(files);
  const catalog = buildCatalog(model, "h");
  const plan = planEnsemble(model, program, catalog, { seed: 5, draws: 4 });
  const block = createBlockRunner(plan)(0);
  const hex = (numbers: Float64Array) => Buffer.from(numbers.slice().buffer).toString("hex");
  const found: Record<string, string> = {};
  for (const [t, table] of catalog.tables.entries()) {
    const numbers = block.tables[t]!;
    const length = numbers.length / (table.indicators.length * catalog.scenarios.length);
    for (const [i, indicator] of table.indicators.entries()) {
      for (const [s, scenario] of catalog.scenarios.entries()) {
        const from = (i * catalog.scenarios.length + s) * length;
        found[`${scenario.name} ${indicator}`] = hex(numbers.slice(from, from + length));
      }
    }
  }
  for (const [c, column] of catalog.drawColumns.entries()) {
    const width = catalog.drawColumns.length;
    found[column] = hex(block.drawValues.filter((_, n) => n % width === c));
  }
  return found;
}

/** Files with the entries given to each, under their sections, in the order of the list. */
function filesOf(parts: readonly (readonly Entry[])[]): SourceFile[] {
  return parts.map((entries, n) => {
    const sections = new Map<string, unknown>();
    for (const { section, name, content } of entries) {
      if (section === "model") sections.set(section, content);
      else
        sections.set(section, new Map([...((sections.get(section) as Map<string, unknown>) ?? []), [name, content]]));
    }
    return { path: `part-${n}.yaml`, text: stringify(sections, { lineWidth: 0 }) };
  });
}

test("property: entries in any order, in any number of files, give the same bits", () => {
  const expected = bits([{ path: "model.yaml", text: TEXT }]);
  expect(Object.keys(expected).length).toBeGreaterThan(5);
  const order = fc.shuffledSubarray([...ENTRIES], { minLength: ENTRIES.length });
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat(3)), (entries, count, places) => {
      const parts = Array.from({ length: count }, (): Entry[] => []);
      for (const entry of entries) parts[places.next().value! % count]!.push(entry);
      expect(bits(filesOf(parts))).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

test("property: cut into files without a change of order, the program is the same", () => {
  const whole = filesOf([ENTRIES]);
  const expected = strip(compile(whole).program);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: ENTRIES.length - 1 }), { maxLength: 4 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), ENTRIES.length];
      const parts = edges.slice(1).map((to, i) => ENTRIES.slice(edges[i]!, to));
      expect(strip(compile(filesOf(parts)).program)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

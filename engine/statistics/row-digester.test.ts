import { describe, expect, test } from "vitest";
import { buildCatalog } from "../ensemble/build-catalog.ts";
import { type EnsemblePlan, planEnsemble } from "../ensemble/plan.ts";
import { withKernel } from "../ensemble/plan-kernel.ts";
import { createBlockRunner, savedRows } from "../ensemble/run-block.ts";
import { goodModel } from "../testing/compile-text.ts";
import { GROWTH_MODEL } from "../testing/growth-model.ts";
import { type BlockDigest, BlockDigester } from "./block-digest.ts";
import { DigestReader } from "./contrast-digest.ts";
import { createSummary } from "./ensemble-summary.ts";
import { RowDigester, savedShape } from "./row-digester.ts";
import { SharedBins } from "./shared-bins.ts";
import { layOutSummary, type SummaryLayout } from "./summary-layout.ts";
import { digestCode } from "./vector/digest-module.ts";

const { model, program } = goodModel(GROWTH_MODEL);
const names = model.scenarios.map(({ name }) => name);
const planWith = (reference: string, draws = 18): EnsemblePlan =>
  planEnsemble(model, program, buildCatalog(model, "h", names, [], reference), { seed: 7, draws, blockDraws: 8 });

function digesterOf(plan: EnsemblePlan, bins: SharedBins, waitForBins = (_: number): void => {}): RowDigester {
  const { catalog } = plan;
  const saved = savedRows(plan);
  const module = new WebAssembly.Module(digestCode(savedShape(catalog, saved)));
  return new RowDigester({ catalog, saved, bins, module, waitForBins });
}

/** What a digest says: the bins of the draws that count, of cells with more than one value. It is used up. */
function meaning(plan: EnsemblePlan, { parts, ...rest }: BlockDigest) {
  const layout = layOutSummary(plan.catalog);
  const reader = new DigestReader(layout, undefined);
  const said = layout.contrasts.map((_, contrast) => {
    const numbers: unknown[] = [];
    reader.read(parts, contrast, rest.draws, ({ bins, draws, ...more }) => {
      const n = rest.n[contrast]!;
      const isSame = (cell: number) => more.minimum[cell] === more.maximum[cell];
      const ofCell = (cell: number) => (isSame(cell) ? [] : [...bins.subarray(cell * draws, cell * draws + n)]);
      numbers.push(...Object.values(more).map((array) => [...(array as Float64Array)]));
      numbers.push(Array.from({ length: layout.contrastCells }, (_, cell) => ofCell(cell)));
    });
    return numbers;
  });
  return { ...rest, said };
}

const sharedBins = (layout: SummaryLayout): SharedBins =>
  new SharedBins(layout, new SharedArrayBuffer(SharedBins.bytes(layout, false)));

describe("a block whose rows are watched", () => {
  test.each(names.flatMap((name) => [[name, "kernel"] as const, [name, "interpreter"] as const]))(
    "with %s as the reference, run by the %s: the same digest and the same block",
    (reference, machine) => {
      const interpreted = planWith(reference);
      const plan = machine === "kernel" ? withKernel(interpreted) : interpreted;
      const run = createBlockRunner(plan);
      const summary = createSummary(plan.catalog, 18, 0);
      summary.fixBins(run(0));
      const bins = summary.shareBins()!;
      const digester = digesterOf(plan, bins);
      for (const block of [1, 2, 0]) {
        const expected = run(block);
        const begin = () => digester.begin(block, expected.firstDraw, expected.draws);
        begin();
        expect(run.withoutTables(block, digester)).toEqual({ ...expected, tables: [] });
        const wanted = meaning(plan, new BlockDigester(plan.catalog, bins).digest(expected)!);
        expect(meaning(plan, digester.finish())).toEqual(wanted);
        begin();
        expect(run(block, digester)).toEqual(expected);
        expect(meaning(plan, digester.finish())).toEqual(wanted);
      }
    },
  );

  test("runs that failed have no part in it", () => {
    const plan = planWith(names[0]!);
    const run = createBlockRunner(plan);
    const bins = createSummary(plan.catalog, 18, 0).shareBins()!;
    const digester = digesterOf(plan, bins);
    for (const block of [0, 1, 2]) {
      const whole = run(block);
      const failed = whole.failed.map((_, i) => (i % 3 === 0 || (i >= whole.draws && i < 2 * whole.draws) ? 1 : 0));
      digester.begin(block, whole.firstDraw, whole.draws);
      run.withoutTables(block, {
        row: (...row) => digester.row(...row),
        scenario: (s) => digester.scenario(s, failed.subarray(s * whole.draws, (s + 1) * whole.draws)),
      });
      const expected = new BlockDigester(plan.catalog, bins).digest({ ...whole, failed })!;
      expect(meaning(plan, digester.finish())).toEqual(meaning(plan, expected));
    }
  });

  test("block 0 fixes the bins that a summary would fix by it, contrast by contrast; others ask for them", () => {
    const plan = planWith(names[1]!);
    const run = createBlockRunner(plan);
    const summary = createSummary(plan.catalog, 18, 0);
    summary.fixBins(run(0));
    const layout = layOutSummary(plan.catalog);
    const { contrasts } = layout;
    const bins = sharedBins(layout);
    const asked: number[] = [];
    const digester = digesterOf(plan, bins, (contrast) => {
      expect(bins.isFixed(contrast)).toBe(true);
      asked.push(contrast);
    });
    digester.begin(0, 0, 8);
    run.withoutTables(0, digester);
    expect(asked.toSorted((a, b) => a - b)).toEqual([...contrasts.keys()]);
    expect(bins.areFixed).toBe(true);
    expect(bins.buffer).toEqual(summary.shareBins()!.buffer);
  });

  test("a value that is not finite is never counted", () => {
    const plan = planWith(names[0]!);
    const run = createBlockRunner(plan);
    const digester = digesterOf(plan, createSummary(plan.catalog, 18, 0).shareBins()!);
    digester.begin(0, 0, 8);
    const spoilt = () =>
      run.withoutTables(0, {
        row: (scenario, from, row, values) =>
          digester.row(
            scenario,
            from,
            row,
            values.map((x) => (row === 1 ? Number.POSITIVE_INFINITY : x)),
          ),
        scenario: (...seen) => digester.scenario(...seen),
      });
    expect(spoilt).toThrow(/^block 0: scenario ".*", draw 0: ".*" is Infinity, but the run is not marked as failed$/);
  });
});

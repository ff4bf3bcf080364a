/**
 * Makes the digest of a block while its runs save their rows, scenario by scenario and without the tables of the block: what is held is the
 * rows of the reference and of one other scenario.
 */
import type { Catalog } from "../ensemble/catalog.ts";
import type { RowWatch, SavedRows } from "../ensemble/run-block.ts";
import { KNOTS, placeKnots } from "./bins.ts";
import { type BlockDigest, clear, emptyDigest } from "./block-digest.ts";
import { type BlockParts, DigestWriter } from "./contrast-digest.ts";
import type { PageStore } from "./page-store.ts";
import type { SharedBins } from "./shared-bins.ts";
import { layOutSummary, notFinite, type SummaryLayout } from "./summary-layout.ts";
import { TargetCounts } from "./target-counts.ts";
import type { SavedShape } from "./vector/digest-layout.ts";
import { DigestMachine, type Side } from "./vector/digest-machine.ts";

/** What the code of a digester of these runs depends on. */
export function savedShape(catalog: Catalog, { draws, lanes, cells }: SavedRows): SavedShape {
  return { draws, lanes, cells, rows: catalog.saveTimes.length, contrastCells: layOutSummary(catalog).contrastCells };
}

export interface RowDigesterOptions {
  readonly catalog: Catalog;
  readonly saved: SavedRows;
  readonly bins: SharedBins;
  /** Of `digestCode(savedShape(catalog, saved))`. */
  readonly module: WebAssembly.Module;
  /** Returns when the bins of a contrast are fixed, which the thread of block 0 does; or throws. */
  readonly waitForBins: (contrast: number) => void;
  /** Where digests are put, as the summary has them; default into the digest itself. */
  readonly pages?: PageStore | undefined;
}

/** A block whose scenarios come one after the other. */
interface BlockInWork {
  readonly block: number;
  readonly firstDraw: number;
  readonly targets: TargetCounts;
  readonly digest: Omit<BlockDigest, "parts">;
  readonly parts: BlockParts;
}

export class RowDigester implements RowWatch {
  readonly #options: RowDigesterOptions;
  readonly #layout: SummaryLayout;
  readonly #machine: DigestMachine;
  readonly #writer: DigestWriter;
  readonly #reference: number;
  /** Position in a row of the first cell of each table's indicators. */
  readonly #firstCells: readonly (readonly number[])[];
  #referenceFailed: Uint8Array = new Uint8Array(0);
  #work: BlockInWork | undefined;
  /** Of the contrast whose bins are being fixed. */
  #knots: Float64Array | undefined;

  constructor(options: RowDigesterOptions) {
    const { catalog, saved, module, pages } = options;
    this.#options = options;
    this.#layout = layOutSummary(catalog);
    this.#writer = new DigestWriter(this.#layout, pages);
    this.#reference = catalog.scenarios.findIndex(({ name }) => name === catalog.reference);
    this.#firstCells = catalog.tables.map(({ indicators }) => indicators.map((name) => saved.firstCell.get(name)!));
    this.#machine = new DigestMachine(savedShape(catalog, saved), module, this.#places());
  }

  /** The row and the cell of each cell of a contrast. */
  #places(): { row: number; cell: number }[] {
    const { indicators, times } = this.#layout;
    return indicators.flatMap(({ table, column, keys }) =>
      Array.from({ length: keys * times }, (_, i) => ({
        row: i % times,
        cell: this.#firstCells[table]![column]! + Math.floor(i / times),
      })),
    );
  }

  /** Begins with the block that is about to run. @param slot Where its digest is put, if digests go into pages. */
  begin(block: number, firstDraw: number, draws: number, slot = 0): void {
    const targets = new TargetCounts(this.#options.catalog, this.#layout);
    const digest = emptyDigest(this.#layout, targets, draws);
    this.#work = { block, firstDraw, targets, digest, parts: this.#writer.begin(draws, slot) };
  }

  row(scenario: number, from: number, row: number, values: Float64Array): void {
    this.#machine.takeRow(this.#sideOf(scenario), from, row, values);
  }

  /** @throws Error if a run that is not marked as failed has a value that is not finite. */
  scenario(scenario: number, failed: Uint8Array): void {
    const { targets } = this.#work!;
    const side = this.#sideOf(scenario);
    if (side === 0) this.#referenceFailed = failed;
    targets.addScenario(scenario, failed, ({ table, column, key }, draw, time) =>
      this.#machine.value(side, time, this.#firstCells[table]![column]! + key, draw),
    );
    this.#takeContrast(scenario, side, false, drawsThatCount(failed));
    if (side === 0) return;
    // Differences stand behind all levels, without one of the reference.
    const difference = this.#layout.scenarios + scenario - (scenario > this.#reference ? 1 : 0);
    this.#takeContrast(difference, side, true, drawsThatCount(failed, this.#referenceFailed));
  }

  /** The digest of the block whose scenarios have all been seen. */
  finish(): BlockDigest {
    const { digest, parts } = this.#work!;
    this.#work = undefined;
    this.#knots = undefined;
    return { ...digest, parts: parts.parts };
  }

  #sideOf(scenario: number): Side {
    return scenario === this.#reference ? 0 : 1;
  }

  #takeContrast(position: number, side: Side, isDifference: boolean, draws: Int32Array): void {
    const { block, digest, parts } = this.#work!;
    const { bins, waitForBins } = this.#options;
    digest.n[position] = draws.length;
    if (block === 0 && !bins.isFixed(position)) this.#fixBins(position, side, isDifference, draws);
    waitForBins(position);
    const readKnots = (first: number, out: Float64Array) => bins.read(position, first, out);
    parts.write(position, (part) => {
      if (draws.length === 0) return clear(part);
      const isSuspect = this.#machine.takeContrast(side, isDifference, draws, readKnots, part);
      if (isSuspect && !isDifference) this.#requireFinite(position, side, draws);
    });
  }

  /** Fixes the bins of a contrast by its values in block 0. */
  #fixBins(position: number, side: Side, isDifference: boolean, draws: Int32Array): void {
    const { bins } = this.#options;
    this.#knots ??= new Float64Array(this.#layout.contrastCells * KNOTS);
    const knots = this.#knots;
    const values = new Float64Array(draws.length);
    for (let cell = 0; cell < this.#layout.contrastCells; cell++) {
      this.#machine.valuesOf(cell, side, isDifference, draws, values);
      placeKnots(values.sort(), knots, cell * KNOTS);
    }
    bins.fix(position, knots);
  }

  /** Looks for a value that is not finite; where there is none, only a sum left the range of double precision. */
  #requireFinite(scenario: number, side: Side, draws: Int32Array): void {
    const { block, firstDraw } = this.#work!;
    const { catalog } = this.#options;
    const { indicators, times } = this.#layout;
    const values = new Float64Array(draws.length);
    for (const { indicator, offset, keys } of indicators)
      for (let cell = offset; cell < offset + keys * times; cell++) {
        this.#machine.valuesOf(cell, side, false, draws, values);
        const found = values.findIndex((value) => !Number.isFinite(value));
        if (found < 0) continue;
        const { name } = catalog.scenarios[scenario]!;
        throw notFinite(block, name, firstDraw + draws[found]!, catalog.indicators[indicator]!.name, values[found]!);
      }
  }
}

/** Draws of a block that failed on no side. */
function drawsThatCount(failed: Uint8Array, alsoFailed?: Uint8Array): Int32Array {
  const draws = new Int32Array(failed.length);
  let n = 0;
  for (let draw = 0; draw < failed.length; draw++)
    if (failed[draw] === 0 && (alsoFailed?.[draw] ?? 0) === 0) draws[n++] = draw;
  return draws.subarray(0, n);
}

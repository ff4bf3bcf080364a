/** Computes blocks in a thread, with digests where the summary takes them. */

import type { Catalog } from "../engine/ensemble/catalog.ts";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import { savedRows } from "../engine/ensemble/run-block.ts";
import { BlockDigester } from "../engine/statistics/block-digest.ts";
import type { PageStore } from "../engine/statistics/page-store.ts";
import { RowDigester } from "../engine/statistics/row-digester.ts";
import { SharedBins } from "../engine/statistics/shared-bins.ts";
import { layOutSummary } from "../engine/statistics/summary-layout.ts";
import { ScratchFile } from "../output/results/scratch-file.ts";
import { type BlockPlan, blockDraws, type RunBlock } from "./block-plan.ts";
import type { Delivery } from "./deliver-in-order.ts";
import type { DigestPlan } from "./digest-plan.ts";

export interface BlockWork {
  readonly plan: BlockPlan;
  /** Numbers of the blocks that are computed, by this thread or others. */
  readonly blocks: readonly number[];
  readonly digests: DigestPlan | undefined;
}

/** Thrown while a thread waits for others, when the work has been stopped. */
export class WorkStopped extends Error {}

/** Milliseconds after which a thread that waits looks whether the work has been stopped. */
const PATIENCE = 100;

export class BlockComputer {
  readonly #work: BlockWork;
  readonly #runBlock: RunBlock;
  readonly #isStopped: () => boolean;
  readonly #bins: SharedBins | undefined;
  /** Makes digests of rows, or of whole blocks. */
  readonly #rows: RowDigester | undefined;
  readonly #whole: BlockDigester | undefined;

  /** @param isStopped Asked while the thread waits for another one. */
  constructor(work: BlockWork, runBlock: RunBlock, isStopped: () => boolean) {
    const { digests } = work;
    this.#work = work;
    this.#runBlock = runBlock;
    this.#isStopped = isStopped;
    if (!digests) return;
    // Whoever asks for digests gives a plan with the catalog of the summary.
    const catalog = work.plan.catalog as Catalog;
    const { scratch } = digests;
    const pages = scratch && new ScratchFile(scratch.digests);
    this.#bins = new SharedBins(layOutSummary(catalog), digests.bins, scratch && new ScratchFile(scratch.knots));
    if (runBlock.withoutTables && digests.module)
      this.#rows = this.#rowDigester(catalog, digests.module, this.#bins, pages);
    else this.#whole = new BlockDigester(catalog, this.#bins, pages);
  }

  /**
   * A block, as much of it as is wanted.
   * @param position of the block among those that are computed
   * @throws WorkStopped, and whatever the runner throws
   */
  compute(block: number, position: number): Delivery {
    const { digests, plan } = this.#work;
    const slot = position % (digests?.scratch?.slots ?? 1);
    const { withoutTables } = this.#runBlock;
    if (!this.#rows || !withoutTables || !this.#binsWillBeFixed)
      return this.#digested(block, slot, this.#runBlock(block));
    const { firstDraw, draws } = blockDraws(plan, block);
    this.#rows.begin(block, firstDraw, draws, slot);
    const result = digests?.suffices ? withoutTables(block, this.#rows) : this.#runBlock(block, this.#rows);
    return { result, digest: this.#rows.finish() };
  }

  #rowDigester(
    catalog: Catalog,
    module: WebAssembly.Module,
    bins: SharedBins,
    pages: PageStore | undefined,
  ): RowDigester {
    return new RowDigester({
      catalog,
      // Only the engine's runner shows rows, and its plans are those of the engine.
      saved: savedRows(this.#work.plan as EnsemblePlan),
      bins,
      module,
      pages,
      waitForBins: (contrast) => this.#waitUntil((milliseconds) => bins.wait(contrast, milliseconds)),
    });
  }

  #digested(block: number, slot: number, whole: Delivery["result"]): Delivery {
    const bins = this.#bins;
    // Whoever gathers the blocks fixes the bins by block 0.
    if (bins && block !== 0 && this.#binsWillBeFixed) this.#waitUntil((milliseconds) => bins.waitForAll(milliseconds));
    const digest = this.#whole?.digest(whole, slot);
    if (digest === undefined) return { result: whole };
    return { result: this.#work.digests?.suffices ? { ...whole, tables: [] } : whole, digest };
  }

  /** Block 0 fixes the bins, unless they are fixed. */
  get #binsWillBeFixed(): boolean {
    return this.#work.blocks[0] === 0 || this.#bins?.areFixed === true;
  }

  #waitUntil(isDone: (milliseconds: number) => boolean): void {
    while (!isDone(PATIENCE)) if (this.#isStopped()) throw new WorkStopped();
  }
}

/**
 * What a summary holds of one contrast: the moments of its blocks along the tree, the draws above zero, and in a sketch the histograms of
 * its cells. Its arrays can be taken out and put back, so that a large summary has few of them in memory.
 */
import type { ArrayPool, VisitArray } from "./array-pool.ts";
import { BlockTree, MAX_LEVEL } from "./block-tree.ts";
import type { ContrastDigest } from "./contrast-digest.ts";
import { ContrastSketch, type GetKnots, mostSketchBytes } from "./contrast-sketch.ts";
import { countPositive, joinMoments, type Moments, setMoments } from "./moments.ts";

/** Bytes of the arrays of a state at most, with as many subtrees of its blocks as there can be. */
export function mostContrastBytes(cells: number): number {
  return cells * (8 + 2 * MAX_LEVEL * 2 * 8) + mostSketchBytes(cells);
}

export interface ContrastForm {
  readonly cells: number;
  readonly isDifference: boolean;
  /** Of the bins of a sketch; none for a summary that keeps all values elsewhere. */
  readonly getKnots?: GetKnots;
}

export class ContrastState {
  readonly #form: ContrastForm;
  readonly #pool: ArrayPool;
  readonly #moments: BlockTree<Moments>;
  /** Draws in which each difference is above 0; none for levels. */
  #positive: Float64Array;
  readonly sketch: ContrastSketch | undefined;

  constructor(form: ContrastForm, pool: ArrayPool) {
    const { cells, getKnots } = form;
    this.#form = form;
    this.#pool = pool;
    this.#moments = new BlockTree((left, right) => {
      joinMoments(left, right);
      this.#give(right);
      return left;
    });
    this.#positive = pool.take(Float64Array, this.#differences).fill(0);
    this.sketch = getKnots && new ContrastSketch(cells, pool, getKnots);
  }

  /** Adds the values of a block. @param forEachCell of the block, as `forEachCellOf` */
  addBlock(
    block: number,
    n: number,
    forEachCell: (visit: (cell: number, values: Float64Array, n: number) => void) => void,
  ): void {
    const moments = this.#take(n);
    moments.mean.fill(0);
    moments.squares.fill(0);
    this.sketch?.addDraws(n);
    forEachCell((cell, values) => {
      setMoments(moments, cell, values, n);
      if (this.#form.isDifference) this.#positive[cell]! += countPositive(values, n);
      this.sketch?.addCell(cell, values, n);
    });
    this.#moments.add(block, moments);
  }

  /** Adds what the digest of a block says, of so many draws that count. */
  addDigest(block: number, n: number, digest: ContrastDigest): void {
    this.#moments.add(block, this.#copy({ n, mean: digest.mean, squares: digest.squares }));
    if (digest.positive) this.#addPositive(digest.positive);
    this.sketch?.addDigest(digest, n);
  }

  /** Adds what another one holds, which must not be used afterwards. */
  merge(other: ContrastState): void {
    for (const subtree of other.#moments.subtrees())
      this.#moments.addSubtree({ ...subtree, value: this.#copy(subtree.value) });
    this.#addPositive(other.#positive);
    if (other.sketch) this.sketch?.merge(other.sketch);
  }

  /** The moments of all draws, or nothing if there are none. Their arrays go back with {@link done}. */
  totalMoments(): Moments | undefined {
    return this.#moments.total((moments) => this.#copy(moments));
  }

  /** Takes back moments that were given out. */
  done(moments: Moments): void {
    this.#give(moments);
  }

  /** Draws in which a difference is above 0. */
  positive(cell: number): number {
    return this.#positive[cell]!;
  }

  /** Shows all arrays, and takes those in place of them. */
  forEachArray(visit: VisitArray): void {
    const { cells } = this.#form;
    this.#positive = visit("positive", this.#positive, Float64Array, this.#differences);
    for (const [i, { value }] of this.#moments.subtrees().entries()) {
      value.mean = visit(`mean-${i}`, value.mean, Float64Array, cells);
      value.squares = visit(`squares-${i}`, value.squares, Float64Array, cells);
    }
    this.sketch?.forEachArray(visit);
  }

  /** Few numbers: with the arrays, all that there is to keep. */
  get facts(): readonly number[] {
    const subtrees = this.#moments.subtrees();
    const tree = subtrees.flatMap(({ level, index, value }) => [level, index, value.n]);
    return [subtrees.length, ...tree, ...(this.sketch?.facts ?? [])];
  }

  /** Takes facts in place of those of a state without values, and makes room for the arrays that belong to them. */
  set facts([subtrees, ...rest]: readonly number[]) {
    const none = new Float64Array(0);
    for (let i = 0; i < subtrees!; i++) {
      const [level, index, n] = rest.slice(3 * i, 3 * i + 3);
      this.#moments.addSubtree({ level: level!, index: index!, value: { n: n!, mean: none, squares: none } });
    }
    if (this.sketch) this.sketch.facts = rest.slice(3 * subtrees!);
  }

  get #differences(): number {
    return this.#form.isDifference ? this.#form.cells : 0;
  }

  #addPositive(counts: Float64Array): void {
    for (let cell = 0; cell < counts.length; cell++) this.#positive[cell]! += counts[cell]!;
  }

  #take(n: number): Moments {
    const numbers = () => this.#pool.take(Float64Array, this.#form.cells);
    return { n, mean: numbers(), squares: numbers() };
  }

  #copy({ n, mean, squares }: Moments): Moments {
    const copy = this.#take(n);
    copy.mean.set(mean);
    copy.squares.set(squares);
    return copy;
  }

  #give({ mean, squares }: Moments): void {
    this.#pool.give(mean);
    this.#pool.give(squares);
  }
}

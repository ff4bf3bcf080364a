/**
 * Reduction along a binary tree that is fixed by block numbers, so that floating-point sums have the same bits for any
 * order of arrival and any split between mergers.
 *
 * The node (level, index) stands for the blocks `index · 2^level … (index + 1) · 2^level - 1`. As soon as both children of
 * a node are present they are combined, left with right; what is present at any moment is therefore the one
 * decomposition of the set of blocks into largest complete subtrees, whatever happened before.
 */

/** One complete subtree: all blocks from `first` on, `2^level` of them. */
export interface Subtree<T> {
  readonly level: number;
  readonly index: number;
  readonly value: T;
}

export class BlockTree<T> {
  readonly #combine: (left: T, right: T) => T;
  readonly #nodes = new Map<number, Subtree<T>>();

  /** @param combine Joins the values of two neighbours, neither of which is used afterwards: the answer may be one of them, changed. */
  constructor(combine: (left: T, right: T) => T) {
    this.#combine = combine;
  }

  /** Whether the value of a block is already in the tree. */
  has(block: number): boolean {
    for (let level = 0, index = block; level <= MAX_LEVEL; level++, index = Math.floor(index / 2)) {
      if (this.#nodes.has(nodeKey(level, index))) return true;
    }
    return false;
  }

  /**
   * Adds the value of one block.
   * @throws Error if the block is already in the tree.
   */
  add(block: number, value: T): void {
    if (this.has(block)) throw new Error(`block ${block} is added twice`);
    this.#insert({ level: 0, index: block, value });
  }

  /**
   * Adds all blocks of another tree, which must not be used afterwards.
   * @throws Error if a block is in both.
   */
  merge(other: BlockTree<T>): void {
    const subtrees = [...this.#nodes.values(), ...other.#nodes.values()].sort(byFirstBlock);
    for (const [position, subtree] of subtrees.entries()) {
      const next = subtrees[position + 1];
      if (next !== undefined && firstBlock(next) < firstBlock(subtree) + 2 ** subtree.level) {
        throw new Error(`block ${firstBlock(next)} is added twice`);
      }
    }
    for (const subtree of other.#nodes.values()) this.#insert(subtree);
  }

  /**
   * The value of all blocks together, or nothing if there are none: subtrees are joined from the last to the first.
   * @param copy Copies a value; what is in the tree stays as it is.
   */
  total(copy: (value: T) => T): T | undefined {
    const subtrees = this.subtrees();
    const last = subtrees.pop();
    let total = last && copy(last.value);
    for (let subtree = subtrees.pop(); subtree !== undefined; subtree = subtrees.pop()) {
      total = this.#combine(copy(subtree.value), total!);
    }
    return total;
  }

  /** What is present: the complete subtrees, in the order of their blocks. */
  subtrees(): Subtree<T>[] {
    return [...this.#nodes.values()].sort(byFirstBlock);
  }

  /** Adds a complete subtree as {@link subtrees} gave it. @throws Error if a block of it is already in the tree. */
  addSubtree(subtree: Subtree<T>): void {
    const other = new BlockTree<T>(this.#combine);
    other.#insert(subtree);
    this.merge(other);
  }

  #insert(added: Subtree<T>): void {
    let node = added;
    for (;;) {
      const isLeft = node.index % 2 === 0;
      const siblingKey = nodeKey(node.level, isLeft ? node.index + 1 : node.index - 1);
      const sibling = this.#nodes.get(siblingKey);
      if (sibling === undefined) break;
      this.#nodes.delete(siblingKey);
      const value = isLeft ? this.#combine(node.value, sibling.value) : this.#combine(sibling.value, node.value);
      node = { level: node.level + 1, index: Math.floor(node.index / 2), value };
    }
    this.#nodes.set(nodeKey(node.level, node.index), node);
  }
}

/** Blocks are numbered below 2^32, far more than an ensemble has. */
export const MAX_LEVEL = 32;

function nodeKey(level: number, index: number): number {
  return level * 2 ** 33 + index;
}

function firstBlock(subtree: Subtree<unknown>): number {
  return subtree.index * 2 ** subtree.level;
}

function byFirstBlock(a: Subtree<unknown>, b: Subtree<unknown>): number {
  return firstBlock(a) - firstBlock(b);
}

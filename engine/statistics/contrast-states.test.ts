import { describe, expect, test } from "vitest";
import { ContrastState } from "./contrast-state.ts";
import { ContrastStates } from "./contrast-states.ts";
import type { PageStore } from "./page-store.ts";
import { summaryPages } from "./testing/memory-pages.ts";

const CONTRASTS = 5;
const CELLS = 3;

/** States of contrasts without sketches, and what is written and read of their pages. */
function pagedStates() {
  const { contrasts } = summaryPages();
  const log: string[] = [];
  const pages: PageStore = {
    write: (page, arrays) => {
      log.push(`write ${page}`);
      contrasts.write(page, arrays);
    },
    read: (page, arrays) => {
      log.push(`read ${page}`);
      contrasts.read(page, arrays);
    },
  };
  const made: ContrastState[] = [];
  const states = new ContrastStates(
    CONTRASTS,
    (contrast, pool) => {
      made[contrast] = new ContrastState({ cells: CELLS, isDifference: true }, pool);
      return made[contrast];
    },
    pages,
  );
  return { states, made, log };
}

/** Numbers that a state has in memory. */
function inMemory(state: ContrastState): number {
  let numbers = 0;
  state.forEachArray((_, array) => {
    numbers += array.length;
    return array;
  });
  return numbers;
}

/** Adds a block of one draw whose value is the same in all cells. */
function addBlock(states: ContrastStates, contrast: number, block: number, value: number): void {
  states.change(contrast).addBlock(block, 1, (visit) => {
    for (let cell = 0; cell < CELLS; cell++) visit(cell, Float64Array.of(value), 1);
  });
}

describe("states of contrasts in pages", () => {
  test("one is in memory, the others are not, and each comes back as it was", () => {
    const { states, made } = pagedStates();
    for (const block of [0, 1, 2])
      for (let contrast = 0; contrast < CONTRASTS; contrast++) {
        addBlock(states, contrast, block, contrast + block);
        expect(made.filter((state) => inMemory(state) > 0)).toEqual([states.of(contrast)]);
      }
    for (let contrast = 0; contrast < CONTRASTS; contrast++) {
      const state = states.of(contrast);
      expect(state.totalMoments()).toMatchObject({ n: 3, mean: new Float64Array(CELLS).fill(contrast + 1) });
      expect(state.positive(CELLS - 1)).toBe(contrast === 0 ? 2 : 3);
    }
  });

  test("what has only been looked at is not written again", () => {
    const { states, log } = pagedStates();
    addBlock(states, 0, 0, 1);
    addBlock(states, 1, 0, 1);
    expect(log.splice(0)).toEqual(["write 0"]);
    states.of(0);
    states.of(0);
    states.of(1);
    expect(log.splice(0)).toEqual(["write 1", "read 0", "read 1"]);
    expect(states.arraysOf(0).map(({ name }) => name)).toEqual(["positive", "mean-0", "squares-0"]);
    states.change(1);
    states.of(0);
    expect(log).toEqual(["write 1", "read 0"]);
  });
});

import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { ClaimBoard } from "./claim-board.ts";

test("each position is claimed once, upwards, and its holder is recorded", () => {
  const board = ClaimBoard.create(4, 4);
  const other = ClaimBoard.from(board.buffer);
  expect([board.claim(0), other.claim(1), board.claim(0), other.claim(1), board.claim(0)]).toEqual([
    0,
    1,
    2,
    3,
    undefined,
  ]);
  expect([board.claimedBy(0), board.claimedBy(1), board.claimedBy(2)]).toEqual([[0, 2], [1, 3], []]);
});

test("threads that claim at the same time share out all positions without overlap", async () => {
  const positions = 20_000;
  const board = ClaimBoard.create(positions, positions);
  const source = `
    import { parentPort, workerData } from "node:worker_threads";
    const { ClaimBoard } = await import(workerData.module);
    const board = ClaimBoard.from(workerData.buffer);
    let claimed = 0;
    while (board.claim(workerData.worker) !== undefined) claimed++;
    parentPort.postMessage(claimed);`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const module = new URL("./claim-board.ts", import.meta.url).href;
  const counts = await Promise.all(
    [0, 1, 2].map(
      (worker) =>
        new Promise<number>((resolve, reject) => {
          const thread = new Worker(url, { workerData: { worker, module, buffer: board.buffer } });
          thread.once("message", resolve).once("error", reject);
        }),
    ),
  );
  expect(counts.reduce((sum, count) => sum + count)).toBe(positions);
  expect([0, 1, 2].map((worker) => board.claimedBy(worker).length)).toEqual(counts);
});

test("a position below the limit has its turn at once; after a stop there are no turns", () => {
  const board = ClaimBoard.create(4, 1);
  expect(board.waitForTurn(0)).toBe(true);
  board.raiseLimit(4);
  expect(board.waitForTurn(3)).toBe(true);
  board.stop();
  board.raiseLimit(4);
  expect(board.waitForTurn(0)).toBe(false);
});

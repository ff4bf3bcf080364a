import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockDigester, digestBuffers } from "./block-digest.ts";
import { BLOCKS_AT_ONCE, createSummary } from "./ensemble-summary.ts";
import type { SummaryPages } from "./page-store.ts";
import { fakeBlocks, fakeCatalog } from "./testing/fake-blocks.ts";
import { summaryPages } from "./testing/memory-pages.ts";

const catalog = fakeCatalog();
const blocks = fakeBlocks(catalog, 1, 90, 8);
const whole = createSummary(catalog, 90, 0);
for (const block of blocks) whole.addBlock(block);
const expected = whole.finish();

describe("digests", () => {
  test.each([
    ["in memory", (): SummaryPages | undefined => undefined],
    ["in pages", summaryPages],
  ] as const)("%s: whichever blocks come with one, the statistics have the same bits", (_, pagesOf) => {
    const subset = fc.shuffledSubarray(blocks.map((_, i) => i));
    fc.assert(
      fc.property(subset, subset, (withDigest, first) => {
        const pages = pagesOf();
        const summary = createSummary(catalog, 90, 0, pages);
        const bins = summary.shareBins()!;
        const digester = new BlockDigester(catalog, bins, pages?.digests);
        // The summary leaves some digests in their slots until it adds them together.
        const slots = BLOCKS_AT_ONCE;
        const order = [...first, ...blocks.keys()].filter((block, i, all) => all.indexOf(block) === i);
        for (const [position, i] of order.entries()) {
          summary.addBlock(
            blocks[i]!,
            withDigest.includes(i) ? digester.digest(blocks[i]!, position % slots) : undefined,
          );
        }
        // toEqual tells NaN and -0 apart from other numbers.
        expect(summary.finish()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test("there is none while the bins are not fixed, and none for exact summaries", () => {
    const summary = createSummary(catalog, 90, 0);
    const digester = new BlockDigester(catalog, summary.shareBins()!);
    expect(digester.digest(blocks[1]!)).toBeUndefined();
    summary.fixBins(blocks[0]!);
    expect(digester.digest(blocks[1]!)).toBeDefined();
    expect(createSummary(catalog, 90).shareBins()).toBeUndefined();
  });

  test("a value that is not finite is never counted", () => {
    const summary = createSummary(catalog, 90, 0);
    summary.fixBins(blocks[0]!);
    const digester = new BlockDigester(catalog, summary.shareBins()!);
    const [block] = blocks.slice(2);
    const tables = block!.tables.map((table) => table.map((value, i) => (i === 5 ? Number.POSITIVE_INFINITY : value)));
    expect(() => digester.digest({ ...block!, tables, failed: block!.failed.map(() => 0) })).toThrow(
      "is not marked as failed",
    );
  });

  test("its arrays can be moved to another thread, each once", () => {
    const summary = createSummary(catalog, 90, 0);
    summary.fixBins(blocks[0]!);
    const digest = new BlockDigester(catalog, summary.shareBins()!).digest(blocks[3]!)!;
    const buffers = digestBuffers(digest);
    const moved = structuredClone(digest, { transfer: buffers });
    expect(new Set(buffers).size).toBe(buffers.length);
    const lengths = (of: typeof digest) => digestBuffers(of).map(({ byteLength }) => byteLength);
    expect(lengths(moved).every((bytes) => bytes > 0)).toBe(true);
    expect(lengths(digest).every((bytes) => bytes === 0)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { ResultsProblem } from "./results-error.ts";
import { describeInChinese } from "./results-error-zh.ts";

const CASES: readonly (readonly [problem: ResultsProblem, zh: string])[] = [
  [{ code: "no-merge", cause: '"a" is not a shard' }, '分片无法合并："a" 不是分片'],
  [{ code: "no-merge", cause: "of 3 shards these are missing: 2, 3" }, "分片无法合并：3 个分片中缺少第 2, 3 个"],
  [
    { code: "no-merge", cause: '"b" is of another run than "a": seed was 1 and is 2; it is one of 2, not of 3' },
    '分片无法合并："b" 与 "a" 不是同一次运行：seed 原为 1，现为 2；它是 2 个分片之一，而不是 3 个之一',
  ],
  [
    { code: "other-run", path: "r", differences: ["draws was 64 and is 65", "shard was 1/2 and is none"] },
    '"r" 属于另一次运行，不能继续：draws 原为 64，现为 65；shard 原为 1/2，现为 none',
  ],
  [{ code: "is-shard", path: "r", shard: "1 of 2" }, '"r" 是分片 1/2；请用 "terrace merge" 合并全部分片'],
];

describe("problems of results in Chinese", () => {
  it.each(CASES)("%o", (problem, zh) => expect(describeInChinese(problem)).toBe(zh));
});

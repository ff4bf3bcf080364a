import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { type EnsemblePlan, planEnsemble } from "../engine/ensemble/plan.ts";
import { kernelCode } from "../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../engine/ensemble/run-block.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { compilePlan, markedForRevectorizer } from "./kernel-tier.ts";
import { tryRevectorizer } from "./revectorizer-trial.ts";
import { cacheFolder } from "./verdict-cache.ts";

const cache = mkdtempSync(join(tmpdir(), "terrace-tier-"));
afterAll(() => rmSync(cache, { recursive: true }));

function planOf(growth: number): EnsemblePlan {
  const { model, program } = goodModel(`model: {name: test, time: {start: 0, stop: 10, step: 1, save: 1, unit: "1"}}
dimensions: {place: {elements: [a, b, c]}}
stocks:
  size[place]: {initial: 1 + position(place), inflows: [growth], unit: "1", indicator: end}
flows:
  growth[place]: {equation: "${growth} * size * exp(-size / limit) * (limit / 2)^0.3", unit: "1"}
parameters:
  limit: {value: 10, unit: "1", distribution: "uniform(5, 15)"}
`);
  return planEnsemble(model, program, buildCatalog(model, "h"), { seed: 1, draws: 6 });
}

test("a run that is too short for a trial gets the plain kernel, and so does one that asks for it", () => {
  const plan = planOf(0.1);
  expect(compilePlan(plan, { cache }).tier).toEqual({
    vectorBits: 128,
    revectorizer: { use: false, reason: process.arch === "x64" ? "short-run" : "not-x64" },
  });
  expect(compilePlan(plan, { cache, revectorizer: "off" }).tier.revectorizer).toEqual({
    use: false,
    reason: "switched-off",
  });
});

test("whatever a trial says, the bits are the interpreter's, and the verdict is kept", () => {
  const plan = planOf(0.2);
  const own = join(cache, "kept");
  const first = compilePlan(plan, { cache: own, revectorizer: "on" });
  expect(createBlockRunner(first.plan)(0)).toEqual(createBlockRunner(plan)(0));
  if (process.arch !== "x64") return;
  expect(readdirSync(own)).toHaveLength(1);
  expect(compilePlan(plan, { cache: own, revectorizer: "on" }).tier).toEqual(first.tier);
});

test.runIf(process.arch === "x64")("a verdict that is known decides, and a damaged one does not", () => {
  const own = join(cache, "known");
  const plan = planOf(0.25);
  compilePlan(plan, { cache: own, revectorizer: "on" });
  const [file] = readdirSync(own);
  const path = join(own, file!);
  const verdict = { use: false, reason: "ended", detail: "SIGTRAP" };
  writeFileSync(path, JSON.stringify(verdict));
  const known = compilePlan(plan, { cache: own, revectorizer: "on" });
  expect(known.tier).toEqual({ vectorBits: 128, revectorizer: verdict });
  writeFileSync(path, JSON.stringify(verdict).slice(0, 10));
  expect(compilePlan(plan, { cache: own, revectorizer: "on" }).tier.revectorizer).not.toEqual(verdict);
});

test("a child that ends is a verdict, not an error", () => {
  const plan = planOf(0.3);
  const plain = kernelCode(plan);
  const broken = { ...plain, bytes: plain.bytes.slice(0, 100) };
  expect(tryRevectorizer(plan, plain, broken)).toEqual({ use: false, reason: "ended", detail: "exit code 1" });
});

test("code marked for the revectorizer is another module with the same functions", () => {
  const plain = kernelCode(planOf(0.4));
  const marked = markedForRevectorizer(plain);
  expect(WebAssembly.validate(marked.bytes)).toBe(true);
  expect(marked.bytes.subarray(0, plain.bytes.length)).toEqual(plain.bytes);
});

test.each([
  [{ XDG_CACHE_HOME: "/caches" }, "linux", join("/caches", "terrace")],
  [{ LOCALAPPDATA: "C:\\local" }, "win32", join("C:\\local", "terrace", "cache")],
])("verdicts lie among the user's caches", (environment, platform, expected) => {
  expect(cacheFolder(environment, platform)).toBe(expected);
});

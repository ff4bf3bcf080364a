/**
 * Where V8's revectorizer is through with a kernel, the bits are the interpreter's. It may end the process over a module instead, in one version
 * of V8 or another: then the trial of `workers/kernel-tier.ts` says so and the kernel runs without.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadModel } from "../../cli/load-model.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { kernelCode } from "../../engine/ensemble/plan-kernel.ts";
import { markedForRevectorizer } from "../../workers/kernel-tier.ts";
import { tryRevectorizer } from "../../workers/revectorizer-trial.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios");
const OPTIONS = ["--no-liftoff", "--no-wasm-inlining", "--experimental-wasm-revectorize"];

/** Random models of a child: V8 may end it over one of them, and then the others go unseen. */
const GROUP = 15;

test.each([
  ["all features of the language", []],
  ["exponentials of sums, split", ["sums"]],
  ["powers, exponentials and logarithms of special values", ["powers"]],
  ...[0, 1, 2, 3].map((i) => [`random models, group ${i + 1}`, [`${GROUP * i}`, `${GROUP}`]] as const),
] as const)("%s", (_, which) => {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [...OPTIONS, join(import.meta.dirname, "revectorized-check.ts"), ...which],
    {
      encoding: "utf8",
    },
  );
  // V8 ends the process by a signal; a script that fails by itself has a status.
  if (signal !== null) return;
  expect(stderr).toBe("");
  expect({ status, differences: JSON.parse(stdout) }).toEqual({ status: 0, differences: [] });
});

test.each(readdirSync(FOLDER))("%s", (name) => {
  const { model, program } = loadModel(join(FOLDER, name));
  if (!model || !program) throw new Error(`scenarios/${name} is wrong: terrace check says where`);
  const catalog = buildCatalog(model, "hash", [model.scenarios[0]!.name]);
  const plan = planEnsemble(model, program, catalog, { seed: 3, draws: 8 });
  const verdict = tryRevectorizer(plan, kernelCode(plan), markedForRevectorizer(kernelCode(plan, "for-revectorizer")));
  expect(verdict).not.toMatchObject({ reason: "other-bits" });
});

/**
 * `npm run bench`: what compiling, running, summing up and drawing cost, checked before it is timed. README.md says how to read it.
 *
 *     npm run bench                      all suites, under five minutes on two idle processors
 *     npm run bench -- kernel native     some of them
 */
import { printEnvironment } from "./environment.ts";
import { shippedModel, synthetic } from "./models.ts";
import { findCompiler } from "./native/compile-native.ts";
import { digits, say } from "./print.ts";
import { blockSuite } from "./suites/block-suite.ts";
import { compileSuite } from "./suites/compile-suite.ts";
import { ensembleModels, ensembleSuite } from "./suites/ensemble-suite.ts";
import { kernelSuite } from "./suites/kernel-suite.ts";
import { linearitySuite } from "./suites/linearity-suite.ts";
import { memorySuite } from "./suites/memory-suite.ts";
import { nativeSuite } from "./suites/native-suite.ts";
import { numericsSuite } from "./suites/numerics-suite.ts";
import { reportSuite } from "./suites/report-suite.ts";
import { startSuite } from "./suites/start-suite.ts";

/** Milliseconds of a contender's turn. */
const SLICE = 100;
/** Of one function, which is measured beside the host's. */
const SHORT_SLICE = 50;
const PLACES = [1, 4, 16, 64];

const SUITES: Readonly<Record<string, () => Promise<void> | void>> = {
  compile: compileSuite,
  start: startSuite,
  kernel: () =>
    kernelSuite([shippedModel("teacup"), ...PLACES.map((n) => synthetic(n)), shippedModel("yunnan")], SLICE),
  native: () => nativeSuite(SLICE),
  numerics: () => numericsSuite(SHORT_SLICE),
  growth: () => linearitySuite(SLICE),
  block: () =>
    blockSuite([shippedModel("teacup"), shippedModel("two-cities"), synthetic(16), shippedModel("yunnan")], SLICE),
  ensemble: () => ensembleSuite([...ensembleModels(), shippedModel("yunnan")], 2),
  memory: memorySuite,
  report: reportSuite,
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SUITES);
for (const name of chosen) if (!SUITES[name]) throw new Error(`no suite ${name}: ${Object.keys(SUITES).join(", ")}`);

const compiler = findCompiler();
printEnvironment("version" in compiler ? compiler.version : `none (${compiler.missing})`);
const began = performance.now();
const processor = process.cpuUsage();
const seconds: string[] = [];
for (const name of chosen) {
  const before = performance.now();
  await SUITES[name]!();
  seconds.push(`${name} ${digits((performance.now() - before) / 1000)} s`);
}
const { user, system } = process.cpuUsage(processor);
say(`\nAll in ${digits((performance.now() - began) / 1000)} s: ${seconds.join(", ")}.`);
say(`Processor time of this process: ${digits((user + system) / 1e6)} s, child processes aside.`);

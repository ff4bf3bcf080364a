/** The modules that our encoder writes, read by another tool: WABT validates and disassembles them, and its assembler gives a module that runs alike. */

import { expect, test } from "vitest";
import wabt from "wabt";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import { compileKernel } from "../../engine/kernel/compile-kernel.ts";
import { Kernel } from "../../engine/kernel/kernel.ts";
import { innovationsOf } from "../../engine/testing/same-bits.ts";
import { featureModel } from "./feature-model.ts";

const FEATURES = { simd: true, bulk_memory: true, sat_float_to_int: true } as const;

test.each([
  [2, "plain"],
  [4, "plain"],
  [4, "for-revectorizer"],
] as const)("%i lanes, %s", async (lanes, form) => {
  const { program, inputs } = featureModel("rk4");
  const optimized = optimizeProgram(program);
  const code = compileKernel(optimized, lanes, { form });
  const { readWasm, parseWat } = await wabt();
  const module = readWasm(code.bytes, { ...FEATURES, readDebugNames: true });
  module.validate();
  const text = module.toText({ foldExprs: false, inlineExport: false });
  for (const part of ["(func $run ", "(func $save ", "(func $integrate ", "f64x2.add", "v128.bitselect", "(memory "])
    expect(text).toContain(part);
  const again = parseWat("kernel.wat", text, FEATURES).toBinary({}).buffer;
  const run = (bytes: Uint8Array<ArrayBuffer>) => {
    const kernel = new Kernel(optimized, code.layout, new WebAssembly.Module(bytes));
    const status = kernel.run({ ...inputs, innovations: innovationsOf(lanes) });
    return { status, outputs: kernel.outputs };
  };
  expect(run(new Uint8Array(again))).toEqual(run(code.bytes));
});

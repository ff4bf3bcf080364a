import { expect, test } from "vitest";
import { ModuleBuilder } from "./module-builder.ts";
import { BLOCK } from "./opcodes.ts";

test("a branch that is seldom taken is named by its place in its function, and taken all the same", () => {
  const module = new ModuleBuilder();
  const plain = module.declare("plain", { parameters: [], results: ["i32"] });
  plain.code.i32(7);
  const { index, code } = module.declare("seldom", { parameters: ["i32"], results: ["i32"] });
  const [given] = code.parameters();
  const result = code.local("i32");
  code.i32(1);
  code.set(result);
  code.get(given!);
  code.unlikely(() => {
    code.call(plain.index);
    code.set(result);
  });
  code.get(result);
  module.export("seldom", index);

  const compiled = new WebAssembly.Module(module.encode());
  const [hints] = WebAssembly.Module.customSections(compiled, "metadata.code.branch_hint");
  const [functions, of, count, at, size, hint] = new Uint8Array(hints!);
  expect({ functions, of, count, size, hint }).toEqual({ functions: 1, of: index, count: 1, size: 1, hint: 0 });
  expect(code.encode().bytes[at!]).toBe(BLOCK.if);
  const { seldom } = new WebAssembly.Instance(compiled).exports as { seldom: (n: number) => number };
  expect([seldom(0), seldom(5)]).toEqual([1, 7]);
});

/** The function that reads a value of the past, where each lane has its own lag. */
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";
import type { MemoryLayout } from "../layout.ts";

/** `past(address, lag, copies, bytes)`: the value `lag` steps ago of copies that lie `bytes` apart; a NaN lag gives NaN. */
export function declarePast(module: ModuleBuilder, layout: MemoryLayout, stepGlobal: number): DeclaredFunction {
  const declared = module.declare("past", { parameters: ["i32", "f64", "i32", "i32"], results: ["f64"] });
  const { code } = declared;
  const [address, lag, copies, bytes] = code.parameters();
  // Outside the dimension the address is that of the zero, below all slots.
  code.get(address!);
  code.i32(layout.slots);
  code.op("i32.lt_u");
  code.when(() => {
    code.f64(0);
    code.op("return");
  });
  code.get(lag!);
  code.get(lag!);
  code.op("f64.ne");
  code.when(() => {
    code.get(lag!);
    code.op("return");
  });
  code.get(address!);
  code.indexed("global.get", stepGlobal);
  code.get(copies!);
  code.op("i32.add");
  code.get(lag!);
  code.op("i32.trunc_sat_f64_s", "i32.sub");
  code.get(copies!);
  code.op("i32.rem_u");
  code.get(bytes!);
  code.op("i32.mul", "i32.add");
  code.memory("f64.load", 0);
  return declared;
}

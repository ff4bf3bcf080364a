/** Elementary functions as functions of the module: one vector in, one vector out. */
import type { ConstantPool } from "../constant-pool.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";
import type { MemoryLayout } from "../layout.ts";
import { NestEmitter } from "./emit-nest.ts";
import { vectorExp } from "./exp.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import { vectorLog } from "./log.ts";
import { Piece } from "./nest.ts";
import { vectorPower } from "./power.ts";

export type VectorFunction = "exp" | "ln" | "power";

/** The operations of each function. */
export const BUILD: Record<VectorFunction, (g: VectorGraph, operands: readonly NodeId[]) => NodeId> = {
  exp: (g, [x]) => vectorExp(g, x!),
  ln: (g, [x]) => vectorLog(g, x!),
  power: (g, [x, y]) => vectorPower(g, x!, y!),
};
const OPERANDS: Record<VectorFunction, number> = { exp: 1, ln: 1, power: 2 };

export function declareVectorFunction(
  name: VectorFunction,
  module: ModuleBuilder,
  layout: MemoryLayout,
  pool: ConstantPool,
): DeclaredFunction {
  const parameters = Array.from({ length: OPERANDS[name] }, () => "v128" as const);
  const declared = module.declare(name, { parameters, results: ["v128"] });
  const { code } = declared;
  const piece = new Piece(pool);
  const operands = code.parameters().map((p) => piece.graph.local([p]));
  const result = code.local("v128");
  piece.set([result], BUILD[name](piece.graph, operands));
  new NestEmitter(code, layout, 1).emit([{ kind: "piece", piece }]);
  code.get(result);
  return declared;
}

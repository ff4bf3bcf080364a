/** Elementary functions as functions of the module, for all lanes. */
import type { IrUnaryOp } from "../../ir/program.ts";
import type { ConstantPool } from "../constant-pool.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";
import type { MemoryLayout } from "../layout.ts";
import { vectorAcos, vectorAsin, vectorAtan } from "./arc.ts";
import { vectorCos, vectorSin, vectorTan } from "./circular.ts";
import { NestEmitter, VECTOR_LANES } from "./emit-nest.ts";
import { isOrdinaryExp, vectorExp } from "./exp.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import { vectorCosh, vectorSinh, vectorTanh } from "./hyperbolic.ts";
import { isOrdinary, vectorLog } from "./log.ts";
import { Piece } from "./nest.ts";
import { isOrdinaryPower, vectorLog10, vectorPower } from "./power.ts";
import { vectorExpSignificand } from "./split-exp.ts";

export type VectorFunction = (typeof ELEMENTARY)[number] | "power";

/** Functions of one number that have a function of the module, if a model needs it. */
export const ELEMENTARY = [
  "exp",
  "exp-significand",
  "ln",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
] as const satisfies readonly IrUnaryOp[];

/** The operations of each function. */
export const BUILD: Record<VectorFunction, (g: VectorGraph, operands: readonly NodeId[]) => NodeId> = {
  exp: (g, [x]) => vectorExp(g, x!),
  "exp-significand": (g, [x]) => vectorExpSignificand(g, x!),
  ln: (g, [x]) => vectorLog(g, x!),
  log10: (g, [x]) => vectorLog10(g, x!),
  sin: (g, [x]) => vectorSin(g, x!),
  cos: (g, [x]) => vectorCos(g, x!),
  tan: (g, [x]) => vectorTan(g, x!),
  asin: (g, [x]) => vectorAsin(g, x!),
  acos: (g, [x]) => vectorAcos(g, x!),
  atan: (g, [x]) => vectorAtan(g, x!),
  sinh: (g, [x]) => vectorSinh(g, x!),
  cosh: (g, [x]) => vectorCosh(g, x!),
  tanh: (g, [x]) => vectorTanh(g, x!),
  power: (g, [x, y]) => vectorPower(g, x!, y!),
};

/** Where operands are ordinary in every lane, fewer operations give the same bits. */
interface Shortcut {
  readonly applies: (g: VectorGraph, operands: readonly NodeId[]) => NodeId;
  readonly build: (g: VectorGraph, operands: readonly NodeId[]) => NodeId;
}
const SHORTCUTS: Partial<Record<VectorFunction, Shortcut>> = {
  exp: { applies: (g, [x]) => isOrdinaryExp(g, x!), build: (g, [x]) => vectorExp(g, x!, true) },
  ln: { applies: (g, [x]) => isOrdinary(g, x!), build: (g, [x]) => vectorLog(g, x!, true) },
  power: {
    applies: (g, [x, y]) => isOrdinaryPower(g, x!, y!),
    build: (g, [x, y]) => vectorPower(g, x!, y!, true),
  },
};
const ALL_LANES = 0b11;

/** A function of all halves of its operands, those of one operand after the other; it gives all halves of the value. */
export function declareVectorFunction(
  name: VectorFunction,
  module: ModuleBuilder,
  layout: MemoryLayout,
  pool: ConstantPool,
): DeclaredFunction {
  const halves = layout.lanes / VECTOR_LANES;
  const vectors = (count: number) => Array.from({ length: count }, () => "v128" as const);
  const operands = name === "power" ? 2 : 1;
  const declared = module.declare(name, { parameters: vectors(operands * halves), results: vectors(halves) });
  const { code } = declared;
  const parameters = code.parameters();
  const result = vectors(halves).map(() => code.local("v128"));
  const emit = (build: Shortcut["build"]): void => {
    const piece = new Piece(pool);
    const nodes = Array.from({ length: operands }, (_, i) =>
      piece.graph.local(parameters.slice(i * halves, (i + 1) * halves)),
    );
    piece.set(result, build(piece.graph, nodes));
    new NestEmitter(code, layout, true).emit([{ kind: "piece", piece }]);
  };
  const shortcut = SHORTCUTS[name];
  if (shortcut) {
    emit(shortcut.applies);
    for (const [half, local] of result.entries()) {
      code.get(local);
      if (half > 0) code.op("v128.and");
    }
    code.op("i64x2.bitmask");
    code.i32(ALL_LANES);
    code.op("i32.eq");
    code.when(
      () => emit(shortcut.build),
      () => emit(BUILD[name]),
    );
  } else emit(BUILD[name]);
  for (const local of result) code.get(local);
  return declared;
}

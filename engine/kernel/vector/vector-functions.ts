/** Elementary functions as functions of the module, for all lanes. */
import type { IrUnaryOp } from "../../ir/program.ts";
import type { ConstantPool } from "../constant-pool.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";
import type { KernelForm } from "../kernel-form.ts";
import type { MemoryLayout } from "../layout.ts";
import { vectorAcos, vectorAsin, vectorAtan } from "./arc.ts";
import { vectorCos, vectorSin, vectorTan } from "./circular.ts";
import { NestEmitter } from "./emit-nest.ts";
import { VECTOR_LANES } from "./emit-piece.ts";
import { guessedExp, vectorExp } from "./exp.ts";
import { type Address, NO_POINTER, type NodeId, type VectorGraph } from "./graph.ts";
import type { Guess } from "./guess.ts";
import { vectorCosh, vectorSinh, vectorTanh } from "./hyperbolic.ts";
import { guessedLog, vectorLog } from "./log.ts";
import { Piece } from "./nest.ts";
import { guessedPower, ordinaryLog, vectorLog10, vectorPower } from "./power.ts";
import { vectorExpSignificand } from "./split-exp.ts";

export type VectorFunction = (typeof ELEMENTARY)[number] | "power";

/** Functions of one number that have a function of the module, if a model needs it. */
const ELEMENTARY = [
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

/** Guesses of the functions that have special cases worth leaving out. */
export const GUESSES: Partial<Record<VectorFunction, (g: VectorGraph, operands: readonly NodeId[]) => Guess>> = {
  exp: (g, [x]) => guessedExp(g, x!),
  ln: (g, [x]) => guessedLog(g, x!),
  power: (g, [x, y]) => guessedPower(g, ordinaryLog(g, x!), y!),
};

/** What the declaration of a function needs. */
interface Module {
  readonly module: ModuleBuilder;
  readonly layout: MemoryLayout;
  readonly pool: ConstantPool;
  readonly form: KernelForm;
  /** Declares a function without parameters. */
  readonly declare: (name: string) => DeclaredFunction;
}

/**
 * A function of all halves of its operands: on the stack those of one operand after the other, or in memory (see `KernelForm`). It gives all halves
 * of the value.
 *
 * @param build the value of nodes for the operands
 */
export function declareVectorFunction(
  name: string,
  operands: number,
  build: (g: VectorGraph, operands: readonly NodeId[]) => NodeId,
  { module, layout, pool, form, declare }: Module,
): DeclaredFunction {
  const halves = layout.lanes / VECTOR_LANES;
  const piece = new Piece(pool);
  const { graph } = piece;
  const each = <T>(of: (operand: number) => T): T[] => Array.from({ length: operands }, (_, i) => of(i));
  if (form === "for-revectorizer") {
    const declared = declare(name);
    const at = (i: number): Address => ({ pointer: NO_POINTER, offset: layout.operands + i * layout.value });
    piece.store(
      at(0),
      build(
        graph,
        each((i) => graph.load(at(i))),
      ),
    );
    new NestEmitter(declared.code, layout, form).emit([{ kind: "piece", piece }]);
    return declared;
  }
  const vectors = (count: number) => Array.from({ length: count }, () => "v128" as const);
  const declared = module.declare(name, { parameters: vectors(operands * halves), results: vectors(halves) });
  const { code } = declared;
  const parameters = code.parameters();
  const result = vectors(halves).map(() => code.local("v128"));
  const nodes = each((i) => graph.local(parameters.slice(i * halves, (i + 1) * halves)));
  piece.set(result, build(graph, nodes));
  new NestEmitter(code, layout, form).emit([{ kind: "piece", piece }]);
  for (const local of result) code.get(local);
  return declared;
}

/** Operands of a function. */
export const operandsOfFunction = (name: VectorFunction): number => (name === "power" ? 2 : 1);

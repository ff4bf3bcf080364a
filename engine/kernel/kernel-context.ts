/** What all parts of a kernel's code generation share. */
import type { IrExpression, Program, Table } from "../ir/program.ts";
import { statementsOf, visitStatement } from "../ir/visit.ts";
import type { UnaryOp } from "../model/term.ts";
import { ConstantPool } from "./constant-pool.ts";
import { type DeclaredFunction, ModuleBuilder } from "./encoding/module-builder.ts";
import { type Lanes, layoutMemory, type MemoryLayout } from "./layout.ts";
import { KernelProfile } from "./profile.ts";
import { declareAllocate } from "./scalar/allocate-function.ts";
import { declarePast } from "./scalar/past-function.ts";
import { declareLookup, encodeTables, tableBytes } from "./vector/lookup.ts";
import { declareVectorFunction, type VectorFunction } from "./vector/vector-functions.ts";

/** Operations that have vectors of their own; the others are called lane by lane. */
const VECTOR_OPERATIONS: ReadonlySet<UnaryOp> = new Set<UnaryOp>([
  "negate",
  "not",
  "abs",
  "sign",
  "sqrt",
  "exp",
  "ln",
  "floor",
  "ceil",
  "round",
  "trunc",
]);
/** Name of the module that the scalar functions of the host are imported from. */
export const SCALAR_IMPORTS = "scalar";

export interface KernelContext {
  readonly program: Program;
  readonly lanes: Lanes;
  /** Whether exp, ln and power stand where they are used, in place of a call. */
  readonly inline: boolean;
  readonly module: ModuleBuilder;
  readonly layout: MemoryLayout;
  readonly pool: ConstantPool;
  readonly profile: KernelProfile;
  /** Declares a function without parameters whose addresses begin at an origin that V8 does not know. */
  readonly declare: (name: string) => DeclaredFunction;
  /** Index of the global that holds the step number. */
  readonly stepGlobal: number;
  readonly functions: {
    readonly lookup: Readonly<Record<Table["mode"], number>>;
    readonly past: number;
    readonly allocate: number;
    readonly vector: Readonly<Record<VectorFunction, number>>;
    /** Imported functions of one number, by operation. */
    readonly scalar: ReadonlyMap<UnaryOp, number>;
  };
}

export function createContext(program: Program, lanes: Lanes, inline: boolean): KernelContext {
  const used = scalarOperations(program);
  const module = new ModuleBuilder();
  const scalar = new Map(
    [...used].map((op) => [op, module.import(SCALAR_IMPORTS, op, { parameters: ["f64"], results: ["f64"] })]),
  );
  const layout = layoutMemory(program, lanes, largestAllocation(program), tableBytes(program.tables));
  const pool = new ConstantPool(layout.pool, lanes);
  const stepGlobal = module.global("i32", 0);
  const originGlobal = module.global("i32", 0);
  const declare = (name: string): DeclaredFunction => {
    const declared = module.declare(name, { parameters: [], results: [] });
    const { code } = declared;
    code.indexed("global.get", originGlobal);
    code.origin = code.local("i32");
    code.set(code.origin);
    return declared;
  };
  const vector = (name: VectorFunction) => declareVectorFunction(name, module, layout, pool).index;
  const lookup = (mode: Table["mode"]) => declareLookup(module, mode).index;
  const functions = {
    lookup: {
      linear: lookup("linear"),
      previous: lookup("previous"),
      next: lookup("next"),
      extrapolate: lookup("extrapolate"),
    },
    past: declarePast(module, layout, stepGlobal).index,
    allocate: declareAllocate(module, layout.value).index,
    vector: { exp: vector("exp"), ln: vector("ln"), power: vector("power") },
    scalar,
  };
  module.data(layout.tables, encodeTables(program.tables, layout.tables));
  return { program, lanes, inline, module, layout, pool, profile: new KernelProfile(), declare, stepGlobal, functions };
}

/** Operations without vectors that a program has. */
export function scalarOperations(program: Program): Set<UnaryOp> {
  const found = new Set<UnaryOp>();
  const visit = (e: IrExpression) => {
    if (e.kind === "unary" && !VECTOR_OPERATIONS.has(e.op)) found.add(e.op);
  };
  for (const statement of statementsOf(program)) visitStatement(statement, visit);
  return found;
}

function largestAllocation(program: Program): number {
  let largest = 0;
  for (const s of statementsOf(program)) {
    if (s.kind === "allocate") largest = Math.max(largest, s.over.to - s.over.from);
  }
  return largest;
}

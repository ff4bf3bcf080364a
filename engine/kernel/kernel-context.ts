/** What all parts of a kernel's code generation share. */
import type { Program, Statement, Table } from "../ir/program.ts";
import { statementsOf } from "../ir/visit.ts";
import { ConstantPool } from "./constant-pool.ts";
import { type DeclaredFunction, ModuleBuilder } from "./encoding/module-builder.ts";
import type { KernelForm } from "./kernel-form.ts";
import { type Lanes, layoutMemory, type MemoryLayout } from "./layout.ts";
import { KernelProfile } from "./profile.ts";
import { declarePast } from "./scalar/past-function.ts";
import { declareAllocate } from "./vector/allocate-function.ts";
import { declareLookup, encodeTables, tableBytes } from "./vector/lookup.ts";
import {
  BUILD,
  declareVectorFunction,
  GUESSES,
  operandsOfFunction,
  type VectorFunction,
} from "./vector/vector-functions.ts";

export interface KernelContext {
  readonly program: Program;
  readonly lanes: Lanes;
  readonly form: KernelForm;
  readonly module: ModuleBuilder;
  readonly layout: MemoryLayout;
  readonly pool: ConstantPool;
  readonly profile: KernelProfile;
  /** Declares a function without parameters whose addresses begin at an origin that V8 does not know. */
  readonly declare: (name: string) => DeclaredFunction;
  /** Index of the global that holds the step number. */
  readonly stepGlobal: number;
  /** Functions of the module by index, each declared when it is first asked for. */
  readonly functions: {
    readonly lookup: (mode: Table["mode"]) => number;
    readonly past: () => number;
    readonly allocate: () => number;
    readonly vector: (name: VectorFunction) => number;
    /** The same without a guess. */
    readonly special: (name: VectorFunction) => number;
  };
}

export function createContext(program: Program, lanes: Lanes, form: KernelForm): KernelContext {
  const module = new ModuleBuilder();
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
  const declared = new Map<string, number>();
  const once = (name: string, declareIt: () => DeclaredFunction): number => {
    const index = declared.get(name) ?? declareIt().index;
    declared.set(name, index);
    return index;
  };
  const declareVector = (name: VectorFunction, build: (typeof BUILD)[VectorFunction]): DeclaredFunction =>
    declareVectorFunction(name, operandsOfFunction(name), build, { module, layout, pool, form, declare });
  const functions: KernelContext["functions"] = {
    lookup: (mode) => once(`lookup ${mode}`, () => declareLookup(module, mode)),
    past: () => once("past", () => declarePast(module, layout, stepGlobal)),
    allocate: () => once("allocate", () => declareAllocate(module, layout.value)),
    vector: (name) => {
      const guess = GUESSES[name];
      if (!guess) return functions.special(name);
      return once(`guessed ${name}`, () =>
        declareVector(name, (g, operands) => g.guess(functions.special(name), guess(g, operands), operands)),
      );
    },
    special: (name) => once(name, () => declareVector(name, BUILD[name])),
  };
  module.data(layout.tables, encodeTables(program.tables, layout.tables));
  return { program, lanes, form, module, layout, pool, profile: new KernelProfile(), declare, stepGlobal, functions };
}

/** Members of the largest allocation, those inside fused and repeated loops included. */
function largestAllocation(program: Program): number {
  return Math.max(0, ...Array.from(statementsOf(program), allocationIn));
}

function allocationIn(s: Statement): number {
  switch (s.kind) {
    case "allocate":
      return s.over.to - s.over.from;
    case "fused":
      return Math.max(0, ...s.body.flatMap((d) => d.statements.map(allocationIn)));
    case "repeat":
      return Math.max(0, ...s.body.map(allocationIn));
    default:
      return 0;
  }
}

/**
 * The function that runs all lanes from start to stop: the clock of ir/run-program.ts, in the same order.
 *
 * What the interpreter's clock asks after each step (is every stock and net flow finite?) is asked here where stocks and net flows
 * are read anyway, when they are integrated: in between nothing changes them. A lane's status is the first step that failed;
 * which value it was is found by the interpreter.
 */
import type { Definition, Program } from "../ir/program.ts";
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import { declareIntegration, storeTime } from "./integration.ts";
import type { KernelContext } from "./kernel-context.ts";
import { periods } from "./layout.ts";
import { StatementLowering } from "./lower-statement.ts";
import { declareCheck, declareSave } from "./save-functions.ts";

/** A function is closed and the next begun once it has so many bytes: the optimizer's time, and the memory that it takes meanwhile, grow faster than the size. */
const FUNCTION_BYTES = 12_000;

/** The functions that the host calls, by index. */
export interface RunFunctions {
  /** Everything before the first step. */
  readonly start: number;
  /** Steps: from the step that is its first parameter, to just before the one that is its second, or to the end if that is -1. */
  readonly run: number;
}

/** Declares everything that a run calls, and the run itself. */
export function declareRun(context: KernelContext): RunFunctions {
  return new RunFunction(context).declare();
}

interface Parts {
  readonly start: readonly number[];
  readonly ahead: readonly number[];
  readonly step: readonly number[];
  /** What the stages of rk2 and rk4 compute again. */
  readonly stage: readonly number[];
  readonly identities: readonly number[];
  readonly past: readonly number[];
  readonly correlate: readonly number[];
  readonly updates: readonly (readonly number[])[];
  readonly events: readonly (readonly number[])[];
}

class RunFunction {
  readonly #context: KernelContext;
  readonly #program: Program;

  constructor(context: KernelContext) {
    this.#context = context;
    this.#program = context.program;
  }

  declare(): RunFunctions {
    const program = this.#program;
    const step = this.#define("step", program.step);
    const parts: Parts = {
      start: [...this.#define("constants", program.constants), ...this.#define("initial", program.initial)],
      ahead: this.#define("ahead", program.ahead),
      step,
      stage: program.method === "euler" || program.stage === program.step ? step : this.#define("stage", program.stage),
      identities: this.#define("identities", program.identities),
      past: this.#define("past", [{ name: "past", statements: program.past }]),
      correlate: this.#define("correlate", [{ name: "correlations", statements: program.correlate }]),
      updates: program.noise.map((n) => this.#define(`noise ${n.name}`, [{ name: n.name, statements: n.update }])),
      events: program.events.map((e) => this.#define(`event ${e.name}`, e.definitions)),
    };
    const save = { first: declareSave(this.#context, true), later: declareSave(this.#context, false) };
    const check = declareCheck(this.#context);
    const integrate = declareIntegration(this.#context, parts.stage);
    const start = this.#context.module.declare("start", { parameters: [], results: [] });
    this.#start(start.code, parts);
    const run = this.#context.module.declare("run", { parameters: ["i32", "i32"], results: [] });
    this.#run(run.code, parts, save, check, integrate);
    return { start: start.index, run: run.index };
  }

  #start(code: FunctionCode, parts: Parts): void {
    const step = code.local("i32");
    code.i32(0);
    code.set(step);
    this.#setClock(code, step);
    for (const index of parts.start) code.call(index);
  }

  /** Functions that execute definitions in order, to be called one after the other. */
  #define(block: string, definitions: readonly Pick<Definition, "name" | "statements">[]): number[] {
    const indices: number[] = [];
    let code: FunctionCode | null = null;
    let lowering: StatementLowering | null = null;
    for (const { name, statements } of definitions) {
      for (const statement of statements) {
        if (!code || !lowering || code.size > FUNCTION_BYTES) {
          const declared = this.#context.declare(`${block} ${indices.length}`);
          indices.push(declared.index);
          code = declared.code;
          lowering = new StatementLowering(this.#context, code);
        }
        lowering.emit(statement, block, name);
      }
    }
    return indices;
  }

  #run(
    code: FunctionCode,
    parts: Parts,
    save: { first: number; later: number },
    check: number,
    integrate: (code: FunctionCode) => void,
  ): void {
    const { clock, identities } = this.#program;
    const [step, until] = code.parameters() as [Local, Local];
    const call = (indices: readonly number[]) => {
      for (const index of indices) code.call(index);
    };
    this.#setClock(code, step);
    call(parts.ahead);
    code.loop(() => {
      code.get(step);
      code.get(until);
      code.op("i32.eq");
      code.when(() => code.op("return"));
      call(parts.step);
      call(parts.identities);
      this.#divides(code, step, 0, clock.stepsPerSave);
      code.when(() => {
        code.get(step);
        code.op("i32.eqz");
        code.when(
          () => code.call(save.first),
          () => code.call(save.later),
        );
      });
      if (identities.length > 0) this.#checkIdentities(code, step);
      code.get(step);
      code.i32(clock.steps);
      code.op("i32.eq");
      code.when(() => {
        code.call(check);
        code.op("return");
      });
      call(parts.past);
      integrate(code);
      code.get(step);
      code.i32(1);
      code.op("i32.add");
      code.set(step);
      this.#setClock(code, step);
      this.#happen(code, step, parts);
      code.indexed("br", 0);
    });
  }

  /** start + (step · numerator) / denominator, in all lanes */
  #setClock(code: FunctionCode, step: Local): void {
    const { start, stepNumerator, stepDenominator } = this.#program.clock;
    code.get(step);
    code.indexed("global.set", this.#context.stepGlobal);
    storeTime(this.#context, code, () => {
      code.f64(start);
      code.get(step);
      code.op("f64.convert_i32_s");
      code.f64(stepNumerator);
      code.op("f64.mul");
      code.f64(stepDenominator);
      code.op("f64.div", "f64.add");
    });
  }

  /** Leaves whether step ≥ first and step - first is a multiple of `every`. */
  #divides(code: FunctionCode, step: Local, first: number, every: number): void {
    code.get(step);
    code.i32(first);
    if (every === 0) {
      code.op("i32.eq");
      return;
    }
    code.op("i32.ge_s");
    code.get(step);
    code.i32(first);
    code.op("i32.sub");
    code.i32(every);
    code.op("i32.rem_u", "i32.eqz", "i32.and");
  }

  /** Noise and events that fall on the end of a step. */
  #happen(code: FunctionCode, step: Local, parts: Parts): void {
    const { noise, events } = this.#program;
    for (const i of noise.keys()) {
      this.#divides(code, step, noise[i]!.firstStep, noise[i]!.everySteps);
      code.when(() => this.#takeInnovations(code, step, i));
    }
    if (parts.correlate.length > 0) {
      code.i32(0);
      for (const n of noise) {
        this.#divides(code, step, n.firstStep, n.everySteps);
        code.op("i32.or");
      }
      code.when(() => {
        for (const index of parts.correlate) code.call(index);
      });
    }
    for (const [i, n] of noise.entries()) {
      this.#divides(code, step, n.firstStep, n.everySteps);
      code.when(() => {
        for (const index of parts.updates[i]!) code.call(index);
      });
    }
    for (const [i, e] of events.entries()) {
      if (i === events.length - 1) for (const index of parts.ahead) code.call(index);
      this.#divides(code, step, e.firstStep, e.everySteps);
      code.when(() => {
        for (const index of parts.events[i]!) code.call(index);
      });
    }
  }

  #takeInnovations(code: FunctionCode, step: Local, i: number): void {
    const { layout } = this.#context;
    const n = this.#program.noise[i]!;
    if (periods(this.#program, n) === 0) return;
    const bytes = n.size * layout.value;
    code.i32(layout.slots + n.innovation * layout.value);
    code.get(step);
    code.i32(n.firstStep);
    code.op("i32.sub");
    code.i32(n.everySteps);
    code.op("i32.div_s");
    code.i32(bytes);
    code.op("i32.mul");
    code.i32(layout.innovations[i]!);
    code.op("i32.add");
    code.i32(bytes);
    code.memoryCopy();
  }

  /** Marks lanes in which an identity's residual is above its tolerance. */
  #checkIdentities(code: FunctionCode, step: Local): void {
    const { layout, lanes } = this.#context;
    const failed = code.local("i32");
    for (let lane = 0; lane < lanes; lane++) {
      const at = layout.violated + lane * Float64Array.BYTES_PER_ELEMENT;
      code.i32(0);
      code.set(failed);
      for (const { residual, tolerance } of this.#program.identities) {
        code.i32(0);
        code.memory("f64.load", layout.slots + residual * layout.value + lane * Float64Array.BYTES_PER_ELEMENT);
        code.f64(tolerance);
        code.op("f64.gt");
        code.get(failed);
        code.op("i32.or");
        code.set(failed);
      }
      code.get(failed);
      code.i32(0);
      code.memory("f64.load", at);
      code.f64(Number.POSITIVE_INFINITY);
      code.op("f64.eq", "i32.and");
      code.when(() => {
        code.i32(at);
        code.get(step);
        code.op("f64.convert_i32_s");
        code.memory("f64.store", 0);
      });
    }
  }
}

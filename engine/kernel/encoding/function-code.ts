/** The body of one WebAssembly function: its locals, and its instructions in the order in which they are written. */
import { ByteWriter } from "./byte-writer.ts";
import {
  BLOCK,
  END,
  F64_CONST,
  I32_CONST,
  INDEXED,
  type IndexedOpcode,
  MEMORY,
  MEMORY_COPY,
  MEMORY_FILL,
  MEMORY_LANE,
  type MemoryLaneOpcode,
  type MemoryOpcode,
  NO_RESULT,
  PLAIN,
  type PlainOpcode,
  SHUFFLE,
  TYPE,
  type ValueType,
} from "./opcodes.ts";

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A local of a function, to be given back with {@link FunctionCode.release} when its value is no longer needed. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

export class FunctionCode {
  readonly name: string;
  readonly type: FunctionType;
  readonly #code = new ByteWriter(1024);
  readonly #locals: ValueType[] = [];
  /** Where in the code stands an `if` that is seldom taken. */
  readonly #unlikely: number[] = [];
  readonly #free = new Map<ValueType, Local[]>();

  constructor(name: string, type: FunctionType) {
    this.name = name;
    this.type = type;
  }

  /**
   * A local that is 0 and of which V8 does not know it, for addresses without another pointer; null until it is set. V8 joins two loads
   * only where it knows equally little of both addresses.
   */
  origin: Local | null = null;

  /** Bytes written so far. */
  get size(): number {
    return this.#code.length;
  }

  /** The parameters, as locals. */
  parameters(): Local[] {
    return this.type.parameters.map((type, index) => ({ index, type }));
  }

  local(type: ValueType): Local {
    const reused = this.#free.get(type)?.pop();
    if (reused) return reused;
    const index = this.type.parameters.length + this.#locals.push(type) - 1;
    return { index, type };
  }

  release(local: Local): void {
    const list = this.#free.get(local.type);
    if (list) list.push(local);
    else this.#free.set(local.type, [local]);
  }

  op(...names: readonly PlainOpcode[]): void {
    for (const name of names) this.#opcode(PLAIN[name]);
  }

  memory(name: MemoryOpcode, offset: number): void {
    const { code, align } = MEMORY[name];
    this.#opcode(code);
    this.#code.unsigned(align);
    this.#code.unsigned(offset);
  }

  memoryLane(name: MemoryLaneOpcode, offset: number, lane: number): void {
    const { code, align } = MEMORY_LANE[name];
    this.#opcode(code);
    this.#code.unsigned(align);
    this.#code.unsigned(offset);
    this.#code.byte(lane);
  }

  indexed(name: IndexedOpcode, index: number): void {
    this.#opcode(INDEXED[name]);
    this.#code.unsigned(index);
  }

  get(local: Local): void {
    this.indexed("local.get", local.index);
  }
  set(local: Local): void {
    this.indexed("local.set", local.index);
  }
  tee(local: Local): void {
    this.indexed("local.tee", local.index);
  }
  call(index: number): void {
    this.indexed("call", index);
  }

  i32(value: number): void {
    this.#code.byte(I32_CONST);
    this.#code.signed(value);
  }
  f64(value: number): void {
    this.#code.byte(F64_CONST);
    this.#code.double(value);
  }

  /** Adds a number that is known now to a local of type i32. */
  advance(local: Local, by: number): void {
    this.get(local);
    this.i32(by);
    this.op("i32.add");
    this.set(local);
  }

  /** A vector of sixteen bytes of the two vectors on the stack, which are numbered from 0 to 31. */
  shuffle(bytes: readonly number[]): void {
    this.#opcode(SHUFFLE);
    for (const b of bytes) this.#code.byte(b);
  }

  memoryCopy(): void {
    for (const b of MEMORY_COPY) this.#code.byte(b);
  }
  memoryFill(): void {
    for (const b of MEMORY_FILL) this.#code.byte(b);
  }

  /** A block whose end is its label. */
  block(body: () => void): void {
    this.#nest(BLOCK.block, body);
  }
  /** A block whose beginning is its label. */
  loop(body: () => void): void {
    this.#nest(BLOCK.loop, body);
  }
  /** Runs `body` if the i32 on the stack is not 0, else `otherwise`. */
  when(body: () => void, otherwise?: () => void): void {
    this.#nest(BLOCK.if, () => {
      body();
      if (!otherwise) return;
      this.op("else");
      otherwise();
    });
  }

  /** Runs `body` if the i32 on the stack is not 0, which it seldom is. */
  unlikely(body: () => void): void {
    this.#unlikely.push(this.size);
    this.when(body);
  }

  /** Runs `body` as often as `left` says, once at least, and counts it down to 0. */
  repeat(left: Local, body: () => void): void {
    this.loop(() => {
      body();
      this.get(left);
      this.i32(1);
      this.op("i32.sub");
      this.tee(left);
      this.indexed("br_if", 0);
    });
  }

  /** `for (counter = from; counter < to; counter += step) body`, with bounds known now; nothing if there is no position. */
  count(counter: Local, from: number, to: number, step: number, body: () => void): void {
    if (to <= from) return;
    this.i32(from);
    this.set(counter);
    this.loop(() => {
      body();
      this.get(counter);
      this.i32(step);
      this.op("i32.add");
      this.tee(counter);
      this.i32(to);
      this.op("i32.lt_s");
      this.indexed("br_if", 0);
    });
  }

  /** The body as it stands in the code section, without its size; and where in it stands an `if` that is seldom taken. */
  encode(): { readonly bytes: Uint8Array; readonly unlikely: readonly number[] } {
    const out = new ByteWriter(this.#code.length + 16);
    const runs = runsOf(this.#locals);
    out.unsigned(runs.length);
    for (const { type, count } of runs) {
      out.unsigned(count);
      out.byte(TYPE[type]);
    }
    const start = out.length;
    out.bytes(this.#code.view());
    out.byte(END);
    return { bytes: out.view(), unlikely: this.#unlikely.map((at) => start + at) };
  }

  #nest(opcode: number, body: () => void): void {
    this.#code.byte(opcode);
    this.#code.byte(NO_RESULT);
    body();
    this.#code.byte(END);
  }

  #opcode(code: readonly number[]): void {
    this.#code.byte(code[0]!);
    if (code.length > 1) this.#code.unsigned(code[1]!);
  }
}

/** Locals are declared as runs of one type. */
function runsOf(types: readonly ValueType[]): { type: ValueType; count: number }[] {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  return runs;
}

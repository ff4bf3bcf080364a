/**
 * A WebAssembly module, section by section: types, functions, one memory, globals, exports, code, data, names.
 *
 *     const module = new ModuleBuilder();
 *     const add = module.declare("add", { parameters: ["f64", "f64"], results: ["f64"] });
 *     …write add.code…
 *     module.export("add", add.index);
 *     new WebAssembly.Module(module.encode());
 */
import { ByteWriter } from "./byte-writer.ts";
import { FunctionCode, type FunctionType } from "./function-code.ts";
import { END, F64_CONST, I32_CONST, TYPE, type ValueType } from "./opcodes.ts";

const HEADER = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const SECTION = {
  custom: 0,
  type: 1,

  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  code: 10,
  data: 11,
} as const;
/** Subsection of the names of functions. */
const FUNCTION_NAMES = 1;
const FUNCTION_TYPE = 0x60;
const EXPORT_KIND = { function: 0, memory: 2 } as const;
const MUTABLE = 1;
/** Bytes of a page of memory. */
export const PAGE = 65536;

export interface DeclaredFunction {
  readonly index: number;
  readonly code: FunctionCode;
}

export class ModuleBuilder {
  readonly #types: FunctionType[] = [];
  readonly #functions: FunctionCode[] = [];
  readonly #globals: { type: ValueType; initial: number }[] = [];
  readonly #exports: { name: string; kind: number; index: number }[] = [];
  readonly #data: { offset: number; bytes: Uint8Array }[] = [];
  #pages = 0;

  declare(name: string, type: FunctionType): DeclaredFunction {
    const code = new FunctionCode(name, type);
    return { index: this.#functions.push(code) - 1, code };
  }

  /** A global of type i32 or f64 that can be set; returns its index. */
  global(type: "i32" | "f64", initial: number): number {
    return this.#globals.push({ type, initial }) - 1;
  }

  export(name: string, functionIndex: number): void {
    this.#exports.push({ name, kind: EXPORT_KIND.function, index: functionIndex });
  }

  /** The module's own memory, of at least so many bytes, exported under a name. */
  memory(name: string, bytes: number): void {
    this.#pages = Math.ceil(bytes / PAGE);
    this.#exports.push({ name, kind: EXPORT_KIND.memory, index: 0 });
  }

  data(offset: number, bytes: Uint8Array): void {
    if (bytes.length > 0) this.#data.push({ offset, bytes });
  }

  encode(): Uint8Array<ArrayBuffer> {
    const out = new ByteWriter(1 << 16);
    out.bytes(HEADER);
    const typeIndices = this.#functions.map((f) => this.#typeIndex(f.type));
    vector(out, SECTION.type, this.#types, (w, { parameters, results }) => {
      w.byte(FUNCTION_TYPE);
      for (const list of [parameters, results]) {
        w.unsigned(list.length);
        for (const t of list) w.byte(TYPE[t]);
      }
    });
    vector(out, SECTION.function, typeIndices, (w, index) => w.unsigned(index));
    vector(out, SECTION.memory, [this.#pages], (w, pages) => {
      // A maximum equal to the minimum: the memory never moves.
      w.byte(1);
      w.unsigned(pages);
      w.unsigned(pages);
    });
    vector(out, SECTION.global, this.#globals, (w, { type, initial }) => {
      w.byte(TYPE[type]);
      w.byte(MUTABLE);
      w.byte(type === "i32" ? I32_CONST : F64_CONST);
      if (type === "i32") w.signed(initial);
      else w.double(initial);
      w.byte(END);
    });
    vector(out, SECTION.export, this.#exports, (w, { name, kind, index }) => {
      w.name(name);
      w.byte(kind);
      w.unsigned(index);
    });
    const bodies = this.#functions.map((f) => f.encode());
    branchHints(out, bodies);
    vector(out, SECTION.code, bodies, (w, { bytes }) => w.sized(bytes));
    vector(out, SECTION.data, this.#data, (w, { offset, bytes }) => {
      w.unsigned(0);
      w.byte(I32_CONST);
      w.signed(offset);
      w.byte(END);
      w.sized(bytes);
    });
    this.#names(out);
    return new Uint8Array(out.view());
  }

  /** The custom section "name": profilers and disassemblers show functions by it. */
  #names(out: ByteWriter): void {
    const names = new ByteWriter(1024);
    names.unsigned(this.#functions.length);
    for (const [i, { name }] of this.#functions.entries()) {
      names.unsigned(i);
      names.name(name);
    }
    const content = new ByteWriter(1024);
    content.name("name");
    content.byte(FUNCTION_NAMES);
    content.sized(names.view());
    out.byte(SECTION.custom);
    out.sized(content.view());
  }

  #typeIndex(type: FunctionType): number {
    const key = JSON.stringify(type);
    const known = this.#types.findIndex((t) => JSON.stringify(t) === key);
    return known >= 0 ? known : this.#types.push(type) - 1;
  }
}

/** The custom section "metadata.code.branch_hint": branches that are seldom taken, so that what they do costs the others nothing. */
function branchHints(out: ByteWriter, bodies: readonly { readonly unlikely: readonly number[] }[]): void {
  const hinted = [...bodies.entries()].filter(([, { unlikely }]) => unlikely.length > 0);
  if (hinted.length === 0) return;
  const content = new ByteWriter(1024);
  content.name("metadata.code.branch_hint");
  content.unsigned(hinted.length);
  for (const [index, { unlikely }] of hinted) {
    content.unsigned(index);
    content.unsigned(unlikely.length);
    for (const at of unlikely) {
      content.unsigned(at);
      // One byte: 0 for a branch that is not taken.
      content.unsigned(1);
      content.byte(0);
    }
  }
  out.byte(SECTION.custom);
  out.sized(content.view());
}

/** A section that is a list: its number, its size, how many entries, the entries. Left out when empty. */
function vector<T>(
  out: ByteWriter,
  id: number,
  items: readonly T[],
  write: (writer: ByteWriter, item: T, index: number) => void,
): void {
  if (items.length === 0) return;
  const content = new ByteWriter(1024);
  content.unsigned(items.length);
  for (const [i, item] of items.entries()) write(content, item, i);
  out.byte(id);
  out.sized(content.view());
}

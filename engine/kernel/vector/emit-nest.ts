/**
 * Emits loops and straight pieces.
 *
 * Addresses: the part that a loop changes is found once in its body, from the part of the loops around it, and every load
 * and store of the loop adds a fixed offset.
 */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { KernelForm } from "../kernel-form.ts";
import type { MemoryLayout } from "../layout.ts";
import { type Bases, PieceEmitter } from "./emit-piece.ts";
import type { Address, Pointer } from "./graph.ts";
import { addressesOf, depthOf, type NestItem } from "./nest.ts";

export class NestEmitter implements Bases {
  readonly #code: FunctionCode;
  readonly layout: MemoryLayout;
  readonly form: KernelForm;
  readonly #pointers = new Map<string, Local>();

  constructor(code: FunctionCode, layout: MemoryLayout, form: KernelForm) {
    this.#code = code;
    this.layout = layout;
    this.form = form;
  }

  /** Emits items that stand in no loop. Counters of depth 0 are set already. */
  emit(items: readonly NestItem[]): void {
    const opened = this.#openPointers(items, 0);
    for (const item of items) this.#item(item);
    this.#close(opened);
  }

  #item(item: NestItem): void {
    if (item.kind === "piece") new PieceEmitter(this.#code, item.piece, this).emit();
    else if (item.kind === "code") item.emit(this.#code);
    else {
      const { counter, step, body } = item;
      this.#code.count(counter.local, counter.from, counter.to, step, () => {
        const opened = this.#openPointers(body, counter.depth);
        for (const part of body) this.#item(part);
        this.#close(opened);
      });
    }
  }

  /** Puts a base and leaves the offset that goes into the instruction. */
  base({ pointer, offset }: Address): number {
    if (pointer.terms.length === 0 && pointer.guards.length === 0) {
      this.origin();
      return offset;
    }
    const local = this.#pointers.get(pointer.key);
    if (!local) throw new InternalError(`no pointer ${pointer.key}`);
    this.#code.get(local);
    return offset;
  }

  /** Puts the base of addresses that no loop changes. */
  origin(): void {
    if (this.#code.origin) this.#code.get(this.#code.origin);
    else this.#code.i32(0);
  }

  /** Computes what becomes known at a depth of all pointers that the items need. */
  #openPointers(items: readonly NestItem[], depth: number): string[] {
    const opened: string[] = [];
    for (const item of items) {
      for (const { pointer } of addressesOf(item)) {
        if (pointer.guards.length > 0) {
          if (depthOf(pointer) === depth && !this.#pointers.has(pointer.key)) this.#guarded(pointer, opened);
        } else if (pointer.terms.some((t) => t.counter.depth === depth)) {
          this.#prefix(
            pointer.terms.filter((t) => t.counter.depth <= depth),
            opened,
          );
        }
      }
    }
    return opened;
  }

  #close(opened: readonly string[]): void {
    for (const key of opened) {
      this.#code.release(this.#pointers.get(key)!);
      this.#pointers.delete(key);
    }
  }

  #prefix(terms: Pointer["terms"], opened: string[]): void {
    const key = termsKey(terms);
    if (this.#pointers.has(key)) return;
    const outer = terms.filter((t) => t.counter.depth < terms.at(-1)!.counter.depth);
    const known = outer.length === 0 ? undefined : this.#pointers.get(termsKey(outer));
    this.#sum(known ? terms.slice(outer.length) : terms, known);
    this.#open(key, opened);
  }

  #guarded(pointer: Pointer, opened: string[]): void {
    const code = this.#code;
    this.#sum(pointer.terms, undefined);
    code.i32(pointer.fixed);
    code.op("i32.add");
    code.i32(this.layout.zero);
    for (const [i, { counter, offset, size }] of pointer.guards.entries()) {
      code.get(counter.local);
      code.i32(offset);
      code.op("i32.add");
      code.i32(size);
      code.op("i32.lt_u");
      if (i > 0) code.op("i32.and");
    }
    code.op("select");
    this.#open(pointer.key, opened);
  }

  #sum(terms: Pointer["terms"], start: Local | undefined): void {
    const code = this.#code;
    if (start) code.get(start);
    else if (terms.length === 0) this.origin();
    for (const [i, { counter, bytes }] of terms.entries()) {
      code.get(counter.local);
      code.i32(bytes);
      code.op("i32.mul");
      if (i > 0 || start) code.op("i32.add");
    }
  }

  #open(key: string, opened: string[]): void {
    const local = this.#code.local("i32");
    this.#code.set(local);
    this.#pointers.set(key, local);
    opened.push(key);
  }
}

export const termsKey = (terms: Pointer["terms"]): string =>
  terms.map((t) => `${t.counter.local.index}*${t.bytes}`).join("+");

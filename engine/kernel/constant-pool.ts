/**
 * Constants of a kernel, in its memory: each is a value that all lanes share.
 *
 * A constant is loaded where it is needed; written into the instructions (`v128.const`) it made the prototype a third slower.
 */
import type { Lanes } from "./layout.ts";

const view = new DataView(new ArrayBuffer(8));

/** The bits of a number; a NaN has those of the one quiet NaN. */
export function bitsOf(value: number): bigint {
  view.setFloat64(0, Number.isNaN(value) ? Number.NaN : value);
  return view.getBigUint64(0);
}

export class ConstantPool {
  readonly #offset: number;
  readonly #lanes: Lanes;
  readonly #indices = new Map<bigint, number>();

  constructor(offset: number, lanes: Lanes) {
    this.#offset = offset;
    this.#lanes = lanes;
  }

  get valueBytes(): number {
    return this.#lanes * BigUint64Array.BYTES_PER_ELEMENT;
  }
  get bytes(): number {
    return this.#indices.size * this.valueBytes;
  }
  get size(): number {
    return this.#indices.size;
  }

  /** Address of a constant in all lanes. */
  address(bits: bigint): number {
    let index = this.#indices.get(bits);
    if (index === undefined) {
      index = this.#indices.size;
      this.#indices.set(bits, index);
    }
    return this.#offset + index * this.valueBytes;
  }

  encode(): Uint8Array {
    const out = new BigUint64Array(this.#indices.size * this.#lanes);
    for (const [bits, index] of this.#indices) out.fill(bits, index * this.#lanes, (index + 1) * this.#lanes);
    return new Uint8Array(out.buffer);
  }
}

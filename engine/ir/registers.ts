/** Whole numbers that instructions of the interpreter read: how many numbers there are, and how far places have moved. */
export class Registers {
  /** Grows; to be asked for anew when registers were added. */
  numbers = new Int32Array(256);
  #count = 0;
  readonly #constants = new Map<number, number>();

  /** A register of its own. */
  add(value = 0): number {
    if (this.#count === this.numbers.length) {
      const longer = new Int32Array(2 * this.#count);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.#count] = value;
    this.#count += 1;
    return this.#count - 1;
  }

  /** The register that always has a value. */
  constant(value: number): number {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const register = this.add(value);
    this.#constants.set(value, register);
    return register;
  }

  get(register: number): number {
    return this.numbers[register]!;
  }

  set(register: number, value: number): void {
    this.numbers[register] = value;
  }
}

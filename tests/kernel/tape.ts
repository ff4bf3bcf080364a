/** Reads choices from a tape, so that a failing random model shrinks to a short tape; past its end every choice is the first. */
export class Tape {
  readonly #choices: readonly number[];
  #at = 0;
  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }
  below(n: number): number {
    const choice = this.#choices[this.#at++] ?? 0;
    return choice % n;
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

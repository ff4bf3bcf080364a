/** Small random models over the whole language, from a tape of choices, so that a failing one shrinks to a short tape. */

import { Tape } from "./tape.ts";

/** Dimensions: letters, and numbers that can be compared. */
const SIZES = { place: 3, age: 5 } as const;
type Dimension = keyof typeof SIZES;
const DIMENSIONS: readonly Dimension[] = ["place", "age"];
const NUMBERS = ["0", "1", "2", "0.5", "-1.25", "1e-3", "7", "1e3"];
const UNARY = ["abs", "sqrt", "exp", "ln", "floor", "ceil", "round", "sign", "sin", "tan", "tanh", "-"];
const BINARY = ["+", "-", "*", "/", "+", "*", "mod", "^"];
const COMPARISON = ["<", "<=", ">", ">=", "==", "!="];
const REDUCTION = ["sum", "mean", "product", "minimum", "maximum"];

interface Known {
  readonly name: string;
  readonly shape: readonly Dimension[];
}

/** The YAML text of a model. */
export function randomModel(choices: readonly number[]): string {
  return new RandomModel(new Tape(choices)).write();
}

class RandomModel {
  readonly #tape: Tape;
  readonly #known: Known[] = [];

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  write(): string {
    const tape = this.#tape;
    const method = tape.of(["euler", "rk2", "rk4"]);
    const step = tape.of(["1", "1/2", "1/4"]);
    const lines = [
      `model: {name: random, method: ${method}, time: {start: 2000, stop: 2004, step: ${step}, save: 1, unit: "1"}}`,
      "dimensions: {place: {elements: [north, south, west], groups: {coast: {north: 1, west: 0.5}}}, age: {elements: 0..4}}",
      'lookups: {curve: {points: [[-1, 2], [0, 0.5], [2, 3]], unit: "1"}}',
      'levers: {push: {default: 0, range: [-9, 9], ramp: {from: 2001, to: 2003}, unit: "1"}}',
      "parameters:",
      '  p: {value: 0.75, unit: "1"}',
      '  q[place]: {value: {north: 0.5, default: 1.5}, unit: "1"}',
      "noise:",
      `  shock: {process: ${tape.of(["ar1, persistence: 0.5", "random_walk", "normal"])}, sd: 0.1, unit: "1"}`,
      '  open[place]: {process: markov, values: [1, 0.3], leave: 0.4, return: 0.5, unit: "1"}',
    ];
    const scalar: Known[] = ["p", "push", "shock"].map((name) => ({ name, shape: [] }));
    this.#known.push(...scalar, { name: "q", shape: ["place"] }, { name: "open", shape: ["place"] });
    const stocks = this.#names("s", 1 + tape.below(3));
    const initials = stocks.map((s) => `${this.#expression(s.shape, 2)}`);
    this.#known.push(...stocks);
    const auxiliaries = this.#names("a", 1 + tape.below(5)).map((a) => {
      const equation = this.#expression(a.shape, 3);
      this.#known.push(a);
      const reading = tape.of(["end", "total", "mean"]);
      return `  ${heading(a)}: {equation: "${equation}", unit: "1", indicator: ${reading}}`;
    });
    const flows = stocks.map((s, i) => {
      const line = `  f${heading(s)}: {equation: "${this.#expression(s.shape, 3)}", unit: "1"}`;
      return { line, name: `f${s.name}`, i };
    });
    lines.push("auxiliaries:", ...auxiliaries, "flows:", ...flows.map((f) => f.line), "stocks:");
    for (const [i, s] of stocks.entries())
      lines.push(
        `  ${heading(s)}: {initial: "${initials[i]}", inflows: [f${s.name}], unit: "1", indicator: ${tape.of(["end", "mean"])}}`,
      );
    const event = (): string => {
      const moved = tape.of(stocks);
      const read = tape.of(this.#known.filter((k) => k.name.startsWith("a")));
      const over = read.shape.filter((d) => !moved.shape.includes(d));
      const seen = over.length === 0 ? read.name : `mean(${heading(read)}, ${over.join(", ")})`;
      return `{every: 1, set: {"${heading(moved)}": "${seen} + ${this.#expression(moved.shape, 2)}"}}`;
    };
    const events = ["first", "second"].slice(tape.below(2)).map((name) => `${name}: ${event()}`);
    lines.push(`events: {${events.join(", ")}}`);
    const [left, right] = [this.#expression([], 1), this.#expression([], 1)];
    lines.push(`identities: {i: {left: "${left}", right: "${right}", tolerance: ${tape.of(["1e300", "0.5"])}}}`);
    return `${lines.join("\n")}\n`;
  }

  #names(letter: string, count: number): Known[] {
    return Array.from({ length: count }, (_, i) => ({
      name: `${letter}${i}`,
      shape: this.#tape.of<readonly Dimension[]>([[], ["place"], ["age"], ["place", "age"]]),
    }));
  }

  /** An expression whose names have no other dimensions than those in scope. */
  #expression(scope: readonly Dimension[], depth: number): string {
    const tape = this.#tape;
    const part = () => this.#expression(scope, depth - 1);
    if (depth === 0) return this.#leaf(scope);
    const outside = DIMENSIONS.filter((d) => !scope.includes(d));
    switch (tape.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return `(${part()} ${tape.of(BINARY)} ${part()})`;
      case 4:
        return `${tape.of(UNARY)}(${part()})`;
      case 5:
        return `if(${this.#condition(scope, depth - 1)}, ${part()}, ${part()})`;
      case 6:
        return `${tape.of(["min", "max"])}(${part()}, ${part()})`;
      case 7:
        return `safe_divide(${part()}, ${part()})`;
      case 8:
        return `curve(${part()})`;
      case 9:
        return `(${part()})^${1 + tape.below(4)}`;
      case 10: {
        const over = outside[0] ?? null;
        if (!over) return this.#normalised(scope, depth);
        return `${tape.of(REDUCTION)}(${this.#expression([...scope, over], depth - 1)}, ${over})`;
      }
      default:
        return scope.length > 0 ? this.#normalised(scope, depth) : `history(${part()}, 1)`;
    }
  }

  #normalised(scope: readonly Dimension[], depth: number): string {
    const tape = this.#tape;
    const over = tape.of(scope);
    const part = (among: readonly Dimension[]) => this.#expression(among, depth - 1);
    switch (tape.below(3)) {
      case 0:
        return `softmax(${part(scope)}, ${over})`;
      case 1:
        return `share(${part(scope)}, ${over})`;
      default:
        return `allocate(${part(scope.filter((d) => d !== over))}, ${part(scope)}, ${part(scope)}, ${over})`;
    }
  }

  #condition(scope: readonly Dimension[], depth: number): string {
    const tape = this.#tape;
    if (scope.includes("age") && tape.below(2) === 0) return `age ${tape.of(COMPARISON)} ${tape.below(SIZES.age)}`;
    if (scope.includes("place") && tape.below(2) === 0) return `place ${tape.of(["==", "!="])} south`;
    const compared = `${this.#expression(scope, depth)} ${tape.of(COMPARISON)} ${this.#expression(scope, depth)}`;
    return tape.below(3) === 0 ? `not (${compared}) or ${this.#leaf(scope)}` : compared;
  }

  #leaf(scope: readonly Dimension[]): string {
    const tape = this.#tape;
    if (tape.below(3) === 0) return scope.includes("age") && tape.below(3) === 0 ? "age" : tape.of(NUMBERS);
    const fitting = this.#known.filter((k) => k.shape.every((d) => scope.includes(d)));
    const { name, shape } = tape.of([...fitting, { name: "time", shape: [] }]);
    if (shape.includes("age") && tape.below(4) === 0)
      return `${name}[${shape.map((d) => (d === "age" ? "age - 1" : d)).join(", ")}]`;
    return name;
  }
}

const heading = ({ name, shape }: Known): string => (shape.length === 0 ? name : `${name}[${shape.join(", ")}]`);

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { powerInteger } from "../numerics/index.ts";
import { binary, lookup, maximum, minimum, unary } from "./arithmetic.ts";
import { Interpreter } from "./interpreter.ts";
import type { IrExpression, Loop, Place, Program, Statement, Table } from "./program.ts";

/** Slots of the programs below. Places begin in the middle, so that each read is inside, guarded or not. */
const SLOTS = 12_000;
const MIDDLE = 4000;
const VALUES = [0, -0, 1, -1, 0.1, 3, -2.5, 1e300, Number.POSITIVE_INFINITY, Number.NaN];
const TABLES: readonly Table[] = [
  { x: Float64Array.of(0, 1, 3), y: Float64Array.of(5, -1, 2), mode: "linear" },
  { x: Float64Array.of(-1, 2), y: Float64Array.of(1, 4), mode: "extrapolate" },
];

function programOf(statements: readonly Statement[]): Program {
  const nothing = { slots: [], levers: [], noise: [], correlate: [], constants: [], initial: [], ahead: [] };
  const nothingElse = { past: [], stocks: [], events: [], identities: [], outputs: [] };
  const step = [{ name: "x", hidden: false, statements }];
  const clock = { start: 2000, stepNumerator: 1, stepDenominator: 1, steps: 1, stepsPerSave: 1 };
  return { ...nothing, ...nothingElse, slotCount: SLOTS, tables: TABLES, clock, method: "euler", step, stage: step };
}

/** What statements do, by their definition: one combination of positions after the other, each lane by itself. */
class Plain {
  readonly memory: Float64Array;
  readonly #lanes: number;
  readonly #positions = new Map<number, number>();

  constructor(memory: Float64Array, lanes: number) {
    this.memory = memory;
    this.#lanes = lanes;
  }

  run(s: Statement): void {
    if (s.kind === "assign") {
      return this.#each(s.loops, (lane) => {
        this.memory[this.#slot(s.target) * this.#lanes + lane] = this.#value(s.value, lane);
      });
    }
    if (s.kind === "keep-maximum") {
      return this.#each(s.loops, (lane) => {
        const x = this.#value(s.value, lane);
        const at = s.target * this.#lanes + lane;
        if (x > this.memory[at]!) this.memory[at] = x;
      });
    }
    if (s.kind !== "reduce") throw new Error(`no such statement here: ${s.kind}`);
    const add = {
      sum: (a: number, b: number) => a + b,
      product: (a: number, b: number) => a * b,
      minimum,
      maximum,
    }[s.op];
    const neutral = { sum: 0, product: 1, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
    this.#each(s.loops, (lane) => {
      let total = neutral[s.op];
      for (let i = s.over.from; i < s.over.to; i++) {
        this.#positions.set(s.over.id, i);
        total = add(total, this.#value(s.value, lane));
      }
      this.memory[this.#slot(s.target) * this.#lanes + lane] = total;
    });
  }

  #each([loop, ...inside]: readonly Loop[], body: (lane: number) => void): void {
    if (!loop) {
      for (let lane = 0; lane < this.#lanes; lane++) body(lane);
      return;
    }
    for (let i = loop.from; i < loop.to; i++) {
      this.#positions.set(loop.id, i);
      this.#each(inside, body);
    }
  }

  #slot({ base, terms }: Place): number {
    return terms.reduce((slot, { loop, stride }) => slot + this.#positions.get(loop)! * stride, base);
  }

  #value(e: IrExpression, lane: number): number {
    const value = (part: IrExpression) => this.#value(part, lane);
    switch (e.kind) {
      case "constant":
        return e.value;
      case "time":
        return 2000;
      case "loop-value":
        return this.#positions.get(e.loop)! + e.offset;
      case "load": {
        const isOpen = e.place.guards.every(({ loop, offset, size }) => {
          const position = this.#positions.get(loop)! + offset;
          return position >= 0 && position < size;
        });
        return isOpen ? this.memory[this.#slot(e.place) * this.#lanes + lane]! : 0;
      }
      case "load-past":
        return this.memory[
          (this.#slot(e.place) + ((e.copies - value(e.lag)) % e.copies) * e.stride) * this.#lanes + lane
        ]!;
      case "lookup":
        return lookup(TABLES[this.#slot(e.table)]!, value(e.x));
      case "unary":
        return unary(e.op, value(e.operand));
      case "power-integer":
        return powerInteger(value(e.base), e.exponent);
      case "binary":
        return binary(e.op, value(e.left), value(e.right));
      case "select":
        return value(e.condition) !== 0 ? value(e.ifTrue) : value(e.ifFalse);
      case "local":
        throw new Error("no fused loops here");
    }
  }
}

/** Loops of up to 1,500 positions, and not many more combinations than a tile has numbers. */
const loopSets: fc.Arbitrary<readonly Loop[]> = fc
  .tuple(
    fc.constantFrom(
      [],
      [1],
      [3],
      [92],
      [1500],
      [2, 3],
      [16, 16],
      [3, 700],
      [1100, 2],
      [4, 1, 5],
      [2, 3, 40],
      [40, 7, 5],
    ),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([sizes, from]) => sizes.map((size, id) => ({ id, name: `l${id}`, from, to: from + size })));

/** A place whose strides are those of an array with the loops in some order; with `loose`, any small ones. */
function places(loops: readonly Loop[], loose: boolean): fc.Arbitrary<Place> {
  const order = fc.shuffledSubarray([...loops], { minLength: loose ? 0 : loops.length });
  return fc
    .tuple(order, fc.integer({ min: -2, max: 2 }), fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 3 }))
    .map(([chosen, shift, small]) => {
      let stride = 1;
      const terms = chosen.map((loop, i) => {
        const term = { loop: loop.id, stride: loose && small[i] === -1 ? i : stride };
        stride *= loop.to;
        return term;
      });
      return { base: MIDDLE + shift, terms, guards: [] };
    });
}

function guarded(place: fc.Arbitrary<Place>, loops: readonly Loop[]): fc.Arbitrary<Place> {
  if (loops.length === 0) return place;
  const guard = fc.record({
    loop: fc.constantFrom(...loops.map(({ id }) => id)),
    offset: fc.integer({ min: -2, max: 2 }),
    size: fc.constantFrom(1, 2, 3, 90, 1400),
  });
  return fc.tuple(place, fc.array(guard, { minLength: 1, maxLength: 2 })).map(([p, guards]) => ({ ...p, guards }));
}

function expressions(loops: readonly Loop[]): fc.Arbitrary<IrExpression> {
  const place = places(loops, true);
  const position = loops.map(({ id }) =>
    fc.record({ kind: fc.constant("loop-value"), loop: fc.constant(id), offset: fc.constantFrom(0, 1) }),
  );
  const leaf = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("load"), place }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("load"), place: guarded(place, loops) }) },
    fc.record({ kind: fc.constant("constant"), value: fc.constantFrom(...VALUES) }),
    fc.constant({ kind: "time" }),
    ...position,
  );
  const { tree } = fc.letrec<{ tree: IrExpression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({
        kind: fc.constant("unary"),
        op: fc.constantFrom("negate", "exp", "ln", "abs", "round"),
        operand: tie("tree"),
      }),
      fc.record({ kind: fc.constant("power-integer"), base: tie("tree"), exponent: fc.constantFrom(2, -1) }),
      fc.record({
        kind: fc.constant("binary"),
        op: fc.constantFrom(
          "add",
          "subtract",
          "multiply",
          "multiply",
          "divide",
          "min",
          "max",
          "less",
          "equal",
          "and",
          "or",
          "modulo",
        ),
        left: tie("tree"),
        right: tie("tree"),
      }),
      fc.record({ kind: fc.constant("select"), condition: tie("tree"), ifTrue: tie("tree"), ifFalse: tie("tree") }),
      fc.record({ kind: fc.constant("lookup"), table: fc.constantFrom(...tablePlaces(loops)), x: tie("tree") }),
      fc.record({
        kind: fc.constant("load-past"),
        place,
        copies: fc.constant(4),
        stride: fc.constant(3),
        lag: fc.constantFrom({ kind: "constant", value: 1 }, { kind: "constant", value: 3 }),
      }),
    ) as fc.Arbitrary<IrExpression>,
  }));
  return tree;
}

/** One table, or one of the two for each position of a loop that has as many. */
function tablePlaces(loops: readonly Loop[]): Place[] {
  const pair = loops.find(({ from, to }) => from === 0 && to === 2);
  const one = { base: 1, terms: [], guards: [] };
  return pair ? [one, { base: 0, terms: [{ loop: pair.id, stride: 1 }], guards: [] }] : [one];
}

const statements: fc.Arbitrary<Statement> = loopSets.chain((loops) => {
  const value = expressions(loops);
  const { length } = loops;
  const assign = fc.boolean().chain((loose) => {
    return fc.record({ kind: fc.constant("assign"), loops: fc.constant(loops), target: places(loops, loose), value });
  });
  const keep = fc.record({
    kind: fc.constant("keep-maximum"),
    loops: fc.constant(loops),
    target: fc.constant(7),
    value,
  });
  if (length === 0) return fc.oneof(assign, keep) as fc.Arbitrary<Statement>;
  const reduce = fc.tuple(fc.nat(length - 1), fc.boolean()).chain(([at, loose]) => {
    const others = loops.filter((_, i) => i !== at);
    return fc.record({
      kind: fc.constant("reduce"),
      op: fc.constantFrom("sum", "sum", "product", "minimum", "maximum"),
      loops: fc.constant(others),
      over: fc.constant(loops[at]!),
      target: places(others, loose),
      value,
    });
  });
  return fc.oneof(assign, reduce, keep) as fc.Arbitrary<Statement>;
});

function memoryOf(lanes: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: SLOTS * lanes }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % 64 === 0 ? VALUES[(state >> 8) % VALUES.length]! : (state >> 8) / 2 ** 20;
  });
}

/** Numbers of the memory after statements that differ from what the definition says. */
function differences(program: Program, lanes: number, seed: number): number[] {
  const machine = new Interpreter(program, lanes);
  const start = memoryOf(lanes, seed);
  machine.memory.set(start);
  machine.time = program.clock.start;
  machine.run(program.step);
  const plain = new Plain(start, lanes);
  for (const { statements } of program.step) for (const s of statements) plain.run(s);
  return [...plain.memory.keys()].filter((i) => !Object.is(plain.memory[i], machine.memory[i]));
}

describe("tiles", () => {
  it("property: statements give what they give one combination of positions after the other, for any number of lanes", () => {
    fc.assert(
      fc.property(
        fc.array(statements, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(1, 3),
        fc.nat(1000),
        (some, lanes, seed) => {
          expect(differences(programOf(some), lanes, seed)).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("a value that reads what an earlier combination stored gets it", () => {
    const age: Loop = { id: 0, name: "age", from: 1, to: 2000 };
    const at = (offset: number): Place => ({ base: MIDDLE + offset, terms: [{ loop: 0, stride: 1 }], guards: [] });
    const older: Statement = { kind: "assign", loops: [age], target: at(0), value: { kind: "load", place: at(-1) } };
    const machine = new Interpreter(programOf([older]), 1);
    machine.memory[MIDDLE] = 5;
    machine.execute(older);
    expect([...machine.memory.subarray(MIDDLE, MIDDLE + 2001)]).toEqual([...new Array(2000).fill(5), 0]);
  });
});

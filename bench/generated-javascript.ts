/**
 * The plain baseline: a program as JavaScript, one function a statement, one run at a time, with the engine's own exp, ln and power. It is
 * what a careful simulator in JavaScript does, and gives the interpreter's bits. Only benchmarks use it.
 */
import { allocateShares } from "../engine/ir/allocate.ts";
import { binary, lookup, maximum, minimum, modulo, unary } from "../engine/ir/arithmetic.ts";
import { Interpreter } from "../engine/ir/interpreter.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "../engine/ir/program.ts";
import { statementsOf } from "../engine/ir/visit.ts";
import { exp, ln, power, powerInteger } from "../engine/numerics/index.ts";

type Compiled = (memory: Float64Array, time: number, step: number) => void;

/** Names that generated code may use. */
const LIBRARY = { allocateShares, binary, unary, minimum, maximum, modulo, exp, ln, power, powerInteger, lookup };

const INFIX: Readonly<Record<string, string>> = { add: "+", subtract: "-", multiply: "*", divide: "/" };
const COMPARED: Readonly<Record<string, string>> = {
  equal: "===",
  unequal: "!==",
  less: "<",
  "less-equal": "<=",
  greater: ">",
  "greater-equal": ">=",
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  power: "power",
  min: "minimum",
  max: "maximum",
  modulo: "modulo",
};
const NEUTRAL = { sum: "0", product: "1", minimum: "Infinity", maximum: "-Infinity" } as const;

/** An interpreter of one lane whose statements are compiled functions. */
export class GeneratedMachine extends Interpreter {
  readonly #compiled = new Map<Statement, Compiled>();

  constructor(program: Program) {
    super(program, 1);
    for (const statement of statementsOf(program)) this.#compiled.set(statement, compile(statement, program));
  }

  override run(definitions: readonly Definition[]): void {
    for (const { statements } of definitions) for (const statement of statements) this.execute(statement);
  }

  override execute(statement: Statement): void {
    const compiled = this.#compiled.get(statement);
    if (!compiled) throw new Error(`no code for a statement of kind ${statement.kind}`);
    compiled(this.memory, this.time, this.step);
  }
}

function compile(statement: Statement, program: Program): Compiled {
  const names = Object.keys(LIBRARY);
  const body = `"use strict"; return (m, time, step) => {\n${source(statement)}\n};`;
  return new Function(...names, "tables", body)(...Object.values(LIBRARY), program.tables) as Compiled;
}

/** Of programs as they are lowered: what passes make of them has no form here. */
function source(s: Statement): string {
  switch (s.kind) {
    case "fused":
    case "set":
    case "fold":
      throw new Error(`no JavaScript for a statement of kind ${s.kind}`);
    case "repeat":
      return inLoops([s.loop], s.body.map((inner) => `{\n${source(inner)}\n}`).join("\n"));
    case "assign":
      return inLoops(s.loops, `m[${address(s.target)}] = ${expression(s.value)};`);
    case "keep-maximum":
      return inLoops(s.loops, `const v = ${expression(s.value)}; if (v > m[${s.target}]) m[${s.target}] = v;`);
    case "copy":
      return copy(s.from, `${s.to}`, s.size);
    case "keep-past":
      return copy(s.from, `${s.to} + (step % ${s.copies}) * ${s.size}`, s.size);
    case "fill-past":
      return Array.from({ length: s.copies }, (_, i) => copy(s.from, `${s.to + i * s.size}`, s.size)).join("\n");
    case "reduce": {
      const value = expression(s.value);
      const fold = {
        sum: `t = t + ${value};`,
        product: `t = t * ${value};`,
        minimum: `t = minimum(t, ${value});`,
        maximum: `t = maximum(t, ${value});`,
      }[s.op];
      return inLoops(s.loops, `let t = ${NEUTRAL[s.op]};\n${inLoops([s.over], fold)}\nm[${address(s.target)}] = t;`);
    }
    case "allocate": {
      const { over } = s;
      const list = `weights.push(${expression(s.weight)}); caps.push(${expression(s.cap)});`;
      const give = `m[${address(s.target)}] = shares[i${over.id} - ${over.from}];`;
      const amount = `const amount = ${expression(s.amount)}, weights = [], caps = [];`;
      const shares = "const shares = allocateShares(amount, weights, caps);";
      return inLoops(s.loops, `${amount}\n${inLoops([over], list)}\n${shares}\n${inLoops([over], give)}`);
    }
  }
}

const copy = (from: number, to: string, size: number): string => `m.copyWithin(${to}, ${from}, ${from + size});`;

function inLoops(loops: readonly Loop[], body: string): string {
  return loops.reduceRight(
    (inner, { id, from, to }) => `for (let i${id} = ${from}; i${id} < ${to}; i${id}++) {\n${inner}\n}`,
    body,
  );
}

function address({ base, terms }: Place): string {
  return [base, ...terms.map(({ loop, stride }) => `i${loop} * ${stride}`)].join(" + ");
}

function guarded(place: Place, read: string): string {
  const tests = place.guards.map(
    ({ loop, offset, size }) => `i${loop} + ${offset} >= 0 && i${loop} + ${offset} < ${size}`,
  );
  return tests.length === 0 ? read : `(${tests.join(" && ")} ? ${read} : 0)`;
}

function expression(e: IrExpression): string {
  switch (e.kind) {
    case "local":
      throw new Error("no JavaScript for the local of a fused loop");
    case "constant":
      return Object.is(e.value, -0) ? "(-0)" : `(${e.value})`;
    case "time":
      return "time";
    case "loop-value":
      return `(i${e.loop} + ${e.offset})`;
    case "load":
      return guarded(e.place, `m[${address(e.place)}]`);
    case "load-past": {
      const copyOf = `(step + ${e.copies} - lag) % ${e.copies}`;
      const read = `m[${address(e.place)} + (${copyOf}) * ${e.stride}]`;
      return guarded(e.place, `((lag) => lag !== lag ? lag : ${read})(${expression(e.lag)})`);
    }
    case "power-integer":
      return `powerInteger(${expression(e.base)}, ${e.exponent})`;
    case "unary":
      return unaryOf(e.op, expression(e.operand));
    case "binary":
      return binaryOf(e.op, expression(e.left), expression(e.right));
    case "select":
      return `(${expression(e.condition)} !== 0 ? ${expression(e.ifTrue)} : ${expression(e.ifFalse)})`;
    case "lookup":
      return `lookup(tables[${address(e.table)}], ${expression(e.x)})`;
  }
}

function unaryOf(op: string, x: string): string {
  if (op === "negate") return `(-${x})`;
  if (op === "exp" || op === "ln") return `${op}(${x})`;
  if (op === "abs" || op === "sqrt" || op === "floor" || op === "ceil" || op === "trunc") return `Math.${op}(${x})`;
  return `unary("${op}", ${x})`;
}

function binaryOf(op: string, a: string, b: string): string {
  if (INFIX[op]) return `(${a} ${INFIX[op]} ${b})`;
  if (COMPARED[op]) return `(${a} ${COMPARED[op]} ${b} ? 1 : 0)`;
  if (FUNCTIONS[op]) return `${FUNCTIONS[op]}(${a}, ${b})`;
  return `binary("${op}", ${a}, ${b})`;
}

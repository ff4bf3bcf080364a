/** Powers as logarithms: a product of powers becomes one exponential. A rewrite that changes rounding. */
import { constant } from "../constant.ts";
import { mapParts, mapStatement, mapStatements } from "../map-expression.ts";
import type { IrExpression, Program, Statement } from "../program.ts";
import { partsOf } from "../visit.ts";
import { type Addend, sumOf } from "./addends.ts";

/**
 * Writes `x^a`, where a is no whole constant, as `exp(a ln x)`, and a product or quotient of powers and exponentials with one exponential of the
 * sum of their exponents: `A k^a / l^b · exp(s)` is `A exp(a ln k - b ln l + s)`.
 *
 * Special values are those of `power`: `x^0` is 1 for every x, NaN too; 0^a is 0 or infinite; a negative x has a power where a is whole, with its
 * sign, and NaN elsewhere. Exceptions: -0 counts as 0, a base of -infinity with a broken exponent gives NaN, and so does 1 to an exponent
 * that is infinite or NaN. Where one factor of a product overflows and another one vanishes, the
 * product is what it is in exact arithmetic instead of NaN.
 *
 * Relative error of a product of n powers with exponents t = Σ a ln x: below (2 + n + 2 Σ |a ln x|) 2^-53 (tested).
 *
 * @param classes for a statement, which factors of its products may share an exponential: those of one class. A factor of no class (null) stays as
 *   it is. By default all factors are of one class
 */
export function fusePowers(program: Program, classes: (s: Statement) => FactorClass = () => () => ""): Program {
  return mapStatements(program, (s) => mapStatement(s, (e) => new Rewriting(classes(s)).rewrite(e)));
}

export type FactorClass = (factor: IrExpression) => string | null;

/** Powers and exponentials of a product that become one. */
interface Fused {
  readonly exponents: Addend[];
  powers: number;
}

/** Factors of a product: those that are fused, by class, and the signs of powers of negative numbers. */
interface Product {
  readonly fused: Map<string, Fused>;
  readonly signs: IrExpression[];
}

class Rewriting {
  readonly #classOf: FactorClass;

  constructor(classOf: FactorClass) {
    this.#classOf = classOf;
  }

  readonly rewrite = (e: IrExpression): IrExpression => {
    if (!isProduct(e) && !isPower(e)) return mapParts(e, this.rewrite);
    const product: Product = { fused: new Map(), signs: [] };
    const rest = this.#takeOut(e, 1, product);
    const fused = [...product.fused.values()];
    if (rest !== null && fused.length === 0) return rest;
    // A single exponential is not worth a change.
    if (fused.every((f) => f.powers === 0 && f.exponents.length < 2)) return mapParts(e, this.rewrite);
    const powers = fused.map((f): IrExpression => ({ kind: "unary", op: "exp", operand: sumOf(f.exponents) }));
    const factors = [...product.signs, ...(rest ? [rest] : []), ...powers];
    return factors.reduceRight((right, left) => binary("multiply", left, right));
  };

  /** What is left of a product after its powers and exponentials have been taken out; null if nothing is. */
  #takeOut(e: IrExpression, sign: 1 | -1, product: Product): IrExpression | null {
    if (isProduct(e)) return this.#takeOutOfBoth(e, sign, product);
    const isFactor = isPower(e) || (e.kind === "unary" && e.op === "exp");
    const to = isFactor ? this.#classOf(e) : null;
    if (to === null) return isPower(e) ? mapParts(e, this.rewrite) : this.rewrite(e);
    const fused = product.fused.get(to) ?? { exponents: [], powers: 0 };
    product.fused.set(to, fused);
    if (isPower(e)) fused.powers++;
    fused.exponents.push({ value: this.#exponent(e, product), sign });
    return null;
  }

  /** The logarithm of a power or an exponential, whose sign goes to the product. */
  #exponent(e: IrExpression, product: Product): IrExpression {
    if (e.kind === "unary") return this.rewrite(e.operand);
    const [base, exponent] = partsOf(e).map(this.rewrite) as [IrExpression, IrExpression];
    if (!isNonNegative(base)) product.signs.push(signOfPower(base, exponent));
    return logarithmOfPower(base, exponent);
  }

  #takeOutOfBoth({ op, left: first, right: second }: Binary, sign: 1 | -1, product: Product): IrExpression | null {
    const left = this.#takeOut(first, sign, product);
    const right = this.#takeOut(second, op === "multiply" ? sign : sign === 1 ? -1 : 1, product);
    if (right === null) return left;
    if (left === null) return op === "multiply" ? right : binary("divide", constant(1), right);
    return binary(op, left, right);
  }
}

type Binary = Extract<IrExpression, { kind: "binary" }>;
const isProduct = (e: IrExpression): e is Binary => e.kind === "binary" && (e.op === "multiply" || e.op === "divide");
const isPower = (e: IrExpression): boolean => e.kind === "binary" && e.op === "power";

/** a ln |x|, and 0 where a is 0. */
function logarithmOfPower(base: IrExpression, exponent: IrExpression): IrExpression {
  const magnitude: IrExpression = isNonNegative(base) ? base : { kind: "unary", op: "abs", operand: base };
  const product = binary("multiply", exponent, { kind: "unary", op: "ln", operand: magnitude });
  if (exponent.kind === "constant" && exponent.value !== 0) return product;
  return choose(binary("equal", exponent, constant(0)), constant(0), product);
}

/** 1, or for a negative base -1 where the exponent is odd and NaN where it is not whole. */
function signOfPower(base: IrExpression, exponent: IrExpression): IrExpression {
  const floor = (operand: IrExpression): IrExpression => ({ kind: "unary", op: "floor", operand });
  const half = binary("multiply", constant(0.5), exponent);
  const whole = choose(binary("equal", floor(half), half), constant(1), constant(-1));
  const ofNegative = choose(binary("equal", floor(exponent), exponent), whole, constant(Number.NaN));
  return choose(binary("less", base, constant(0)), ofNegative, constant(1));
}

/** Whether an expression is never below 0, as far as its form says. */
function isNonNegative(e: IrExpression): boolean {
  switch (e.kind) {
    case "constant":
      return e.value >= 0;
    case "unary":
      return e.op === "exp" || e.op === "sqrt" || e.op === "abs";
    case "power-integer":
      return e.exponent % 2 === 0;
    case "binary":
      if (e.op === "max") return isNonNegative(e.left) || isNonNegative(e.right);
      if (e.op === "add" || e.op === "multiply" || e.op === "divide" || e.op === "min")
        return isNonNegative(e.left) && isNonNegative(e.right);
      return false;
    case "select":
      return isNonNegative(e.ifTrue) && isNonNegative(e.ifFalse);
    default:
      return false;
  }
}

const binary = (op: Binary["op"], left: IrExpression, right: IrExpression): IrExpression => ({
  kind: "binary",
  op,
  left,
  right,
});
const choose = (condition: IrExpression, ifTrue: IrExpression, ifFalse: IrExpression): IrExpression => ({
  kind: "select",
  condition,
  ifTrue,
  ifFalse,
});

/** Powers as logarithms: a product of powers becomes one exponential. A rewrite that changes rounding. */
import { constant } from "../constant.ts";
import { mapParts, mapStatement, mapStatements } from "../map-expression.ts";
import type { IrExpression, Program } from "../program.ts";

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
 */
export function fusePowers(program: Program): Program {
  return mapStatements(program, (s) => mapStatement(s, rewrite));
}

/** Factors of a product: the exponents that are added up, and what is left. */
interface Product {
  readonly exponents: { readonly value: IrExpression; readonly sign: 1 | -1 }[];
  /** Signs of powers of negative numbers. */
  readonly signs: IrExpression[];
  powers: number;
}

function rewrite(e: IrExpression): IrExpression {
  if (!isProduct(e) && !isPower(e)) return mapParts(e, rewrite);
  const product: Product = { exponents: [], signs: [], powers: 0 };
  const rest = takeOut(e, 1, product);
  // A single exponential is not worth a change.
  if (product.powers === 0 && product.exponents.length < 2) return mapParts(e, rewrite);
  const power: IrExpression = { kind: "unary", op: "exp", operand: sum(product.exponents) };
  const factors = [...product.signs, ...(rest ? [rest] : [])];
  return factors.reduceRight<IrExpression>((right, left) => binary("multiply", left, right), power);
}

type Binary = Extract<IrExpression, { kind: "binary" }>;
const isProduct = (e: IrExpression): boolean => e.kind === "binary" && (e.op === "multiply" || e.op === "divide");
const isPower = (e: IrExpression): boolean => e.kind === "binary" && e.op === "power";

/** What is left of a product after its powers and exponentials have been taken out; null if nothing is. */
function takeOut(e: IrExpression, sign: 1 | -1, product: Product): IrExpression | null {
  if (e.kind === "unary" && e.op === "exp") {
    product.exponents.push({ value: rewrite(e.operand), sign });
    return null;
  }
  if (!isProduct(e) && !isPower(e)) return rewrite(e);
  const { op, left: first, right: second } = e as Binary;
  if (op === "power") {
    const [base, exponent] = [rewrite(first), rewrite(second)];
    product.powers++;
    product.exponents.push({ value: logarithmOfPower(base, exponent), sign });
    if (!isNonNegative(base)) product.signs.push(signOfPower(base, exponent));
    return null;
  }
  const left = takeOut(first, sign, product);
  const right = takeOut(second, op === "multiply" ? sign : sign === 1 ? -1 : 1, product);
  if (right === null) return left;
  if (left === null) return op === "multiply" ? right : binary("divide", constant(1), right);
  return binary(op, left, right);
}

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

function sum(exponents: Product["exponents"]): IrExpression {
  return exponents
    .slice(1)
    .reduce<IrExpression>(
      (all, { value, sign }) => binary(sign === 1 ? "add" : "subtract", all, value),
      exponents[0]!.sign === 1 ? exponents[0]!.value : { kind: "unary", op: "negate", operand: exponents[0]!.value },
    );
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

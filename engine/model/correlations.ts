/** Groups of correlated noises and the factors that turn independent innovations into correlated ones. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { CorrelationGroup, Noise } from "./model.ts";

interface Pair {
  readonly a: Noise;
  readonly b: Noise;
  readonly value: number;
}

/**
 * Connected noises form a group, in the order of the variables. The factor is the Cholesky factor of the group's
 * correlation matrix; pairs that are not given are uncorrelated. A matrix that is not positive definite is an error.
 */
export function correlationGroups(
  noises: readonly Noise[],
  pairs: readonly Pair[],
  diagnostics: DiagnosticList,
): CorrelationGroup[] {
  const group = new Map<Noise, Noise[]>();
  const given = new Map<Noise, Map<Noise, number>>(noises.map((n) => [n, new Map()]));
  for (const { a, b, value } of pairs) {
    // Of a pair that is given twice the first counts.
    if (!given.get(a)!.has(b))
      for (const [x, y] of [
        [a, b],
        [b, a],
      ] as const)
        given.get(x)!.set(y, value);
    const joined = [...new Set([...(group.get(a) ?? [a]), ...(group.get(b) ?? [b])])];
    for (const member of joined) group.set(member, joined);
  }
  return [...new Set(group.values())].flatMap((unordered) => {
    const members = noises.filter((n) => unordered.includes(n));
    const matrix = members.map((x) => members.map((y) => (x === y ? 1 : (given.get(x)!.get(y) ?? 0))));
    const factor = cholesky(matrix);
    if (factor) return [{ members, factor }];
    diagnostics.add("correlation-not-definite", members[0]!.span, { names: members.map((m) => m.name) });
    return [];
  });
}

/** Cholesky factor of a symmetric matrix, row by row; null if it is not positive definite. */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const rows: number[][] = [];
  for (const [i, given] of matrix.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      let rest = given[j]!;
      for (let k = 0; k < j; k++) rest -= row[k]! * (rows[j] ?? row)[k]!;
      if (i === j) {
        if (!(rest > 0)) return null;
        row.push(Math.sqrt(rest));
      } else row.push(rest / rows[j]![j]!);
    }
    rows.push(row);
  }
  return rows;
}

/** Rank correlations between uncertain parameters (section `correlations`), as groups of linked numbers. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { ModelDocument } from "../language/document.ts";
import { cholesky } from "./correlations.ts";
import type { Parameter, ParameterCell, ParameterCorrelation } from "./model.ts";
import type { Symbols } from "./symbols.ts";

type Written = ModelDocument["correlations"][number];
interface Pair {
  readonly a: Parameter;
  readonly b: Parameter;
  readonly value: number;
}

/**
 * The groups of the pairs that name parameters; numbers linked directly or through others are one group. Parameters of one shape are
 * linked element by element, and a parameter paired with itself among all its elements.
 *
 * A written number is a rank correlation (Spearman's ρ); the correlation of the underlying normal numbers is 2 sin(π ρ / 6)
 * (K. Pearson, "On further methods of determining correlation", 1907). Pairs that are not given are uncorrelated.
 */
export function parameterCorrelations(
  written: readonly Written[],
  symbols: Symbols,
  diagnostics: DiagnosticList,
): ParameterCorrelation[] {
  const pairs = written.flatMap((item) => readPair(item, symbols, diagnostics) ?? []);
  const parameters = [...symbols.variables.values()].filter((v) => v.kind === "parameter");
  const cells = new CellGroups(parameters);
  for (const { a, b, value } of pairs) {
    const correlation = 2 * sine((Math.PI * value) / 6);
    for (let e = 0; e < a.size; e++) {
      if (a !== b) cells.link({ parameter: a, element: e }, { parameter: b, element: e }, correlation);
      else
        for (let f = 0; f < e; f++) cells.link({ parameter: a, element: e }, { parameter: a, element: f }, correlation);
    }
  }
  const groups = cells.groups().map((members) => ({ members, factor: cholesky(cells.matrix(members)) }));
  const contradicting = new Set<string>();
  for (const { members, factor } of groups) {
    if (factor) continue;
    // Groups of the same parameters have the same matrix: one message is enough.
    const names = [...new Set(members.map((m) => m.parameter.name))];
    if (contradicting.has(names.join())) continue;
    contradicting.add(names.join());
    diagnostics.add("correlation-not-definite", members[0]!.parameter.span, { names });
  }
  return groups.flatMap(({ members, factor }) => (factor ? [{ members, factor }] : []));
}

/** sin x for |x| < π/6 by its series; the first term left out is below 1e-19. */
function sine(x: number): number {
  const square = x * x;
  let sum = 1;
  for (let n = 16; n > 0; n -= 2) sum = 1 - (square / (n * (n + 1))) * sum;
  return x * sum;
}

function readPair({ a, b, value, span }: Written, symbols: Symbols, diagnostics: DiagnosticList): Pair | null {
  const [va, vb] = [symbols.variables.get(a.text), symbols.variables.get(b.text)];
  if (va?.kind !== "parameter" && vb?.kind !== "parameter") return null;
  let good = true;
  for (const [word, variable] of [
    [a, va],
    [b, vb],
  ] as const) {
    if (!variable) {
      good = false;
      if (symbols.broken.has(word.text)) continue;
      diagnostics.add("unknown-name", word.span, { name: word.text, near: symbols.near(word.text) });
    } else if (variable.kind !== "parameter" || !canBeCorrelated(variable)) {
      good = false;
      const family = variable.kind === "parameter" ? (variable.distribution?.[0]?.family ?? null) : null;
      diagnostics.add("correlation-member", word.span, { name: word.text, kind: variable.kind, family });
    }
  }
  if (!good || va?.kind !== "parameter" || vb?.kind !== "parameter") return null;
  if (!(value > -1 && value < 1)) {
    diagnostics.add("correlation-range", span, { a: a.text, b: b.text, value });
    return null;
  }
  const same = va.shape.map((x) => x.name).join() === vb.shape.map((x) => x.name).join();
  if (!same || (va === vb && va.size === 1)) {
    diagnostics.add("correlation-elements", span, { a: a.text, b: b.text });
    return null;
  }
  return { a: va, b: vb, value };
}

/** Rows of a file and shares that sum to one are dependent already, in a way of their own. */
function canBeCorrelated({ distribution }: Parameter): boolean {
  return distribution?.every(({ family }) => family !== "joint" && family !== "dirichlet") ?? false;
}

/** Numbers by index, which of them are linked, and how. */
class CellGroups {
  /** Each parameter with the index of its first element, in order. */
  readonly #first = new Map<Parameter, number>();
  readonly #links = new Map<number, Map<number, number>>();

  constructor(parameters: readonly Parameter[]) {
    let first = 0;
    for (const parameter of parameters) {
      this.#first.set(parameter, first);
      first += parameter.size;
    }
  }

  #cell(index: number): ParameterCell {
    const [parameter, first] = [...this.#first].findLast(([, first]) => first <= index)!;
    return { parameter, element: index - first };
  }

  #index({ parameter, element }: ParameterCell): number {
    return this.#first.get(parameter)! + element;
  }

  link(a: ParameterCell, b: ParameterCell, correlation: number): void {
    const [i, j] = [this.#index(a), this.#index(b)];
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      const links = this.#links.get(from) ?? new Map<number, number>();
      links.set(to, correlation);
      this.#links.set(from, links);
    }
  }

  /** Connected numbers, each group in ascending order. */
  groups(): ParameterCell[][] {
    const seen = new Set<number>();
    return [...this.#links.keys()]
      .sort((a, b) => a - b)
      .flatMap((start) => {
        if (seen.has(start)) return [];
        const group = [start];
        seen.add(start);
        for (let at = 0; at < group.length; at++) {
          for (const next of this.#links.get(group[at]!)!.keys()) {
            if (!seen.has(next)) group.push(next);
            seen.add(next);
          }
        }
        return [group.sort((a, b) => a - b).map((i) => this.#cell(i))];
      });
  }

  matrix(members: readonly ParameterCell[]): number[][] {
    const indices = members.map((m) => this.#index(m));
    return indices.map((i) => indices.map((j) => (i === j ? 1 : (this.#links.get(i)?.get(j) ?? 0))));
  }
}

/** Sets of cells as products of positions, one list an axis. */

/** Positions on each axis; the cells are all their combinations. */
export type Product = readonly (readonly number[])[];

/** Calls `visit` with the number of each cell of a product, row by row. */
export function forEachCell(product: Product, lengths: readonly number[], visit: (cell: number) => void): void {
  const walk = (axis: number, base: number): void => {
    if (axis === product.length) return visit(base);
    for (const p of product[axis]!) walk(axis + 1, base * lengths[axis]! + p);
  };
  walk(0, 0);
}

/** The part of a product whose cells pass a test, as few products as come from joining equal rows. */
export function productsWhere(
  product: Product,
  lengths: readonly number[],
  passes: (cell: number) => boolean,
): Product[] {
  const cut = (axis: number, base: number): Product[] => {
    if (axis === product.length) return passes(base) ? [[]] : [];
    const joined = new Map<string, { positions: number[]; rest: Product[] }>();
    for (const p of product[axis]!) {
      const rest = cut(axis + 1, base * lengths[axis]! + p);
      if (rest.length === 0) continue;
      const key = JSON.stringify(rest);
      const known = joined.get(key);
      if (known) known.positions.push(p);
      else joined.set(key, { positions: [p], rest });
    }
    return [...joined.values()].flatMap(({ positions, rest }) => rest.map((r) => [positions, ...r]));
  };
  return cut(0, 0);
}

export const wholeProduct = (lengths: readonly number[]): Product =>
  lengths.map((n) => Array.from({ length: n }, (_, i) => i));

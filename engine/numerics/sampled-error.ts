import { fillUniform } from "./philox.ts";
import { type Real, ulpError } from "./reference.ts";
import { streamOf } from "./stream.ts";

/** Points in [low, high], evenly scattered and the same in every run. */
export function scattered(name: string, low: number, high: number, count: number): Float64Array {
  const points = new Float64Array(count);
  fillUniform(points, 1, streamOf(name), 0, 0);
  return points.map((u) => low + (high - low) * u);
}

/** The point at which `f` is furthest from `exact`, and by how many ulp. */
export function largestError(
  f: (x: number) => number,
  exact: (x: number) => Real,
  points: Iterable<number>,
): { x: number; ulp: number } {
  let worst = { x: Number.NaN, ulp: 0 };
  for (const x of points) {
    const ulp = ulpError(f(x), exact(x));
    if (!(ulp <= worst.ulp)) worst = { x, ulp };
  }
  return worst;
}

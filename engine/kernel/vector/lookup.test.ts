import { describe, expect, it } from "vitest";
import type { Program, Table } from "../../ir/program.ts";
import { goodModel } from "../../testing/compile-text.ts";
import { differences } from "../../testing/same-bits.ts";

const YAML = `lookups: {curve: {points: [[0, 1], [1, 2]], unit: "1"}}
parameters: {x: {value: 1, unit: "1"}}
auxiliaries: {y: {equation: curve(x + 0 * time), unit: "1", indicator: end}}
`;
const TABLES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0, 1],
    [2, 3],
  ],
  [
    [-1, 5],
    [0, -2],
    [0, 7],
    [3, 0.1],
  ],
  Array.from({ length: 33 }, (_, i) => [i / 3, (i * 7) % 5] as const),
];
const XS = [
  -0,
  0,
  1,
  -1,
  2,
  2.5,
  3,
  10 + 2 / 3,
  11,
  0.3,
  1e300,
  -1e300,
  5e-324,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

function withTable(mode: Table["mode"], points: (typeof TABLES)[number]): Program {
  const { program } = goodModel(`model: {name: t, time: {start: 0, stop: 1, step: 1, unit: "1"}}\n${YAML}`);
  const x = Float64Array.from(points, (p) => p[0]);
  const y = Float64Array.from(points, (p) => p[1]);
  return { ...program, tables: [{ x, y, mode }] };
}

function compare(program: Program, xs: readonly number[]): string[] {
  const slot = program.slots.find((s) => s.name === "x")!.base;
  const load = (memory: Float64Array, lanes: number) => {
    for (let lane = 0; lane < lanes; lane++) memory[slot * lanes + lane] = xs[lane]!;
  };
  return differences(program, 4, { load });
}

describe.each(["linear", "previous", "next", "extrapolate"] as const)("%s", (mode) => {
  it.each(TABLES.map((points) => [points.length, points] as const))(
    "a table of %i points at special numbers",
    (_, points) => {
      for (let i = 0; i < XS.length; i += 4) expect(compare(withTable(mode, points), XS.slice(i, i + 4))).toEqual([]);
    },
  );
});

it("a table of one point is a constant", () => {
  for (const mode of ["linear", "previous", "next"] as const)
    expect(compare(withTable(mode, [[1, 4]]), [0, 1, 2, Number.NaN])).toEqual([]);
});

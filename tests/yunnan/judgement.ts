/** Weights of prefectures that no data hold: values by judgement (grade J), each with the reason. */

import type { Derived } from "./tables.ts";
import { at, PREFECTURES, tableText } from "./tables.ts";

interface Judgement {
  readonly variable: string;
  readonly values: readonly number[];
  readonly note: string;
}

// In official order: KM QJ YX BS ZT LJ PE LC CX HH WS BN DL DH NJ DQ.
const WEIGHTS: readonly Judgement[] = [
  {
    variable: "eco_index",
    values: [0.1, 0.1, 0.1, 0.3, 0.5, 0.8, 0.5, 0.3, 0.3, 0.3, 0.7, 0.8, 0.4, 0.3, 1, 1],
    note: "share of the territory with a key ecological function, by judgement from the lists of key ecological function counties",
  },
  {
    variable: "provincial_share_tier",
    values: [0.3, 0.55, 0.5, 0.7, 0.85, 0.7, 0.75, 0.75, 0.65, 0.65, 0.75, 0.65, 0.65, 0.7, 0.9, 0.9],
    note: "provincial share of common-authority spending: lowest in 昆明, highest in the special regions, at most .90 (MODEL 0.8); replace by the table in force",
  },
  {
    variable: "enclave_rent_share",
    values: [0.03, 0.05, 0.25, 0.03, 0.05, 0.05, 0.1, 0.06, 0.06, 0.08, 0.04, 0.03, 0.04, 0.04, 0.15, 0.35],
    note: "part of non-farm value added that is rent and leaves the prefecture (tobacco in 玉溪, hydropower in 迪庆, 怒江, 普洱): MODEL M1",
  },
  {
    variable: "pairing_donor",
    values: [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    note: "donors of pairing inside the province: 昆明 and 玉溪",
  },
  {
    variable: "pairing_recipient",
    values: [0, 0, 0, 0, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.35, 0.25],
    note: "recipients of pairing inside the province: the special regions 昭通, 怒江, 迪庆",
  },
  {
    variable: "altitude_gap",
    values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1700, 0],
    note: "altitude (m) used where no station gives it: 怒江, between the seat (about 820 m) and the northern counties",
  },
];

const BASINS: readonly (readonly [string, string, readonly number[]])[] = [
  ["yangtze", "basin_contribution", [0.45, 0.2, 0, 0, 0.25, 0, 0, 0, 0.1, 0, 0, 0, 0, 0, 0, 0]],
  ["yangtze", "basin_receipt", [0, 0, 0, 0, 0, 0.35, 0, 0, 0.1, 0, 0, 0, 0.2, 0, 0, 0.35]],
  ["nanpan", "basin_contribution", [0.4, 0, 0.25, 0, 0, 0, 0, 0, 0, 0.35, 0, 0, 0, 0, 0, 0]],
  ["nanpan", "basin_receipt", [0, 0.7, 0, 0, 0, 0, 0, 0, 0, 0, 0.3, 0, 0, 0, 0, 0]],
];

const row = (key: Readonly<Record<string, string>>, variable: string, value: number, note: string): Derived => ({
  key,
  variable,
  value,
  unit: variable === "altitude_gap" ? "m" : "1",
  grade: "J",
  source: "DERIVED",
  note,
});

/** One judged weight by prefecture code. */
export function judged(variable: string): ReadonlyMap<string, number> {
  const found = WEIGHTS.find((weight) => weight.variable === variable);
  if (found === undefined) throw new Error(`no judgement ${variable}`);
  return new Map(PREFECTURES.map((code, index) => [code, at(found.values, index)]));
}

export function judgementText(): string {
  const rows = WEIGHTS.flatMap(({ variable, values, note }) =>
    PREFECTURES.map((code, i) => row({ adcode: code }, variable, at(values, i), note)),
  );
  return tableText(["adcode"], rows);
}

export function basinText(): string {
  const note =
    "share of the pot of the basin paid by downstream and received by upstream prefectures (MODEL F15); each sums to 1 over a basin";
  const rows = BASINS.flatMap(([basin, variable, values]) =>
    PREFECTURES.map((code, i) => row({ adcode: code, basin }, variable, at(values, i), note)),
  );
  return tableText(["adcode", "basin"], rows);
}

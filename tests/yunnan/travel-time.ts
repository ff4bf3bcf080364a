/** Travel times between capitals and inside prefectures (h), by the rules of MODEL 0.8. */

import type { Derived } from "./tables.ts";
import { byPrefecture, need, numberOf, PREFECTURES, readTable, tableText } from "./tables.ts";

const PLACES = "T = 1.4 x great-circle km / 65 km/h + 0.3 h (MODEL 0.8)";

/** Hours from one code to another. */
export function travelTimes(): ReadonlyMap<string, number> {
  const area = byPrefecture("land_border.csv", "area", "2020");
  const hours = new Map<string, number>();
  for (const code of PREFECTURES) hours.set(`${code} ${code}`, (0.67 * Math.sqrt(need(area, code) / Math.PI)) / 50);
  for (const row of readTable("distance.csv")) {
    const value = (1.4 * numberOf(row, "great_circle_km")) / 65 + 0.3;
    hours.set(`${row.from_adcode} ${row.to_adcode}`, value);
    hours.set(`${row.to_adcode} ${row.from_adcode}`, value);
  }
  return hours;
}

export function travelTimeText(): string {
  const hours = travelTimes();
  const rows: Derived[] = [];
  for (const from of PREFECTURES) {
    for (const to of PREFECTURES) {
      const inside = from === to;
      rows.push({
        key: { adcode: from, to_adcode: to },
        variable: "travel_time",
        value: need(hours, `${from} ${to}`),
        unit: "h",
        grade: "D",
        source: "DERIVED",
        note: inside ? "T_ii = 0.67 x sqrt(area / pi) / 50 km/h (MODEL 0.8)" : PLACES,
      });
    }
  }
  return tableText(["adcode", "to_adcode"], rows);
}

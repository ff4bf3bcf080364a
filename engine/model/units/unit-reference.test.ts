import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unitReference } from "./unit-reference.ts";

// UPDATE_UNITS=1 writes the table anew.
test("docs/units.md lists the known units", () => {
  const path = join(import.meta.dirname, "..", "..", "..", "docs", "units.md");
  const text = readFileSync(path, "utf8");
  const table = /\| names \| size \|[\s\S]*?\n(?=\n|$)/;
  if (process.env.UPDATE_UNITS === "1")
    writeFileSync(
      path,
      text.replace(table, () => `${unitReference()}\n`),
    );
  expect(table.exec(readFileSync(path, "utf8"))?.[0]).toBe(`${unitReference()}\n`);
});

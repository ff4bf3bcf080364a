/** The lists of functions in docs/vensim-xmile.md are those of the tables. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VENSIM_FUNCTIONS } from "./vensim-functions.ts";
import { XMILE_FUNCTIONS } from "./xmile-functions.ts";

const PAGE = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "vensim-xmile.md"), "utf8");

/** The names in a section that stand between back quotes. */
function listed(heading: string): string[] {
  const section = PAGE.split(/^#+ /m).find((s) => s.startsWith(heading)) ?? "";
  return [...section.matchAll(/`([^`]+)`/g)].map((m) => m[1]!).sort();
}

describe("docs/vensim-xmile.md", () => {
  test.each([
    ["Functions of Vensim", VENSIM_FUNCTIONS],
    ["Functions of XMILE and Stella", XMILE_FUNCTIONS],
  ])("%s", (heading, table) => {
    const names = Object.keys(table).map((key) => key.toUpperCase().replaceAll("_", " "));
    expect(listed(heading)).toEqual(names.sort());
  });
});

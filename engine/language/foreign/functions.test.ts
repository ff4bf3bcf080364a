/** The lists of functions in docs/vensim-xmile.md are those of the tables. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileVensim, compileXmile, problemsOf } from "../../testing/run-foreign.ts";
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

  test("the functions of Vensim that are not read are errors", () => {
    const names = listed("Vensim's functions that are not read").filter(
      (n) => /^[A-Z ]+$/.test(n) && !(keyOf(n) in VENSIM_FUNCTIONS),
    );
    expect(names.length).toBeGreaterThan(15);
    for (const name of names)
      expect(problemsOf(compileVensim(`y = ${name}(1)`)), name).toEqual(["foreign-function 2:5"]);
  });
});

const KNOWN_TO_STELLA = /^[A-Z]+$/;

describe("Stella's functions that are not read", () => {
  test.each(listed("Stella's functions that are not read").filter((n) => KNOWN_TO_STELLA.test(n)))(
    "%s is an error",
    (name) =>
      expect(problemsOf(compileXmile(`<aux name="y"><eqn>${name}(1)</eqn></aux>`))).toEqual([
        expect.stringContaining("foreign-function"),
      ]),
  );
});

const keyOf = (name: string): string => name.toLowerCase().replaceAll(" ", "_");

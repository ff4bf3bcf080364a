/** Documents point at things that exist. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./tools/terrace.ts";

const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((path) => existsSync(join(ROOT, path)));

describe("documents", () => {
  it.each(documents)("%s: every relative link and picture is there", (path) => {
    const text = readFileSync(join(ROOT, path), "utf8")
      .replace(/```[\s\S]*?```/g, "")
      .replace(/`[^`\n]*`/g, "");
    const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
      .map((m) => m[1]!)
      .filter((l) => !/^[a-z]+:/i.test(l));
    expect(links.filter((l) => !existsSync(join(ROOT, dirname(path), decodeURIComponent(l))))).toEqual([]);
  });

  it("no path of a machine stands in a tracked text", () => {
    const pattern = "/(t[m]p|w[o]rk|r[o]ot|h[o]me)/[a-z]";
    const found = spawnSync("git", ["grep", "-lE", pattern, "--", ":!package-lock.json"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(found.error).toBeUndefined();
    expect(found.stdout.trim()).toBe("");
  });
});

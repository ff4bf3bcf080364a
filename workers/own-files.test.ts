import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../tests/tools/temporary-folder.ts";

const folder = temporaryFolder();

function write(path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
}

/** What a program of ours prints, with our files found as `own-files.ts` in `workers/` says. */
function printed(program: string): string {
  const rule = write("workers/own-files.ts", "");
  copyFileSync(join(import.meta.dirname, "own-files.ts"), rule);
  return execFileSync(process.execPath, ["--import", rule, program], { encoding: "utf8" }).trim();
}

it("our files are found by their paths, those of libraries as Node finds them", () => {
  write("package.json", '{"type": "module"}');
  write("engine/number.ts", "export const number: number = 1;");
  write("node_modules/lib/package.json", '{"main": "./main"}');
  write("node_modules/lib/main.js", 'module.exports = require("./part");');
  write("node_modules/lib/part/index.js", "module.exports = 2;");
  const main = write(
    "cli/main.ts",
    'import lib from "lib";\nimport { number } from "../engine/number.ts";\nconsole.log(number + lib, (await import("../engine/number.ts")).number);',
  );
  expect(printed(main)).toBe("3 1");
});

it("a file that is not there is missed", () => {
  const main = write("cli/broken.ts", 'await import("./nothing.ts").catch((error) => console.log(error.code));');
  expect(["ENOENT", "ERR_MODULE_NOT_FOUND"]).toContain(printed(main));
});

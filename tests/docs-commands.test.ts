/** Every call of `terrace` that a document shows: the command exists, and so does each of its options. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT, terrace } from "./tools/terrace.ts";

interface Shown {
  readonly document: string;
  readonly call: string;
}

const documents = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((path) => existsSync(join(ROOT, path)) && path !== "CHANGELOG.md");

/** Lines of fenced blocks and code inside text that call `terrace`; a comment and what stands after a pipe do not belong to the call. */
function callsOf(document: string): Shown[] {
  const text = readFileSync(join(ROOT, document), "utf8").replace(/\\\n\s*/g, " ");
  const blocks = [...text.matchAll(/```(?:sh|bash|text|console)\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block!.split("\n"),
  );
  const inline = [...text.replace(/```[\s\S]*?```/g, "").matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  const pattern = /^\s*(?:\$ )?(?:npx )?terrace ([a-z][^#|>]*)/;
  return [...blocks, ...inline].flatMap((line) => {
    const call = pattern.exec(line)?.[1]?.trim();
    return call === undefined ? [] : [{ document, call }];
  });
}

const shown = documents.flatMap(callsOf);
const commands = [...new Set(shown.map(({ call }) => call.split(" ")[0]!))];
/** What `--help` of each command lists. */
const help = new Map<string, string>();

beforeAll(async () => {
  const listed = (await terrace(["--help"])).stdout;
  for (const command of commands) {
    if (!new RegExp(`^ {2}terrace ${command}\\b`, "m").test(listed)) continue;
    const words = command === "charts" ? ["charts", "diff"] : [command];
    help.set(command, (await terrace([...words, "--help"])).stdout);
  }
});

describe("calls of terrace in the documents", () => {
  it("are found", () => expect(shown.length).toBeGreaterThan(60));

  it.each(shown)("$document: terrace $call", ({ call }) => {
    const known = help.get(call.split(" ")[0]!);
    expect(known).toBeDefined();
    const options = [...call.matchAll(/(?<=\s)--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    expect(options.filter((name) => !known!.includes(`--${name} `) && !known!.includes(`--${name}\n`))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NAME_KINDS, PLURALS } from "../engine/diagnostics/known-name.ts";
import { INPUT_KINDS } from "./input-file.ts";
import { USAGE_WORDING, usageInChinese } from "./usage-wording.ts";

const ROOT = join(import.meta.dirname, "..");

/** Every text that a `UsageError` of the sources is made with, with `#` where a value is put in. */
function messagesOfSources(): string[] {
  const files = ["engine", "cli", "output", "workers"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => join(ROOT, folder, name)),
  );
  const call = /new UsageError\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(call)].map(([, quoted, template]) => quoted ?? withPlaces(template!)),
  );
}

/** A template with each `${…}` as `#`, however many braces it holds. */
function withPlaces(template: string): string {
  let [text, depth] = ["", 0];
  for (let i = 0; i < template.length; i++) {
    if (depth === 0 && template.startsWith("${", i)) {
      [text, depth] = [`${text}#`, 1];
      i++;
    } else if (depth === 0) text += template[i];
    else if (template[i] === "{") depth++;
    else if (template[i] === "}") depth--;
  }
  return text;
}

/** Messages whose noun is put in: one for each noun. */
function spelledOut(message: string): string[] {
  if (message.startsWith("unknown #: #"))
    return NAME_KINDS.flatMap((kind) => [kind, PLURALS[kind]]).map((noun) => message.replace("#", noun));
  if (/^no such #|^# too large/.test(message)) return INPUT_KINDS.map((kind) => message.replace("#", kind));
  return [message];
}

describe("wrong use in Chinese", () => {
  const known = new Set(USAGE_WORDING.map(([en]) => en));
  const messages = messagesOfSources();

  it("finds the messages of the sources", () => {
    expect(messages.length).toBeGreaterThan(60);
    expect(messages).toContain("invalid --draw: # (0 to #)");
  });

  it.each([...new Set(messages.flatMap(spelledOut))])("%s", (message) => {
    expect([...known], "add its Chinese to cli/usage-wording.ts").toContain(message);
  });

  it.each(USAGE_WORDING)("%s: as many places in both languages", (en, zh) => {
    const places = en.split("#").length - 1;
    const used = [...zh.matchAll(/#(\d)?/g)].map(([, at], i) => Number(at ?? i + 1));
    expect(used.toSorted()).toEqual(Array.from({ length: places }, (_, i) => i + 1));
  });

  it("keeps names as they are, in the order that Chinese needs", () => {
    expect(usageInChinese("unknown variable: Populatio (near: Population)")).toBe(
      "没有这个变量：Populatio（相近的有：Population）",
    );
    expect(usageInChinese("too few draws: in 3 of 16 rows no run failed (at least 16)")).toBe(
      "抽样太少：16 行中只有 3 行没有失败的运行（至少 16 行）",
    );
    expect(usageInChinese("a sentence of somebody else")).toBe("a sentence of somebody else");
  });
});

/** The first screen of both READMEs: the model runs, the mistake is told as shown, and both name the same things. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileModel } from "../engine/compile.ts";
import type { Language } from "../engine/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../engine/diagnostics/render.ts";
import { simulate } from "../engine/ensemble/simulate.ts";
import { ROOT } from "./tools/terrace.ts";

const READMES: readonly (readonly [file: string, language: Language, right: string, wrong: string, setting: string])[] =
  [
    ["README.md", "en", "(temperature -", "(temprature -", "room"],
    ["README.zh.md", "zh", "- 室温)", "- 室湿)", "室温"],
  ];
const text = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe.each(READMES)("%s", (file, language, right, wrong, setting) => {
  const [, model] = /```yaml\n([\s\S]*?)```/.exec(text(file))!;
  const path = /^# (\S+)/.exec(model!)![1]!;

  it("its first model runs", () => {
    const { model: checked, program, diagnostics } = compileModel([{ path, text: model! }]);
    expect(diagnostics).toEqual([]);
    const { columns } = simulate(checked!, program!, { settings: [{ name: setting, value: 5 }] });
    expect(columns[0]!.values.at(-1)).toBeCloseTo(9.15, 2);
  });

  it("its mistake is told as it shows", () => {
    const mistaken = model!.replace(right, wrong);
    const { diagnostics } = compileModel([{ path, text: mistaken }]);
    const told = renderDiagnostics(diagnostics, new Map([[path, mistaken]]), { language });
    const [, shown] = /```\n((?:error|错误)[\s\S]*?)```/.exec(text(file))!;
    expect(told.startsWith(shown!.trimEnd())).toBe(true);
  });
});

describe("both READMEs", () => {
  const links = (file: string) =>
    [...text(file).matchAll(/\]\(((?:docs|scenarios)[^)]*|[A-Z]+\.\w+)\)/g)]
      .map(([, link]) => link!.replace(/\.(en|zh)\.svg$/, ".svg"))
      .filter((link) => !link.startsWith("README"));
  const commands = (file: string) => [...text(file).matchAll(/npx terrace ([a-z]+)/g)].map(([, name]) => name);

  it("lead to the same pages, in the same order", () => expect(links("README.zh.md")).toEqual(links("README.md")));
  it("show the same commands", () => expect(commands("README.zh.md")).toEqual(commands("README.md")));
});

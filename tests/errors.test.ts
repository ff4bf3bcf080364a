/**
 * The corpus of broken models. Each folder of `errors/` is a model with one mistake (or several, in `several-…`) and holds
 * what the check prints, in English (`expected.txt`) and Chinese (`expected.zh.txt`), character for character.
 *
 * A folder is named after its code; a further case of a code is `<code>--<case>`. With UPDATE_ERRORS=1 the expected texts
 * and the examples in docs/errors.md are written anew; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileModel } from "../engine/compile.ts";
import { compileForeignModel } from "../engine/compile-foreign.ts";
import type { DiagnosticCode, Language } from "../engine/diagnostics/diagnostic.ts";
import { MESSAGES } from "../engine/diagnostics/messages.ts";
import { renderDiagnostics } from "../engine/diagnostics/render.ts";
import type { SourceFile } from "../engine/diagnostics/source.ts";
import { isForeignPath } from "../engine/language/foreign-path.ts";

const CORPUS = join(import.meta.dirname, "errors");
const DOCS = join(import.meta.dirname, "..", "docs", "errors.md");
const UPDATE = process.env.UPDATE_ERRORS === "1";
const EXPECTED: Readonly<Record<Language, string>> = { en: "expected.txt", zh: "expected.zh.txt" };

/** Codes without a folder, each with the reason why none is possible. */
const WITHOUT_FOLDER: Partial<Record<DiagnosticCode, string>> = {
  "scenario-file-section": "needs a file outside the model's folder; the tests of scenario files provoke it",
  "include-in-included": "needs a file of the folder above; cli/load-model.test.ts provokes it",
  "foreign-limit": "needs a very large file; engine/language/xmile/xmile-errors.test.ts provokes it",
  "foreign-time-unit": "told only where units are asked for; tests/foreign.test.ts provokes it",
  "foreign-no-equation": "the readers of foreign files tell most of them; translate-model.test.ts provokes it",
  "stream-clash": "needs two names whose 64-bit hashes are equal; engine/ensemble/check-streams.test.ts provokes it",
};

const folders = readdirSync(CORPUS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const codes = Object.keys(MESSAGES) as DiagnosticCode[];
const codeOf = (folder: string) => folder.split("--")[0]!;

function readModel(folder: string): SourceFile[] {
  const root = join(CORPUS, folder);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => /\.(yaml|csv)$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** A folder may hold a file of Vensim or Stella instead of YAML. */
function checkForeign(folder: string, path: string) {
  const bytes = new Uint8Array(readFileSync(join(CORPUS, folder, path)));
  // A file of changes or distributions in the folder is given to the run.
  const paths = readdirSync(join(CORPUS, folder)).filter((name) => /\.(cin|vsc)$/.test(name));
  const beside = {
    changes: [],
    scenarioFiles: paths.map((name) => ({
      path: name,
      bytes: new Uint8Array(readFileSync(join(CORPUS, folder, name))),
    })),
  };
  const external = (name: string) => {
    const beside = join(CORPUS, folder, name);
    return existsSync(beside) ? new Uint8Array(readFileSync(beside)) : null;
  };
  const { diagnostics, files } = compileForeignModel({ path, bytes, external, tags: new Map(), data: [], ...beside });
  const sources = new Map(files.map((file) => [file.path, file.text]));
  return { diagnostics, print: (language: Language) => `${renderDiagnostics(diagnostics, sources, { language })}\n` };
}

function check(folder: string) {
  const foreign = readdirSync(join(CORPUS, folder)).find(isForeignPath);
  if (foreign !== undefined) return checkForeign(folder, foreign);
  const files = readModel(folder);
  const { diagnostics } = compileModel(files);
  const sources = new Map(files.map((file) => [file.path, file.text]));
  return { diagnostics, print: (language: Language) => `${renderDiagnostics(diagnostics, sources, { language })}\n` };
}

describe.each(folders)("%s", (folder) => {
  const { diagnostics, print } = check(folder);

  test.each(["en", "zh"] as const)("prints exactly what is expected (%s)", (language) => {
    const path = join(CORPUS, folder, EXPECTED[language]);
    if (UPDATE) writeFileSync(path, print(language));
    expect(existsSync(path), `${path} is missing; write it with UPDATE_ERRORS=1`).toBe(true);
    expect(print(language)).toBe(readFileSync(path, "utf8"));
  });

  test.skipIf(folder.startsWith("several-"))("has this one mistake and no consequence of it", () => {
    expect(diagnostics.map((d) => d.code)).toEqual([codeOf(folder)]);
  });
});

describe("the corpus is complete", () => {
  test("every code has a folder, or a reason why it has none", () => {
    const missing = codes.filter((code) => !folders.includes(code) && WITHOUT_FOLDER[code] === undefined);
    expect(missing).toEqual([]);
    expect(Object.keys(WITHOUT_FOLDER).filter((code) => folders.includes(code))).toEqual([]);
  });

  test("every folder is named after a code", () => {
    const known: readonly string[] = codes;
    expect(folders.filter((f) => !f.startsWith("several-") && !known.includes(codeOf(f)))).toEqual([]);
  });
});

describe("docs/errors.md", () => {
  const sections = () =>
    readFileSync(DOCS, "utf8")
      .split(/^(?=## )/m)
      .slice(1);
  const titleOf = (section: string) => /^## `(.+)`/.exec(section)?.[1] ?? "";
  /** The first block of the section, which shows what the check prints. */
  const EXAMPLE = /```text\n([\s\S]*?)```/;
  const exampleOf = (code: string) =>
    readFileSync(join(CORPUS, code, EXPECTED.en), "utf8").replace(/\n\n[^\n]*\n$/, "\n");

  test("has one section for each code, in the order of the table of messages", () => {
    expect(sections().map(titleOf)).toEqual(codes);
  });

  test("shows for each code what the check prints", () => {
    if (UPDATE) {
      const head = readFileSync(DOCS, "utf8").split(/^(?=## )/m)[0]!;
      const updated = sections().map((section) => {
        const code = titleOf(section);
        return folders.includes(code)
          ? section.replace(EXAMPLE, () => `\`\`\`text\n${exampleOf(code)}\`\`\``)
          : section;
      });
      writeFileSync(DOCS, head + updated.join(""));
    }
    for (const section of sections()) {
      const code = titleOf(section);
      if (folders.includes(code)) expect(EXAMPLE.exec(section)?.[1], code).toBe(exampleOf(code));
    }
  });
});

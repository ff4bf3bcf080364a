/** Models of other tools in our YAML, and in XMILE that we write: the same numbers to the last bit. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Compilation, compileModel } from "../../engine/compile.ts";
import { compileForeignModel } from "../../engine/compile-foreign.ts";
import { withOwnUnits } from "../../engine/convert/foreign-units.ts";
import { settleUnits } from "../../engine/convert/settle-units.ts";
import { writeXmile } from "../../engine/convert/write-xmile.ts";
import { simulate } from "../../engine/ensemble/simulate.ts";
import type { ModelDocument } from "../../engine/language/document.ts";
import { printDocument } from "../../engine/language/print/print-document.ts";
import { withoutTerrace } from "./plain-xmile.ts";

const CASES = join(import.meta.dirname, "..", "conformance", "cases");

const compileFile = (path: string, bytes: Uint8Array) =>
  compileForeignModel({ path, bytes, external: () => null, tags: new Map(), data: [], changes: [] });

const compileYaml = (document: ModelDocument) => compileModel([{ path: "model.yaml", text: printDocument(document) }]);

/** The document in our language, without the units that do not fit. */
function inYaml(document: ModelDocument): { document: ModelDocument; compiled: Compilation } {
  let attempt = { document: withOwnUnits(document), loose: [] as readonly string[] };
  for (;;) {
    const compiled = compileYaml(attempt.document);
    const errors = compiled.diagnostics.filter((d) => d.severity === "error");
    if (errors.length === 0) return { document: attempt.document, compiled };
    const next = settleUnits(attempt, errors);
    if (!next) throw new Error(JSON.stringify(errors));
    attempt = next;
  }
}

/** Values of all variables; a zero has no sign. */
const numbers = ({ model, program }: Compilation) =>
  new Map(
    simulate(model!, program!, {}).columns.map((c) => [
      `${c.variable}[${c.key.replace(/\b\w+_(?=\d)/g, "")}]`,
      [...c.values].map((v) => v + 0),
    ]),
  );

describe.each(readdirSync(CASES))("%s", (name) => {
  const model = readdirSync(join(CASES, name)).find((file) => /^model\./.test(file))!;
  const original = compileFile(model, new Uint8Array(readFileSync(join(CASES, name, model))));
  const { document, compiled } = inYaml(original.document!);

  test("in YAML it gives the same bits", () => {
    expect(numbers(compiled)).toEqual(numbers(original));
  });

  test("in XMILE, read by what XMILE says alone, it gives the same bits", () => {
    const { text, unseen } = writeXmile(document, compiled.model!, [], { name: "Terrace", version: "1.0" });
    if (unseen.some((u) => u.kind === "equation" || u.kind === "lookup")) {
      expect(text).toContain("???");
      return;
    }
    const plain = compileFile("model.xmile", new TextEncoder().encode(withoutTerrace(text)));
    expect(plain.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    const found = numbers(plain);
    for (const [label, values] of numbers(compiled)) expect([label, found.get(label)]).toEqual([label, values]);
  });
});

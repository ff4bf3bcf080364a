/**
 * `terrace convert`: a model in another form. What is written is read again before it is kept, so that nothing is handed over that does not
 * load; nothing that is there already is touched.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { compileModel } from "../../engine/compile.ts";
import { compileTerraceParts } from "../../engine/compile-terrace-parts.ts";
import { withOwnUnits } from "../../engine/convert/foreign-units.ts";
import { type SettledUnits, settleUnits } from "../../engine/convert/settle-units.ts";
import { IndistinctNames, writeXmile, type XmileExport, yamlPath } from "../../engine/convert/write-xmile.ts";
import { type Diagnostic, InternalError, type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../engine/diagnostics/render.ts";
import type { SourceFile } from "../../engine/diagnostics/source.ts";
import type { ModelDocument } from "../../engine/language/document.ts";
import { documentSections, filesOf, printDocument, printYaml } from "../../engine/language/print/print-document.ts";
import type { Model } from "../../engine/model/model.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { type LoadedModel, openModel, usableModel } from "../load-model.ts";
import { makeFolder } from "../output-file.ts";
import { packageVersion } from "../version.ts";
import { unseenLines } from "./convert-text.ts";

export interface ConvertArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly foreign: ForeignFiles;
}

/** The model that is to be written, once it is known to load in our language. */
interface Settled {
  readonly document: ModelDocument;
  readonly model: Model;
  readonly data: readonly SourceFile[];
  /** Names of variables whose units do not fit and stand in their notes. */
  readonly looseUnits: readonly string[];
  /** Whether the file saves at steps that no save interval of ours gives. */
  readonly savesUnevenly: boolean;
}

export async function convertCommand(path: string, out: string, options: ConvertArguments): Promise<number> {
  refuseUnwritable(out);
  const loaded = await openModel(path, [], options.foreign);
  const usable = await usableModel(loaded, options.language);
  if (!usable || !loaded.document) return EXIT.failed;
  const settled = settle(loaded, loaded.document, options.language);
  if (!settled) return EXIT.failed;
  const isXmile = /\.(xmile|stmx)$/i.test(out);
  const exported = isXmile ? exportXmile(settled) : null;
  const files = exported ? [{ path: basename(out), text: exported.text }] : yamlFiles(settled, out);
  const folder = isXmile || /\.ya?ml$/i.test(out) ? dirname(out) : out;
  for (const file of files) writeNew(join(folder, file.path), file.text);
  report(
    files.map((file) => join(folder, file.path)),
    settled,
    exported,
    options,
  );
  return EXIT.well;
}

/** Nothing that is there is overwritten, and a name like `model.mdl` is no folder's. */
function refuseUnwritable(out: string): void {
  const info = existsSync(out) ? statSync(out) : undefined;
  const extension = extname(out).toLowerCase();
  if (!info && extension !== "" && !/^\.(xmile|stmx|ya?ml|\d+)$/.test(extension))
    throw new UsageError(`cannot write ${extension} files: ${out} (.xmile, .stmx, .yaml, or a folder)`);
  if (!info) return makeFolder(dirname(out));
  const isEmptyFolder = info.isDirectory() && readdirSync(out).length === 0;
  if (!isEmptyFolder || /\.(xmile|stmx|ya?ml)$/i.test(out)) throw new UsageError(`already there: ${out}`);
}

function writeNew(path: string, text: string): void {
  makeFolder(dirname(path));
  writeFileSync(path, text, { flag: "wx" });
}

/** The YAML form is compiled before anything is written: units of another tool's model may not fit, and then stand in the notes. */
function settle(loaded: LoadedModel, document: ModelDocument, language: Language): Settled | null {
  const data = loaded.dataFiles.map((path) => ({ path, text: loaded.sources.get(path)! }));
  let attempt: SettledUnits = { document: loaded.origin ? withOwnUnits(document) : document, loose: [] };
  for (;;) {
    const yaml = { path: "model.yaml", text: printDocument(attempt.document) };
    const { model, diagnostics } = compileModel([yaml, ...data]);
    const errors = diagnostics.filter((d) => d.severity === "error");
    if (model && errors.length === 0) {
      const savesUnevenly = (loaded.origin?.savedSteps ?? null) !== null;
      return { document: attempt.document, model, data, looseUnits: attempt.loose, savesUnevenly };
    }
    const next = loaded.origin && errors.every(isOfUnits) ? settleUnits(attempt, errors) : null;
    if (!next) {
      const sources = new Map([yaml, ...data].map((f) => [f.path, f.text]));
      process.stderr.write(`${renderDiagnostics(errors, sources, { language })}\n`);
      return null;
    }
    attempt = next;
  }
}

const isOfUnits = ({ code }: Diagnostic): boolean => code.startsWith("unit-");

function exportXmile({ document, model, data }: Settled): XmileExport {
  try {
    const exported = writeXmile(document, model, data, { name: "Terrace", version: packageVersion() });
    checkExport(exported, data);
    return exported;
  } catch (error) {
    if (error instanceof IndistinctNames) throw new UsageError(`names too alike for XMILE: ${error.names.join(", ")}`);
    throw error;
  }
}

/** Reads what is to be written: it must be the model, unchanged, with its data. */
function checkExport({ text }: XmileExport, data: readonly SourceFile[]): void {
  const back = compileTerraceParts({ path: "model.xmile", text }, []);
  if (!back?.program || back.diagnostics.some((d) => d.severity === "error" || d.code === "xmile-changed")) {
    throw new InternalError("the exported XMILE is not the model");
  }
  const texts = new Map(back.files.map((file) => [file.path, file.text]));
  const lost = data.find((file) => texts.get(file.path) !== file.text);
  if (lost) throw new UsageError(`a character that XML cannot hold: ${lost.path}`);
}

/** One YAML file, or as many as the model had, and the CSV files that it reads. */
function yamlFiles({ document, data }: Settled, out: string): SourceFile[] {
  if (/\.ya?ml$/i.test(out)) return [{ path: basename(out), text: printDocument(document) }, ...data];
  const files = filesOf(document).map((path) => ({
    path: yamlPath(path),
    text: printYaml(Object.fromEntries(documentSections(document, path)), false),
  }));
  return [...files, ...data];
}

function report(
  written: readonly string[],
  { looseUnits, savesUnevenly }: Settled,
  exported: XmileExport | null,
  { language, json }: ConvertArguments,
): void {
  if (json) {
    const unseen = exported && { sections: exported.sections, variables: exported.unseen };
    process.stdout.write(`${JSON.stringify({ written, looseUnits, savesUnevenly, unseen })}\n`);
    return;
  }
  const said = language === "zh" ? "已写入" : "wrote";
  const lines = [
    ...written.map((path) => `${said} ${path}`),
    ...unseenLines(exported, looseUnits, savesUnevenly, language),
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}

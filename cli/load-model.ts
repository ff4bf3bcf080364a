/** Reads a model's files from disk and compiles them. `engine/` itself never opens a file. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { compileModel } from "../engine/compile.ts";
import { type Language, UsageError } from "../engine/diagnostics/diagnostic.ts";
import { listed } from "../engine/diagnostics/known-name.ts";
import type { SourceFile } from "../engine/diagnostics/source.ts";
import type { Program } from "../engine/ir/program.ts";
import { isForeignPath } from "../engine/language/foreign-path.ts";
import { includedPaths } from "../engine/language/read-includes.ts";
import type { Model } from "../engine/model/model.ts";
import { type Fingerprint, fingerprint, sha256 } from "./fingerprint.ts";
import { type ForeignFiles, NO_FOREIGN_FILES } from "./foreign-files.ts";
import { checkInputFile } from "./input-file.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { type DecodedText, decodeText } from "./text-encoding.ts";
import { noteWarnings } from "./warnings-note.ts";
import "./libraries-on-demand.ts";

/** Most bytes that the files of one model may have. */
const MAX_BYTES = 256 * 2 ** 20;
const MAX_DEPTH = 8;

export type { LoadedModel };

/** A model without errors. */
export interface UsableModel {
  readonly model: Model;
  readonly program: Program;
}

/**
 * A file with the hash of its bytes, read when something of it is first asked for: of the CSV files beside a model and below it many may be no
 * part of it, and large. The bytes are kept until they are hashed, so that the hash is of what was read.
 */
class InputFile implements SourceFile {
  readonly path: string;
  readonly #open: () => Uint8Array;
  #content: DecodedText | null = null;
  #bytes: Uint8Array | null = null;
  #sha256: string | null = null;

  /** @param path as the user knows it */
  constructor(path: string, open: () => Uint8Array) {
    this.path = path;
    this.#open = open;
  }

  get isRead(): boolean {
    return this.#content !== null;
  }

  get text(): string {
    return this.#read().text;
  }

  get encoding(): DecodedText["encoding"] {
    return this.#read().encoding;
  }

  get sha256(): string {
    this.#read();
    this.#sha256 ??= sha256(this.#bytes!);
    this.#bytes = null;
    return this.#sha256;
  }

  #read(): DecodedText {
    if (this.#content === null) {
      this.#bytes = this.#open();
      this.#content = decodeText(this.#bytes);
    }
    return this.#content;
  }
}

/**
 * A model of ours, or a file of Vensim or Stella (`.mdl`, `.xmile`, `.stmx`), of which the readers are loaded when they are needed.
 *
 * @param scenarioFiles paths of files that add scenarios from outside the model's folder
 * @param foreign files that belong to a model of another tool
 * @throws UsageError if there is no model at the path, or no file of scenarios.
 */
export async function openModel(
  path: string,
  scenarioFiles: readonly string[] = [],
  foreign: ForeignFiles = NO_FOREIGN_FILES,
): Promise<LoadedModel> {
  if (isForeignPath(path)) {
    const { loadForeignModel } = await import("./load-foreign.ts");
    return loadForeignModel(path, foreign, scenarioFiles);
  }
  if (foreign.data.length + foreign.tags.length + foreign.changes.length > 0)
    throw new UsageError(`not a file of Vensim or Stella: ${path}`);
  return loadModel(path, scenarioFiles);
}

/** A model of ours, see {@link openModel}. */
export function loadModel(path: string, scenarioFiles: readonly string[] = []): LoadedModel {
  const files = readModelFiles(path);
  const added = scenarioFiles.map((file) => readScenarioFile(file, files));
  const compilation = compileModel(files, added);
  const used = new Set(compilation.dataFiles);
  const parts = files.filter((f) => /\.ya?ml$/i.test(f.path) || used.has(f.path));
  let print: Fingerprint | null = null;
  const printed = (): Fingerprint => {
    // Where a file of scenarios lies makes no difference to the results.
    const beside = added.map((f) => ({ path: `scenario-file/${basename(f.path)}`, sha256: f.sha256 }));
    print ??= fingerprint([...parts, ...beside]);
    return print;
  };
  // Of a model with errors it is not known which data it reads.
  const encodings = [...(compilation.model ? parts : files.filter((f) => f.isRead)), ...added]
    .filter((f) => f.encoding !== "utf-8")
    .map((f) => ({ path: f.path, encoding: f.encoding }));
  return {
    ...compilation,
    path,
    folder: folderOf(path),
    scenarioFiles,
    foreign: NO_FOREIGN_FILES,
    sensitivity: null,
    sources: new Map([...files.filter((f) => f.isRead), ...added].map((f) => [f.path, f.text])),
    encodings,
    get inputs() {
      return printed().inputs;
    },
    get hash() {
      return printed().hash;
    },
  };
}

/** A file of scenarios, under a path that no file of the model has. */
function readScenarioFile(path: string, files: readonly SourceFile[]): InputFile {
  checkInputFile(path, "scenario file");
  if (!/\.ya?ml$/i.test(path)) throw new UsageError(`not a YAML file: ${path}`);
  const isTaken = files.some((f) => f.path === path);
  return new InputFile(isTaken ? `./${path}` : path, () => readFileSync(path));
}

/**
 * The files of a model: YAML of the folder itself (or the one file), CSV of the folder and those below it; then YAML files of the folder above
 * that they include, with the CSV files of that folder whose paths the model's own folder does not have.
 */
function readModelFiles(path: string): InputFile[] {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) throw new UsageError(`no such model: ${path}`);
  const folder = info.isDirectory() ? path : dirname(path);
  const names = info.isDirectory() ? readdirSync(path).filter((n) => /\.ya?ml$/i.test(n)) : [basename(path)];
  if (names.length === 0) {
    const inside = modelsIn(path);
    if (inside.length > 0) throw new UsageError(`no YAML file in ${path} (models in it: ${listed(inside)})`);
    throw new UsageError(`no YAML file in ${path}`);
  }
  let bytes = 0;
  const file = (name: string, shownAs = name): InputFile =>
    new InputFile(shownAs, () => {
      const full = join(folder, name);
      bytes += statSync(full).size;
      if (bytes > MAX_BYTES) throw new UsageError(`model too large: ${path} (over ${MAX_BYTES / 2 ** 20} MiB)`);
      return readFileSync(full);
    });
  const own = [...names.sort(), ...csvNames(folder, "", 0)].map((name) => file(name));
  const yaml = own.slice(0, names.length);
  const included = includedPaths(yaml).filter((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
  if (included.length === 0) return own;
  const taken = new Set(own.map((f) => f.path));
  const below = `${basename(resolve(folder))}/`;
  const shared = csvNames(join(folder, ".."), "", 0).filter((name) => !taken.has(name) && !name.startsWith(below));
  return [...own, ...included.map((name) => file(name)), ...shared.map((name) => file(join("..", name), name))];
}

/** The models that stand in a folder which is none itself. */
function modelsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((e) => isForeignPath(e.name) || (e.isDirectory() && existsSync(join(folder, e.name, "model.yaml"))))
    .map((e) => join(folder, e.name))
    .sort();
}

function folderOf(path: string): string {
  if (statSync(path).isDirectory()) return path.endsWith("/") ? path : `${path}/`;
  return dirname(path) === "." && !path.startsWith(".") ? "" : `${dirname(path)}/`;
}

function csvNames(folder: string, below: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory())
      return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : csvNames(folder, name, depth + 1);
    return entry.isFile() && /\.csv$/i.test(entry.name) ? [name] : [];
  });
}

/** The model and its program; null where it has errors. */
export function withoutErrors({ model, program }: LoadedModel): UsableModel | null {
  return model && program && { model, program };
}

/**
 * The same; where the model has errors they are written to standard error. Of warnings only the number is told, since `check` shows them.
 */
export async function usableModel(loaded: LoadedModel, language: Language): Promise<UsableModel | null> {
  const usable = withoutErrors(loaded);
  if (usable) noteWarnings(loaded.diagnostics.length, loaded.path, language);
  else await writeDiagnostics(loaded, language);
  return usable;
}

/** Writes to standard error what the check found, and which files are not UTF-8. */
export async function writeDiagnostics(loaded: LoadedModel, language: Language): Promise<void> {
  const { diagnostics, sources, folder, encodings } = loaded;
  for (const { path, encoding } of encodings) {
    if (encoding === "unknown") continue;
    const name = encoding.toUpperCase();
    process.stderr.write(language === "zh" ? `${path} 按 ${name} 编码读取\n` : `${path} is read as ${name}\n`);
  }
  if (diagnostics.length === 0) return;
  // The wording of all messages is only loaded where there is something to say.
  const { renderDiagnostics } = await import("../engine/diagnostics/render.ts");
  const colour = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
  const places = { folder, outside: new Set(loaded.scenarioFiles.flatMap((file) => [file, `./${file}`])) };
  process.stderr.write(`${renderDiagnostics(diagnostics, sources, { language, colour, ...places })}\n`);
}

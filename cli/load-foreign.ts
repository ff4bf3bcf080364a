/** Reads a model file of Vensim or Stella and the files beside it that it names. `engine/` itself never opens a file. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { compileForeignModel, type ForeignFile } from "../engine/compile-foreign.ts";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { isVensimInput } from "../engine/language/foreign/read-inputs.ts";
import { fingerprint, sha256 } from "./fingerprint.ts";
import type { ForeignFiles } from "./foreign-files.ts";
import { checkInputFile, type InputKind } from "./input-file.ts";
import type { LoadedModel } from "./loaded-model.ts";

/** Most bytes of one file. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * @param scenarioFiles paths of files that add scenarios and uncertainty: `.yaml`, `.cin`, `.vsc`
 * @throws UsageError if there is no model at the path, or a file of the options is missing or too large.
 */
export function loadForeignModel(path: string, foreign: ForeignFiles, scenarioFiles: readonly string[]): LoadedModel {
  const { data, tags, changes } = foreign;
  const ofVensim = [...changes, ...scenarioFiles.filter(isVensimInput)][0];
  if (ofVensim !== undefined && !/\.mdl$/i.test(path)) throw new UsageError(`not for a model of Stella: ${ofVensim}`);
  const bytes = readGiven(path, "model");
  const files = new NearbyFiles(dirname(path));
  const tagged = new Map(tags.map((tag) => readTag(tag, files)));
  const sets = data.map((file) => ({ path: basename(file), bytes: readGiven(file, "data set") }));
  const changed = changes.map((file) => ({ path: file, bytes: readGiven(file, "changes file") }));
  const beside = scenarioFiles.map(readScenarioFile);
  const compilation = compileForeignModel({
    path: basename(path),
    bytes,
    unitsAreChecked: foreign.units ?? false,
    external: (name) => files.read(name),
    tags: tagged,
    data: sets,
    changes: changed,
    scenarioFiles: beside,
  });
  const { inputs, hash } = fingerprint([
    { path: basename(path), sha256: sha256(bytes) },
    ...sets.map((s) => ({ path: `data/${s.path}`, sha256: sha256(s.bytes) })),
    ...changed.map((f) => ({ path: `changes/${basename(f.path)}`, sha256: sha256(f.bytes) })),
    ...beside.map((f) => ({ path: `scenario-file/${basename(f.path)}`, sha256: sha256(f.bytes) })),
    ...files.used(),
  ]);
  return {
    ...compilation,
    path,
    folder: dirname(path) === "." && !path.startsWith(".") ? "" : `${dirname(path)}/`,
    scenarioFiles,
    foreign,
    sources: new Map(compilation.files.map((file) => [file.path, file.text])),
    inputs,
    encodings: [],
    hash,
  };
}

function readScenarioFile(path: string): ForeignFile {
  if (!/\.ya?ml$/i.test(path) && !isVensimInput(path)) throw new UsageError(`not a YAML, .cin or .vsc file: ${path}`);
  return { path, bytes: readGiven(path, "scenario file") };
}

function readGiven(path: string, kind: InputKind): Uint8Array {
  if (checkInputFile(path, kind) > MAX_BYTES)
    throw new UsageError(`${kind} too large: ${path} (over ${MAX_BYTES / 2 ** 20} MiB)`);
  return new Uint8Array(readFileSync(path));
}

/** The name of a tag, and the path under which its file is found from now on. */
function readTag(tag: string, files: NearbyFiles): [string, string] {
  const match = /^\??([^=]+)=(.+)$/su.exec(tag);
  if (!match) throw new UsageError(`invalid --tag: ${tag} (write NAME=FILE)`);
  const [, name = "", file = ""] = match;
  files.give(file, readGiven(file, "tagged file"));
  return [name, file];
}

/** The files that a model may name: those of its own folder and below it, and those given by tags. */
class NearbyFiles {
  readonly #folder: string;
  readonly #given = new Map<string, Uint8Array>();
  readonly #read = new Map<string, Uint8Array>();

  constructor(folder: string) {
    this.#folder = realpathSync(folder);
  }

  give(path: string, bytes: Uint8Array): void {
    this.#given.set(path, bytes);
  }

  read(name: string): Uint8Array | null {
    const given = this.#given.get(name);
    const bytes = given ?? this.#inFolder(name);
    if (bytes) this.#read.set(given ? `tag/${basename(name)}` : name, bytes);
    return bytes;
  }

  /** Names are written on Windows as a rule, where case does not count. */
  #inFolder(name: string): Uint8Array | null {
    let at = this.#folder;
    for (const part of name.replaceAll("\\", "/").split("/")) {
      if (part === "" || part === ".") continue;
      const entries = statSync(at, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(at) : [];
      const found = entries.includes(part) ? part : entries.find((e) => e.toLowerCase() === part.toLowerCase());
      if (found === undefined) return null;
      at = join(at, found);
    }
    const real = resolve(realpathSync(at));
    const isInside = real.startsWith(this.#folder + sep);
    const info = statSync(real, { throwIfNoEntry: false });
    if (!isInside || !info?.isFile() || info.size > MAX_BYTES) return null;
    return new Uint8Array(readFileSync(real));
  }

  used(): { path: string; sha256: string }[] {
    return [...this.#read].map(([path, bytes]) => ({ path, sha256: sha256(bytes) }));
  }
}

/**
 * The yaml library, which reads the rare files that the reader of blocks leaves to it. It takes longer to load than most models to read, so whoever
 * uses the engine says how it is had: `engine/index.ts` brings it along (`yaml-at-hand.ts`), the command line loads it for the first such file.
 */
import { InternalError } from "../diagnostics/diagnostic.ts";

export type YamlLibrary = Pick<
  typeof import("yaml"),
  "isAlias" | "isMap" | "isScalar" | "isSeq" | "Lexer" | "LineCounter" | "parseDocument"
>;

let load = (): YamlLibrary => {
  throw new InternalError("nobody has said how the yaml library is had");
};
let library: YamlLibrary | null = null;

/** Says how the library is had; `loader` is called when the first file needs it. */
export function provideYaml(loader: () => YamlLibrary): void {
  load = loader;
}

export function yamlLibrary(): YamlLibrary {
  library ??= load();
  return library;
}

/** The yaml library for the command line: loaded in place when a file needs it, since the engine reads without waiting. Imported for its effect. */
import { createRequire } from "node:module";
import { provideYaml, type YamlLibrary } from "../engine/language/yaml-library.ts";

provideYaml(() => createRequire(import.meta.url)("yaml") as YamlLibrary);

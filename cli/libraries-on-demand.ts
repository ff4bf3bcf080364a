/** The libraries of the engine for the command line: loaded in place when a file needs them, since the engine reads without waiting. Imported for its effect. */
import { createRequire } from "node:module";
import { CSV, type CsvLibrary, YAML, type YamlLibrary } from "../engine/language/library.ts";

const require = createRequire(import.meta.url);
CSV.provide(() => require("csv-parse/sync") as CsvLibrary);
YAML.provide(() => require("yaml") as YamlLibrary);

/** Brings the libraries of `library.ts` along, for who uses the engine as a library; imported for its effect. */
import * as csv from "csv-parse/sync";
import * as yaml from "yaml";
import { CSV, YAML } from "./library.ts";

CSV.provide(() => csv);
YAML.provide(() => yaml);

/** Central values of the parameters of the Yunnan model, read from its YAML files, so that scripts and model share one number. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan/", import.meta.url));

interface Section {
  readonly parameters?: Readonly<Record<string, { readonly value?: unknown } | undefined>>;
}

const files = new Map<string, Section>();

/** The declared scalar value of a parameter. */
export function centralValue(file: string, name: string): number {
  const section = files.get(file) ?? (parse(readFileSync(`${FOLDER}${file}`, "utf8")) as Section);
  files.set(file, section);
  const value = section.parameters?.[name]?.value;
  if (typeof value !== "number") throw new Error(`parameter ${name} of ${file} has no number`);
  return value;
}

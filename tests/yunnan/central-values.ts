/** Central values of the parameters of the Yunnan model, read from its YAML files, so that scripts and model share one number. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { once } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan/", import.meta.url));

interface Section {
  readonly parameters?: Readonly<Record<string, { readonly value?: unknown } | undefined>>;
}

const parameters = once(() => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
  const sections = files.map((name) => parse(readFileSync(`${FOLDER}${name}`, "utf8")) as Section);
  return new Map(sections.flatMap((section) => Object.entries(section.parameters ?? {})));
});

/** The declared scalar value of a parameter. */
export function centralValue(name: string): number {
  const value = parameters().get(name)?.value;
  if (typeof value !== "number") throw new Error(`parameter ${name} has no number`);
  return value;
}

/** What the files of the Yunnan model cite as "MODEL …", and the rows of specification.md that say what each number means. */
import { readdirSync, readFileSync } from "node:fs";
import { FOLDER } from "./ensemble.ts";
import { once } from "./tables.ts";

export const SPECIFICATION = `${FOLDER}/specification.md`;

/** Numbers of sections, equations, items and lever groups, as they are cited. */
const NUMBER = String.raw`(?:G\d\d[a-z]?|[YMFDSEBIW]\d+|8ter|\d+\.\d+[a-z]?|\d+[a-z]|[A-Z]{2}_[A-Z]{3}|PS)(?!\w)`;
/** Behind the word itself a whole section may be cited as well (MODEL 3). */
const FIRST = new RegExp(`MODEL (${NUMBER}|\\d+(?!\\w))`, "g");
const INSIDE = /^, (?:nos?\.|rule) (\d+(?:-\d+)?)/;
const NEXT = new RegExp(`^(?:, |; | and | to | )(${NUMBER})`);

/** All numbers of a range of equations (M11 to M13) or letters of items (7e to 7h), without the first. */
function range(from: string, to: string): readonly string[] {
  const stem = /^[A-Z]/.test(from) ? from.slice(0, 1) : from.slice(0, -1);
  if (!to.startsWith(stem)) throw new Error(`not a range: ${from} to ${to}`);
  const [first, last] = [from.slice(stem.length), to.slice(stem.length)];
  const letters = /^[a-z]$/.test(last);
  const ordinal = (text: string): number => (letters ? text.charCodeAt(0) : Number(text));
  const name = (value: number): string => stem + (letters ? String.fromCharCode(value) : String(value));
  return Array.from({ length: ordinal(last) - ordinal(first) }, (_, k) => name(ordinal(first) + k + 1));
}

/** Numbers cited in a text: "MODEL 3, no. 19; 5.2" → "3 no. 19", "5.2"; "MODEL M4, M11 to M13" → four numbers. */
export function citations(text: string): readonly string[] {
  const cited: string[] = [];
  for (const found of text.matchAll(FIRST)) {
    let rest = text.slice(found.index + found[0].length);
    let number = found[1] ?? "";
    for (;;) {
      const inside = INSIDE.exec(rest);
      cited.push(inside ? `${number} no. ${inside[1]}` : number);
      rest = rest.slice(inside?.[0].length ?? 0);
      const next = NEXT.exec(rest);
      if (next?.[1] === undefined) break;
      if (next[0].startsWith(" to ")) cited.push(...range(number, next[1]).slice(0, -1));
      number = next[1];
      rest = rest.slice(next[0].length);
    }
  }
  return cited;
}

/** The files that cite each number, by number; `levers` stands for levers.yaml. */
export const citingFiles = once((): ReadonlyMap<string, readonly string[]> => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(yaml|csv)$/.test(file) || file === "README.md")
    .sort();
  const citing = new Map<string, string[]>();
  for (const file of files) {
    for (const number of new Set(citations(readFileSync(`${FOLDER}/${file}`, "utf8")))) {
      citing.set(number, [...(citing.get(number) ?? []), file.replace(/\.yaml$/, "")]);
    }
  }
  return citing;
});

export interface SpecificationRow {
  readonly number: string;
  readonly english: string;
  readonly chinese: string;
  readonly basis: string;
  readonly files: readonly string[];
}

/** A row of the tables of specification.md, or undefined for any other line and for heads of tables. */
function readRow(line: string): SpecificationRow | undefined {
  const cells = line.split("|").map((cell) => cell.trim());
  const [, number = "", english = "", chinese = "", basis = "", files = ""] = cells;
  if (cells.length !== 7 || number === "no." || number.startsWith("-")) return undefined;
  return { number, english, chinese, basis, files: files.split(", ").filter((file) => file !== "") };
}

export function specificationRows(text: string): readonly SpecificationRow[] {
  return text.split("\n").flatMap((line) => readRow(line) ?? []);
}

/** The text with the last column of every row filled in from the citations. */
export function withCitingFiles(text: string): string {
  const citing = citingFiles();
  const rewritten = text.split("\n").map((line) => {
    const row = readRow(line);
    if (row === undefined) return line;
    const files = citing.get(row.number) ?? [];
    return `| ${[row.number, row.english, row.chinese, row.basis, files.join(", ")].join(" | ")} |`;
  });
  return rewritten.join("\n");
}

/**
 * The kept result of `terrace calibrate scenarios/yunnan`: run with node to calibrate anew and write data/posterior.csv (draws, which the model's
 * parameters take by rows) and data/calibrated.csv (the mode, which a run at central values takes). It takes some minutes.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { argv, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { DATA, type Derived, readTable, tableText } from "./tables.ts";

const CLI = fileURLToPath(new URL("../../cli/bin.cjs", import.meta.url));
const MODEL = fileURLToPath(new URL("../../scenarios/yunnan", import.meta.url));
const SETTINGS = ["--chains", "16", "--warmup", "200", "--draws", "200"] as const;
/** Variants and the steps of their chains: those of the economy end at an R̂ of 1.01, those of people, whose runs cost more, at 1.02. */
const VARIANTS = [
  ["history", "1500"],
  ["history-economy", "6000"],
] as const;

/** Rows of data/calibrated.csv from the modes of all numbers by label, `name` or `name[element]`. */
export function calibratedText(modes: readonly { readonly label: string; readonly mode: number }[]): string {
  const codes = new Map(readTable("prefectures.csv").map((row) => [elementName(row.en ?? ""), row.adcode ?? ""]));
  const rows = modes.map(({ label, mode }): Derived => {
    const [variable = "", element] = label.replace("]", "").split("[");
    return {
      key: {
        adcode: codes.get(element ?? "") ?? "530000",
        sector: element !== undefined && !codes.has(element) ? element : "",
      },
      variable,
      value: Number(mode.toPrecision(7)),
      unit: "as the parameter",
      grade: "C",
      source: "DERIVED",
      note: "mode of the posterior on 2010-2020 (terrace calibrate)",
    };
  });
  return tableText(["adcode", "sector"], rows);
}

/** The model's name of a prefecture: `Pu'er` is `puer`. */
const elementName = (title: string): string => title.toLowerCase().replace(/[^a-z]/g, "");

/** What `terrace calibrate --json` says of a variant. */
interface Found {
  readonly history: string;
  readonly parameters: readonly { label: string; mode: number; rHat: number; bulkEss: number }[];
  readonly handedOn: readonly string[];
}

const modesOf = ({ parameters, handedOn }: Found) => parameters.filter((p) => handedOn.includes(p.label));

if (argv[1] === fileURLToPath(import.meta.url)) {
  const parts: Found[] = [];
  const tables: string[][] = [];
  for (const [variant, steps] of VARIANTS) {
    const fresh = `${DATA}${variant}.new.csv`;
    const more = ["--history", `${MODEL}/${variant}`, "--steps", steps, "--json", "--out", fresh];
    const text = execFileSync(execPath, [CLI, "calibrate", MODEL, ...SETTINGS, ...more], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    parts.push(JSON.parse(text) as Found);
    tables.push(readFileSync(fresh, "utf8").trim().split("\n"));
    rmSync(fresh);
  }
  writeFileSync(`${DATA}calibrated.csv`, calibratedText(parts.flatMap(modesOf)));
  const rows = (tables[0] ?? []).map((_, row) => tables.map((table) => table[row]).join(","));
  writeFileSync(`${DATA}posterior.csv`, `${rows.join("\n")}\n`);
  for (const { history, parameters } of parts) {
    const worst = Math.max(...parameters.map((p) => p.rHat));
    const least = Math.min(...parameters.map((p) => p.bulkEss));
    process.stderr.write(
      `${history}: largest R-hat ${worst.toFixed(3)}, fewest effective draws ${Math.round(least)}\n`,
    );
  }
}

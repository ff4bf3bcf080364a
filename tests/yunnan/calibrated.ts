/**
 * The kept result of `terrace calibrate scenarios/yunnan`: run with node to calibrate anew and write data/posterior.csv (draws, which the model's
 * parameters take by rows) and data/calibrated.csv (the mode, which a run at central values takes). It takes a few minutes.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { argv, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { DATA, type Derived, need, readTable, tableText } from "./tables.ts";

const CLI = fileURLToPath(new URL("../../cli/bin.cjs", import.meta.url));
const MODEL = fileURLToPath(new URL("../../scenarios/yunnan", import.meta.url));
/** Enough that R̂ of every parameter is near 1. */
export const SETTINGS = ["--chains", "16", "--warmup", "200", "--steps", "1500", "--draws", "200"] as const;

/** Rows of data/calibrated.csv from the modes of all numbers by label, `name` or `name[element]`. */
export function calibratedText(modes: readonly { readonly label: string; readonly mode: number }[]): string {
  const codes = new Map(readTable("prefectures.csv").map((row) => [elementName(row.en ?? ""), row.adcode ?? ""]));
  const rows = modes.map(({ label, mode }): Derived => {
    const [variable = "", element] = label.replace("]", "").split("[");
    return {
      key: { adcode: element === undefined ? "530000" : need(codes, element) },
      variable,
      value: Number(mode.toPrecision(7)),
      unit: "as the parameter",
      grade: "C",
      source: "DERIVED",
      note: "mode of the posterior on 2010-2020 (terrace calibrate)",
    };
  });
  return tableText(["adcode"], rows);
}

/** The model's name of a prefecture: `Pu'er` is `puer`. */
const elementName = (title: string): string => title.toLowerCase().replace(/[^a-z]/g, "");

if (argv[1] === fileURLToPath(import.meta.url)) {
  const posterior = `${DATA}posterior.csv`;
  const fresh = `${posterior}.new`;
  const text = execFileSync(execPath, [CLI, "calibrate", MODEL, ...SETTINGS, "--json", "--out", fresh], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const { parameters, handedOn } = JSON.parse(text) as {
    parameters: { label: string; mode: number; rHat: number; bulkEss: number }[];
    handedOn: string[];
  };
  writeFileSync(`${DATA}calibrated.csv`, calibratedText(parameters.filter((p) => handedOn.includes(p.label))));
  writeFileSync(posterior, readFileSync(fresh));
  rmSync(fresh);
  const worst = Math.max(...parameters.map((p) => p.rHat));
  const least = Math.min(...parameters.map((p) => p.bulkEss));
  process.stderr.write(`largest R-hat ${worst.toFixed(3)}, fewest effective draws ${Math.round(least)}\n`);
}

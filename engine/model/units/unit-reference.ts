/** The table of known units as Markdown, for docs/units.md. */
import { KNOWN_UNITS, type KnownUnit } from "./known-units.ts";

/** One row a unit: its names, and its size in base units of its dimension. */
export function unitReference(): string {
  const rows = KNOWN_UNITS.map((u) => `| ${u.names.map((n) => `\`${n}\``).join(" ")} | ${size(u)} | ${reader(u)} |`);
  return ["| names | size | for readers |", "|---|---|---|", ...rows].join("\n");
}

function size({ dimension, scale }: KnownUnit): string {
  const bases = Object.entries(dimension).map(([base, power]) => (power === 1 ? base : `${base}^${power}`));
  return [Number(scale.toPrecision(9)).toString(), ...bases].join(" ");
}

const reader = ({ title }: KnownUnit): string => (title.en === "" ? "" : `${title.en}, ${title.zh}`);

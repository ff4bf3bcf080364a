/**
 * Compares the table of a run with the numbers that another tool printed. The rules follow what printed numbers can tell: files carry
 * about six digits, single precision leaves noise where large quantities cross zero, and times are rounded too.
 */

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
  /** Rows later than this are not compared, since small differences grow without bounds. */
  readonly until: number | null;
  /** Columns that are not compared, such as random ones. */
  readonly ignore: readonly string[];
}

/** Share of a column's largest value below which a difference is noise. */
const NOISE = 1e-6;
/** Vensim's value for "not available". */
const NOT_AVAILABLE = -(2 ** 109);
const CONTROLS = new Set([
  "initial time",
  "final time",
  "time step",
  "saveper",
  "save per",
  "starttime",
  "stoptime",
  "dt",
]);

/** What differs, in words; empty where nothing does. */
export function differences(got: Table, expected: Table, tolerance: Tolerance): string[] {
  const columns = new Map<string, number>();
  for (const [i, name] of got.header.entries()) if (!columns.has(plain(name))) columns.set(plain(name), i);
  const times = expected.rows.map((r) => toNumber(r[0] ?? ""));
  const rows = matchRows(got, times);
  const found: string[] = [];
  const missing = times.filter((_, i) => rows[i] === null);
  if (missing.length > 0)
    found.push(`${missing.length} of ${times.length} saved times are missing, first ${missing[0]}`);
  const ignored = new Set(tolerance.ignore.map(plain));
  for (const [j, name] of expected.header.entries()) {
    const key = plain(name);
    if (j === 0 || key === "" || ignored.has(key)) continue;
    const at = columns.get(key);
    if (at === undefined) {
      if (!CONTROLS.has(key)) found.push(`column ${name} is missing`);
      continue;
    }
    const worst = columnDifference(got, at, expected, j, rows, times, tolerance);
    if (worst !== null) found.push(`${name} ${worst}`);
  }
  return found;
}

function columnDifference(
  got: Table,
  at: number,
  expected: Table,
  j: number,
  rows: readonly (number | null)[],
  times: readonly number[],
  tolerance: Tolerance,
): string | null {
  const cells = expected.rows.map((r) => r[j] ?? "");
  const numbers = cells.map(toNumber);
  const largest = numbers.reduce((m, x) => (Number.isFinite(x) && !isMissing(x) ? Math.max(m, Math.abs(x)) : m), 0);
  const decimals = Math.max(0, ...cells.map(printedDecimals));
  const noise = NOISE * largest + (decimals >= 4 && decimals <= 12 ? 0.51 * 10 ** -decimals : 0);
  for (const [i, wanted] of numbers.entries()) {
    const row = rows[i];
    if (cells[i]!.trim() === "" || row === null || row === undefined) continue;
    if (tolerance.until !== null && times[i]! > tolerance.until) continue;
    const value = toNumber(got.rows[row]![at] ?? "");
    const allowed = tolerance.absolute + tolerance.relative * Math.abs(wanted) + noise;
    if (!isClose(value, wanted, allowed)) return `at ${times[i]}: expected ${wanted}, got ${value}`;
  }
  return null;
}

function isClose(value: number, wanted: number, allowed: number): boolean {
  if (Number.isNaN(wanted) || isMissing(wanted)) return Number.isNaN(value) || isMissing(value);
  return value === wanted || Math.abs(value - wanted) <= allowed;
}

const isMissing = (x: number): boolean => Math.abs(x - NOT_AVAILABLE) <= 1e-3 * Math.abs(NOT_AVAILABLE);

/** For each expected time the row that has it, within a twentieth of the smallest step. */
function matchRows(got: Table, times: readonly number[]): (number | null)[] {
  const steps = times.slice(1).map((t, i) => Math.abs(t - times[i]!));
  const near = 0.05 * Math.min(1e300, ...steps.filter((s) => s > 0));
  const own = got.rows.map((r) => toNumber(r[0] ?? ""));
  return times.map((time) => {
    let best: number | null = null;
    for (const [i, t] of own.entries()) {
      const isNear = Math.abs(t - time) <= Math.max(steps.length > 0 ? near : 0.05, 1e-9 * Math.abs(time));
      if (isNear && (best === null || Math.abs(t - time) < Math.abs(own[best]! - time))) best = i;
    }
    return best;
  });
}

/** A name without case, quotes and the difference of blanks and underscores. */
function plain(name: string): string {
  return name
    .normalize("NFC")
    .replaceAll("\\n", " ")
    .replace(/\\?"/g, "")
    .replace(/[\u00a0_]/g, " ")
    .replaceAll("\\\\", "\\")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
    .replace(/\s*([[\],.])\s*/g, "$1")
    .replace(/^\.+/, "");
}

function toNumber(cell: string): number {
  const text = cell.trim().replace(/^"|"$/g, "").toLowerCase();
  if (text === "") return Number.NaN;
  if (/^[+-]?inf(inity)?$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

function printedDecimals(cell: string): number {
  const match = /^\s*[-+]?\d*\.?(\d*)(?:e([-+]?\d+))?\s*$/i.exec(cell);
  return match ? match[1]!.length - Number(match[2] ?? 0) : 0;
}

/** A table from CSV text with quotes. */
export function readTable(text: string): Table {
  const clean = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const delimiter = clean.slice(0, clean.indexOf("\n")).includes("\t") ? "\t" : ",";
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < clean.length; i++) {
    const c = clean[i]!;
    if (quoted && c === '"' && clean[i + 1] === '"') {
      cell += c;
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === delimiter || c === "\n")) {
      rows.at(-1)!.push(cell);
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows.at(-1)!.push(cell);
  const [header = [], ...rest] = rows.filter((r) => r.some((x) => x.trim() !== ""));
  return { header, rows: rest };
}

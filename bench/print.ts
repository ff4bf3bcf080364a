/** What the benchmarks write: headings, notes and tables of aligned columns. */

export function say(text = ""): void {
  process.stdout.write(`${text}\n`);
}

export function heading(text: string): void {
  say(`\n${text}\n${"─".repeat([...text].length)}`);
}

/** Rows under a head; the first column is aligned to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  for (const row of all) {
    const cells = row.map((cell, column) => {
      const space = " ".repeat(widths[column]! - [...cell].length);
      return column === 0 ? cell + space : space + cell;
    });
    say(`  ${cells.join("   ")}`.trimEnd());
  }
}

/** A number with so many digits that count. */
export function digits(value: number, count = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 10 ** (count - 1)) return Math.round(value).toLocaleString("en-US");
  return Number(value.toPrecision(count)).toString();
}

/** A ratio with the quartiles of its rounds. */
export function ratio({
  speed,
  low,
  high,
}: {
  readonly speed: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${digits(speed)} × (${digits(low)} – ${digits(high)})`;
}

export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

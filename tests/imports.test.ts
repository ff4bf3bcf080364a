/** Which folder may import which: the table of docs/architecture.md; and files that run import each other in no circle. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const ALL = ["engine", "workers", "output", "bench", "cli", "tests"];

/** Folders that the files of a folder may import from; a longer path is looked up first. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  engine: ["engine"],
  workers: ["workers", "engine", "output/results"],
  output: ["output", "engine"],
  cli: ["cli", "engine", "workers", "output"],
  bench: ALL,
  tests: ALL,
};

/** Inside the engine, in the order of the flow: a folder imports itself and those before it, as far as they are listed. */
const ENGINE: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  language: ["diagnostics"],
  model: ["diagnostics", "language"],
  numerics: ["diagnostics"],
  ir: ["diagnostics", "language", "model", "numerics"],
  kernel: ["diagnostics", "model", "numerics", "ir"],
  ensemble: ["diagnostics", "language", "model", "numerics", "ir", "kernel"],
  convert: ["diagnostics", "language", "model", "numerics", "ensemble"],
  explain: ["diagnostics", "language", "model", "numerics", "ir", "ensemble"],
  statistics: ["diagnostics", "numerics", "ensemble", "kernel/encoding"],
  calibration: ["diagnostics", "language", "model", "numerics", "ir", "kernel", "ensemble", "statistics"],
};
/** Types that are named where they are shared, and carry no code: `catalog.ts` is data about a model. */
const TYPES_FROM_ANYWHERE = ["engine/ensemble/catalog.ts", "engine/ensemble/block-result.ts"];
/** What the engine must not reach for: files, threads, the clock of the host, chance. */
const NOT_IN_ENGINE = [/["']node:/, /\bMath\.random\b/, /\bDate\.now\b/, /\bperformance\.now\b/, /\bprocess\./];
/** Functions that differ between engines and versions (ECMA-262 leaves them approximate), so no number may come from them. */
const HOST_FUNCTIONS =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\b/;
/** Where a host function only words a message or checks a measured bound. */
const HOST_FUNCTIONS_ALLOWED = ["engine/model/time-grid.ts"];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly path: string; readonly type: boolean }[];
}

const isTest = (path: string) => path.endsWith(".test.ts") || path.includes("/testing/");

function sources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith(".ts"))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      const imports = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"(\.[^"]+)"/gms)].map((m) => ({
        path: normalize(join(dirname(path), m[2]!)),
        type: m[1] !== undefined,
      }));
      const lazy = [...text.matchAll(/\bimport\("(\.[^"]+)"\)/g)].map((m) => ({
        path: normalize(join(dirname(path), m[1]!)),
        type: false,
      }));
      return { path, text, imports: [...imports, ...lazy] };
    });
}

const files = ALL.filter((folder) => existsSync(join(ROOT, folder))).flatMap(sources);

describe("imports go one way", () => {
  it.each(Object.keys(ALLOWED))("%s imports only what the table allows", (folder) => {
    const wrong = files
      .filter((f) => f.path.startsWith(`${folder}/`) && !isTest(f.path))
      .flatMap((f) =>
        f.imports
          .filter((i) => !ALLOWED[folder]!.some((a) => i.path.startsWith(`${a}/`)))
          .map((i) => `${f.path} → ${i.path}`),
      );
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(ENGINE))("engine/%s imports no later part of the engine", (part) => {
    const allowed = [part, ...ENGINE[part]!];
    const wrong = files
      .filter((f) => f.path.startsWith(`engine/${part}/`) && !isTest(f.path))
      .flatMap((f) =>
        f.imports
          .filter((i) => !allowed.some((a) => i.path.startsWith(`engine/${a}/`)))
          .filter((i) => !(i.type && TYPES_FROM_ANYWHERE.includes(i.path)))
          .map((i) => `${f.path} → ${i.path}`),
      );
    expect(wrong).toEqual([]);
  });

  it("every folder of the engine is in the table", () => {
    const found = readdirSync(join(ROOT, "engine"), { withFileTypes: true }).filter(
      (e) => e.isDirectory() && e.name !== "testing",
    );
    expect(found.map((e) => e.name).filter((n) => !(n in ENGINE))).toEqual([]);
  });
});

/** The files of each circle: those that reach each other (strongly connected components, Tarjan 1972), in the order of the alphabet. */
function circles(importsOf: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const open: string[] = [];
  const order = new Map<string, number>();
  /** The earliest open file that a file reaches; files of finished components count for nothing. */
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let earliest = own;
    for (const other of importsOf.get(file) ?? []) {
      if (!order.has(other)) earliest = Math.min(earliest, visit(other));
      else if (open.includes(other)) earliest = Math.min(earliest, order.get(other)!);
    }
    if (earliest === own) {
      const component = open.splice(open.indexOf(file));
      if (component.length > 1 || importsOf.get(file)?.includes(file)) found.push(component.sort());
    }
    return earliest;
  };
  for (const file of importsOf.keys()) if (!order.has(file)) visit(file);
  return found.sort();
}

/** Circles of types alone cost nothing at run time, and types that are defined by each other belong to one thought. */
describe("no circles among imports of values", () => {
  const graph = (lists: Readonly<Record<string, string[]>>) => circles(new Map(Object.entries(lists)));

  it("files that reach each other are a circle", () => {
    expect(graph({ a: ["b"], b: ["c"], c: ["b"], d: ["a", "d"] })).toEqual([["b", "c"], ["d"]]);
    expect(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] })).toEqual([]);
  });

  it("no file of the project is in one", () => {
    const values = files.map((f) => [f.path, f.imports.filter((i) => !i.type).map((i) => i.path)] as const);
    expect(circles(new Map(values))).toEqual([]);
  });
});

describe("the engine is pure", () => {
  const engine = files.filter((f) => f.path.startsWith("engine/") && !isTest(f.path));
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");

  it("no files, threads, clock or chance", () => {
    expect(engine.filter((f) => NOT_IN_ENGINE.some((p) => p.test(code(f.text)))).map((f) => f.path)).toEqual([]);
  });

  it("no host function whose last bit may differ", () => {
    const found = engine.filter((f) => HOST_FUNCTIONS.test(code(f.text)) && !HOST_FUNCTIONS_ALLOWED.includes(f.path));
    expect(found.map((f) => f.path)).toEqual([]);
  });
});

describe("scenarios/ is text and data only", () => {
  it("YAML, CSV, Markdown and queries of results, nothing that runs", () => {
    const names = readdirSync(join(ROOT, "scenarios"), { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    );
    expect(names.map((e) => e.name).filter((n) => !/\.(ya?ml|csv|md|sql|svg)$/.test(n))).toEqual([]);
  });
});

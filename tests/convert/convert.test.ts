/** YAML to XMILE and back: the same program, the same numbers, and what another tool changes in between. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../tools/property-seed.ts";
import { loadModel } from "../../cli/load-model.ts";
import { type Compilation, compileModel } from "../../engine/compile.ts";
import { compileForeignModel } from "../../engine/compile-foreign.ts";
import { writeXmile, type XmileExport } from "../../engine/convert/write-xmile.ts";
import type { SourceFile } from "../../engine/diagnostics/source.ts";
import { simulate } from "../../engine/ensemble/simulate.ts";
import { documentSections, filesOf, printYaml } from "../../engine/language/print/print-document.ts";
import { randomModel } from "../kernel/random-model.ts";
import { withoutTerrace } from "./plain-xmile.ts";

const SCENARIOS = join(import.meta.dirname, "..", "..", "scenarios");

function filesIn(folder: string): SourceFile[] {
  const root = join(SCENARIOS, folder);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => /\.csv$/.test(path) || (/\.yaml$/.test(path) && !path.includes("/")))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function exported(files: readonly SourceFile[]): { compiled: Compilation; xmile: XmileExport; data: SourceFile[] } {
  const compiled = compileModel(files);
  expect(compiled.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  const data = files.filter((f) => compiled.dataFiles.includes(f.path));
  const xmile = writeXmile(compiled.document!, compiled.model!, data, { name: "Terrace", version: "1.0" });
  return { compiled, xmile, data };
}

function readAgain(text: string) {
  const bytes = new TextEncoder().encode(text);
  return compileForeignModel({
    path: "model.xmile",
    bytes,
    external: () => null,
    tags: new Map(),
    data: [],
    changes: [],
  });
}

/** A program without the places of its sources. */
const program = (compiled: Compilation): string =>
  JSON.stringify(compiled.program, (key, value) => (/^(span|.*Span|source|path)$/.test(key) ? undefined : value));

/** Columns of a run at central values, by label. */
function run({ model, program }: Pick<Compilation, "model" | "program">): Map<string, readonly number[]> {
  const { columns } = simulate(model!, program!, {});
  return new Map(columns.map((c) => [`${c.variable}[${c.key.replace(/\b\w+_(?=\d)/g, "")}]`, [...c.values]]));
}

describe("the models of the repository", () => {
  test.each(readdirSync(SCENARIOS))("%s: YAML → XMILE → YAML is the same program", (name) => {
    const { compiled, xmile, data } = exported(filesIn(name));
    const back = readAgain(xmile.text);
    expect(back.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect(program(back) === program(compiled)).toBe(true);

    const yaml = filesOf(back.document!).map((path) => ({
      path: path.replace("model.xmile/", ""),
      text: printYaml(Object.fromEntries(documentSections(back.document!, path)), false),
    }));
    const again = compileModel([...yaml, ...data]);
    expect(program(again) === program(compiled)).toBe(true);
    expect(back.document!.scenarios.map((s) => s.name.text)).toEqual(
      compiled.document!.scenarios.map((s) => s.name.text),
    );
  });

  test("the history of Yunnan, whose files lie in several folders: the same bits, from files in one", () => {
    const loaded = loadModel(join(SCENARIOS, "yunnan", "history"));
    const data = loaded.dataFiles.map((path) => ({ path, text: loaded.sources.get(path)! }));
    const { text } = writeXmile(loaded.document!, loaded.model!, data, { name: "Terrace", version: "1.0" });
    const back = readAgain(text);
    expect(back.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    const [found, expected] = [run(back), run(loaded)];
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [label, values] of expected) expect([label, found.get(label)]).toEqual([label, values]);
  });

  test.each(["teacup", "two-cities"])("%s: read as XMILE alone, it gives the same bits", (name) => {
    const { compiled, xmile } = exported(filesIn(name));
    const plain = readAgain(withoutTerrace(xmile.text));
    expect(plain.origin?.dialect).toBe("xmile");
    const found = run(plain);
    for (const [label, values] of run(compiled)) expect([label, found.get(label)]).toEqual([label, values]);
  });
});

describe("random models", () => {
  const tape = fc.array(fc.nat(1000), { minLength: 20, maxLength: 160 });

  test("property: with Terrace's parts the same program", () => {
    fc.assert(
      fc.property(tape, (choices) => {
        const files = [{ path: "model.yaml", text: randomModel(choices) }];
        const compiled = compileModel(files);
        fc.pre(compiled.program !== null);
        const { text } = exported(files).xmile;
        expect(program(readAgain(text)), text).toBe(program(compiled));
      }),
      { numRuns: 60 },
    );
  });

  test("property: without them the same numbers, where XMILE can say every equation", () => {
    fc.assert(
      fc.property(tape, (choices) => {
        // Events cannot be said in XMILE.
        const files = [{ path: "model.yaml", text: randomModel(choices).replace(/^events:.*$/m, "") }];
        const compiled = compileModel(files);
        fc.pre(compiled.program !== null);
        const { text, unseen } = exported(files).xmile;
        fc.pre(!unseen.some((u) => u.kind === "equation" || u.kind === "lookup"));
        const plain = readAgain(withoutTerrace(text));
        expect(
          plain.diagnostics.filter((d) => d.severity === "error"),
          text,
        ).toEqual([]);
        const found = run(plain);
        // A sign of zero is no difference: XMILE has no SIGN that would keep it.
        const plus = (values: readonly number[] | undefined) => values?.map((v) => v + 0);
        for (const [label, values] of run(compiled)) {
          expect([label, plus(found.get(label))], `${files[0]!.text}\n${text}`).toEqual([label, plus(values)]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("what another tool changes in between", () => {
  const { compiled, xmile } = exported(filesIn("two-cities"));
  const change = (from: string, to: string) => {
    expect(xmile.text).toContain(from);
    return readAgain(xmile.text.replace(from, to));
  };
  const codes = (back: Compilation) => back.diagnostics.map((d) => [d.code, d.data]);

  test("a number: the value is the new one, and the rest is as it was", () => {
    const back = change("<eqn>-0.3</eqn>", "<eqn>-0.2</eqn>");
    expect(codes(back)).toEqual([["xmile-changed", { names: ["crowding"] }]]);
    expect(back.document!.variables.find((v) => v.name.text === "crowding")).toMatchObject({
      kind: "parameter",
      labels: { title: { en: "Elasticity of income to population" } },
      value: { kind: "number", value: -0.2 },
      distribution: null,
    });
    expect(back.document!.scenarios).toHaveLength(compiled.document!.scenarios.length);
    expect(back.program).not.toBeNull();
  });

  test("the default of a lever: it stays a lever", () => {
    const lever = xmile.text.indexOf('<aux name="subsidy">');
    const at = xmile.text.indexOf("<eqn>0</eqn>", lever);
    const back = readAgain(`${xmile.text.slice(0, at)}<eqn>0.1</eqn>${xmile.text.slice(at + "<eqn>0</eqn>".length)}`);
    expect(codes(back)).toEqual([["xmile-changed", { names: ["subsidy"] }]]);
    expect(back.document!.variables.find((v) => v.name.text === "subsidy")).toMatchObject({
      kind: "lever",
      initial: 0.1,
    });
  });

  test("an equation: it is read from XMILE", () => {
    const back = change(
      "<eqn>population[harbour] / SUM(population[*])</eqn>",
      "<eqn>population[hills] / SUM(population[*])</eqn>",
    );
    expect(codes(back)).toEqual([["xmile-changed", { names: ["harbour_share"] }]]);
    expect(run(back).get("harbour_share[]")!.at(-1)).toBeCloseTo(1 - run(compiled).get("harbour_share[]")!.at(-1)!, 12);
  });

  test("a flow that was made of an equation: its stock is read from XMILE too", () => {
    const back = change("<eqn>SUM(moves[*, city])</eqn>", "<eqn>0 * SUM(moves[*, city])</eqn>");
    expect(codes(back)).toEqual([["xmile-changed", { names: ["population_inflow_1"] }]]);
    // Nobody arrives any more, so each city loses in every step what leaves it.
    const lost = run(back).get("population[harbour]")!;
    expect(lost.every((value, n) => n === 0 || value < lost[n - 1]!)).toBe(true);
  });

  test("the clock", () => {
    const back = change("<stop>2040</stop>", "<stop>2036</stop>");
    expect(codes(back)).toEqual([["xmile-changed", { names: ["<sim_specs>"] }]]);
    expect(back.model!.time.stop).toBe(2036);
  });

  test("the save interval, which is an attribute of Stella's", () => {
    const back = change('isee:save_interval="1"', 'isee:save_interval="0.5"');
    expect(codes(back)).toEqual([["xmile-changed", { names: ["<sim_specs>"] }]]);
    expect(back.model!.time.stepsPerSave).toBe(2);
  });

  test("a new variable", () => {
    const back = change(
      "</variables>",
      '<aux name="double"><eqn>2 * harbour_share</eqn><units>1</units></aux></variables>',
    );
    expect(codes(back)).toEqual([["xmile-changed", { names: ["double"] }]]);
    expect(run(back).get("double[]")![0]).toBe(1);
  });

  test("dimensions are not put together again", () => {
    const back = change('<elem name="hills"/>', '<elem name="mountains"/>');
    expect(back.diagnostics.map((d) => d.code)).toContain("xmile-unsupported");
    expect(back.program).toBeNull();
  });

  test("what a view or a comment adds changes nothing", () => {
    const back = readAgain(
      xmile.text
        .replace("</variables>", "</variables><views><view/></views>")
        .replace('<flow name="moves">', '<!-- moved --><flow name="moves" isee:color="blue"><doc>new words</doc>'),
    );
    expect(program(back) === program(compiled)).toBe(true);
  });

  test("property: an edit outside Terrace's elements changes nothing, or is told", () => {
    const { text } = xmile;
    // Documentation and the header do not bear on results.
    const ours =
      /<terrace:(model|declaration)[\s\S]*?<\/terrace:\1>|<terrace:made[^>]*\/>|<header>[\s\S]*?<\/header>|<doc>.*<\/doc>|<\?xml[^>]*>|<xmile[^>]*>/g;
    const kept = [...text.matchAll(ours)].map((m) => [m.index, m.index + m[0].length] as const);
    const piece = fc.constantFrom(
      ..."+1|-|0|9|[|]|(|north|<eqn>2</eqn>|<non_negative/>| |\n|city|*|age|_|TIME|</flow>|>".split("|"),
    );
    const whole = program(compiled);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(9), piece, (at, cut, put) => {
        fc.pre(!kept.some(([from, to]) => at + cut > from && at < to));
        const back = readAgain(text.slice(0, at) + put + text.slice(at + cut));
        const isTold = back.diagnostics.some((d) => d.severity === "error" || d.code === "xmile-changed");
        expect(isTold || program(back) === whole, text.slice(at - 40, at + 40)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("a path that leaves the model's folder is refused", () => {
    const back = change('file="model.yaml"', 'file="../../model.yaml"');
    expect(back.diagnostics.map((d) => [d.code, d.severity])).toEqual([["xmile-value", "error"]]);
  });
});

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadModel } from "./load-model.ts";

const root = mkdtempSync(join(tmpdir(), "terrace-load-"));
afterAll(() => rmSync(root, { recursive: true }));

const MODEL = `model: {name: cities, time: {start: 2020, stop: 2022, step: 1, save: 1, unit: year}}
dimensions: {州市: {elements: [昆明, 曲靖]}}
parameters:
  start[州市]: {data: {file: data/start.csv, column: 人口, key: {州市: 州市}}, unit: person}
stocks:
  人口[州市]: {initial: start, unit: person, indicator: end}
`;
const TABLE = "州市,人口\r\n昆明,846\r\n曲靖,577\r\n";
/** The same in GBK; the platform has no encoder for it. */
const TABLE_GBK = Buffer.from("d6ddcad02cc8cbbfda0d0ac0a5c3f72c3834360d0ac7fabeb82c3537370d0a", "hex");

function folderWith(name: string, table: string | Buffer): string {
  const folder = join(root, name);
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(join(folder, "model.yaml"), MODEL);
  writeFileSync(join(folder, "data/start.csv"), table);
  return folder;
}

describe("files of a model", () => {
  it.each([
    ["utf8", TABLE, []],
    ["mark", `\ufeff${TABLE}`, []],
    ["gbk", TABLE_GBK, [{ path: "data/start.csv", encoding: "gb18030" }]],
  ])("a table in %s gives the same numbers", (name, table, encodings) => {
    const loaded = loadModel(folderWith(name, table));
    expect(loaded.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    const start = loaded.model!.variables.find((v) => v.name === "start");
    expect(start?.kind === "parameter" && [...start.values!]).toEqual([846, 577]);
    expect(loaded.encodings).toEqual(encodings);
  });

  it("the hash of an input is that of its bytes", () => {
    const { inputs } = loadModel(folderWith("hash", TABLE_GBK));
    const sha256 = createHash("sha256").update(TABLE_GBK).digest("hex");
    expect(inputs.find((i) => i.path === "data/start.csv")).toEqual({ path: "data/start.csv", sha256 });
  });

  it("tables beside a model that it does not name are not read, however large", () => {
    const folder = folderWith("beside", TABLE);
    writeFileSync(join(folder, "results.csv"), "");
    truncateSync(join(folder, "results.csv"), 300 * 2 ** 20);
    const { model, sources, inputs } = loadModel(folder);
    expect(model).not.toBeNull();
    expect([...sources.keys()].sort()).toEqual(["data/start.csv", "model.yaml"]);
    expect(inputs.map((i) => i.path)).toEqual(["data/start.csv", "model.yaml"]);
    truncateSync(join(folder, "data/start.csv"), 300 * 2 ** 20);
    expect(() => loadModel(folder)).toThrow("model too large");
  });

  it("bytes of no known encoding are reported at their place", () => {
    const { diagnostics } = loadModel(folderWith("broken", Buffer.concat([Buffer.from("a,b\n1,"), Buffer.of(0xff)])));
    expect(diagnostics).toMatchObject([
      { code: "csv-syntax", data: { reason: "encoding" }, span: { path: "data/start.csv", start: 6, end: 7 } },
    ]);
  });

  it("places are shown from where the user stands", () => {
    const folder = folderWith("folder", TABLE);
    expect(loadModel(folder).folder).toBe(`${folder}/`);
    expect(loadModel(`${folder}/`).folder).toBe(`${folder}/`);
    expect(loadModel(join(folder, "model.yaml")).folder).toBe(`${folder}/`);
  });
});

describe("a variant that includes files of the folder above", () => {
  const HEADER = "model: {name: base, time: {start: 2020, stop: 2022, step: 1, save: 1, unit: year}}\n";
  const PEOPLE = `parameters:
  people_2020: {data: {file: data/people.csv, column: people}, unit: person}
  land: {data: {file: data/land.csv, column: land}, unit: km^2}
stocks:
  people: {initial: people_2020, unit: person, indicator: end}
`;

  function variant(name: string, header: string, more: Readonly<Record<string, string>> = {}): string {
    const folder = join(root, name);
    const files = {
      "model.yaml": HEADER,
      "people.yaml": PEOPLE,
      "data/people.csv": "people\n900\n",
      "data/land.csv": "land\n5\n",
      "past/model.yaml": header,
      "past/data/people.csv": "people\n700\n",
      ...more,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  const numberIn = (loaded: ReturnType<typeof loadModel>, name: string): number => {
    const found = loaded.model!.variables.find((v) => v.name === name);
    return found?.kind === "parameter" ? found.values![0]! : Number.NaN;
  };
  const PAST = `${HEADER.replace("start: 2020, stop: 2022", "start: 2010, stop: 2012")}include: [../people.yaml]\n`;

  it("has its own figures under a path that it has, and the model's otherwise", () => {
    const folder = variant("shared", PAST);
    const [base, past] = [loadModel(folder), loadModel(join(folder, "past"))];
    expect(past.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect([numberIn(base, "people_2020"), numberIn(base, "land")]).toEqual([900, 5]);
    expect([numberIn(past, "people_2020"), numberIn(past, "land")]).toEqual([700, 5]);
    expect(past.model!.time.start).toBe(2010);
    expect(past.inputs.map((i) => i.path)).toEqual([
      "../people.yaml",
      "data/land.csv",
      "data/people.csv",
      "model.yaml",
    ]);
  });

  it("changes its hash with the file above, and only with what it uses", () => {
    const folder = variant("hashes", PAST);
    const before = loadModel(join(folder, "past")).hash;
    writeFileSync(join(folder, "data/people.csv"), "people\n901\n");
    expect(loadModel(join(folder, "past")).hash).toBe(before);
    writeFileSync(join(folder, "data/land.csv"), "land\n6\n");
    expect(loadModel(join(folder, "past")).hash).not.toBe(before);
  });

  it("names an included file that includes others", () => {
    const folder = variant("nested", PAST, { "people.yaml": `include: [../land.yaml]\n${PEOPLE}` });
    const { diagnostics } = loadModel(join(folder, "past"));
    expect(diagnostics.filter((d) => d.severity === "error").map((d) => d.code)).toEqual(["include-in-included"]);
  });
});

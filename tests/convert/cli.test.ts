/** `terrace convert` as a user meets it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder, terrace } from "../tools/terrace.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const simulated = async (path: string) => (await terrace(["simulate", path])).stdout;

const MDL = `{UTF-8}
Population = INTEG(births - deaths, 100) ~ people ~ Everybody ~|
births = birth rate * Population ~ people/Year ~|
deaths = Population / life time ~ people/Year ~|
birth rate = 0.04 ~ 1/Year ~|
life time = 50 ~ Year ~|
crowding = Population + life time ~ nonsense ~ units that do not fit ~|
INITIAL TIME = 0 ~ Year ~|
FINAL TIME = 10 ~ Year ~|
TIME STEP = 0.5 ~ Year ~|
SAVEPER = 1 ~ Year ~|
`;

describe("terrace convert", () => {
  test("YAML → XMILE → YAML: what other tools do not see is told, and the numbers are the same", async () => {
    const out = await terrace(["convert", "scenarios/two-cities", at("two.xmile")]);
    expect(out).toMatchObject({ code: 0, stdout: "" });
    expect(out.stderr).toBe(
      [
        `wrote ${at("two.xmile")}`,
        "only Terrace reads these parts again; other tools do not see:",
        "  1 identities, 1 targets, 2 scenarios, 3 charts",
        "  levers, which have their default: subsidy",
        "  noise, which has its first value: income_shock",
        "  distributions: move_rate, income_elasticity, crowding",
        "",
      ].join("\n"),
    );
    expect(await terrace(["convert", at("two.xmile"), at("two")])).toMatchObject({ code: 0 });
    expect(readdirSync(at("two"))).toEqual(["model.yaml"]);
    const first = await simulated("scenarios/two-cities");
    expect(await simulated(at("two.xmile"))).toBe(first);
    expect(await simulated(at("two"))).toBe(first);
  });

  test("Vensim → YAML: units that do not fit stand in the notes", async () => {
    writeFileSync(at("people.mdl"), MDL);
    const out = await terrace(["convert", at("people.mdl"), at("people.yaml"), "--lang", "zh"]);
    expect(out).toMatchObject({ code: 0 });
    expect(out.stderr).toContain("不相符的单位已写入备注");
    expect(readFileSync(at("people.yaml"), "utf8")).toContain("unit in the source: nonsense");
    expect((await terrace(["check", at("people.yaml")])).code).toBe(0);
  });

  test("a save interval that changes is told", async () => {
    writeFileSync(at("save.mdl"), MDL.replace("SAVEPER = 1 ~", "SAVEPER = IF THEN ELSE(Time < 4, 1, 2) ~"));
    const out = await terrace(["convert", at("save.mdl"), at("save.yaml")]);
    expect(out.stderr).toContain("the save interval changes during the run; what is written saves every step\n");
    expect((await simulated(at("save.yaml"))).split("\n")).toHaveLength(21 + 2);
  });

  test("Vensim → XMILE, with --json", async () => {
    writeFileSync(at("again.mdl"), MDL);
    const out = await terrace(["convert", at("again.mdl"), at("again.stmx"), "--json"]);
    expect(JSON.parse(out.stdout)).toMatchObject({ written: [at("again.stmx")], unseen: { sections: [] } });
    expect(readFileSync(at("again.stmx"), "utf8")).toContain('<stock name="population">');
  });

  test("nothing that is there is touched", async () => {
    writeFileSync(at("there.xmile"), "mine");
    const out = await terrace(["convert", "scenarios/teacup", at("there.xmile")]);
    expect(out).toMatchObject({ code: 2, stdout: "" });
    expect(out.stderr).toContain("already there");
    expect(readFileSync(at("there.xmile"), "utf8")).toBe("mine");
    expect((await terrace(["convert", "scenarios/teacup", folder])).code).toBe(2);
  });

  test("data that XML cannot hold are refused, not mended", async () => {
    const text =
      'model: {name: m, time: {start: 0, stop: 1, step: 1, unit: year}}\nparameters: {p: {data: {file: p.csv, column: v}, unit: "1"}}\nauxiliaries: {a: {equation: p, unit: "1", indicator: end}}\n';
    writeFileSync(at("nul.yaml"), text);
    writeFileSync(at("p.csv"), "v,note\n1,a\u0000b\n");
    const out = await terrace(["convert", at("nul.yaml"), at("nul.xmile")]);
    expect(out.code).not.toBe(0);
    expect(existsSync(at("nul.xmile"))).toBe(false);
  });

  test("a model with errors is not converted", async () => {
    writeFileSync(at("bad.yaml"), "model: {name: bad}\n");
    const out = await terrace(["convert", at("bad.yaml"), at("bad.xmile")]);
    expect(out.code).toBe(1);
    expect(existsSync(at("bad.xmile"))).toBe(false);
  });
});

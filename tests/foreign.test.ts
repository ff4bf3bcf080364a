/** Files of Vensim and Stella on the command line. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder, terrace } from "./tools/terrace.ts";

const folder = temporaryFolder();
const CLOCK = "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = 1 ~~|\n";

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const people = write(
  "people.mdl",
  `{UTF-8}
Region: North, South ~~|
"Birth Rate" = 0.1 ~ 1/Year ~|
Births[Region] = "Birth Rate" * People[Region] ~ person/Year ~|
People[Region] = INTEG(Births[Region], Start[Region]) ~ person ~ Who lives there. |
Start[Region] = 10, 20 ~~|
${CLOCK}`,
);

describe("simulate", () => {
  test("gives the file's own names, and numbers of its saved rows", async () => {
    const ended = await terrace(["simulate", people, "--variables", "People,Birth Rate"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout.split("\n").slice(0, 3)).toEqual([
      "time,People[North],People[South],Birth Rate",
      "0,10,20,0.1",
      "1,11.025,22.05,0.1",
    ]);
  });

  test("--set takes the file's names", async () => {
    const ended = await terrace(["simulate", people, "--set", "Birth Rate=0", "--variables", "People"]);
    expect(ended.stdout.trim().split("\n").at(-1)).toBe("2,10,20");
  });

  test("--data gives data variables their values, --tag names files of the model", async () => {
    write("inputs/areas.csv", "a,b\n3,4\n");
    const model = write(
      "land.mdl",
      `{UTF-8}\nRain ~~|\nArea = GET DIRECT CONSTANTS('?areas', ',', 'B2') ~~|\nWater = Rain * Area ~~|\n${CLOCK}`,
    );
    const data = write("rain.dat", "Rain\n0\t5\n2\t9\n");
    const args = ["--data", data, "--tag", `areas=${join(folder, "inputs", "areas.csv")}`, "--variables", "Water"];
    const ended = await terrace(["simulate", model, ...args]);
    expect(ended).toMatchObject({ code: 0, stdout: "time,Water\n0,20\n1,28\n2,36\n" });
  });

  test("a model reads no file outside its folder", async () => {
    write("secret.csv", "1\n");
    const model = write("below/spy.mdl", `{UTF-8}\nx = GET DIRECT CONSTANTS('../secret.csv', ',', 'A1') ~~|\n${CLOCK}`);
    const ended = await terrace(["simulate", model]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("error[external-data]");
  });
});

describe("other commands", () => {
  test("check tells all that is wrong, with line and column", async () => {
    const wrong = write("wrong.mdl", `{UTF-8}\nx = NOSUCH(1) ~~|\ny = z ~~|\n${CLOCK}`);
    const ended = await terrace(["check", wrong]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(
      /foreign-function[\s\S]+wrong\.mdl:2:5[\s\S]+foreign-unknown-name[\s\S]+wrong\.mdl:3:5/,
    );
  });

  test("check --units checks the units, with the file's own names for them", async () => {
    const unknown = await terrace(["check", people, "--units"]);
    expect(unknown.stderr).toContain("warning[foreign-time-unit]");
    const clock = CLOCK.replaceAll("~~|", "~ Year ~|");
    const model = write("units.mdl", `{UTF-8}\na = 3 ~ Person ~|\nb = 4 ~ Year ~|\nc = a + b ~ Person ~|\n${clock}`);
    expect((await terrace(["check", model])).code).toBe(0);
    const ended = await terrace(["check", model, "--units"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("units.mdl:4:5");
  });

  test("explain --program shows the statements of a variable, or of all", async () => {
    const one = await terrace(["explain", "scenarios/teacup", "heat_loss", "--program"]);
    const line = "    heat_loss[0] = ((tea_temperature[0] - room_temperature[0]) / cooling_time[0])";
    expect(one).toMatchObject({ code: 0, stdout: `step\n  heat_loss\n${line}\n` });
    const all = await terrace(["explain", "scenarios/teacup", "--program", "--json"]);
    expect(JSON.parse(all.stdout).program).toContain(line);
    const none = await terrace(["explain", "scenarios/teacup", "room_temperature", "--program"]);
    expect(none).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "no statements: a run computes nothing for room_temperature\n",
    });
  });

  test("explain takes the file's names", async () => {
    const ended = await terrace(["explain", people, "birth rate"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Birth Rate");
  });

  test("run makes a batch, uncertain by a file beside the model", async () => {
    const beside = write(
      "draws.yaml",
      'scenarios: {wide: {parameters: {birth_rate: {distribution: "uniform(0, 0.2)"}}}}\n',
    );
    const out = join(folder, "batch");
    const args = ["--scenario-file", beside, "--scenario", "wide", "--draws", "20", "--workers", "0", "--out", out];
    const ended = await terrace(["run", people, ...args]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("Birth Rate");
  });

  test("options of foreign files are refused beside a model of ours", async () => {
    const own = write("own.yaml", "model: {name: own, time: {start: 0, stop: 1, step: 1, unit: year}}\n");
    const ended = await terrace(["simulate", own, "--tag", "a=b"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("not a file of Vensim or Stella");
  });
});

/** `terrace validate` as a user meets it: a tank that drains, with tests that it passes and fails. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "../../tests/tools/terrace.ts";

const folder = temporaryFolder();
const MODEL = `model:
  name: tank
  title: {en: Tank, zh: 水箱}
  time: {start: 0, stop: 10, step: 1, save: 1, unit: year}
stocks:
  water: {initial: 100, outflows: [drain], unit: "1", indicator: end, title: {en: Water, zh: 水}}
flows:
  drain: {equation: rate * water, unit: 1/year}
parameters:
  rate: {value: 0.1, unit: 1/year, title: {en: Rate, zh: 速率}}
levers:
  plug: {default: 0, range: [0, 1], unit: "1", title: {en: Plug, zh: 塞}}
identities:
  balance: {left: water, right: water, title: {en: Balance, zh: 平衡}}
scenarios:
  reference: {title: {en: Reference, zh: 基准}}
`;
const HEADER = "title_en,title_zh,section,settings,variable,year,expect,against,limit\n";

beforeAll(() => {
  mkdirSync(join(folder, "validation"));
  writeFileSync(join(folder, "tank.yaml"), MODEL);
});

function validate(tests: string, more: readonly string[] = []) {
  writeFileSync(join(folder, "validation", "tests.csv"), HEADER + tests);
  return terrace(["validate", folder, ...more]);
}

describe("validate", () => {
  it("tests that hold: exit 0, a line each with the numbers", async () => {
    const ended = await validate(
      [
        "It drains,排空,1,,water,10,falls,0,0.4",
        "Closed: it stays,关闭则不变,2,rate=0,water,10,rises,reference,2.8",
        "Never negative,不为负,3,,water,10,not_negative,,",
        "Emptied at once,一次排空,4,rate=1,water,1,zero,,",
      ].join("\n"),
    );
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    // 100 · 0.9^10 = 34.87; a closed tank holds 100, more than 2.8 times that.
    expect(ended.stdout).toMatch(/^It drains +1 +water 10 falls 0\.4 × 0 +34\.87 +40 +1 +pass$/m);
    expect(ended.stdout).toMatch(/^Closed: it stays +2 +water 10 rises 2\.8 × reference +100 +97\.63 +1 +pass$/m);
    expect(ended.stdout).toMatch(/^Never negative +3 +water 10 not negative +34\.87 +1 +pass$/m);
    expect(ended.stdout).toMatch(/^Balance +0 +1e-9 +pass$/m);
    // With half the step 100 · 0.95^20 = 35.85, 0.98 more.
    expect(ended.stdout).toMatch(/^step halving: .* 0\.98 % .*pass$/m);
    expect(ended.stdout).toMatch(/all passed\n$/);
  });

  it("a test that does not hold: exit 1, and the others are still shown", async () => {
    const ended = await validate("It fills,注满,1,,water,10,rises,0,\nSmall,少,2,,water,10,stays_at_most,,100\n", [
      "--lang",
      "zh",
    ]);
    expect(ended).toMatchObject({ code: 1, stderr: "" });
    expect(ended.stdout).toMatch(/^注满 +1 +water 10 高于 0 +34\.87 +100 +1 +未通过$/m);
    expect(ended.stdout).toMatch(/^少 +2 +water 0 始终至多 +100 +100 +1 +通过$/m);
    expect(ended.stdout).toMatch(/1 项未通过\n$/);
  });

  it("a run that fails fails its test", async () => {
    const ended = await validate("Blown up,溢出,1,rate=-1e300,water,10,rises,0,\n", ["--json"]);
    expect(ended.code).toBe(1);
    const { tests, failures } = JSON.parse(ended.stdout);
    expect(tests).toMatchObject([{ outcome: null, passes: false }]);
    expect(failures).toMatchObject([{ run: "reference rate=-1e+300", variable: "drain" }]);
  });

  it("a step that matters fails", async () => {
    const ended = await validate("", ["--step-limit", "0.5"]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/limit 0\.5 %: FAIL$/m);
  });

  it("wrong tests are errors, all at once, with their lines", async () => {
    const ended = await validate(
      [
        "A,甲,1,rat=0,watr,10,falls,0,",
        "B,乙,1,rate,water,11,falls,0,",
        "C,丙,1,,water,10,sinks,,",
        "D,丁,1,,water,10,falls,,",
        "E,戊,1,,water,10,at_most,0,",
      ].join("\n"),
    );
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(
      ended.stderr
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/^error: .*tests\.csv:/, "")),
    ).toEqual([
      "2: unknown parameter or lever: rat (rate)",
      "2: unknown variable: watr (water)",
      '3: setting "rate" is not name=value',
      "3: 11 is not a save time (0 to 10)",
      expect.stringMatching(/^4: unknown expectation: sinks/),
      '5: "falls" needs a year or a scenario in against',
      '6: "at_most" takes nothing in against',
      '6: "at_most" needs a limit',
    ]);
  });
});

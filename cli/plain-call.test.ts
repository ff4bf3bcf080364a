import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLine } from "./any-call.ts";
import { type AddCommand, COMMANDS } from "./command-list.ts";
import { type CommandLine, optionWords } from "./option-words.ts";
import { plainCall } from "./plain-call.ts";

const words = optionWords("en");
const names = Object.keys(COMMANDS);
const commands = new Map(await Promise.all(names.map(async (name) => [name, await COMMANDS[name]!()] as const)));

const read = (name: string, args: readonly string[]) =>
  plainCall(args, (line) => commands.get(name)!(words.globalOptions(line), words));

/** What yargs hands to the command's work; the complaint if it has one. */
async function byYargs(name: string, args: readonly string[]): Promise<Record<string, unknown> | Error> {
  let values: Record<string, unknown> | null = null;
  const add: AddCommand = (line, w) => commands.get(name)!(keeping(line), w);
  const keeping = (line: CommandLine): CommandLine =>
    new Proxy(line, {
      get: (target, key) =>
        key === "command"
          ? (usage: string, description: string, declare: () => void) =>
              target.command(usage, description, declare, (v) => {
                values = v;
              })
          : Reflect.get(target, key, target),
    });
  try {
    await anyLine([name, ...args], words, [add])
      .exitProcess(false)
      .strict()
      .parseAsync();
  } catch (error) {
    return error as Error;
  }
  return values!;
}

async function expectSame(name: string, args: readonly string[]): Promise<boolean> {
  const call = read(name, args);
  if (call === null) return false;
  const values = await byYargs(name, args);
  expect(values).not.toBeInstanceOf(Error);
  const shared = Object.keys(call.values).map((key) => [key, (values as Record<string, unknown>)[key]]);
  expect(call.values).toEqual(Object.fromEntries(shared));
  return true;
}

describe("a plain call", () => {
  it.each([
    ["check", "scenarios/teacup"],
    ["simulate", "tea", "--set", "a=1", "--variables=b,c", "--set", "d=2", "--json", "--out", "x.csv"],
    ["run", "--draws", "10", "tea", "--engine", "interpreter", "--allow-failed", "0.5", "--lang", "zh"],
    ["simulate", "tea", "--set", "a=1", "b=2", "--json", "--set=c=3", "d=4"],
    ["explain", "tea"],
    ["explain", "tea", "room", "--depth", "2"],
    ["compare", "a", "b", "--top", "3"],
    ["export", "r", "--to", "iamc", "--out", "o"],
    ["query", "r", "select count(*) from runs"],
    ["replay", "r", "--scenario", "s", "--draw", "7"],
  ])("%s is read as by yargs", async (name, ...args) => {
    expect(await expectSame(name!, args)).toBe(true);
  });

  it.each([
    ["check"],
    ["check", "a", "b"],
    ["check", "--help"],
    ["check", "a", "--version"],
    ["check", "2"],
    ["check", "'a'"],
    ["check", "a", "--"],
    ["check", "a", "-j"],
    ["check", "a", "--json=true"],
    ["check", "a", "--json", "false"],
    ["check", "a", "--no-json"],
    ["check", "a", "--json", "--json"],
    ["check", "a", "--jso"],
    ["check", "--model", "a"],
    ["check", "a", "--scenario-file"],
    ["check", "a", "--scenarioFile", "b"],
    ["check", "a", "--scenario-file="],
    ["check", "a", "--lang", "fr"],
    ["simulate", "a", "--out", "b", "--out", "c"],
    ["simulate", "a", "--set", "-b"],
    ["run", "a", "--draws", "1e3"],
    ["run", "a", "--draws", "-1"],
    ["run", "a", "--draws", "0"],
    ["run", "a", "--draws", "1.5"],
    ["replay", "r", "--scenario", "s"],
    ["merge", "a", "b", "--out", "c"],
    ["charts", "diff", "a", "b"],
  ])("%s %s is left to yargs", (name, ...args) => {
    expect(read(name!, args)).toBeNull();
  });

  it.each(names.filter((name) => name !== "merge" && name !== "charts"))(
    "property: whatever is read of `terrace %s` is as by yargs",
    async (name) => {
      const options = Object.keys(read(name, plainest(name))!.values).filter((o) => o !== "model");
      const value = fc.constantFrom(
        "a",
        "b=c",
        "1",
        "0.5",
        "10",
        "x,y",
        "a b",
        "昆明",
        "true",
        "iamc",
        "sobol",
        "en",
        "a.yaml",
      );
      const odd = fc.constantFrom(
        "-1",
        "",
        "1e3",
        "'a'",
        "--",
        "-x",
        "0x1",
        "--help=",
        "NaN",
        "01",
        "--json=1",
        "1.",
        "a\nb",
      );
      const option = fc
        .constantFrom(...options)
        .chain((o) =>
          fc.oneof(
            { weight: 6, arbitrary: value.map((v) => [`--${o}`, v]) },
            { weight: 3, arbitrary: value.map((v) => [`--${o}=${v}`]) },
            { weight: 3, arbitrary: fc.constant([`--${o}`]) },
            { weight: 1, arbitrary: odd.map((v) => [`--${o}`, v]) },
            { weight: 1, arbitrary: odd.map((v) => [v]) },
            { weight: 1, arbitrary: value.map((v) => [v]) },
          ),
        );
      let count = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(option, { maxLength: 4 }), fc.boolean(), async (parts, isFirst) => {
          const plain = plainest(name);
          const args = isFirst ? [...plain, ...parts.flat()] : [...parts.flat(), ...plain];
          if (await expectSame(name, args)) count++;
        }),
        { numRuns: 150 },
      );
      expect(count).toBeGreaterThan(15);
    },
  );
});

/** The shortest call of a command that says all it must. */
function plainest(name: string): string[] {
  const needed: Readonly<Record<string, string[]>> = {
    compare: ["a", "b"],
    convert: ["a", "b"],
    score: ["a", "--observed", "b"],
    query: ["a", "select 1"],
    export: ["a", "--to", "csv", "--out", "b"],
    replay: ["a", "--scenario", "b", "--draw", "1"],
  };
  return needed[name] ?? ["a"];
}

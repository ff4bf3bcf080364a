import { describe, expect, it } from "vitest";
import { goodModel } from "../../testing/compile-text.ts";
import type { Program } from "../program.ts";
import { optimizeProgram, type PassName } from "./optimize-program.ts";
import { verifyProgram } from "./verify-program.ts";

const optimized = (yaml: string, pass: PassName): Program =>
  optimizeProgram(goodModel(yaml).program, [pass], verifyProgram);
const names = (definitions: Program["step"]): string[] => [...new Set(definitions.map((d) => d.name))];

describe("fold-constants", () => {
  const folded = (equation: string) => {
    const program = optimized(`auxiliaries: {y: {equation: "${equation}", unit: "1"}}\n`, "fold-constants");
    return program.constants[0]!.statements[0]! as { value: unknown };
  };
  it.each([
    ["2 * 3 + sqrt(16)", 10],
    ["if(1 < 2, 5, 6)", 5],
    ["-(0)", -0],
  ])("%s is %d", (equation, value) => {
    expect(folded(equation).value).toEqual({ kind: "constant", value });
  });
});

describe("remove-dead-code", () => {
  it("keeps what an indicator needs, and nothing else", () => {
    const yaml = `auxiliaries:
  seen: {equation: 2 * needed, unit: "1", indicator: end}
  needed: {equation: time, unit: year}
  unseen: {equation: 3 * needed, unit: year}
`.replace('2 * needed, unit: "1"', "2 * needed, unit: year");
    expect(names(optimized(yaml, "remove-dead-code").step)).toEqual(["needed", "seen"]);
  });

  it("keeps what a stock, an event and an identity need", () => {
    const yaml = `stocks: {x: {initial: start, inflows: [f], unit: "1"}}
flows: {f: {equation: time / 1, unit: "1"}}
auxiliaries: {start: {equation: "4", unit: "1"}, jump: {equation: time, unit: year}, whole: {equation: x, unit: "1"}}
events: {e: {at: 3, set: {x: jump}}}
identities: {same: {left: whole, right: x}}
`.replaceAll("unit: year", 'unit: "1"');
    const model = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}\n${yaml}`;
    const program = optimized(model, "remove-dead-code");
    expect(names(program.constants)).toEqual(["start"]);
    expect(names(program.step)).toEqual(expect.arrayContaining(["f", "whole", "same"]));
    expect(names(program.events[0]!.definitions)).toEqual(["jump", "e"]);
  });
});

describe("hoist-invariants", () => {
  it("computes what depends on parameters alone once, and equal parts share it", () => {
    const yaml = `parameters: {p: {value: 2, unit: "1"}}
auxiliaries:
  y: {equation: time * exp(p), unit: year, indicator: end}
  z: {equation: time - time * exp(p), unit: year, indicator: end}
`;
    const before = goodModel(yaml).program;
    const after = optimized(yaml, "hoist-invariants");
    expect(after.slotCount).toBe(before.slotCount + 1);
    expect(after.initial).toHaveLength(before.initial.length + 1);
    expect(JSON.stringify(after.step)).not.toContain("exp");
  });
});

describe("verifyProgram", () => {
  it("refuses a store outside the slots", () => {
    const { program } = goodModel(`auxiliaries: {y: {equation: time, unit: year, indicator: end}}\n`);
    expect(() => verifyProgram({ ...program, slotCount: 0 }, "a test")).toThrow("a store at slot 0 of 0");
  });
});

import { describe, expect, it } from "vitest";
import { goodModel } from "../../testing/compile-text.ts";
import type { Program, Statement } from "../program.ts";
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

  it("out of events, noise and identities too", () => {
    const yaml = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}
parameters: {p: {value: 2, unit: "1"}}
stocks: {x: {initial: 3, inflows: [f], unit: "1"}}
flows: {f: {equation: shock, unit: "1"}}
noise: {shock: {process: ar1, persistence: 1 / (1 + exp(p)), sd: sqrt(p), unit: "1"}}
events: {e: {every: 1, set: {x: x * exp(-p)}}}
identities: {same: {left: x * cos(p), right: x * cos(p)}}
`;
    const after = optimized(yaml, "hoist-invariants");
    const rest = JSON.stringify([after.step, after.events, after.noise, after.identities]);
    expect(["exp", "sqrt", "cos"].filter((op) => rest.includes(`"${op}"`))).toEqual([]);
  });
});

/** Statements of the step, fused loops and what stands in them included, in one line each. */
function outline(program: Program): string[] {
  const line = (s: Statement, indent: string): string[] => {
    if (s.kind === "fused") {
      const stored = s.totals.filter((t) => t.target !== null).length;
      const heading = `${indent}for ${s.loop.name}: ${s.totals.length} totals, ${stored} stored`;
      return [heading, ...s.body.flatMap((d) => d.statements.flatMap((inner) => line(inner, `${indent}  `)))];
    }
    return [`${indent}${s.kind}`];
  };
  return program.step.flatMap((d) => d.statements.flatMap((s) => line(s, "")));
}

const PLACES = "dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}\n";

describe("share-subexpressions", () => {
  const costs = (program: Program, op: string) => JSON.stringify(program.step).split(`"${op}"`).length - 1;

  it("computes what two statements have once", () => {
    const yaml = `${PLACES}auxiliaries:
  x[place]: {equation: "exp(time / 9) * position(place)", unit: "1", indicator: end}
  y[age]: {equation: "exp(time / 9) + age", unit: "1", indicator: end}
`;
    const model = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}\n${yaml}`;
    expect(costs(goodModel(model).program, "exp")).toBe(2);
    expect(costs(optimized(model, "share-subexpressions"), "exp")).toBe(1);
  });

  it("computes what an outer loop repeats in a loop of its own", () => {
    const yaml = `${PLACES}stocks:
  x[place]: {initial: position(place), unit: "1"}
auxiliaries:
  y[age, place]: {equation: "age * ln(x[place])", unit: "1", indicator: end}
`;
    const program = optimized(yaml, "share-subexpressions");
    const loops = program.step.flatMap((d) =>
      d.statements.map((s) => ("loops" in s ? s.loops.map((l) => l.name) : [])),
    );
    expect(loops).toContainEqual(["place"]);
    expect(loops).toContainEqual(["age", "place"]);
  });

  it("computes a cheap part of a reduction that an outer loop repeats in a loop of its own, if it has two operations", () => {
    const yaml = (product: string) => `${PLACES.replace("[a, b, c]", "[a, b, c], aliases: [other]")}stocks:
  x[age]: {initial: age, unit: "1"}
  n[age, place]: {initial: age + position(place), unit: "1"}
auxiliaries:
  y[place, other]: {equation: "sum(${product} * n[age, other], age)", unit: "1", indicator: end}
`;
    const targets = (product: string) =>
      optimized(yaml(product), "share-subexpressions").step.flatMap((d) =>
        d.name === "y" ? d.statements.map((s) => ("loops" in s ? [s.kind, ...s.loops.map((l) => l.name)] : [])) : [],
      );
    const sum = ["reduce", "place", "other"];
    expect(targets("x * x * n[age, place]")).toEqual([["assign", "place", "age"], sum, expect.anything()]);
    expect(targets("n[age, place]")).toEqual([sum, expect.anything()]);
  });
});

describe("share-with-event", () => {
  const model = (
    events: string,
    method = "euler",
  ) => `model: {name: t, method: ${method}, time: {start: 0, stop: 5, step: 1, unit: "1"}}
stocks:
  x: {initial: 4, inflows: [f], unit: "1"}
  level: {initial: 0, unit: "1"}
flows: {f: {equation: calm * unseen, unit: "1"}}
auxiliaries:
  calm: {equation: x / 2, unit: "1", indicator: end}
  alarmed: {equation: calm + level, unit: "1", indicator: end}
  unseen: {equation: x + 1, unit: "1"}
events: {${events}}
`;
  const parts = ({ ahead, step, events }: Program) => ({
    ahead: names(ahead),
    step: names(step),
    event: names(events.at(-1)!.definitions),
  });

  it("computes ahead of the event what the event does not change, and leaves the rest to event and step", () => {
    const program = optimized(model("review: {every: 1, set: {level: alarmed}}"), "share-with-event");
    expect(parts(program)).toEqual({
      ahead: ["calm"],
      step: expect.arrayContaining(["alarmed", "unseen", "f"]),
      event: ["alarmed", "review"],
    });
    expect(parts(program).step).not.toContain("calm");
  });

  it("looks at the last event alone, which happens after the others", () => {
    const program = optimized(
      model("reset: {every: 1, set: {x: calm}}, review: {every: 1, set: {level: calm}}"),
      "share-with-event",
    );
    expect(parts(program)).toMatchObject({ ahead: ["calm"], event: ["review"] });
    expect(names(program.events[0]!.definitions)).toEqual(["calm", "reset"]);
  });

  it.each([
    ["an event that changes what its equations read", model("reset: {every: 1, set: {x: calm}}")],
    ["stages", model("review: {every: 1, set: {level: alarmed}}", "rk4")],
  ])("has nothing to share with %s", (_, yaml) => {
    expect(parts(optimized(yaml, "share-with-event")).ahead).toEqual([]);
  });
});

describe("fuse-loops and replace-by-scalars", () => {
  const yaml = `${PLACES}stocks:
  x[place, age]: {initial: age + position(place), outflows: [died], unit: "1"}
flows:
  died[place, age]: {equation: x / 10, unit: "1"}
auxiliaries:
  deaths[place]: {equation: "sum(died, age)", unit: "1"}
  rate[place]: {equation: "deaths / sum(x, age)", unit: "1", indicator: end}
  largest: {equation: "maximum(rate, place)", unit: "1"}
  relative[place]: {equation: "rate / largest", unit: "1", indicator: end}
`;
  const model = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}\n${yaml}`;

  it("joins loops up to the value that needs all positions, and hands values on", () => {
    const { program } = goodModel(model);
    const fused = optimizeProgram(program, ["fuse-loops"], verifyProgram);
    const loops = (lines: string[]) => lines.filter((l) => l.startsWith("for place"));
    // One barrier: the largest rate is known after the first loop.
    expect(loops(outline(fused))).toEqual(["for place: 1 totals, 1 stored"]);
    const scalars = outline(optimizeProgram(program, ["fuse-loops", "replace-by-scalars"], verifyProgram));
    expect(scalars.filter((l) => l.includes("for age"))).toEqual(["  for age: 1 totals, 0 stored"]);
    expect(scalars.filter((l) => l.trim() === "set").length).toBeGreaterThan(0);
  });

  it("keeps an order that a shifted read needs", () => {
    const shifted = `${PLACES}auxiliaries:
  x[age]: {equation: "time + age", unit: "1"}
  before[age]: {equation: "x[age - 1]", unit: "1", indicator: end}
  after[age]: {equation: "x[age + 1]", unit: "1", indicator: end}
`;
    const program = optimized(
      `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}\n${shifted}`,
      "fuse-loops",
    );
    const names = (s: Statement) => (s.kind === "fused" ? s.body.map((d) => d.name) : []);
    expect(program.step.flatMap((d) => d.statements.map(names)).filter((n) => n.length > 0)).toEqual([["x", "before"]]);
  });
});

describe("verifyProgram", () => {
  it("refuses a store outside the slots", () => {
    const { program } = goodModel(`auxiliaries: {y: {equation: time, unit: year, indicator: end}}\n`);
    expect(() => verifyProgram({ ...program, slotCount: 0 }, "a test")).toThrow("a store at slot 0 of 0");
  });

  it("refuses a value that nothing gave", () => {
    const { program } = goodModel(`auxiliaries: {y: {equation: time, unit: year, indicator: end}}\n`);
    const statement: Statement = {
      kind: "assign",
      loops: [],
      target: { base: 0, terms: [], guards: [] },
      value: { kind: "local", id: 7 },
    };
    const broken = { ...program, step: [{ name: "y", hidden: false, statements: [statement] }] };
    expect(() => verifyProgram(broken, "a test")).toThrow("no value 7");
  });
});

/** The plan as data: every item has a row, every row names things that exist, no lever is without effect or without cost. */
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import { Ensemble, FOLDER, UNIT_LEVERS } from "./ensemble.ts";
import { at, numberOf, once, PREFECTURES, readTable } from "./tables.ts";

const PATIENCE = 120_000;

/** Letters of the items of each part of the plan (MODEL 1.1 and 1.2, with the items added in 0.8). */
const ITEMS: Readonly<Record<string, string>> = {
  G20: "-ab",
  G25: "abcdefg",
  G35: "ab",
  G50: "-",
  "3.1": "abcdefg",
  "3.2": "abcd",
  "3.3": "abcde",
  "3.4": "abcd",
  "3.5": "abcd",
  "3.6": "ab",
  "4.1": "ab",
  "4.2": "abcde",
  "4.3": "abcde",
  "4.4": "-b",
  "4.5": "abc",
  "5.1": "abcd",
  "5.2": "abcd",
  "6": "abcdef",
  "7": "abcdefghi",
  "8": "abc",
  "9": "abcde",
  "10": "abcde",
  "11": "abcdefghi",
  "12": "abcd",
  "13": "abcd",
  "14": "abcd",
};
const EXPECTED = Object.entries(ITEMS).flatMap(([part, letters]) =>
  [...letters].map((letter) => (letter === "-" ? part : part + letter)),
);

const PLAN = readTable("plan.csv");
const LEVERS = readTable("levers.csv");
const MONITORING = readTable("monitoring.csv");
const words = (text: string | undefined): readonly string[] => (text ?? "").split(" ").filter((word) => word !== "");

const model = once(() => {
  const usable = withoutErrors(loadModel(FOLDER, [UNIT_LEVERS]));
  if (usable === null) throw new Error("the model has errors");
  return usable.model;
});
/** Kind of each variable of the model by name. */
const kinds = once(() => new Map(model().variables.map((variable) => [variable.name, variable.kind] as const)));

describe("plan.csv", () => {
  it("has a row for every item of the plan, and each once", () => {
    const ids = PLAN.map((row) => row.id ?? "");
    expect([...ids].sort()).toEqual([...EXPECTED].sort());
  });

  it("gives every row a section, both titles, a type, timing, a rule and a department", () => {
    for (const row of PLAN)
      for (const column of ["section", "item_zh", "item_en", "type", "timing", "success_rule", "lead_department"])
        expect(row[column], `${row.id} ${column}`).toBeTruthy();
  });

  it("names elements that exist", () => {
    for (const row of PLAN)
      for (const name of words(row.elements)) expect(kinds().has(name), `${row.id}: ${name}`).toBe(true);
  });

  it("says in which unit a row with elements is measured: theirs, unless the rule has its own", () => {
    const units = new Map(model().variables.map((variable) => [variable.name, variable.unit] as const));
    const own = new Set(["%", "village", "percentage points"]);
    for (const row of PLAN) {
      const elements = words(row.elements);
      if (elements.length === 0) expect(row.unit, row.id).toBe("—");
      else if (!own.has(row.unit ?? ""))
        for (const unit of (row.unit ?? "").split("; "))
          expect(
            elements.map((name) => units.get(name)),
            `${row.id} ${unit}`,
          ).toContain(unit);
    }
  });

  it("has a lever where the type says L, an element where it says S, and a reason where it says M", () => {
    for (const row of PLAN) {
      const types = (row.type ?? "").split("+");
      const elements = words(row.elements);
      const levers = elements.filter((name) => kinds().get(name) === "lever");
      if (types.includes("L")) expect(levers, row.id).not.toEqual([]);
      if (types.includes("S")) expect(elements, row.id).not.toEqual([]);
      if (types.includes("M")) expect(row.reason, row.id).toBeTruthy();
      expect(
        types.every((type) => "SLM".includes(type)),
        row.id,
      ).toBe(true);
    }
  });

  it("has a row of monitoring.csv for every monitored item, with owner, value and date or NA", () => {
    const monitored = new Set(MONITORING.map((row) => row.id));
    for (const row of PLAN) if ((row.type ?? "").includes("M")) expect(monitored.has(row.id), row.id).toBe(true);
    for (const row of MONITORING)
      for (const column of [
        "reason",
        "owner_zh",
        "owner_en",
        "source_id",
        "last_value",
        "date",
        "status_en",
        "status_zh",
      ])
        expect(row[column], `${row.id} ${column}`).toBeTruthy();
  });
});

describe("levers.csv", () => {
  it("has a row for every lever that is an option of policy, and each lever serves items of the plan", () => {
    const counterfactual = /withdrawal$|^lever_adverse$/;
    const declared = [...kinds()].filter(([name, kind]) => kind === "lever" && !counterfactual.test(name));
    expect(LEVERS.map((row) => row.lever).sort()).toEqual(declared.map(([name]) => name).sort());
    const ids = new Set(EXPECTED);
    for (const row of LEVERS)
      for (const id of words(row.plan_items)) expect(ids.has(id), `${row.measure}: ${id}`).toBe(true);
  });

  it("names parameters of the effect that exist", () => {
    for (const row of LEVERS) {
      expect(words(row.effect_parameters), row.measure).not.toEqual([]);
      for (const name of words(row.effect_parameters)) expect(kinds().get(name), name).toBe("parameter");
    }
  });

  it("charges each measure to the payer that the model charges", () => {
    const measure = model().dimensions.find((dimension) => dimension.name === "measure");
    for (const row of LEVERS) {
      const group = model().groups.find(({ name }) => name === `paid_${row.payer}`);
      const index = measure?.elements.findIndex((element) => element.name === row.measure) ?? -1;
      expect(
        group?.members.some((member) => member.position === index),
        row.measure,
      ).toBe(true);
    }
  });
});

describe("one scenario for each lever", () => {
  const unit = once(() => new Ensemble(1, [UNIT_LEVERS]));
  const costs = ["measure_spending", "cost_by_payer", "lever_cost"];

  it(
    "has a cost in some year, and changes something besides its cost",
    () => {
      const { catalog, scenarios, result } = unit();
      expect(result.failures).toEqual([]);
      for (const { measure } of LEVERS) {
        const scenario = `unit_lever_${measure}_1`;
        const cost = catalog.saveTimes.map((year) => at(unit().values(scenario, "measure_spending", year, measure), 0));
        expect(Math.max(...cost), `${measure} has no cost`).toBeGreaterThan(0);
        const [a, b] = [scenarios.indexOf("baseline"), scenarios.indexOf(scenario)];
        const changed = catalog.tables.flatMap((table, t) => {
          const [values, size] = [at(result.tables, t), catalog.saveTimes.length * table.keys.length];
          return table.indicators.filter((_, i) =>
            Array.from({ length: size }, (_, k) => k).some(
              (k) => values[(i * scenarios.length + a) * size + k] !== values[(i * scenarios.length + b) * size + k],
            ),
          );
        });
        expect(
          changed.filter((name) => !costs.includes(name)),
          `${measure} has no effect`,
        ).not.toEqual([]);
      }
    },
    PATIENCE,
  );
});

describe("projects.csv", () => {
  const projects = readTable("projects.csv");

  it("has every project of MODEL 8ter, with nodes, class and opening", () => {
    const ids = [
      ["R", 16],
      ["L", 14],
      ["A", 12],
      ["E", 2],
    ].flatMap(([letter, count]) =>
      Array.from({ length: Number(count) }, (_, i) => `${letter}${String(i + 1).padStart(2, "0")}`),
    );
    expect(projects.map((row) => row.project)).toEqual(ids);
    for (const row of projects) {
      expect(["B", "C", "P", "S"], row.project).toContain(row.class);
      expect(words(row.nodes), row.project).not.toEqual([]);
      expect(numberOf(row, "opening"), row.project).toBeGreaterThan(2010);
    }
  });

  it("costs money where a lever builds it", () => {
    for (const row of projects)
      if (["dianzhong", "border", "clusters", "study"].includes(row.programme ?? ""))
        expect(numberOf(row, "cost"), row.project).toBeGreaterThan(0);
  });

  it("has as many places in project_nodes.csv as it names", () => {
    const nodes = readTable("project_nodes.csv");
    expect(nodes).toHaveLength(projects.length * PREFECTURES.length);
    for (const row of projects) {
      const places = nodes.filter((node) => node.project === row.project && node.node === "1");
      expect(places, row.project).toHaveLength(words(row.nodes).length);
    }
  });
});

describe("tables for calibration and scoring", () => {
  it("map observed variables to indicators that exist", () => {
    const indicators = new Set(model().variables.flatMap((v) => (v.indicator === null ? [] : [v.name])));
    for (const row of readTable("../observations.csv")) {
      expect(indicators.has(row.indicator ?? ""), row.indicator).toBe(true);
      const measured = row.file ? new Set(readTable(row.file).map((r) => r.variable)) : null;
      expect(measured?.has(row.variable) ?? true, `${row.variable} in ${row.file}`).toBe(true);
    }
  });

  it("mark parameters that exist and are uncertain", () => {
    const uncertain = new Map(
      model().variables.flatMap((v) => (v.kind === "parameter" ? [[v.name, v.distribution !== null]] : [])),
    );
    const ofHistory = ["out_migrants_then", "fertility_swing_early", "fertility_swing_late"];
    for (const row of readTable("../calibration.csv"))
      expect(uncertain.get(row.parameter ?? "") ?? ofHistory.includes(row.parameter ?? ""), row.parameter).toBe(true);
  });
});

/**
 * Runs that keep their state at a save point, and runs that go on from such states with other settings of the levers from then on.
 *
 * A run goes on with the bits that it would have had if it had never stopped, so two conditions are checked, not assumed: the model
 * computes as it did (`planParts`), and the scenario sets before that moment what the scenario of the saved state did.
 */
import { UsageError } from "../diagnostics/diagnostic.ts";
import { stateRanges } from "../ir/run-state.ts";
import type { RunFailure } from "./block-result.ts";
import type { Catalog, CatalogChart, CatalogCheckpoint } from "./catalog.ts";
import type { EnsemblePlan, PlanStart } from "./plan.ts";
import type { PlanScenario } from "./plan-parameters.ts";
import { plainText, planParts } from "./plan-parts.ts";
import { startId } from "./saved-state.ts";

/** What is known of the results that runs go on from. */
export interface StartSource {
  readonly catalog: Catalog;
  readonly checkpoint: CatalogCheckpoint;
  /** Draws whose states there are. */
  readonly draws: number;
  readonly failures: readonly RunFailure[];
}

/**
 * The plan, with the state of every run kept at a save time.
 * @param hash Shortens the texts of the model's parts; any function that differs for different texts.
 * @throws UsageError if the time is not a save time.
 */
export function withCheckpoint(plan: EnsemblePlan, time: number, hash: (text: string) => string): EnsemblePlan {
  const { catalog, program } = plan;
  const row = catalog.saveTimes.indexOf(time);
  if (row < 0) throw new UsageError(`invalid --checkpoint: ${time} (save times: ${timesOf(catalog)})`);
  const step = (plan.start?.step ?? 0) + row * program.clock.stepsPerSave;
  const checkpoint: CatalogCheckpoint = {
    time,
    step,
    state: stateRanges(program).map(({ name, size }) => ({ name, size })),
    parts: hashedParts(plan, time, hash),
    scenarios: plan.scenarios.map(({ name, levers, overrides }) => ({ name, levers, overrides: plainText(overrides) })),
  };
  return { ...plan, catalog: { ...catalog, checkpoint } };
}

/**
 * The plan, with every run going on from a saved state; its save times begin there.
 * @param hash The function that the checkpoint was made with.
 * @returns What keeps the runs from going on, in words, if anything does.
 */
export function withStart(
  plan: EnsemblePlan,
  source: StartSource,
  hash: (text: string) => string,
): EnsemblePlan | readonly string[] {
  const { checkpoint } = source;
  const changed = changedParts(checkpoint.parts, hashedParts(plan, checkpoint.time, hash));
  if (changed.length > 0) return changed;
  if (plan.draws > source.draws) return [`it has ${source.draws} draws, not ${plan.draws}`];
  const found = plan.scenarios.map((scenario) => sourceOf(scenario, source, plan));
  const problems = found.filter((item) => typeof item === "string");
  if (problems.length > 0) return problems;
  const { time, step } = checkpoint;
  const start: PlanStart = {
    step,
    sources: found as number[],
    failures: new Map(
      source.failures.filter((f) => f.step < step).map((f) => [startId(f.scenario, f.draw), f] as const),
    ),
  };
  return { ...plan, start, catalog: catalogFrom(plan.catalog, time) };
}

/**
 * What there is to know of an ensemble that begins later: charts show the beginning in place of the years before it, and targets that
 * were due before are no longer judged.
 */
function catalogFrom(catalog: Catalog, time: number): Catalog {
  const later = (years: readonly number[]): number[] => [...new Set(years.map((year) => Math.max(year, time)))];
  return {
    ...catalog,
    time: { ...catalog.time, start: time },
    saveTimes: catalog.saveTimes.filter((saved) => saved >= time),
    targets: catalog.targets.filter(({ due }) => due >= time),
    charts: catalog.charts.map((chart): CatalogChart => {
      if ("years" in chart) return { ...chart, years: later(chart.years) };
      return "from" in chart && chart.from !== undefined ? { ...chart, from: Math.max(chart.from, time) } : chart;
    }),
  };
}

function hashedParts(
  plan: EnsemblePlan,
  time: number,
  hash: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...planParts(plan, time)].map(([name, text]) => [name, hash(text)]));
}

type Parts = Readonly<Record<string, string>>;

/** Parts that are new or gone; where there are none, those that differ (a new variable shifts all others). */
function changedParts(then: Parts, now: Parts): string[] {
  const added = Object.keys(now).filter((name) => !(name in then));
  const gone = Object.keys(then).filter((name) => !(name in now));
  if (added.length + gone.length > 0) {
    return [...added.map((name) => `"${name}" is new`), ...gone.map((name) => `"${name}" is gone`)];
  }
  return Object.keys(then)
    .filter((name) => then[name] !== now[name])
    .map((name) => `"${name}" has changed`);
}

/**
 * Position of a scenario of the source whose runs had the same past; that of the same name first. Which one it is makes no
 * difference: the same past gives the same state.
 */
function sourceOf(scenario: PlanScenario, { catalog, checkpoint }: StartSource, plan: EnsemblePlan): number | string {
  const position = (name: string) => checkpoint.scenarios.findIndex((s) => s.name === name);
  const all = [...checkpoint.scenarios.keys()];
  const order = [position(scenario.name), position(catalog.reference), ...all].filter((i) => i >= 0);
  const fitting = order.find((i) => pastDifference(scenario, checkpoint, i, plan) === null);
  return (
    fitting ?? `scenario "${scenario.name}" has another past: ${pastDifference(scenario, checkpoint, order[0]!, plan)}`
  );
}

/** The first thing that two scenarios set differently before the checkpoint, in words; null if there is none. */
function pastDifference(
  scenario: PlanScenario,
  { scenarios, time }: CatalogCheckpoint,
  source: number,
  { program }: EnsemblePlan,
): string | null {
  const then = scenarios[source]!;
  for (const [i, { name, initial }] of program.levers.entries()) {
    const [before, after] = [then.levers[i]!, scenario.levers[i]!];
    // Up to and at the time `from` a lever has its initial value exactly.
    const isUnmoved = ({ set, from }: typeof before) => set === initial || from >= time;
    if (isUnmoved(before) && isUnmoved(after)) continue;
    const isSame = (["set", "from", "to", "lag"] as const).every((key) => before[key] === after[key]);
    if (!isSame)
      return `lever "${name}" is not set before ${time} as in "${then.name}" (let it change from ${time} on)`;
  }
  return then.overrides === plainText(scenario.overrides) ? null : `it sets other parameters than "${then.name}"`;
}

function timesOf({ saveTimes }: Catalog): string {
  return saveTimes.length > 8 ? `${saveTimes.slice(0, 3).join(", ")} … ${saveTimes.at(-1)}` : `${saveTimes.join(", ")}`;
}

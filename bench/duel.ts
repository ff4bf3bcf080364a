/**
 * Contenders in turns: each of several rounds gives every contender a slice of time by tinybench, and what counts is the ratio within a
 * round. Other programs and changing clock rates disturb neighbouring slices alike, so ratios hold where times do not.
 */
import { Bench } from "tinybench";

export interface Contender {
  readonly name: string;
  readonly work: Work;
  /** What the work consists of once, to give times for one: runs, values, … */
  readonly units: number;
}

/** Work in this thread; or work in a child process, which says how many milliseconds of processor time it took so many times. */
export type Work = { readonly here: () => void } | { readonly elsewhere: (times: number) => Promise<number> };

export interface Score {
  readonly name: string;
  /** Milliseconds of a unit: the middle of the rounds. */
  readonly time: number;
  /** Time of the first contender over that of this one: the middle of the rounds, and their quartiles. */
  readonly speed: number;
  readonly low: number;
  readonly high: number;
}

/** Processor time of this thread in milliseconds, to the microsecond. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export interface DuelOptions {
  /** Default 5. */
  readonly rounds?: number;
  /** Milliseconds of a slice. */
  readonly slice: number;
}

/** Times all contenders; speeds are against the first. */
export async function duel(contenders: readonly Contender[], { rounds = 5, slice }: DuelOptions): Promise<Score[]> {
  const slices: Slice[] = [];
  for (const contender of contenders) slices.push(await prepare(contender, slice));
  const times: number[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({ time: 0, iterations: 1, warmup: false, now: processorTime });
    for (const { name, run } of slices) bench.add(name, run);
    await bench.run();
    for (const [i, { result, name }] of bench.tasks.entries()) {
      if (!("latency" in result)) throw new Error(`no measurement of ${name}: ${JSON.stringify(result)}`);
      times[i]!.push(result.latency.mean / slices[i]!.units);
    }
  }
  return contenders.map(({ name }, i) => {
    const ratios = times[i]!.map((time, round) => times[0]![round]! / time).sort(ascending);
    return {
      name,
      time: at(times[i]!.sort(ascending), 0.5),
      speed: at(ratios, 0.5),
      low: at(ratios, 0.25),
      high: at(ratios, 0.75),
    };
  });
}

/** Work that is done so often that it fills a slice. */
interface Slice {
  readonly name: string;
  readonly units: number;
  readonly run: () => unknown;
}

/** The system counts processor time in ticks of some milliseconds, so a slice is one measurement of many times the work. */
async function prepare({ name, work, units }: Contender, slice: number): Promise<Slice> {
  let times = 1;
  for (;;) {
    const before = performance.now();
    const spent = "here" in work ? repeat(work.here, times) : await work.elsewhere(times);
    const elapsed = spent ?? performance.now() - before;
    if (elapsed >= slice / 4) {
      times = Math.max(1, Math.round((times * slice) / elapsed));
      break;
    }
    times = Math.ceil(times * Math.min(10, slice / 2 / Math.max(elapsed, slice / 100)));
  }
  const run =
    "here" in work
      ? () => void repeat(work.here, times)
      : async () => ({ overriddenDuration: await work.elsewhere(times) });
  return { name, units: units * times, run };
}

function repeat(work: () => void, times: number): undefined {
  for (let i = 0; i < times; i++) work();
}

const ascending = (a: number, b: number): number => a - b;
const at = (sorted: readonly number[], share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;

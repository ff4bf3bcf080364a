/**
 * From a program to a WebAssembly module that runs it.
 *
 * ```
 *   Program
 *      │  layout               layout.ts             where each value lies
 *      │  statements           lower-statement.ts    loops and straight pieces
 *      │  expressions          lower-expression.ts   nodes, equal ones once
 *      │  instructions         vector/emit-nest.ts   vectors of two lanes
 *      │  clock                run-function.ts       steps, saves, noise, events, integration
 *      │  bytes                encoding/
 *   KernelCode
 * ```
 */
import type { Program } from "../ir/program.ts";
import { statementsOf, visitStatement } from "../ir/visit.ts";
import { createContext } from "./kernel-context.ts";
import { EXPORTS } from "./kernel-exports.ts";
import type { KernelForm } from "./kernel-form.ts";
import type { Lanes, MemoryLayout } from "./layout.ts";
import type { KernelProfile } from "./profile.ts";
import { declareRun } from "./run-function.ts";

/** A kernel as plain data. */
export interface KernelCode {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: MemoryLayout;
  /** What has no form in vectors and is done lane by lane. */
  readonly laneByLane: readonly LaneByLane[];
  readonly profile: KernelProfile;
}

export type LaneByLane = "lags that differ between runs";

function laneByLane(program: Program): LaneByLane[] {
  const found = new Set<LaneByLane>();
  for (const s of statementsOf(program)) {
    visitStatement(s, (e) => {
      if (e.kind === "load-past" && e.lag.kind !== "constant") found.add("lags that differ between runs");
    });
  }
  return [...found];
}

export interface KernelOptions {
  /** Default `plain`; both have the same bits. */
  readonly form?: KernelForm;
}

/** @param lanes runs side by side: two in one vector, or four in two */
export function compileKernel(program: Program, lanes: Lanes = 4, { form = "plain" }: KernelOptions = {}): KernelCode {
  const context = createContext(program, lanes, form);
  const { module, layout, pool, profile } = context;
  const { start, run } = declareRun(context);
  module.export(EXPORTS.start, start);
  module.export(EXPORTS.run, run);
  module.data(layout.pool, pool.encode());
  const whole: MemoryLayout = {
    ...layout,
    bytes: layout.pool + pool.bytes,
    ranges: [...layout.ranges, { name: "constants", offset: layout.pool, bytes: pool.bytes }],
  };
  module.memory(EXPORTS.memory, whole.bytes);
  return { bytes: module.encode(), layout: whole, laneByLane: laneByLane(program), profile };
}

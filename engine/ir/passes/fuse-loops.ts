/** Loop fusion: statements that run over the same positions run in one loop, between barriers. */
import type { Definition, IrExpression, Loop, Program, Statement, Total } from "../program.ts";
import { loopsOf } from "../slot-interval.ts";
import { partsOf } from "../visit.ts";
import { type Access, accessesOf, dependence, type LoopRange } from "./dependence.ts";
import { renameExpression, renameLoops, renamePlace } from "./rename-loops.ts";

/** A loop takes no further statement once its expressions have so many parts: larger ones spill registers. */
const LARGEST_LOOP = 1200;

/**
 * Fuses loops of statements over equal ranges, as far as no statement needs another's values at positions that come later (a barrier),
 * and loops inside fused loops likewise; a reduction becomes a total of its loop. Which loop a statement goes to is decided greedily in
 * order: K. Kennedy and K. McKinley, Typed fusion with applications to parallel and sequential code generation, 1993. Every value is
 * computed from the same values by the same operations, so no bit changes.
 */
export function fuseLoops(program: Program): Program {
  const fuse = (definitions: readonly Definition[]) => new Fusion().run(definitions);
  const step = fuse(program.step);
  return {
    ...program,
    ahead: fuse(program.ahead),
    step,
    stage: program.stage === program.step ? step : fuse(program.stage),
    events: program.events.map((e) => ({ ...e, definitions: fuse(e.definitions) })),
  };
}

/** One statement of a list that is being fused. */
interface Item {
  readonly definition: Definition;
  readonly statement: Statement;
  /** The loop that it may share. */
  readonly loop: Loop | null;
  readonly accesses: readonly Access[];
  readonly size: number;
  /** Values that it stores. */
  readonly cells: number;
}

/** A statement in its group. */
interface Placed {
  readonly item: Item;
  group: number;
  /** Number in the order as it was. */
  readonly order: number;
  /** What must come after it. */
  readonly after: Dependence[];
}

interface Dependence {
  readonly item: Placed;
  /** Whether both may be in one group. */
  readonly together: boolean;
}

/** Statements in one loop, or statements without one. */
interface Group {
  readonly loop: Loop | null;
  items: Placed[];
  size: number;
}

class Fusion {
  #nextLoop = 0;
  #nextTotal = 0;
  readonly #loops = new Map<number, Loop>();
  readonly #range: LoopRange = (loop) => this.#loops.get(loop)!;

  run(definitions: readonly Definition[]): Definition[] {
    const numbered = definitions.map((d) => ({ ...d, statements: d.statements.map((s) => this.#number(s)) }));
    return this.#fuse(numbered, new Set());
  }

  /** Gives the loops of a statement numbers that no other statement has. */
  #number(s: Statement): Statement {
    const numbers = new Map<number, number>();
    for (const l of loopsOf(s)) {
      const id = this.#nextLoop++;
      numbers.set(l.id, id);
      this.#loops.set(id, { ...l, id });
    }
    return renameLoops(s, (loop) => numbers.get(loop) ?? loop);
  }

  #fuse(definitions: readonly Definition[], around: ReadonlySet<number>): Definition[] {
    const groups: Group[] = [];
    const placed: Placed[] = [];
    const touched = new TouchedSlots();
    for (const definition of definitions) {
      for (const statement of definition.statements) {
        const { item, before } = this.#item(definition, statement, touched, around);
        const earliest = before.reduce((n, b) => Math.max(n, b.together ? b.item.group : b.item.group + 1), 0);
        let group = groups.findIndex((g, i) => i >= earliest && takes(g, item));
        if (group < 0) group = groups.push({ loop: item.loop, items: [], size: 0 }) - 1;
        const own: Placed = { item, group, order: placed.length, after: [] };
        for (const { item: other, together } of before) other.after.push({ item: own, together });
        placed.push(own);
        touched.add(own);
        groups[group]!.items.push(own);
        groups[group]!.size += item.size;
      }
    }
    sink(placed, groups);
    return groups.filter((g) => g.items.length > 0).flatMap((g) => this.#definitionsOf(g, around));
  }

  /** A statement with the loop that it may share, and what must come before it. */
  #item(
    definition: Definition,
    statement: Statement,
    touched: TouchedSlots,
    around: ReadonlySet<number>,
  ): { item: Item; before: Dependence[] } {
    const accesses = accessesOf(statement, this.#range);
    const loops = "loops" in statement ? statement.loops : [];
    const cells = loops.reduce((n, l) => n * (l.to - l.from), 1);
    const item = { definition, statement, loop: outerLoop(statement), accesses, size: sizeOf(statement), cells };
    const earlier = [...touched.meeting(item)];
    const before = this.#before(item, earlier, around);
    if (!addsUpSeveral(statement) || before.some((b) => b.together)) return { item, before };
    const alone = { ...item, loop: null };
    return { item: alone, before: this.#before(alone, earlier, around) };
  }

  #before(item: Item, earlier: readonly Placed[], around: ReadonlySet<number>): Dependence[] {
    return earlier.flatMap((other): Dependence[] => {
      const { loop, accesses } = other.item;
      const loops = canShare(loop, item.loop) ? ([loop.id, item.loop!.id] as const) : null;
      const between = dependence(accesses, item.accesses, { around, loops }, this.#range);
      if (between === "none") return [];
      // Statements without a loop keep their order in a group.
      const inOrder = loop === null && item.loop === null;
      return [{ item: other, together: between === "together" || inOrder }];
    });
  }

  #definitionsOf({ loop, items }: Group, around: ReadonlySet<number>): Definition[] {
    const sorted = items.toSorted((a, b) => a.order - b.order).map((p) => p.item);
    const [first] = sorted;
    // Inside a fused loop even a lone reduction becomes a total, whose value need not be stored.
    const alone = sorted.length === 1 && (around.size === 0 || !isPlainReduction(first!.statement));
    if (!loop || alone) return join(sorted.map((i) => ({ ...i.definition, statements: [i.statement] })));
    const totals: Total[] = [];
    const body = sorted.map(({ definition, statement }) => {
      const own = outerLoop(statement)!.id;
      return { ...definition, statements: [this.#inside(statement, (id) => (id === own ? loop.id : id), totals)] };
    });
    const fused = this.#fuse(join(body), new Set([...around, loop.id]));
    return [{ name: first!.definition.name, hidden: true, statements: [{ kind: "fused", loop, totals, body: fused }] }];
  }

  /** What a statement does at one position of its outer loop. */
  #inside(s: Statement, rename: (loop: number) => number, totals: Total[]): Statement {
    if (s.kind === "reduce" && s.loops.length === 0) {
      const id = this.#nextTotal++;
      totals.push({ id, op: s.op, target: renamePlace(s.target, rename) });
      return { kind: "fold", total: id, op: s.op, value: renameExpression(s.value, rename) };
    }
    const renamed = renameLoops(s, rename);
    if (renamed.kind !== "assign" && renamed.kind !== "reduce" && renamed.kind !== "allocate") return renamed;
    return { ...renamed, loops: renamed.loops.slice(1) };
  }
}

/** Statements by the slots that they touch. */
class TouchedSlots {
  static readonly #BLOCK = 64;
  readonly #writers = new Map<number, Set<Placed>>();
  readonly #readers = new Map<number, Set<Placed>>();

  add(item: Placed): void {
    for (const { writes, reach } of item.item.accesses) {
      const touched = writes ? this.#writers : this.#readers;
      for (const block of blocksOf(reach)) {
        const items = touched.get(block);
        if (items) items.add(item);
        else touched.set(block, new Set([item]));
      }
    }
  }

  /** Earlier statements that may write what an item touches, or touch what it writes. */
  meeting(item: Item): Set<Placed> {
    const found = new Set<Placed>();
    for (const { writes, reach } of item.accesses) {
      for (const block of blocksOf(reach)) {
        for (const other of this.#writers.get(block) ?? []) found.add(other);
        if (writes) for (const other of this.#readers.get(block) ?? []) found.add(other);
      }
    }
    return found;
  }

  static blockOf(slot: number): number {
    return Math.floor(slot / TouchedSlots.#BLOCK);
  }
}

function* blocksOf({ from, to }: { from: number; to: number }): Iterable<number> {
  for (let block = TouchedSlots.blockOf(from); block <= TouchedSlots.blockOf(to - 1); block++) yield block;
}

/**
 * Moves a statement, with those of its loop that read its values, to the latest loop that they may go to, the last statement first, unless
 * they take more values from the loop that they leave than that loop reads of theirs. Values that are computed in the loop that reads
 * them need not be stored.
 */
function sink(placed: readonly Placed[], groups: readonly Group[]): void {
  for (const first of placed.toReversed()) {
    const at = first.group;
    const group = groups[at]!;
    const moved = group.loop === null ? new Set([first]) : withReaders(first);
    const outside = [...moved].flatMap((own) => own.after.filter(({ item }) => !moved.has(item)));
    const latest = Math.min(groups.length - 1, ...outside.map((d) => (d.together ? d.item.group : d.item.group - 1)));
    const size = [...moved].reduce((n, own) => n + own.item.size, 0);
    const to = groups.findLastIndex((g, i) => i <= latest && takes(g, { ...first.item, size }));
    if (to <= at) continue;
    const left = group.items.filter((own) => !moved.has(own));
    const gained = cellsHandedOn(moved, (item) => item.group === to);
    const lost = cellsHandedOn(left, (item) => moved.has(item));
    if (group.loop !== null && gained < lost) continue;
    group.items = left;
    group.size -= size;
    groups[to]!.items.push(...moved);
    groups[to]!.size += size;
    for (const own of moved) own.group = to;
  }
}

/** A statement and all of its group that must not come before it. */
function withReaders(first: Placed): Set<Placed> {
  const found = new Set([first]);
  for (const own of found) for (const { item } of own.after) if (item.group === first.group) found.add(item);
  return found;
}

/** How many values of some statements others can take without a load. */
function cellsHandedOn(from: Iterable<Placed>, to: (item: Placed) => boolean): number {
  let cells = 0;
  for (const { item, after } of from)
    if (item.loop !== null && after.some((d) => d.together && to(d.item))) cells += item.cells;
  return cells;
}

function canShare(a: Loop | null, b: Loop | null): a is Loop {
  return a !== null && b !== null && a.from === b.from && a.to === b.to;
}

const takes = (group: Group, item: Item): boolean =>
  group.loop === null ? item.loop === null : canShare(group.loop, item.loop) && group.size + item.size <= LARGEST_LOOP;

/**
 * Whether a reduction adds up several positions of its last loop at once as long as that loop is its own, which is worth more than a loop shared
 * with statements that it has nothing to do with.
 */
const addsUpSeveral = (s: Statement): boolean => s.kind === "reduce" && s.loops.length === 1;

/** The loop of a statement that it may share with others. */
function outerLoop(s: Statement): Loop | null {
  switch (s.kind) {
    case "assign":
    case "allocate":
      return s.loops[0] ?? null;
    case "reduce":
      return s.loops[0] ?? s.over;
    default:
      return null;
  }
}

const isPlainReduction = (s: Statement): boolean => s.kind === "reduce" && s.loops.length === 0;

function sizeOf(s: Statement): number {
  const count = (e: IrExpression): number => partsOf(e).reduce((n, part) => n + count(part), 1);
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "set":
    case "fold":
      return count(s.value);
    case "allocate":
      return count(s.amount) + count(s.weight) + count(s.cap);
    default:
      return 1;
  }
}

/** Definitions of one name that follow each other as one. */
function join(definitions: readonly Definition[]): Definition[] {
  const joined: Definition[] = [];
  for (const d of definitions) {
    const last = joined.at(-1);
    if (last?.name === d.name && last.hidden === d.hidden)
      joined[joined.length - 1] = { ...last, statements: [...last.statements, ...d.statements] };
    else joined.push(d);
  }
  return joined;
}

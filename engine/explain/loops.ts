/**
 * Feedback loops of a model: for every link that lies in a circle, the shortest loop through it. This is the idea of the
 * shortest independent loop set (Oliva 2004, System Dynamics Review 20(4)): a model with two hundred variables has more
 * loops than anybody can read, and these few cover every link.
 */
import type { CausalGraph, Link } from "./links.ts";

export interface FeedbackLoop {
  /** Variables in causal order; the last one acts on the first. */
  readonly names: readonly string[];
}

/** Loops, shortest first; each covers at least one link that no earlier one covers. */
export function feedbackLoops(graph: CausalGraph): FeedbackLoop[] {
  const links = graph.links.filter((l) => l.kind === "equation" || l.kind === "flow" || l.kind === "event");
  const next = new Map<string, string[]>();
  for (const { from, to } of links) {
    const targets = next.get(from) ?? [];
    if (!targets.includes(to)) targets.push(to);
    next.set(from, targets);
  }
  const candidates = links.map((link) => shortestLoopThrough(link, next)).filter((names) => names !== null);
  candidates.sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  const covered = new Set<string>();
  const loops: FeedbackLoop[] = [];
  for (const names of candidates) {
    const steps = names.map((n, i) => `${n}\n${names[(i + 1) % names.length]!}`);
    if (steps.every((s) => covered.has(s))) continue;
    for (const s of steps) covered.add(s);
    loops.push({ names });
  }
  return loops;
}

/** The shortest way from a link's end back to its beginning; the loop begins with its first name in the alphabet. */
function shortestLoopThrough(link: Link, next: ReadonlyMap<string, readonly string[]>): string[] | null {
  const from = new Map<string, string>([[link.to, ""]]);
  let frontier = [link.to];
  while (frontier.length > 0 && !from.has(link.from)) {
    const found: string[] = [];
    for (const name of frontier) {
      for (const target of next.get(name) ?? []) {
        if (from.has(target)) continue;
        from.set(target, name);
        found.push(target);
      }
    }
    frontier = found;
  }
  if (!from.has(link.from)) return null;
  const names: string[] = [];
  for (let at = link.from; at !== ""; at = from.get(at)!) names.unshift(at);
  const first = names.indexOf([...names].sort()[0]!);
  return [...names.slice(first), ...names.slice(0, first)];
}

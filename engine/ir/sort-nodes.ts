/** Topological order of nodes, and the circles that have none. */
import type { Node } from "./graph.ts";

export type Sorted = { readonly sorted: Node[] } | { readonly circles: Node[][] };

/** Topological order, needed nodes first, otherwise as given (Tarjan 1972); or the strongly connected circles. */
export function sortNodes(nodes: readonly Node[], reads: (n: Node) => readonly Node[]): Sorted {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const stack: Node[] = [];
  const onStack = new Set<Node>();
  const sorted: Node[] = [];
  const circles: Node[][] = [];
  const visit = (root: Node): void => {
    // An explicit stack: a long chain of equations must not exhaust the call stack.
    const work: { node: Node; targets: readonly Node[]; next: number }[] = [];
    const enter = (node: Node) => {
      index.set(node, index.size);
      low.set(node, index.get(node)!);
      stack.push(node);
      onStack.add(node);
      work.push({ node, targets: reads(node), next: 0 });
    };
    enter(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { node } = frame;
      const target = frame.targets[frame.next++];
      if (target !== undefined) {
        if (!index.has(target)) enter(target);
        else if (onStack.has(target)) low.set(node, Math.min(low.get(node)!, index.get(target)!));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const component: Node[] = [];
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        onStack.delete(member);
        component.push(member);
        if (member === node) break;
      }
      if (component.length > 1 || frame.targets.includes(node)) circles.push(component.reverse());
      sorted.push(...component);
    }
  };
  for (const node of nodes) if (!index.has(node)) visit(node);
  return circles.length > 0 ? { circles } : { sorted };
}

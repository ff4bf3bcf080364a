/** Longest distance at which a name is still offered as "did you mean". */
const MAX_DISTANCE = 5;
const MAX_SUGGESTIONS = 4;

/**
 * Names near to a misspelt one, best first, at most four.
 *
 * Near means an edit distance (insert, delete, replace, swap of neighbours: Damerau 1964) of at most half the name's
 * length and at most five. Names of up to two letters get no suggestion, except that a difference of case alone is always
 * offered.
 */
export function nearestNames(name: string, candidates: Iterable<string>): string[] {
  const length = [...name].length;
  const limit = Math.min(MAX_DISTANCE, Math.floor(length / 2));
  const scored: { name: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === name) continue;
    if (candidate.toLowerCase() === name.toLowerCase()) scored.push({ name: candidate, distance: 0 });
    else if (length > 2 && candidate.replaceAll("_", "").toLowerCase() === name.replaceAll("_", "").toLowerCase())
      scored.push({ name: candidate, distance: 0.5 });
    else if (length > 2) {
      const distance = editDistance([...name], [...candidate], limit);
      if (distance <= limit) scored.push({ name: candidate, distance });
    }
  }
  scored.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return scored.slice(0, MAX_SUGGESTIONS).map((s) => s.name);
}

/** Optimal string alignment distance; stops early and returns `limit + 1` when it is exceeded. */
export function editDistance(a: readonly string[], b: readonly string[], limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let twoAgo: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, twoAgo[j - 2]! + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    twoAgo = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** Longest distance at which a name is still offered as "did you mean". */
const MAX_DISTANCE = 5;
const MAX_SUGGESTIONS = 4;

/**
 * Names near to a misspelt one, best first, at most four.
 *
 * Near means an edit distance (insert, delete, replace, swap of neighbours: Damerau 1964) of at most two fifths of the
 * name's length and at most five. A difference of case alone is always offered; a beginning of three letters (two where they are
 * not Latin) counts as one edit: `base` for `baseline`. Names of up to two letters get no other suggestion, except where they have no Latin
 * letter: in `人口` one character is half of the meaning, and so is the slip.
 */
export function nearestNames(name: string, candidates: Iterable<string>): string[] {
  const scored: { name: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === name) continue;
    const distance = nameDistance(name, candidate);
    if (distance !== null) scored.push({ name: candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  // Beside a name that is one slip away, those at half the length are noise.
  const most = (scored[0]?.distance ?? 0) <= 1 ? Math.max(1, Math.floor([...name].length / 3)) : MAX_DISTANCE;
  return scored
    .filter((s) => s.distance <= most)
    .slice(0, MAX_SUGGESTIONS)
    .map((s) => s.name);
}

/** How far two names are apart, or null where neither is meant by the other. */
function nameDistance(name: string, candidate: string): number | null {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  if (a === b) return 0;
  const letters = [...name];
  if (letters.length < 2) return null;
  const isShort = letters.length === 2;
  if (isShort && /[a-z]/.test(a)) return null;
  if (a.replaceAll("_", "") === b.replaceAll("_", "")) return 0.5;
  const shorter = Math.min(letters.length, [...candidate].length);
  if (shorter >= (/[a-z]/.test(a) ? 3 : 2) && (a.startsWith(b) || b.startsWith(a))) return 1;
  const limit = Math.max(1, Math.min(MAX_DISTANCE, Math.floor(letters.length * 0.4)));
  const distance = editDistance(letters, [...candidate], limit);
  // Of two short names, one that shares no character is another name.
  return distance <= limit && !(isShort && !letters.some((c) => candidate.includes(c))) ? distance : null;
}

/** Optimal string alignment distance, or `limit + 1` where it is larger. */
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
  return Math.min(previous[b.length]!, limit + 1);
}

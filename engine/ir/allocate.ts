/**
 * Water-filling: shares of an amount in proportion to weights, none above its cap while others have room.
 *
 * Those whose proportional share exceeds their cap get the cap, and the rest of the amount goes to the others by weight,
 * until nobody exceeds (at most n rounds). Above the sum of the caps everyone gets the cap and the surplus goes by weight
 * again, so that the shares always add up to the amount, as F8 of the Yunnan model needs. Where all weights are zero,
 * everyone counts alike. Negative weights and caps count as zero.
 *
 * The last step gives the rounding residue to the largest share, so that the sum is the amount to the last bit or two.
 */
export function allocateShares(amount: number, weights: readonly number[], caps: readonly number[]): number[] {
  const n = weights.length;
  const weight = weights.map((w) => (w > 0 || Number.isNaN(w) ? w : 0));
  const cap = caps.map((c) => (c > 0 || Number.isNaN(c) ? c : 0));
  if (sum(weight) === 0) weight.fill(1);
  const total = sum(cap);
  if (amount >= total) {
    const rest = amount - total;
    const all = sum(weight);
    return settle(
      amount,
      cap.map((c, i) => c + (rest * weight[i]!) / all),
    );
  }
  const full = new Array<boolean>(n).fill(false);
  let shares: number[] = [];
  for (let round = 0; round < n; round++) {
    let left = amount;
    let open = 0;
    for (let i = 0; i < n; i++) {
      if (full[i]) left -= cap[i]!;
      else open += weight[i]!;
    }
    // Only members without weight have room left: they count alike.
    const alike = open === 0;
    if (alike) for (let i = 0; i < n; i++) open += full[i] ? 0 : 1;
    shares = cap.map((c, i) => (full[i] ? c : (left * (alike ? 1 : weight[i]!)) / open));
    let changed = false;
    for (let i = 0; i < n; i++) {
      if (full[i] || !(shares[i]! > cap[i]!)) continue;
      full[i] = true;
      changed = true;
    }
    if (!changed) break;
  }
  return settle(amount, shares);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const v of values) total += v;
  return total;
}

function settle(amount: number, shares: number[]): number[] {
  let largest = 0;
  for (let i = 1; i < shares.length; i++) if (shares[i]! > shares[largest]!) largest = i;
  shares[largest] = shares[largest]! + (amount - sum(shares));
  return shares;
}

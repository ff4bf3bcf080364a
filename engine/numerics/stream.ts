import type { Words } from "./philox.ts";

const MASK_64 = 0xffffffffffffffffn;
const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a of bytes, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo). */
export function fnv1a64(bytes: Uint8Array): bigint {
  let hash = FNV_OFFSET;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * FNV_PRIME) & MASK_64;
  return hash;
}

/** The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014): every input bit reaches every output bit. */
export function mix64(value: bigint): bigint {
  let z = value;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return z ^ (z >> 31n);
}

/**
 * The random stream of a name: a 64-bit hash of the name's UTF-8 bytes after Unicode NFC.
 *
 * A stream belongs to a variable, or to one element of a vector (`name[element]`). Two names of a model that hash alike would share
 * their numbers; whoever builds the table of streams checks for that. It uses BigInt: ask once a stream, not once a number.
 */
export function streamOf(name: string): Words {
  const hash = mix64(fnv1a64(new TextEncoder().encode(name.normalize("NFC"))));
  return { lo: Number(hash & 0xffffffffn), hi: Number(hash >> 32n) };
}

/** SHA-256 of the files of a model, by which results know what they were computed from. */

/** A file by its path, and the SHA-256 of its bytes. */
export interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

/** What a model is made of: its files, and one hash over all of them. */
export interface Fingerprint {
  readonly inputs: readonly HashedFile[];
  readonly hash: string;
}

/** The hash in hexadecimal. `node:crypto` takes longer to load than a small model, so it waits until there is something to hash. */
export function sha256(data: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(data).digest("hex");
}

/** The fingerprint of files in any order. */
export function fingerprint(files: readonly HashedFile[]): Fingerprint {
  const inputs = files.map(({ path, sha256 }) => ({ path, sha256 })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { inputs, hash: sha256(inputs.map((i) => `${i.sha256} ${i.path}\n`).join("")) };
}

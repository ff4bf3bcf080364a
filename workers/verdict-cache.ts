/** Verdicts about V8's revectorizer, kept among the user's caches: one small file each. Without them a trial is only repeated. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Verdict } from "./revectorizer-verdict.ts";

/** Where the system keeps what programs can compute again. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "terrace");
  if (platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "terrace", "cache");
  return join(home(), platform === "darwin" ? "Library/Caches" : ".cache", "terrace");
}

/** A user that the system does not know, as in some containers, has no home. */
function home(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

export function recallVerdict(folder: string, key: string): Verdict | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(folder, key), "utf8");
  } catch {
    // No verdict yet, or no such folder.
    return undefined;
  }
  try {
    const verdict = JSON.parse(text) as Verdict;
    return typeof verdict.use === "boolean" ? verdict : undefined;
  } catch {
    // A file that was damaged counts for nothing; it is written again.
    return undefined;
  }
}

/** Keeps a verdict; where nothing can be written it is not kept. */
export function rememberVerdict(folder: string, key: string, verdict: Verdict): void {
  const path = fileOf(folder, key);
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, JSON.stringify(verdict));
    renameSync(temporary, path);
  } catch {
    // A cache that cannot be written costs a second at the next run, and nothing else.
  }
}

const fileOf = (folder: string, key: string): string => join(folder, `revectorizer-${key}.json`);

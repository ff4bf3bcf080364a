/**
 * Who is writing a results folder: a small file in it, which holds until its owner ends.
 *
 * A claim of a process that is gone is taken over at once if it was made on this machine. One of another machine holds
 * while it is renewed, and for three minutes after; its owner renews it every twenty seconds.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { ResultsError } from "./results-error.ts";

export const LOCK_FILE = "run.lock";

const RENEW_SECONDS = 20;
const STALE_SECONDS = 180;

interface Owner {
  readonly id: string;
  readonly process: number;
  readonly host: string;
  /** Changes when the machine starts again; `""` where the system does not tell. */
  readonly boot: string;
}

/** Claims that this process holds. */
const held = new Set<string>();

export class RunLock {
  readonly #path: string;
  readonly #owner: Owner;
  readonly #renewal: NodeJS.Timeout;

  /** @throws ResultsError `in-use` if another run that goes on has claimed the folder. */
  constructor(folder: string) {
    this.#path = join(folder, LOCK_FILE);
    this.#owner = { id: randomUUID(), process: process.pid, host: hostname(), boot: bootId() };
    if (existsSync(this.#path)) takeAway(this.#path, folder);
    try {
      writeFileSync(this.#path, JSON.stringify(this.#owner), { flag: "wx" });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new ResultsError({ code: "write-failed", path: this.#path, cause: (thrown as Error).message });
      }
      throw inUse(folder, readOwner(this.#path));
    }
    held.add(this.#owner.id);
    this.#renewal = setInterval(() => this.#renew(), RENEW_SECONDS * 1000).unref();
  }

  /** Gives the folder free. */
  release(): void {
    clearInterval(this.#renewal);
    if (!held.delete(this.#owner.id)) return;
    if (readOwner(this.#path)?.id === this.#owner.id) rmSync(this.#path);
  }

  #renew(): void {
    if (existsSync(this.#path)) utimesSync(this.#path, new Date(), new Date());
  }
}

/** @throws ResultsError `in-use` if a run that goes on has claimed the folder. */
export function assertUnused(folder: string): void {
  const path = join(folder, LOCK_FILE);
  if (!existsSync(path)) return;
  const owner = readOwner(path);
  if (isAlive(owner, path)) throw inUse(folder, owner);
}

/** Removes the claim of an owner that is gone. */
function takeAway(path: string, folder: string): void {
  const owner = readOwner(path);
  if (isAlive(owner, path)) throw inUse(folder, owner);
  const aside = `${path}.${process.pid}`;
  renameSync(path, aside);
  const moved = readOwner(aside);
  if (moved?.id !== owner?.id) {
    // Somebody else was faster, and this is the new claim.
    renameSync(aside, path);
    throw inUse(folder, moved);
  }
  rmSync(aside);
}

function isAlive(owner: Owner | null, path: string): boolean {
  // A claim that cannot be read was being made when its owner ended, or is being made now.
  if (owner === null) return ageOf(path) < RENEW_SECONDS;
  if (held.has(owner.id)) return true;
  if (owner.host !== hostname()) return ageOf(path) < STALE_SECONDS;
  if (owner.process === process.pid) return false;
  if (owner.boot !== bootId()) return false;
  try {
    process.kill(owner.process, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

function ageOf(path: string): number {
  return (Date.now() - statSync(path).mtimeMs) / 1000;
}

function readOwner(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw thrown;
  }
}

/** What Linux calls this start of the machine; `""` on other systems. */
export function bootId(): string {
  const path = "/proc/sys/kernel/random/boot_id";
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}

function inUse(folder: string, owner: Owner | null): ResultsError {
  const who = owner === null ? "another process" : `process ${owner.process} on ${owner.host}`;
  return new ResultsError({ code: "in-use", path: folder, owner: who });
}

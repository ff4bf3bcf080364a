/** Runs the command line as a user does, with folders that go away after the test. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export { temporaryFolder } from "./temporary-folder.ts";

export const ROOT = join(import.meta.dirname, "..", "..");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Ends when the command does; its language is English unless the arguments say otherwise. */
export function terrace(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, "cli", "bin.cjs"), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, LC_ALL: "C.UTF-8", NO_COLOR: "1", ...options.env },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) =>
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr })),
  );
}

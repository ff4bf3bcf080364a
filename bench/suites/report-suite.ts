/** The report page, drawn from the summaries of a large ensemble: 12 scenarios × 10,000 draws. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeReportOf } from "../../cli/commands/report.ts";
import { compileModel } from "../../engine/compile.ts";
import { compilePlan } from "../../workers/kernel-tier.ts";
import { runBatch } from "../../workers/run-batch.ts";
import { folderOf, planOf } from "../models.ts";
import { digits, heading, table } from "../print.ts";

const SCENARIOS = 12;
const DRAWS = 10_000;

export async function reportSuite(): Promise<void> {
  heading(`Report: two-cities, ${SCENARIOS} scenarios × ${digits(DRAWS)} draws, summaries only`);
  const folder = mkdtempSync(join(tmpdir(), "terrace-bench-"));
  const results = join(folder, "results");
  try {
    const { plan } = compilePlan(planOf(manyScenarios(), { draws: DRAWS, scenarios: SCENARIOS }), {
      revectorizer: "off",
    });
    const began = performance.now();
    await runBatch(plan, {
      folder: results,
      manifest: { seed: 1 },
      workers: 2,
      keep: { kind: "summary" },
      provenance: () => ({}),
    });
    const ran = performance.now();
    const { page, charts } = await writeReportOf(results, "en");
    const drawn = performance.now();
    const seconds = (ms: number) => `${digits(ms / 1000)} s`;
    table(
      ["", ""],
      [
        ["run and summaries, two workers", seconds(ran - began)],
        [`page with ${charts.length} files of charts, loading of Vega included`, seconds(drawn - ran)],
        ["size of the page", `${digits(readFileSync(page).length / 1024)} KiB`],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function manyScenarios() {
  const text = readFileSync(join(folderOf("two-cities"), "model.yaml"), "utf8");
  const more = Array.from(
    { length: SCENARIOS - 2 },
    (_, i) =>
      `  subsidy_${i + 1}: {title: {en: Subsidy ${i + 1}, zh: 补贴${i + 1}}, levers: {subsidy: ${(i + 1) / 50}}}\n`,
  );
  const added = { path: "more.yaml", text: `scenarios:\n${more.join("")}` };
  const { model, program, diagnostics } = compileModel([{ path: "model.yaml", text }, added]);
  if (!model || !program) throw new Error(`two-cities with more scenarios is wrong: ${JSON.stringify(diagnostics)}`);
  return { model, program };
}

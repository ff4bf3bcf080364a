/** Opens what `--start-from` names. */
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { manifestDifferences } from "../output/results/manifest.ts";
import { openCheckpoint } from "../output/results/read-checkpoint.ts";
import { ResultsError } from "../output/results/results-error.ts";
import { NUMERICS_EDITIONS } from "./numerics-editions.ts";
import type { StartFrom } from "./start-from.ts";

/**
 * @throws UsageError for a text of another form, or a time that is not that of the states; ResultsError if the results keep no
 *   states, or were computed with another edition of the numerics.
 */
export function openStart(text: string): StartFrom {
  const at = text.lastIndexOf("@");
  const time = Number(text.slice(at + 1));
  if (at < 1 || text.slice(at + 1).trim() === "" || !Number.isFinite(time))
    throw new UsageError(`invalid --start-from: ${text} (for example results/yunnan@2025)`);
  const folder = text.slice(0, at);
  const checkpoint = openCheckpoint(folder);
  const kept = checkpoint.checkpoint.time;
  if (kept !== time) throw new UsageError(`invalid --start-from: ${text} (the states are those of ${kept})`);
  const { numerics } = checkpoint.manifest;
  const known = Object.values(NUMERICS_EDITIONS);
  const differences = manifestDifferences({ numerics }, { numerics: known[0] });
  if (!known.some((edition) => edition === numerics))
    throw new ResultsError({ code: "other-model", path: folder, differences });
  return { folder, checkpoint };
}

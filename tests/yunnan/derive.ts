/** All derived data files of the Yunnan model by name. Run with node to write them; the test compares them with what stands. */
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { booksText, standardText } from "./books.ts";
import { economyText, labourText } from "./economy.ts";
import { economyPathsText, startText } from "./economy-history.ts";
import { economyObservedText } from "./economy-observed.ts";
import { observedText, pathsText } from "./history.ts";
import { basinText, judgementText } from "./judgement.ts";
import { migrationText } from "./migration.ts";
import { population2010Text, populationText } from "./population.ts";
import { schedulesText } from "./schedules.ts";
import { DATA } from "./tables.ts";
import { travelTimeText } from "./travel-time.ts";

export const DERIVED_FILES: ReadonlyMap<string, () => string> = new Map([
  ["population_2020_single_year.csv", populationText],
  ["age_schedules.csv", schedulesText],
  ["travel_time.csv", travelTimeText],
  ["labour_2020.csv", labourText],
  ["economy_2020.csv", economyText],
  ["opening_books_2020.csv", booksText],
  ["standard_expenditure.csv", standardText],
  ["judgement_weights.csv", judgementText],
  ["basin_weights.csv", basinText],
  ["migration_2020.csv", migrationText],
  ["../history/data/population_2010_single_year.csv", population2010Text],
  ["../history/data/paths.csv", pathsText],
  ["../history/observed.csv", observedText],
  ["../history-economy/data/start_2010.csv", startText],
  ["../history-economy/data/paths.csv", economyPathsText],
  ["../history-economy/observed.csv", economyObservedText],
]);

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of DERIVED_FILES) writeFileSync(`${DATA}${name}`, text());
}

/** A small catalog and made-up blocks for tests: every number is a function of scenario, draw, indicator, key and time. */

import { STANDARD_QUANTILES } from "../../ensemble/band-presets.ts";
import type { BlockResult, RunFailure } from "../../ensemble/block-result.ts";
import type { Catalog, Title } from "../../ensemble/catalog.ts";

const title = (text: string): Title => ({ en: text, zh: `${text}（中）` });

/** Two tables (a scalar one and one of three places), three scenarios, four save times, two targets, one identity. */
export function fakeCatalog(): Catalog {
  const places = ["kunming", "qujing", "昭通"];
  const indicator = (name: string, unit: string, shape: string[], keys: string[]) => ({
    name,
    title: title(name),
    unit,
    reading: "end" as const,
    shape,
    keys,
    observed: [],
  });
  return {
    model: { name: "fake", title: title("fake"), hash: "0".repeat(64) },
    time: { start: 2020, stop: 2023, unit: "year" },
    saveTimes: [2020, 2021, 2022, 2023],
    dimensions: [
      { name: "place", title: title("place"), elements: places.map((name) => ({ name, title: title(name) })) },
    ],
    indicators: [
      indicator("population", "person", [], [""]),
      indicator("income", "亿元/year", [], [""]),
      indicator("share", "1", ["place"], places),
    ],
    tables: [
      { name: "scalar", shape: [], keys: [""], indicators: ["population", "income"] },
      { name: "place", shape: ["place"], keys: places, indicators: ["share"] },
    ],
    scenarios: ["baseline", "plan", "low"].map((name) => ({ name, title: title(name) })),
    reference: "baseline",
    targets: [
      {
        name: "income_high",
        title: title("income high"),
        indicator: "income",
        key: "",
        comparison: "at_least",
        threshold: 2,
        due: 2023,
      },
      {
        name: "share_low",
        title: title("share low"),
        indicator: "share",
        key: "qujing",
        comparison: "at_most",
        threshold: 1.2,
        due: 2022,
      },
    ],
    identities: [{ name: "balance", title: title("balance"), tolerance: 1e-9 }],
    charts: [],
    quantiles: STANDARD_QUANTILES,
    drawColumns: ["alpha", "beta[kunming]"],
    drawInputs: [{ title: title("alpha") }, { title: title("beta, kunming") }],
  };
}

/** One scalar indicator at one save time, under some of the scenarios, without targets, identities and drawn numbers. */
export function oneCellCatalog(scenarios: number): Catalog {
  const base = fakeCatalog();
  return {
    ...base,
    saveTimes: [2020],
    indicators: base.indicators.slice(1, 2),
    tables: [{ ...base.tables[0]!, indicators: ["income"] }],
    scenarios: base.scenarios.slice(0, scenarios),
    targets: [],
    identities: [],
    drawColumns: [],
  };
}

/** A number in [0, 1) that depends on all arguments: an integer hash after Wang (2007), enough for tests. */
export function fakeUniform(...parts: number[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    state = Math.imul(state ^ (part + 0x7f4a7c15), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 32;
}

/** Whether a made-up run fails: about one in five of those whose draw is divisible by three. */
function fails(seed: number, scenario: number, draw: number): boolean {
  return draw % 3 === 0 && fakeUniform(seed, 77, scenario, draw) < 0.2;
}

/** The value of a run that did not fail: no two cells are alike, and scenarios share their draw. */
export function fakeValue(
  seed: number,
  table: number,
  column: number,
  scenario: number,
  draw: number,
  time: number,
  key: number,
): number {
  const common = fakeUniform(seed, table, column, draw, key);
  return common * (1 + time * 0.3) + scenario * 0.25 * time + 0.1 * fakeUniform(seed, scenario, draw, time, key);
}

/** One block of made-up results for a catalog; failed runs have NaN from the third save time on. */
export function fakeBlock(
  catalog: Catalog,
  seed: number,
  block: number,
  firstDraw: number,
  draws: number,
): BlockResult {
  const scenarios = catalog.scenarios.length;
  const times = catalog.saveTimes.length;
  const failed = new Uint8Array(scenarios * draws);
  const failures: RunFailure[] = [];
  for (let scenario = 0; scenario < scenarios; scenario++) {
    for (let draw = 0; draw < draws; draw++) {
      if (!fails(seed, scenario, firstDraw + draw)) continue;
      failed[scenario * draws + draw] = 1;
      failures.push({
        scenario,
        draw: firstDraw + draw,
        code: "non-finite-value",
        variable: "income",
        key: "",
        step: 8,
        time: 2022,
        value: "NaN",
      });
    }
  }
  const tables = catalog.tables.map(({ indicators, keys }, table) => {
    const values = new Float64Array(indicators.length * scenarios * draws * times * keys.length);
    let at = 0;
    for (let column = 0; column < indicators.length; column++) {
      for (let scenario = 0; scenario < scenarios; scenario++) {
        for (let draw = 0; draw < draws; draw++) {
          const isFailed = failed[scenario * draws + draw] === 1;
          for (let time = 0; time < times; time++) {
            for (let key = 0; key < keys.length; key++, at++) {
              values[at] =
                isFailed && time >= 2
                  ? Number.NaN
                  : fakeValue(seed, table, column, scenario, firstDraw + draw, time, key);
            }
          }
        }
      }
    }
    return values;
  });
  const columns = catalog.drawColumns.length;
  const drawValues = Float64Array.from({ length: draws * columns }, (_, i) =>
    fakeUniform(seed, 5, firstDraw + Math.floor(i / columns), i % columns),
  );
  const identityResiduals = Float64Array.from(catalog.identities, (_, i) => 1e-12 * fakeUniform(seed, 9, block, i));
  return { block, firstDraw, draws, tables, failed, failures, drawValues, identityResiduals };
}

/** All blocks of a made-up ensemble; the last may be short. */
export function fakeBlocks(catalog: Catalog, seed: number, draws: number, blockDraws: number): BlockResult[] {
  return Array.from({ length: Math.ceil(draws / blockDraws) }, (_, block) =>
    fakeBlock(catalog, seed, block, block * blockDraws, Math.min(blockDraws, draws - block * blockDraws)),
  );
}

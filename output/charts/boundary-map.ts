/**
 * A map within boundaries that the user brings, since the project carries none: maps of China that are published need the
 * review number (审图号) of the authority (Map Management Regulations, State Council order 664), which stands under the chart.
 */
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import { ChartError } from "./chart-problem.ts";
import { CELL_LETTERS } from "./contrast.ts";
import { TIP } from "./hover.ts";
import { type MapRow, valueColour } from "./map-row.ts";

/** Boundaries of the elements of a dimension, longitude and latitude. */
export interface Boundaries {
  readonly features: readonly BoundaryFeature[];
  /** Number of the map review; `undefined` if the user states none. */
  readonly review: string | undefined;
}

export interface BoundaryFeature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: "Polygon" | "MultiPolygon"; readonly coordinates: readonly unknown[] };
}

type Ring = readonly (readonly [number, number])[];

const PANEL_WIDTH = 318;
const PANEL_HEIGHT = 300;

/** Reads a GeoJSON FeatureCollection of polygons. @throws ChartError if it is none. */
export function readBoundaries(text: string, review: string | undefined): Boundaries {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (thrown) {
    throw new ChartError({ code: "boundaries-json", cause: (thrown as Error).message });
  }
  const features = (read as { features?: unknown }).features;
  if (!Array.isArray(features)) throw new ChartError({ code: "boundaries-collection" });
  return { features: features.map(readFeature), review };
}

function readFeature(feature: unknown, index: number): BoundaryFeature {
  const { geometry, properties } = feature as Partial<BoundaryFeature>;
  if (geometry?.type !== "Polygon" && geometry?.type !== "MultiPolygon") {
    throw new ChartError({ code: "boundaries-feature", number: index + 1 });
  }
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const coordinates = (polygons as readonly (readonly Ring[])[]).map((rings) => rings.map(clockwise));
  return { type: "Feature", properties: properties ?? {}, geometry: { type: "MultiPolygon", coordinates } };
}

/**
 * Rings as d3-geo wants them, outer ones clockwise and holes the other way (RFC 7946 has it the other way round); the sign
 * is that of the area by the shoelace formula.
 */
function clockwise(ring: Ring, position: number): Ring {
  let doubled = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    doubled += x * nextY - nextX * y;
  }
  const isClockwise = doubled < 0;
  return isClockwise === (position === 0) ? ring : [...ring].reverse();
}

/** One map a year, side by side. @throws ChartError if an element has no boundary. */
export function boundaryPanels(
  boundaries: Boundaries,
  dimension: CatalogDimension,
  rows: readonly MapRow[],
  range: readonly [number, number],
): NonNormalizedSpec {
  const featureOf = new Map(
    dimension.elements.map((element) => [element.name, findFeature(boundaries, element, dimension.name)]),
  );
  const years = [...new Set(rows.map(({ year }) => year))];
  return {
    columns: 2,
    spacing: 26,
    concat: years.map((year) => {
      const shown = rows.filter((row) => row.year === year);
      return {
        title: { text: String(year), anchor: "start" as const, fontSize: 10.5, offset: 2 },
        width: PANEL_WIDTH,
        height: PANEL_HEIGHT,
        projection: {
          type: "conicEqualArea" as const,
          parallels: [25, 47] as [number, number],
          rotate: [-105, 0, 0] as [number, number, number],
        },
        layer: [
          {
            data: { values: shown.map((row) => ({ ...row, ...featureOf.get(row.element)! })) },
            mark: { type: "geoshape" as const, stroke: "white", strokeWidth: 1, aria: true },
            encoding: { color: valueColour(range), ...TIP },
          },
          ...(["title", "label"] as const).map((field, line) => ({
            data: {
              values: shown.map((row) => {
                const [longitude, latitude] = middleOf(featureOf.get(row.element)!);
                return { longitude, latitude, isDark: row.isDark, [field]: row[field] };
              }),
            },
            mark: { type: "text" as const, fontSize: 9, dy: line === 0 ? -5 : 6 },
            encoding: {
              longitude: { field: "longitude", type: "quantitative" as const },
              latitude: { field: "latitude", type: "quantitative" as const },
              text: { field, type: "nominal" as const },
              color: CELL_LETTERS,
            },
          })),
        ],
      };
    }),
  };
}

/** The feature that names an element: by its code, its name, or its title in either language. */
function findFeature(
  { features }: Boundaries,
  { name, code, title }: CatalogDimension["elements"][number],
  dimension: string,
): BoundaryFeature {
  const names = new Set([name, code, title.en, title.zh].filter((one) => one !== undefined));
  const found = features.find(({ properties }) =>
    Object.values(properties).some((value) => {
      const text = String(value);
      return (
        names.has(text) ||
        [title.zh].some((zh) => text.startsWith(zh) && /^(市|州|.*自治州)$/.test(text.slice(zh.length)))
      );
    }),
  );
  if (found === undefined) {
    throw new ChartError({ code: "boundaries-place", place: name, dimension });
  }
  return found;
}

/** Middle of the box around the largest ring: where the label stands. */
function middleOf({ geometry }: BoundaryFeature): readonly [number, number] {
  const rings = (geometry.coordinates as readonly (readonly Ring[])[]).map(([outer]) => outer!);
  const largest = rings.reduce((best, ring) => (ring.length > best.length ? ring : best));
  const middle = (axis: 0 | 1) => {
    const values = largest.map((point) => point[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return [middle(0), middle(1)];
}

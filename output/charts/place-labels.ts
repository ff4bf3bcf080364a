/** Places labels beside points so that they do not lie on each other: for each the first of four sides with the least overlap. */
import { textWidth } from "./text-width.ts";

export interface LabelledPoint {
  /** Pixels from the left and from the top. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export interface LabelOffset {
  readonly dx: number;
  readonly dy: number;
  readonly align: "left" | "right" | "center";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const GAP = 7;
/** Half of the square that a point itself takes. */
const POINT = 4;

const SIDES: readonly LabelOffset[] = [
  { dx: GAP, dy: -5, align: "left" },
  { dx: -GAP, dy: -5, align: "right" },
  { dx: GAP, dy: 8, align: "left" },
  { dx: -GAP, dy: 8, align: "right" },
  { dx: 0, dy: -11, align: "center" },
  { dx: 0, dy: 13, align: "center" },
  { dx: GAP, dy: -16, align: "left" },
  { dx: -GAP, dy: 19, align: "right" },
];

/** One offset a point, inside an area of `width` pixels. */
export function placeLabels(points: readonly LabelledPoint[], fontSize: number, width: number): LabelOffset[] {
  const taken: Box[] = points.map(({ x, y }) => ({
    left: x - POINT,
    right: x + POINT,
    top: y - POINT,
    bottom: y + POINT,
  }));
  return points.map((point) => {
    const boxes = SIDES.map((side) => boxOf(point, side, fontSize));
    const costs = boxes.map((box) => {
      const outside = Math.max(0, -box.left) + Math.max(0, box.right - width);
      return taken.reduce((sum, other) => sum + overlap(box, other), outside * fontSize);
    });
    const best = costs.indexOf(Math.min(...costs));
    taken.push(boxes[best]!);
    return SIDES[best]!;
  });
}

function boxOf({ x, y, label }: LabelledPoint, { dx, dy, align }: LabelOffset, fontSize: number): Box {
  const width = textWidth(label, fontSize);
  const left = x + dx - (align === "left" ? 0 : align === "right" ? width : width / 2);
  return { left, right: left + width, top: y + dy - fontSize / 2, bottom: y + dy + fontSize / 2 };
}

/** Area that two boxes share. */
function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}

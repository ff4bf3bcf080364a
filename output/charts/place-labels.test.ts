import { describe, expect, it } from "vitest";
import { placeLabels } from "./place-labels.ts";

describe("placeLabels", () => {
  it("stands at the right where there is room", () => {
    expect(placeLabels([{ x: 10, y: 10, label: "Kunming" }], 10, 300)).toEqual([{ dx: 7, dy: -5, align: "left" }]);
  });

  it("goes to the left at the right edge", () => {
    expect(placeLabels([{ x: 290, y: 10, label: "Kunming" }], 10, 300)[0]?.align).toBe("right");
  });

  it("keeps labels of neighbours apart", () => {
    const points = [0, 1, 2].map((i) => ({ x: 100 + 12 * i, y: 50, label: "Xishuangbanna" }));
    const boxes = placeLabels(points, 10, 400).map(({ dx, dy, align }, i) => {
      const width = 80;
      const left = points[i]!.x + dx - (align === "left" ? 0 : align === "right" ? width : width / 2);
      return { left, right: left + width, top: 50 + dy - 5, bottom: 50 + dy + 5 };
    });
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart).toBe(true);
      }
    }
  });
});

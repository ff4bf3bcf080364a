import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortened, terminalColumns, textWidth, wrapText } from "./text-width.ts";

describe("terminalColumns", () => {
  it.each([
    ["abc", 3],
    ["城镇化率", 8],
    ["（80%区间）", 11],
  ])("%s takes %i", (text, columns) => {
    expect(terminalColumns(text)).toBe(columns);
  });
});

describe("wrapText", () => {
  it("breaks English between words", () => {
    expect(wrapText("median with three bands", 10, 70)).toEqual(["median with", "three bands"]);
  });

  it("breaks Chinese anywhere but before closing punctuation", () => {
    expect(wrapText("情景推演，非预测", 10, 40)).toEqual(["情景推", "演，非预", "测"]);
  });

  it("keeps an opening bracket with what follows", () => {
    expect(wrapText("人口（万人）", 10, 34)).toEqual(["人口", "（万", "人）"]);
  });

  it("loses no character but spaces at line ends", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "W", " ", "常", "，", ".", "（") });
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 200 }), (sentence, width) => {
        expect(wrapText(sentence, 10, width).join("").replaceAll(" ", "")).toBe(sentence.replaceAll(" ", ""));
      }),
    );
  });

  it("keeps lines within the width where pieces fit", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("band", "常", "runs", "，"), { maxLength: 40 }), (pieces) => {
        for (const line of wrapText(pieces.join(" "), 10, 90)) expect(textWidth(line, 10)).toBeLessThanOrEqual(90);
      }),
    );
  });
});

describe("shortened", () => {
  it("leaves out the middle of what is too long", () => {
    const text = "Contribution of science and technology, central Yunnan (capital share .35)";
    const short = shortened(text, 10, 300);
    expect(short).toMatch(/^Contribution of science.*….*share \.35\)$/);
    expect(textWidth(short, 10)).toBeLessThanOrEqual(300);
    expect(shortened("Kunming", 10, 300)).toBe("Kunming");
  });
});

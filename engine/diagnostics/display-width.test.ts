import { expect, test } from "vitest";
import { padEndColumns, printable, textWidth } from "./display-width.ts";

test.each([
  ["population", 10],
  ["城镇化率", 8],
  ["，（）", 6],
  ["e\u0301", 1],
  ["é", 1],
  ["😀", 2],
  ["𠮷", 2],
  ["한글", 4],
  ["", 0],
])("%j takes %d columns", (text, columns) => expect(textWidth(text)).toBe(columns));

test("unsafe and invisible characters are shown", () => {
  expect(printable("a\tb\u001b[2J\u007f")).toBe("a␉b␛[2J␡");
  expect(printable("\u202eabc\u2066\u200b\ufeff\u0085")).toBe("\\u{202e}abc\\u{2066}\\u{200b}\\u{feff}\\u{85}");
  expect(printable("人口 é 😀")).toBe("人口 é 😀");
});

test("padding counts columns, not characters", () => {
  expect(padEndColumns("人口", 6)).toBe("人口  ");
  expect(padEndColumns("population", 6)).toBe("population");
});

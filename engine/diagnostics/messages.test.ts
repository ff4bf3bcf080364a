import { describe, expect, test } from "vitest";
import type { Diagnostic, DiagnosticCode, DiagnosticData, Expected, Remedy } from "./diagnostic.ts";
import { REMEDIES } from "./messages/remedies.ts";
import { expectedEn, expectedZh, groupDigits, namesEn, namesZh, placeEn, placeZh, withUnit } from "./messages/terms.ts";
import { MESSAGE_TOPICS, MESSAGES, messageOf } from "./messages.ts";

const bare = { span: null, related: [], severity: "error" } as const;

/** Fact and notes of one code in one language, joined, for short assertions. */
function words<Code extends DiagnosticCode>(
  code: Code,
  data: DiagnosticData[Code],
  language: "en" | "zh" = "en",
): string {
  // A hand-made diagnostic of a code that is known only as a type parameter.
  const { fact, notes } = messageOf({ ...bare, code, data } as unknown as Diagnostic, language);
  return [fact, ...notes].join("\n");
}

test("no code is worded in two topics", () => {
  const codes = MESSAGE_TOPICS.flatMap((topic) => Object.keys(topic));
  expect([...new Set(codes)].sort()).toEqual([...codes].sort());
  expect(codes.sort()).toEqual(Object.keys(MESSAGES).sort());
});

describe("hints fit the text that stands there", () => {
  test.each([
    ["1,000,000", "write it without separators: 1000000"],
    ["2 %", "write it as a share: 0.02"],
    ["7%", "write it as a share: 0.07"],
    ["１２", "these are full-width characters; write 12"],
    ["12 km", 'write the number alone; the unit goes into "unit"'],
  ])("a number written %s", (text, hint) => {
    expect(words("wrong-type", { where: '"area": value', expected: "number", found: "text", text })).toContain(hint);
  });

  test("a text is no number and has no hint", () => {
    expect(words("wrong-type", { where: '"area": value', expected: "number", found: "text", text: "large" })).toBe(
      '"value" of "area" must be a number, not "large"',
    );
  });

  test.each([
    ["5,766", "5766"],
    ["３", "write 3"],
    ["12%", "scale: 0.01"],
    ["暂缺", "missing value"],
    ["n/a", "missing value"],
    ["", "empty cell"],
    ["576.6万", "1234.5"],
  ])("a cell that holds %j", (text, hint) => {
    expect(words("csv-not-a-number", { file: "a.csv", column: "value", text })).toContain(hint);
  });

  test("names with blanks or brackets are offered as names", () => {
    expect(words("bad-name", { name: "urban population" })).toContain('"urban_population"');
    expect(words("bad-name", { name: "2nd sector" })).toContain('"_2nd_sector"');
    expect(words("bad-name", { name: "城镇化率（%）" }, "zh")).toContain("“城镇化率”");
  });

  test("functions of other tools are translated", () => {
    const near: string[] = [];
    const ours = "if(condition, a, b)";
    expect(words("unknown-function", { name: "IF_THEN_ELSE", near, instead: ours })).toContain(ours);
    expect(words("unknown-function", { name: "log", near, instead: null })).toContain("ln(x)");
    expect(words("unknown-function", { name: "constructor", near, instead: null })).not.toContain("undefined");
  });

  test("a product names its two sides, and a bracket for what it closes", () => {
    const names = { left: "birth", right: "rate", joined: "birth_rate", declared: null };
    expect(words("implicit-product", names)).toContain("birth * rate");
    expect(words("implicit-product", { left: ")", right: "2", joined: null, declared: null })).toContain("(…) * 2");
  });

  test("whole steps on either side of a history", () => {
    expect(words("history-not-whole", { years: 0.3, step: 0.25 })).toContain("the nearest are 0.25 and 0.5");
    expect(words("history-not-whole", { years: 0.1, step: 0.25 })).toContain("0.25");
  });
});

describe("every reason is worded in both languages", () => {
  test.each([
    ["indentation", "", "indented", "缩进"],
    ["open-quote", "'", "quotation mark ' is opened", "引号 '"],
    ["open-bracket", "}", '"}" is missing', "缺少“}”"],
    ["bad-start", "@", "cannot start with @", "以 @ 开头"],
    ["escape", "$&", '"$&" is not known', "“$&”"],
    ["other", "", "not valid YAML: Something new", "Something new"],
  ] as const)("yaml: %s", (reason, text, en, zh) => {
    expect(words("yaml-syntax", { reason, text, detail: "Something new" })).toContain(en);
    expect(words("yaml-syntax", { reason, text, detail: "Something new" }, "zh")).toContain(zh);
  });

  test.each([
    ["empty", "", "empty", "空"],
    ["missing-close", ")", '")" is missing', "缺少“)”"],
    ["extra-close", "]", '"]" closes nothing', "“]”没有"],
    ["unfinished", "+", 'must follow "+"', "“+”后面"],
    ["missing-value", "*", 'missing before "*"', "“*”之前"],
  ] as const)("equation: %s", (problem, text, en, zh) => {
    expect(words("equation-syntax", { problem, text })).toContain(en);
    expect(words("equation-syntax", { problem, text }, "zh")).toContain(zh);
  });

  test("csv: what is not known is quoted", () => {
    expect(words("csv-syntax", { file: "a.csv", reason: "other", detail: "Something new" })).toContain("Something new");
  });
});

describe("terms", () => {
  test("lists of names", () => {
    expect(namesEn(["a"])).toBe('"a"');
    expect(namesEn(["a", "b", "c"])).toBe('"a", "b" and "c"');
    expect(namesZh(["a", "b", "c"])).toBe("“a”、“b”和“c”");
    expect(namesEn(Array.from("abcdefghij"))).toMatch(/"h" and 2 more$/);
  });

  test("places in the YAML tree read from the inside out in English, from the outside in Chinese", () => {
    expect(placeEn('"population": initial')).toBe('"initial" of "population"');
    expect(placeZh('"population": initial')).toBe("“population”的“initial”");
    expect(placeEn("model")).toBe('"model"');
    expect(placeEn('"shock" (process ar1)')).toBe('"shock" (process ar1)');
  });

  test("numbers", () => {
    expect([groupDigits(999), groupDigits(10_000), groupDigits(1_234_567)]).toEqual(["999", "10,000", "1,234,567"]);
    expect([withUnit(5, "1"), withUnit(5, ""), withUnit(5, "km")]).toEqual(["5", "5", "5 km"]);
  });

  test("every expected type has words in both languages", () => {
    const types: Expected[] = ["text", "number", "list", "mapping", "equation", "title"];
    for (const type of types) expect(expectedEn(type)).not.toBe(expectedZh(type));
  });

  test("every remedy has advice in both languages", () => {
    for (const remedy of Object.keys(REMEDIES) as Exclude<Remedy, "none">[]) {
      expect(words("construct-refused", { construct: "?", instead: remedy })).toContain(REMEDIES[remedy].en.note);
      expect(words("construct-refused", { construct: "?", instead: remedy }, "zh")).toContain(REMEDIES[remedy].zh.note);
    }
  });
});

import { describe, expect, test } from "vitest";
import { foreignKey } from "./foreign-key.ts";

describe("foreignKey", () => {
  test.each([
    ["Birth Rate", "birth_rate"],
    ["birth_rate", "birth_rate"],
    ['"Birth  Rate"', "birth_rate"],
    ["Birth\\nRate", "birth_rate"],
    ["Birth\nRate", "birth_rate"],
    ["Birth\u00a0Rate ", "birth_rate"],
    ['"say \\"when\\""', 'say_"when"'],
    ["Größe", "größe"],
    ["GRÖSSE", "grösse"],
    ["人口", "人口"],
  ])("%j → %j", (text, key) => expect(foreignKey(text)).toBe(key));
});

/** What is wrong with the text of a unit, and how units are written. */
import type { UnitSyntaxReason } from "../diagnostic.ts";
import { clip, quoteEn, quoteZh } from "./terms.ts";

interface Words {
  en(at: string): string[];
  zh(at: string): string[];
}

const EXAMPLES = "person/year, 元/(person*year), km^2, 1/year, 亿元@2020";

export const UNIT_SYNTAX: Readonly<Record<UnitSyntaxReason, Words>> = {
  empty: {
    en: () => ['a plain number has the unit "1"'],
    zh: () => ["纯数的单位写作“1”"],
  },
  "too-long": {
    en: () => ["a unit has at most 200 characters"],
    zh: () => ["单位最多 200 个字符"],
  },
  character: {
    en: (at) => [`${quoteEn(at)} has no meaning in a unit`, `units are written so: ${EXAMPLES}`],
    zh: (at) => [`${quoteZh(at)}在单位中没有意义`, `单位的写法：${EXAMPLES}`],
  },
  number: {
    en: (at) => [
      `the only number in a unit is 1; ${quoteEn(at)} needs a name of its own`,
      `for example  units: {thousand_people: {of: person, times: 1000}}`,
    ],
    zh: (at) => [`单位中只能出现数字 1；${quoteZh(at)}要另起名称`, "例如 units: {千户: {of: household, times: 1000}}"],
  },
  "two-names": {
    en: (at) => [`before ${quoteEn(at)} a sign is missing: write a*b or a/b`],
    zh: (at) => [`${quoteZh(at)}前面缺少符号：请写 a*b 或 a/b`],
  },
  "product-after-stroke": {
    en: () => ["a/b*c can be read in two ways: write a/(b*c) or a/b/c, or else a*c/b"],
    zh: () => ["a/b*c 有两种读法：请写 a/(b*c) 或 a/b/c，或者 a*c/b"],
  },
  unfinished: {
    en: (at) => [at === "" ? "a unit is missing at the end" : `before ${quoteEn(at)} a unit is missing`],
    zh: (at) => [at === "" ? "末尾缺少一个单位" : `${quoteZh(at)}前面缺少一个单位`],
  },
  bracket: {
    en: () => ["brackets come in pairs: a/(b*c)"],
    zh: () => ["括号要成对：a/(b*c)"],
  },
  power: {
    en: () => ["a power is a whole number up to 12: km^2, year^-1"],
    zh: () => ["幂是 12 以内的整数：km^2、year^-1"],
  },
  "price-basis": {
    en: (at) => [
      `"@" follows a unit of money and names the year of its prices: 亿元@2020, yuan@2020${at === "" ? "" : `; ${clip(at)} does not fit`}`,
    ],
    zh: (at) => [`“@”写在货币单位之后，注明价格的年份：亿元@2020、yuan@2020${at === "" ? "" : `；${clip(at)}不合适`}`],
  },
};

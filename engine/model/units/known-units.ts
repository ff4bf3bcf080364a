/**
 * Units that every model knows. Sources: the SI brochure (BIPM, 9th edition) for metre, kilogram, second, joule and the
 * units accepted beside them; GB 3100 for Chinese names; China Energy Statistical Yearbook for standard coal
 * (29.3076 GJ a tonne). A year is 365.25 days (Julian year), a month a twelfth of it.
 */
import type { Title } from "../../ensemble/catalog.ts";

export interface KnownUnit {
  /** All spellings; the first is the one that messages suggest. */
  readonly names: readonly string[];
  readonly dimension: Readonly<Record<string, number>>;
  /** Size in base units: person, yuan, second, metre, kilogram. */
  readonly scale: number;
  /** Names for readers. */
  readonly title: Title;
  /** Whether a price basis may follow: `亿元@2020`. */
  readonly isMoney: boolean;
  /** A thing that is counted; a model may define it by another unit (`child: {of: person}`). */
  readonly isCount: boolean;
}

type Row = readonly [names: string, scale: number, en: string, zh: string];

const DAY = 86_400;
const YEAR = 365.25 * DAY;
const GIGAJOULE = 1e9;
/** A kilowatt hour in joule. */
const KWH = 3.6e6;

function rows(
  dimension: KnownUnit["dimension"],
  list: readonly Row[],
  flags: Partial<Pick<KnownUnit, "isMoney" | "isCount">> = {},
): KnownUnit[] {
  return list.map(([names, scale, en, zh]) => ({
    names: names.split(" "),
    dimension,
    scale,
    title: { en, zh },
    isMoney: flags.isMoney ?? false,
    isCount: flags.isCount ?? false,
  }));
}

const PLAIN = rows({}, [
  ["dimensionless dmnl 无量纲", 1, "", ""],
  ["percent % 百分比", 0.01, "%", "%"],
  ["permille ‰ 千分比", 0.001, "‰", "‰"],
]);

const PEOPLE = rows({ person: 1 }, [
  ["person persons people 人 人次", 1, "people", "人"],
  ["千人", 1e3, "thousand people", "千人"],
  ["万人 万人次", 1e4, "10,000 people", "万人"],
  ["百万人 million_people", 1e6, "million people", "百万人"],
  ["亿人", 1e8, "100 million people", "亿人"],
]);

const MONEY = [
  ...rows(
    { yuan: 1 },
    [
      ["yuan CNY RMB 元 人民币", 1, "yuan", "元"],
      ["千元", 1e3, "thousand yuan", "千元"],
      ["万元", 1e4, "10,000 yuan", "万元"],
      ["百万元 million_yuan", 1e6, "million yuan", "百万元"],
      ["千万元", 1e7, "10 million yuan", "千万元"],
      ["亿元", 1e8, "100 million yuan", "亿元"],
      ["十亿元 billion_yuan", 1e9, "billion yuan", "十亿元"],
      ["万亿元", 1e12, "trillion yuan", "万亿元"],
    ],
    { isMoney: true },
  ),
  ...rows(
    { USD: 1 },
    [
      ["USD dollar dollars 美元", 1, "US dollars", "美元"],
      ["万美元", 1e4, "10,000 US dollars", "万美元"],
      ["million_USD 百万美元", 1e6, "million US dollars", "百万美元"],
      ["亿美元", 1e8, "100 million US dollars", "亿美元"],
      ["billion_USD 十亿美元", 1e9, "billion US dollars", "十亿美元"],
    ],
    { isMoney: true },
  ),
  ...rows({ EUR: 1 }, [["EUR euro euros 欧元", 1, "euros", "欧元"]], { isMoney: true }),
];

const TIME = rows({ second: 1 }, [
  ["second seconds s 秒", 1, "seconds", "秒"],
  ["minute minutes min 分钟", 60, "minutes", "分钟"],
  ["hour hours h 小时", 3600, "hours", "小时"],
  ["day days d 天 日", DAY, "days", "天"],
  ["week weeks 周", 7 * DAY, "weeks", "周"],
  ["month months 月", YEAR / 12, "months", "月"],
  ["quarter quarters 季度", YEAR / 4, "quarters", "季度"],
  ["year years yr 年", YEAR, "years", "年"],
]);

const SPACE = [
  ...rows({ metre: 1 }, [
    ["mm 毫米", 1e-3, "mm", "毫米"],
    ["cm 厘米", 1e-2, "cm", "厘米"],
    ["m metre meter 米", 1, "m", "米"],
    ["km 公里 千米", 1e3, "km", "公里"],
    ["万公里", 1e7, "10,000 km", "万公里"],
  ]),
  ...rows({ metre: 2 }, [
    ["平方米", 1, "m²", "平方米"],
    ["万平方米", 1e4, "10,000 m²", "万平方米"],
    ["mu 亩", 1e4 / 15, "mu", "亩"],
    ["万亩", 1e8 / 15, "10,000 mu", "万亩"],
    ["ha hectare hectares 公顷", 1e4, "ha", "公顷"],
    ["千公顷", 1e7, "thousand ha", "千公顷"],
    ["万公顷", 1e8, "10,000 ha", "万公顷"],
    ["平方公里 平方千米", 1e6, "km²", "平方公里"],
    ["万平方公里", 1e10, "10,000 km²", "万平方公里"],
  ]),
  ...rows({ metre: 3 }, [
    ["L litre litres liter 升", 1e-3, "L", "升"],
    ["立方米", 1, "m³", "立方米"],
    ["万立方米", 1e4, "10,000 m³", "万立方米"],
    ["亿立方米", 1e8, "100 million m³", "亿立方米"],
  ]),
];

const MASS = rows({ kilogram: 1 }, [
  ["g gram grams 克", 1e-3, "g", "克"],
  ["jin 斤", 0.5, "jin", "斤"],
  ["kg 千克 公斤", 1, "kg", "千克"],
  ["t tonne tonnes ton 吨", 1e3, "t", "吨"],
  ["kt 千吨", 1e6, "kt", "千吨"],
  ["万吨", 1e7, "10,000 t", "万吨"],
  ["Mt 百万吨", 1e9, "Mt", "百万吨"],
  ["亿吨", 1e11, "100 million t", "亿吨"],
]);

const ENERGY = [
  ...rows({ kilogram: 1, metre: 2, second: -2 }, [
    ["J joule 焦耳", 1, "J", "焦耳"],
    ["MJ", 1e6, "MJ", "MJ"],
    ["GJ", GIGAJOULE, "GJ", "GJ"],
    ["TJ", 1e12, "TJ", "TJ"],
    ["PJ", 1e15, "PJ", "PJ"],
    ["EJ", 1e18, "EJ", "EJ"],
    ["kWh 千瓦时 度", KWH, "kWh", "千瓦时"],
    ["MWh 兆瓦时", 1e3 * KWH, "MWh", "兆瓦时"],
    ["万千瓦时", 1e4 * KWH, "10,000 kWh", "万千瓦时"],
    ["GWh", 1e6 * KWH, "GWh", "GWh"],
    ["亿千瓦时", 1e8 * KWH, "100 million kWh", "亿千瓦时"],
    ["TWh", 1e9 * KWH, "TWh", "TWh"],
    ["tce 吨标准煤", 29.3076 * GIGAJOULE, "tce", "吨标准煤"],
    ["万吨标准煤", 29.3076e4 * GIGAJOULE, "10,000 tce", "万吨标准煤"],
  ]),
  ...rows({ kilogram: 1, metre: 2, second: -3 }, [
    ["W watt 瓦", 1, "W", "瓦"],
    ["kW 千瓦", 1e3, "kW", "千瓦"],
    ["MW 兆瓦", 1e6, "MW", "兆瓦"],
    ["万千瓦", 1e7, "10,000 kW", "万千瓦"],
    ["GW", 1e9, "GW", "GW"],
  ]),
];

/** Scales with different zeros: one is turned into another by an equation, never by a factor, so they are unlike. */
const TEMPERATURE = [
  ...rows({ degC: 1 }, [["degC ℃ 摄氏度", 1, "°C", "℃"]]),
  ...rows({ degF: 1 }, [["degF ℉ 华氏度", 1, "°F", "℉"]]),
  ...rows({ K: 1 }, [["K kelvin 开尔文", 1, "K", "K"]]),
];

/** Things that are counted: each is a dimension of its own, until a model defines it by another unit. */
const COUNTS: readonly Row[] = [
  ["child children 儿童 孩子", 1, "children", "个孩子"],
  ["woman women 妇女 女性", 1, "women", "名妇女"],
  ["man men 男性", 1, "men", "名男性"],
  ["household households 户", 1, "households", "户"],
  ["worker workers 劳动力", 1, "workers", "名劳动者"],
  ["student students 学生", 1, "students", "名学生"],
  ["teacher teachers 教师", 1, "teachers", "名教师"],
  ["patient patients 病人", 1, "patients", "名病人"],
  ["job jobs 岗位", 1, "jobs", "个岗位"],
  ["village villages 村", 1, "villages", "个村"],
  ["town towns 镇", 1, "towns", "个镇"],
  ["county counties 县", 1, "counties", "个县"],
  ["city cities 城市", 1, "cities", "个城市"],
  ["house houses 住房", 1, "houses", "套住房"],
  ["bed beds 床 床位", 1, "beds", "张床位"],
  ["school schools 学校", 1, "schools", "所学校"],
  ["hospital hospitals 医院", 1, "hospitals", "所医院"],
  ["firm firms company companies 企业", 1, "firms", "家企业"],
  ["vehicle vehicles car cars 辆", 1, "vehicles", "辆"],
  ["trip trips", 1, "trips", "次出行"],
  ["project projects 项目", 1, "projects", "个项目"],
  ["patent patents 专利", 1, "patents", "件专利"],
  ["order orders 订单", 1, "orders", "份订单"],
  ["machine machines 台", 1, "machines", "台"],
  ["item items unit units piece pieces 件 个", 1, "items", "件"],
  ["widget widgets", 1, "widgets", "个产品"],
  ["animal animals 头 只", 1, "animals", "头"],
  ["rabbit rabbits 兔子", 1, "rabbits", "只兔子"],
  ["fox foxes 狐狸", 1, "foxes", "只狐狸"],
  ["fish 鱼", 1, "fish", "条鱼"],
  ["tree trees 棵", 1, "trees", "棵"],
];

export const KNOWN_UNITS: readonly KnownUnit[] = [
  ...PLAIN,
  ...PEOPLE,
  ...MONEY,
  ...TIME,
  ...SPACE,
  ...MASS,
  ...ENERGY,
  ...TEMPERATURE,
  ...COUNTS.flatMap((row) => rows({ [row[0].split(" ")[0]!]: 1 }, [row], { isCount: true })),
];

/** Places and other dimensions of the invented province: the prefectures of Yunnan with round numbers. */
import type { CatalogDimension } from "../../../engine/ensemble/catalog.ts";

/** Name, Chinese, English, population in 2020, size of its economy in 亿元. */
export const PREFECTURES: readonly (readonly [string, string, string, number, number])[] = [
  ["kunming", "昆明", "Kunming", 8_460_000, 6730],
  ["qujing", "曲靖", "Qujing", 5_770_000, 2960],
  ["yuxi", "玉溪", "Yuxi", 2_250_000, 2060],
  ["baoshan", "保山", "Baoshan", 2_430_000, 1050],
  ["zhaotong", "昭通", "Zhaotong", 5_090_000, 1290],
  ["lijiang", "丽江", "Lijiang", 1_250_000, 510],
  ["puer", "普洱", "Pu'er", 2_400_000, 950],
  ["lincang", "临沧", "Lincang", 2_260_000, 820],
  ["chuxiong", "楚雄", "Chuxiong", 2_420_000, 1370],
  ["honghe", "红河", "Honghe", 4_480_000, 2420],
  ["wenshan", "文山", "Wenshan", 3_500_000, 1190],
  ["xishuangbanna", "西双版纳", "Xishuangbanna", 1_300_000, 600],
  ["dali", "大理", "Dali", 3_340_000, 1480],
  ["dehong", "德宏", "Dehong", 1_320_000, 580],
  ["nujiang", "怒江", "Nujiang", 550_000, 210],
  ["diqing", "迪庆", "Diqing", 390_000, 270],
];

export const PREFECTURE: CatalogDimension = {
  name: "prefecture",
  title: { en: "Prefecture", zh: "州市" },
  elements: PREFECTURES.map(([name, zh, en]) => ({ name, title: { en, zh } })),
  layout: [
    ["nujiang", "diqing", "lijiang", "zhaotong"],
    ["baoshan", "dali", "chuxiong", "qujing"],
    ["dehong", "lincang", "yuxi", "kunming"],
    ["puer", "xishuangbanna", "honghe", "wenshan"],
  ],
};

export const CHANNEL_KEYS = ["pairing", "basin"];
export const AGE_KEYS = Array.from({ length: 20 }, (_, index) => String(5 * index));

export const FURTHER_DIMENSIONS: readonly CatalogDimension[] = [
  {
    name: "channel",
    title: { en: "Channel", zh: "渠道" },
    elements: [
      { name: "pairing", title: { en: "Pairing", zh: "对口帮扶" } },
      { name: "basin", title: { en: "Compensation between basins", zh: "流域横向补偿" } },
    ],
  },
  {
    name: "residence",
    title: { en: "Residence", zh: "常住地" },
    elements: [
      { name: "urban", title: { en: "Urban", zh: "城镇" } },
      { name: "rural", title: { en: "Rural", zh: "乡村" } },
    ],
  },
  {
    name: "age",
    title: { en: "Age", zh: "年龄" },
    elements: AGE_KEYS.map((name) => ({ name, title: { en: name, zh: name } })),
  },
  {
    name: "warning",
    title: { en: "Warning", zh: "预警" },
    elements: [
      { name: "ageing", title: { en: "Ageing", zh: "老龄化" } },
      { name: "debt", title: { en: "Debt", zh: "债务" } },
      { name: "outflow", title: { en: "Outflow of people", zh: "人口外流" } },
    ],
  },
  {
    name: "part",
    title: { en: "Part of the index", zh: "指数维度" },
    elements: [
      { name: "development", title: { en: "Development", zh: "发展" } },
      { name: "services", title: { en: "Services", zh: "服务" } },
      { name: "ecology", title: { en: "Ecology", zh: "生态" } },
    ],
  },
  {
    name: "signal",
    title: { en: "Threshold of the signal", zh: "信号阈值" },
    elements: [
      { name: "from_yellow", title: { en: "Yellow or worse", zh: "黄色及以上" } },
      { name: "from_orange", title: { en: "Orange or worse", zh: "橙色及以上" } },
    ],
  },
];

export const PREFECTURE_KEYS = PREFECTURES.map(([name]) => name);

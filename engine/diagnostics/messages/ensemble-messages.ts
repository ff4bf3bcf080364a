/** Wording of what can be wrong with draws: correlations, files of draws, scenarios from outside the model. */
import type { MessageTopic } from "./message.ts";
import { clip, groupDigits, kindEn, kindZh, namesEn, namesZh, quoteEn, quoteZh, shapeEn, shapeZh } from "./terms.ts";

export const ENSEMBLE_MESSAGES = {
  "correlation-range": {
    en: ({ a, b, value }) => ({
      fact: `the correlation of ${quoteEn(a)} and ${quoteEn(b)} is ${value}, outside -1 to 1`,
      notes: [],
    }),
    zh: ({ a, b, value }) => ({
      fact: `${quoteZh(a)}与${quoteZh(b)}的相关系数为 ${value}，超出了 -1 到 1`,
      notes: [],
    }),
  },
  "correlation-not-definite": {
    en: ({ names }) => ({
      fact: `the correlations among ${namesEn(names)} contradict each other`,
      notes: [
        "no random numbers can have all of them at once: if a goes with b and b with c, then a must go with c to some degree",
        "bring the largest of them nearer to 0",
      ],
    }),
    zh: ({ names }) => ({
      fact: `${namesZh(names)}之间的相关系数互相矛盾`,
      notes: [
        "没有哪组随机数能同时满足它们：a 与 b 相关、b 与 c 相关时，a 与 c 也必然有一定的相关",
        "请把其中绝对值最大的改得更接近 0",
      ],
    }),
  },
  "correlation-shape": {
    en: ({ a, b, why }) => ({
      fact: `${quoteEn(a)} and ${quoteEn(b)} ${CORRELATION[why].en.fact}`,
      notes: [CORRELATION[why].en.note],
    }),
    zh: ({ a, b, why }) => ({
      fact: `${quoteZh(a)}与${quoteZh(b)}${CORRELATION[why].zh.fact}`,
      notes: [CORRELATION[why].zh.note],
    }),
  },
  "correlation-member": {
    en: ({ name, kind, family }) => ({
      fact:
        kind !== "parameter"
          ? `${quoteEn(name)} is ${kindEn(kind)} and cannot be correlated with a parameter`
          : family === null
            ? `${quoteEn(name)} has no distribution, so nothing can be correlated with it`
            : `${quoteEn(name)} is ${family === "joint" ? "read in rows of a file" : "a set of shares"} and cannot be correlated further`,
      notes: [
        kind === "parameter" && family !== null
          ? `the distribution "${family}" brings a dependence of its own`
          : "a correlation links two noises, or two parameters that have a distribution",
      ],
    }),
    zh: ({ name, kind, family }) => ({
      fact:
        kind !== "parameter"
          ? `${quoteZh(name)}是${kindZh(kind)}，不能与参数设定相关`
          : family === null
            ? `${quoteZh(name)}没有分布，无法与它设定相关`
            : `${quoteZh(name)}${family === "joint" ? "按文件的行成组读取" : "是一组份额"}，不能再设定相关`,
      notes: [
        kind === "parameter" && family !== null
          ? `分布 ${family} 本身已经含有相依关系`
          : "相关只能设定在两个随机过程之间，或两个有分布的参数之间",
      ],
    }),
  },
  "correlation-elements": {
    en: ({ a, b }) => ({
      fact:
        a === b
          ? `${quoteEn(a)} is a single number and cannot be correlated with itself`
          : `${quoteEn(a)} and ${quoteEn(b)} have different dimensions and cannot be correlated`,
      notes: [
        "parameters are linked element by element, so both need the same dimensions",
        "a parameter with dimensions, paired with itself, is linked among all its elements",
      ],
    }),
    zh: ({ a, b }) => ({
      fact:
        a === b
          ? `${quoteZh(a)}只是一个数，不能与自身设定相关`
          : `${quoteZh(a)}与${quoteZh(b)}的维度不同，不能设定相关`,
      notes: ["参数之间的相关是逐个元素设定的：两者的维度必须相同", "有维度的参数与自身配对，表示它的所有元素两两相关"],
    }),
  },
  "joint-rows": {
    en: ({ file, name, rows, other, otherRows }) => ({
      fact: `${quoteEn(name)} has ${groupDigits(rows)} rows of ${clip(file)}, but ${quoteEn(other)} has ${groupDigits(otherRows)}`,
      notes: ["parameters of one file take their values from the same row: let each select the same rows"],
    }),
    zh: ({ file, name, rows, other, otherRows }) => ({
      fact: `${quoteZh(name)}在 ${clip(file)} 中有 ${groupDigits(rows)} 行，而${quoteZh(other)}有 ${groupDigits(otherRows)} 行`,
      notes: ["同一文件的各个参数取自同一行：请让它们选取相同的行"],
    }),
  },
  "joint-override": {
    en: ({ scenario, name }) => ({
      fact: `scenario ${quoteEn(scenario)} draws ${quoteEn(name)} from rows of a file, but the model does not`,
      notes: [
        "a scenario keeps the random numbers of the model, and the model draws this parameter on its own",
        `give ${quoteEn(name)} a "joint" distribution in the model, or use "empirical" in the scenario`,
      ],
    }),
    zh: ({ scenario, name }) => ({
      fact: `情景${quoteZh(scenario)}从文件的行中抽取${quoteZh(name)}，而模型并非如此`,
      notes: [
        "情景沿用模型的随机数，而模型是单独抽取这个参数的",
        `请在模型中给${quoteZh(name)}以 joint 分布，或在情景中使用 empirical`,
      ],
    }),
  },
  "scenario-file-section": {
    en: ({ section }) => ({
      fact: `a file of scenarios cannot have a section ${quoteEn(section)}`,
      notes: ['it adds scenarios to a model that stays as it is: only the section "scenarios" is read'],
    }),
    zh: ({ section }) => ({
      fact: `情景文件中不能有 ${clip(section)} 这一节`,
      notes: ["情景文件只为模型增加情景，模型本身不变：只读取 scenarios 一节"],
    }),
  },
  "curve-parameter": {
    en: ({ name, kind, shape, curve }) => ({
      fact:
        kind === "parameter"
          ? `${quoteEn(curve)} is uncertain by ${quoteEn(name)}, which has dimensions: ${shapeEn(shape)}`
          : `${quoteEn(curve)} is uncertain by ${quoteEn(name)}, which is ${kindEn(kind)}`,
      notes: ["one parameter without dimensions moves the whole curve; give it a distribution"],
    }),
    zh: ({ name, kind, shape, curve }) => ({
      fact:
        kind === "parameter"
          ? `${quoteZh(curve)}的不确定性由${quoteZh(name)}决定，而它带有维度：${shapeZh(shape)}`
          : `${quoteZh(curve)}的不确定性由${quoteZh(name)}决定，而它是${kindZh(kind)}`,
      notes: ["整条曲线由一个无维度的参数移动；请给这个参数一个分布"],
    }),
  },
} satisfies MessageTopic;

/** Why two processes cannot be correlated. */
const CORRELATION = {
  shape: {
    en: {
      fact: "have different dimensions and cannot be correlated",
      note: "correlated noise is linked element by element: both need the same dimensions",
    },
    zh: { fact: "的维度不同，不能设定相关", note: "随机过程之间的相关是逐个元素设定的：两者的维度必须相同" },
  },
  period: {
    en: {
      fact: "change at different times and cannot be correlated",
      note: 'give both the same period: "every"',
    },
    zh: { fact: "变化的间隔不同，不能设定相关", note: "请给两者相同的间隔 every" },
  },
  markov: {
    en: {
      fact: "cannot be correlated: a markov process has no normal shocks",
      note: "correlate processes of kind ar1, random_walk or normal",
    },
    zh: {
      fact: "不能设定相关：markov 过程没有正态冲击",
      note: "相关只能设在 ar1、random_walk 或 normal 过程之间",
    },
  },
} as const;

/** Wording of what can be wrong with draws: correlations between parameters, files of draws, scenarios from outside the model. */
import type { MessageTopic } from "./message.ts";
import { clip, groupDigits, kindEn, kindZh, quoteEn, quoteZh, shapeEn, shapeZh } from "./terms.ts";

export const ENSEMBLE_MESSAGES = {
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

/** Wording of what can be wrong with levers, scenarios, indicators and targets. */
import type { MessageTopic } from "./message.ts";
import { beforeZh, clip, didYouMeanEn, didYouMeanZh, quoteEn, quoteZh, withUnit } from "./terms.ts";

export const SCENARIO_MESSAGES = {
  "lever-default-out-of-range": {
    en: ({ name, value, low, high, unit }) => ({
      fact: `the default of ${quoteEn(name)}, ${value}, is outside its own range of ${low} to ${withUnit(high, unit)}`,
      notes: ["widen the range, or choose a default inside it"],
    }),
    zh: ({ name, value, low, high, unit }) => ({
      fact: `政策杠杆${quoteZh(name)}的默认值 ${value} 超出了它自己的范围 ${low} 到 ${withUnit(high, unit)}`,
      notes: ["请放宽范围，或取范围之内的默认值"],
    }),
  },
  "lever-range-order": {
    en: ({ name, low, high }) => ({
      fact: `the range of ${quoteEn(name)} runs from ${low} down to ${high}`,
      notes: [`write the smaller number first: [${high}, ${low}]`],
    }),
    zh: ({ name, low, high }) => ({
      fact: `政策杠杆${quoteZh(name)}的范围从 ${low} 到 ${high}，上下限颠倒了`,
      notes: [`请先写较小的数：[${high}, ${low}]`],
    }),
  },
  "lever-uncertain": {
    en: ({ name }) => ({
      fact: `the lever ${quoteEn(name)} cannot have a distribution`,
      notes: [
        "a lever is what is decided, so it is not uncertain; its effect can be: add a parameter with a distribution and multiply the two",
      ],
    }),
    zh: ({ name }) => ({
      fact: `政策杠杆${quoteZh(name)}不能带分布`,
      notes: ["政策杠杆由决策者设定，本身没有不确定性；不确定的可以是它的效果：请增设一个带分布的参数，与它相乘"],
    }),
  },
  "unknown-lever": {
    en: ({ scenario, name, near, isParameter }) => ({
      fact: isParameter
        ? `scenario ${quoteEn(scenario)} sets ${quoteEn(name)} as a lever, but it is a parameter`
        : `scenario ${quoteEn(scenario)} sets ${quoteEn(name)}, and there is no such lever`,
      notes: isParameter
        ? [`set it under "parameters" of the scenario: parameters: {${clip(name)}: …}`]
        : didYouMeanEn(near),
    }),
    zh: ({ scenario, name, near, isParameter }) => ({
      fact: isParameter
        ? `情景${quoteZh(scenario)}把${quoteZh(name)}当作政策杠杆来设定，而它是参数`
        : `情景${quoteZh(scenario)}设定了${quoteZh(name)}，但没有这个政策杠杆`,
      notes: isParameter ? [`请写在情景的 parameters 之下：parameters: {${clip(name)}: …}`] : didYouMeanZh(near),
    }),
  },
  "unknown-parameter": {
    en: ({ scenario, name, near, isLever }) => ({
      fact: isLever
        ? `scenario ${quoteEn(scenario)} sets ${quoteEn(name)} as a parameter, but it is a lever`
        : `scenario ${quoteEn(scenario)} sets ${quoteEn(name)}, and there is no such parameter`,
      notes: isLever ? [`set it under "levers" of the scenario: levers: {${clip(name)}: …}`] : didYouMeanEn(near),
    }),
    zh: ({ scenario, name, near, isLever }) => ({
      fact: isLever
        ? `情景${quoteZh(scenario)}把${quoteZh(name)}当作参数来设定，而它是政策杠杆`
        : `情景${quoteZh(scenario)}设定了${quoteZh(name)}，但没有这个参数`,
      notes: isLever ? [`请写在情景的 levers 之下：levers: {${clip(name)}: …}`] : didYouMeanZh(near),
    }),
  },
  "lever-out-of-range": {
    en: ({ scenario, name, value, low, high, unit }) => ({
      fact: `scenario ${quoteEn(scenario)} sets ${quoteEn(name)} to ${value}, ${value > high ? `above its limit of ${high}` : `below its limit of ${low}`}`,
      notes: [
        `${quoteEn(name)} is a lever from ${low} to ${withUnit(high, unit)}`,
        `if ${value} is meant, widen "range" in the model; a scenario cannot widen a lever`,
      ],
    }),
    zh: ({ scenario, name, value, low, high, unit }) => ({
      fact: `情景${quoteZh(scenario)}把${quoteZh(name)}设为 ${value}，${value > high ? `高于上限 ${high}` : `低于下限 ${low}`}`,
      notes: [
        `政策杠杆${quoteZh(name)}的范围是 ${low} 到 ${withUnit(high, unit)}`,
        `如果确实要用 ${value}，请在模型中放宽 range；情景不能放宽政策杠杆的范围`,
      ],
    }),
  },
  "lever-before-start": {
    en: ({ scenario, name, from, start }) => ({
      fact: `scenario ${quoteEn(scenario)} moves ${quoteEn(name)} from ${from}, before the model starts at ${start}`,
      notes: ["a lever never acts before the start, so that all scenarios begin alike: choose a later date"],
    }),
    zh: ({ scenario, name, from, start }) => ({
      fact: `情景${quoteZh(scenario)}从 ${from} 起调整${quoteZh(name)}，早于模型的开始时间 ${start}`,
      notes: ["政策杠杆在开始之前不起作用，这样所有情景的起点相同：请选更晚的时间"],
    }),
  },
  "lever-ramp-order": {
    en: ({ name, from, to }) => ({
      fact: `the ramp of ${quoteEn(name)} ends at ${to}, before it begins at ${from}`,
      notes: ["for a sudden change, give both the same date"],
    }),
    zh: ({ name, from, to }) => ({
      fact: `${quoteZh(name)}的渐变在 ${to} 结束，早于其开始时间 ${from}`,
      notes: ["如果要一步到位，请把两个时间写成相同的"],
    }),
  },
  "unknown-scenario": {
    en: ({ name, near }) => ({ fact: `there is no scenario named ${quoteEn(name)}`, notes: didYouMeanEn(near) }),
    zh: ({ name, near }) => ({ fact: `没有名为${quoteZh(name)}的情景`, notes: didYouMeanZh(near) }),
  },
  "circular-scenarios": {
    en: ({ loop }) => ({
      fact: `scenario ${quoteEn(loop[0]!)} starts, through "like", from itself`,
      underline: circle(loop),
      notes: ['a chain of "like" must end at a scenario without one'],
    }),
    zh: ({ loop }) => ({
      underline: circle(loop),
      fact: `情景${quoteZh(loop[0]!)}通过 like 绕回了自身`,
      notes: ["like 的链条必须止于一个没有 like 的情景"],
    }),
  },
  "unknown-indicator": {
    en: ({ name, near, exists }) => ({
      fact: exists ? `${quoteEn(name)} is not marked as an indicator` : `there is no indicator named ${quoteEn(name)}`,
      notes: exists
        ? ["add to the variable: indicator: end (the value at the year's end), total or mean"]
        : didYouMeanEn(near),
    }),
    zh: ({ name, near, exists }) => ({
      fact: exists ? `${quoteZh(name)}没有标记为指标` : `没有名为${quoteZh(name)}的指标`,
      notes: exists
        ? ["请在该变量中加上 indicator: end（年末值）、total（全年合计）或 mean（全年平均）"]
        : didYouMeanZh(near),
    }),
  },
  "target-date": {
    en: ({ name, of, due, start, stop, save, unit }) => {
      const what =
        of === "target" ? `target ${quoteEn(name)} is due at ${due}` : `chart ${quoteEn(name)} asks for ${due}`;
      if (due > stop)
        return {
          fact: `${what}, after the model stops at ${stop}`,
          notes: ["choose an earlier date, or a later stop under model: time"],
        };
      if (due < start) return { fact: `${what}, before the model starts at ${start}`, notes: ["choose a later date"] };
      return {
        fact: `${what}, when no result is saved`,
        notes: [`results are saved every ${clip(save)} ${clip(unit)} from ${start} to ${stop}`],
      };
    },
    zh: ({ name, of, due, start, stop, save, unit }) => {
      const what = of === "target" ? `目标${quoteZh(name)}的期限 ${due}` : `图表${quoteZh(name)}所取的时间 ${due}`;
      if (due > stop)
        return { fact: `${what} 晚于模型的结束时间 ${stop}`, notes: ["请取更早的时间，或推迟 model: time 中的 stop"] };
      if (due < start) return { fact: `${what} 早于模型的开始时间 ${start}`, notes: ["请取更晚的时间"] };
      return {
        fact: `${what} 没有保存的结果`,
        notes: [`从 ${start} 到 ${stop}，每隔 ${clip(save)} ${beforeZh(unit)}保存一次结果`],
      };
    },
  },
} satisfies MessageTopic;

/** `fast → slow → fast`. */
const circle = (loop: readonly string[]): string => clip([...loop, loop[0]!].join(" → "), 80);

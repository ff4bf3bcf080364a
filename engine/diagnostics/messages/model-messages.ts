/** Wording of what can be wrong with the model as a whole: time, roles of variables, distributions, processes, tables. */
import type { MessageTopic } from "./message.ts";
import { beforeZh, cellName, clip, countEn, groupDigits, kindEn, kindZh, quoteEn, quoteZh, withUnit } from "./terms.ts";

export const MODEL_MESSAGES = {
  "uneven-time-grid": {
    en: ({ start, stop, step, unit, below, above, nearest }) => ({
      fact: `${start} to ${stop} is not a whole number of steps of ${clip(step)} ${clip(unit)}`,
      notes: [
        below.steps === 0
          ? `one step alone ends at ${above.stop}`
          : `${countEn(below.steps, "step")} end${below.steps === 1 ? "s" : ""} at ${below.stop}, ${above.steps} at ${above.stop}`,
        ...(nearest.length > 0
          ? [`nearest steps that fit: ${nearest.map((n) => `${n.step} (${countEn(n.steps, "step")})`).join(", ")}`]
          : []),
        "a fraction is exact: 1/12 is a month of a year, 0.0833 is not",
      ],
    }),
    zh: ({ start, stop, step, unit, below, above, nearest }) => ({
      fact: `从 ${start} 到 ${stop} 不是步长 ${clip(step)} ${beforeZh(unit)}的整数倍`,
      notes: [
        below.steps === 0
          ? `仅一步就到了 ${above.stop}`
          : `${groupDigits(below.steps)} 步到 ${below.stop}，${groupDigits(above.steps)} 步到 ${above.stop}`,
        ...(nearest.length > 0
          ? [`最接近的可用步长：${nearest.map((n) => `${n.step}（${groupDigits(n.steps)} 步）`).join("、")}`]
          : []),
        "分数是精确的：1/12 年是一个月，0.0833 不是",
      ],
    }),
  },
  "uneven-save": {
    en: ({ save, step, nearest }) => ({
      fact: `results every ${clip(save)} do not fall on steps of ${clip(step)}`,
      notes: [
        ...(nearest.length > 0 ? [`nearest that fit: ${nearest.join(", ")}`] : []),
        '"save" is a whole number of steps, and divides the time from start to stop',
      ],
    }),
    zh: ({ save, step, nearest }) => ({
      fact: `每隔 ${clip(save)} 保存一次，与步长 ${clip(step)} 对不上`,
      notes: [
        ...(nearest.length > 0 ? [`最接近的可用间隔：${nearest.join("、")}`] : []),
        "save 应为步长的整数倍，并能整除从 start 到 stop 的时间",
      ],
    }),
  },
  "stop-before-start": {
    en: ({ start, stop }) => ({
      fact: `the model stops at ${stop}, which is not after its start at ${start}`,
      notes: [],
    }),
    zh: ({ start, stop }) => ({ fact: `模型的结束时间 ${stop} 不在开始时间 ${start} 之后`, notes: [] }),
  },
  "unattached-flow": {
    en: ({ name }) => ({
      fact: `no stock has ${quoteEn(name)} among its inflows or outflows`,
      notes: [
        `name it in a stock, for example inflows: [${clip(name)}]`,
        'if it only helps to compute something else, it belongs under "auxiliaries"',
      ],
    }),
    zh: ({ name }) => ({
      fact: `没有任何存量把${quoteZh(name)}列为流入或流出`,
      notes: [`请在存量中写明，例如 inflows: [${clip(name)}]`, "如果它只是为了计算别的量，应放在 auxiliaries 部分"],
    }),
  },
  "unused-parameter": {
    en: ({ name }) => ({
      fact: `no equation uses ${quoteEn(name)}`,
      notes: ["changing it changes nothing; use it or remove it"],
    }),
    zh: ({ name }) => ({
      fact: `没有任何方程用到${quoteZh(name)}`,
      notes: ["改变它不会影响结果；请使用它或删去它"],
    }),
  },
  "not-a-flow": {
    en: ({ name, kind }) => ({
      fact: `${quoteEn(name)} is ${kindEn(kind)}, not a flow`,
      notes: [`inflows and outflows name flows: declare ${quoteEn(name)} under "flows", or a flow that uses it`],
    }),
    zh: ({ name, kind }) => ({
      fact: `${quoteZh(name)}是${kindZh(kind)}，不是流量`,
      notes: [`inflows 和 outflows 中应写流量：请把${quoteZh(name)}声明在 flows 部分，或声明一个用到它的流量`],
    }),
  },
  "not-a-stock": {
    en: ({ name, kind }) => ({
      fact: `${quoteEn(name)} is ${kindEn(kind)}, not a stock`,
      notes: ["an event sets stocks; every other variable follows from them"],
    }),
    zh: ({ name, kind }) => ({
      fact: `${quoteZh(name)}是${kindZh(kind)}，不是存量`,
      notes: ["事件只能设定存量；其他变量由存量算出"],
    }),
  },
  "not-a-noise": {
    en: ({ name, kind }) => ({
      fact: `${quoteEn(name)} is ${kindEn(kind)}, not a noise process`,
      notes: ['correlations link the processes under "noise"'],
    }),
    zh: ({ name, kind }) => ({
      fact: `${quoteZh(name)}是${kindZh(kind)}，不是随机过程`,
      notes: ["correlations 只能写 noise 部分中的随机过程"],
    }),
  },
  "distribution-syntax": {
    en: ({ text, allowed }) => ({
      fact: `${quoteEn(text)} is not a distribution`,
      notes: ["write one of these, with numbers:", ...allowed.map((signature) => `  ${signature}`)],
    }),
    zh: ({ text, allowed }) => ({
      fact: `${quoteZh(text)}不是可用的分布`,
      notes: ["可以写下列之一，填上数字：", ...allowed.map((signature) => `  ${signature.replace(" or ", " 或 ")}`)],
    }),
  },
  "distribution-parameters": {
    en: ({ rule, given }) => {
      const { signature, condition } = splitRule(rule);
      return {
        fact: `these numbers do not make a distribution: ${clip(condition, 100)} must hold`,
        underline: `given: ${clip(given)}`,
        notes: [`write ${clip(signature, 100)}`],
      };
    },
    zh: ({ rule, given }) => {
      const { signature, condition } = splitRule(rule);
      return {
        fact: `这些数字构不成分布：应满足 ${clip(condition, 100)}`,
        underline: `给出的是 ${clip(given)}`,
        notes: [`写法：${clip(signature.replace(" or ", " 或 "), 100)}`],
      };
    },
  },
  "not-constant-in-run": {
    en: ({ name, because }) => ({
      fact: `${quoteEn(name)} uses ${quoteEn(because)}, which changes during a run`,
      notes: [
        "sd, persistence, leave and return of a noise process stay the same during a run: use parameters",
        `for a shock whose size follows ${quoteEn(because)}, multiply the two where the shock is used`,
      ],
    }),
    zh: ({ name, because }) => ({
      fact: `${quoteZh(name)}用到${quoteZh(because)}，而后者在运行中会变化`,
      notes: [
        "随机过程的 sd、persistence、leave 和 return 在一次运行中保持不变：请使用参数",
        `如果冲击的大小要随${quoteZh(because)}变化，请在使用冲击的地方把两者相乘`,
      ],
    }),
  },
  "noise-period": {
    en: ({ name, every, step }) => ({
      fact: `${quoteEn(name)} changes every ${clip(every)}, which is not a whole number of steps of ${clip(step)}`,
      notes: [`choose a period that is a multiple of ${clip(step)}, or a step that divides ${clip(every)}`],
    }),
    zh: ({ name, every, step }) => ({
      fact: `${quoteZh(name)}每隔 ${clip(every)} 变化一次，不是步长 ${clip(step)} 的整数倍`,
      notes: [`请选 ${clip(step)} 的整数倍作为间隔，或选能整除 ${clip(every)} 的步长`],
    }),
  },
  "event-period": {
    en: ({ name, every, step }) => ({
      fact: `the event ${quoteEn(name)} happens every ${clip(every)}, which is not a whole number of steps of ${clip(step)}`,
      notes: [`choose a period that is a multiple of ${clip(step)}, or a step that divides ${clip(every)}`],
    }),
    zh: ({ name, every, step }) => ({
      fact: `事件${quoteZh(name)}每隔 ${clip(every)} 发生一次，不是步长 ${clip(step)} 的整数倍`,
      notes: [`请选 ${clip(step)} 的整数倍作为间隔，或选能整除 ${clip(every)} 的步长`],
    }),
  },
  "event-date": {
    en: ({ name, at, start, stop, step, unit }) => ({
      fact:
        at <= start || at > stop
          ? `the event ${quoteEn(name)} is set for ${at}, and the model runs from ${start} to ${stop}`
          : `the event ${quoteEn(name)} is set for ${at}, which is not on a step of ${clip(step)} ${clip(unit)}`,
      notes: ["an event happens at the end of a step after the start, at the latest at the stop"],
    }),
    zh: ({ name, at, start, stop, step, unit }) => ({
      fact:
        at <= start || at > stop
          ? `事件${quoteZh(name)}定在 ${at}，而模型从 ${start} 运行到 ${stop}`
          : `事件${quoteZh(name)}定在 ${at}，与步长 ${clip(step)} ${beforeZh(unit)}对不上`,
      notes: ["事件发生在开始之后某一步的末尾，最晚在结束时间"],
    }),
  },
  "lookup-order": {
    en: ({ name, before, after }) => ({
      fact: `the points of ${quoteEn(name)} are out of order: ${after} follows ${before}`,
      notes: ["the first number of each point must be larger than the one before it"],
    }),
    zh: ({ name, before, after }) => ({
      fact: `查找表${quoteZh(name)}的点没有按顺序排列：${before} 之后是 ${after}`,
      notes: ["每个点的第一个数必须大于前一个点的"],
    }),
  },
  "lookup-too-short": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} needs at least two points`,
      notes: ["write points: [[x, y], [x, y], …]"],
    }),
    zh: ({ name }) => ({ fact: `查找表${quoteZh(name)}至少要有两个点`, notes: ["写法：points: [[x, y], [x, y], …]"] }),
  },
  "lookup-not-invertible": {
    en: ({ name }) => ({
      fact: `${quoteEn(name)} has no inverse: its values neither rise throughout nor fall throughout`,
      notes: [
        "a value that is reached twice belongs to two x; take a part of the lookup that only rises or only falls",
      ],
    }),
    zh: ({ name }) => ({
      fact: `查找表${quoteZh(name)}没有反函数：它的值既不是一直上升，也不是一直下降`,
      notes: ["同一个值对应两个 x；请只取单调上升或单调下降的一段"],
    }),
  },
  "step-too-long": {
    en: ({ name, time, stages, step, unit, suggestion }) => ({
      fact:
        stages === 1
          ? `this ${name} works over ${withUnit(time, unit)}, and the step is ${withUnit(step, unit)}`
          : `this ${name} works over ${withUnit(time, unit)} in ${stages} stages, and the step is ${withUnit(step, unit)}`,
      notes: [
        "each stage should be at least 4 steps long; in shorter ones the numbers are those of the step, not of the delay, and they may swing",
        `try a step of ${withUnit(suggestion, unit)}, or delay_fixed(x, time) for a delay of whole steps`,
      ],
    }),
    zh: ({ name, time, stages, step, unit, suggestion }) => ({
      fact:
        stages === 1
          ? `这个 ${name} 的时间为 ${withUnit(time, unit)}，而步长为 ${withUnit(step, unit)}`
          : `这个 ${name} 的时间为 ${withUnit(time, unit)}，分 ${stages} 个阶段，而步长为 ${withUnit(step, unit)}`,
      notes: [
        "每个阶段至少应有 4 个步长；更短时结果取决于步长而不是延迟，还可能振荡",
        `可以改用步长 ${withUnit(suggestion, unit)}；延迟整数个步长请用 delay_fixed(x, time)`,
      ],
    }),
  },
  "negative-initial-stock": {
    en: ({ name, elements, count, value, unit }) => ({
      fact: `${quoteEn(name)} starts at ${withUnit(value, unit)}, below zero${count > 1 ? `, in ${count} elements` : ""}`,
      notes: [
        ...(elements.length === 0
          ? []
          : [`it is negative at ${elements.map(cellName).join("; ")}${count > elements.length ? "; …" : ""}`]),
        "a stock of people or things cannot be negative; if it is a balance that may be, nothing needs to be done",
      ],
    }),
    zh: ({ name, elements, count, value, unit }) => ({
      fact: `存量${quoteZh(name)}的初始值为 ${withUnit(value, unit)}，小于零${count > 1 ? `（共 ${count} 个元素）` : ""}`,
      notes: [
        ...(elements.length === 0
          ? []
          : [`为负的元素：${elements.map(cellName).join("；")}${count > elements.length ? "；……" : ""}`]),
        "人口或实物的存量不能为负；如果它是可以为负的差额，则无须处理",
      ],
    }),
  },
  "stream-clash": {
    en: ({ a, b }) => ({
      fact: `${quoteEn(a)} and ${quoteEn(b)} would draw the same random numbers`,
      notes: [
        "random numbers belong to a name, and by a rare chance these two names share theirs: rename one of the two",
      ],
    }),
    zh: ({ a, b }) => ({
      fact: `${quoteZh(a)}与${quoteZh(b)}会取到相同的随机数`,
      notes: ["随机数由名称决定，这两个名称极偶然地对应到同一串随机数：请改掉其中一个"],
    }),
  },
  "model-too-large": {
    en: ({ what, size, limit }) => ({
      fact:
        what === "steps"
          ? `the model has ${groupDigits(size)} time steps; at most ${groupDigits(limit)} are allowed`
          : `${quoteEn(what)} has ${groupDigits(size)} elements; at most ${groupDigits(limit)} are allowed`,
      notes: ["every size is bounded, so that a model from a stranger can be opened safely"],
    }),
    zh: ({ what, size, limit }) => ({
      fact:
        what === "steps"
          ? `模型有 ${groupDigits(size)} 个时间步，最多允许 ${groupDigits(limit)} 个`
          : `${quoteZh(what)}有 ${groupDigits(size)} 个元素，最多允许 ${groupDigits(limit)} 个`,
      notes: ["所有规模都有上限，这样打开他人的模型也是安全的"],
    }),
  },
  "too-much-work": {
    en: ({ name, size, limit }) => ({
      fact: `one step of ${quoteEn(name)} runs through ${groupDigits(size)} combinations of elements; at most ${groupDigits(limit)} are allowed`,
      notes: [
        "a sum of products over several dimensions can often be written as a product of sums",
        "every size is bounded, so that a model from a stranger can be opened safely",
      ],
    }),
    zh: ({ name, size, limit }) => ({
      fact: `${quoteZh(name)}每一步要遍历 ${groupDigits(size)} 个元素组合，最多允许 ${groupDigits(limit)} 个`,
      notes: ["对多个维度的乘积求和常可写成各维度求和的乘积", "所有规模都有上限，这样打开他人的模型也是安全的"],
    }),
  },
} satisfies MessageTopic;

/** A rule such as `uniform(low, high): low <= high`, cut at its colon. */
function splitRule(rule: string): { signature: string; condition: string } {
  const at = rule.indexOf(": ");
  return at < 0
    ? { signature: rule, condition: rule }
    : { signature: rule.slice(0, at), condition: rule.slice(at + 2) };
}

/** What single kinds of charts say of themselves, and what bands of institutions mean. */
import type { BandPreset } from "../../../engine/ensemble/band-presets.ts";
import type { Title } from "../../../engine/ensemble/catalog.ts";
import type { Sentence } from "./sentence.ts";

/** What bands after the habit of an institution mean; one sentence under the chart. */
export const BAND_NOTES: Readonly<Record<Exclude<BandPreset, "terrace">, Title>> = {
  "bank-of-england": {
    en: "Bands as in the fan charts of the Bank of England: the darkest holds the middle 10% of the runs, each further pair of shades 10% more, all of them 90%; ten runs of a hundred end outside. Unlike the Bank's, the shares are counted over runs of the model, not judged by a committee.",
    zh: "区间画法仿英格兰银行扇形图：最深色为居中的10%模拟，每向外一层增加10%，合计90%，另有10%的模拟落在图外。与该行不同，此处比例由模型模拟计数得出，而非委员会判断。",
  },
  un: {
    en: "Bands as in the United Nations' World Population Prospects: median with 80 and 95% intervals. Here they count runs of the model, so they hold as far as its assumptions do.",
    zh: "区间画法仿联合国《世界人口展望》：中位数及80%、95%区间。此处按模型模拟计数，仅在模型假设成立的范围内有效。",
  },
  ipcc: {
    en: 'Bands after the IPCC\'s Sixth Assessment Report: "likely" is the middle 66% (17 to 83%), "very likely" the middle 90% (5 to 95%). Here the words stand for shares of the runs, not for assessed likelihood.',
    zh: "区间画法仿IPCC第六次评估报告：“可能”为居中的66%（17%至83%），“很可能”为居中的90%（5%至95%）。此处指模拟所占比例，并非专家评估的可能性。",
  },
  vensim: {
    en: "Bands as in the sensitivity graphs of Vensim: 50, 75, 95 and 100% of the runs. The outermost goes from the smallest to the largest run, so it widens with the number of draws.",
    zh: "区间画法仿Vensim敏感性图：50%、75%、95%和100%的模拟。最外层为最小至最大的一次模拟，抽样越多越宽。",
  },
};

export const panelsText: Sentence<[time: string]> = {
  en: (time) => `All panels share one scale; in each, the median of ${time} and its 80% band`,
  zh: (time) => `各图同一刻度；图内为${time}中位数及80%区间`,
};

/** The same where panels of very different size are drawn as an index. */
export const indexPanelsText: Sentence<[start: string, last: string, unit: string]> = {
  en: (start, last, unit) =>
    `Lines are indices (${start} = 100) on one scale; numbers give the median of ${last} and its 80% band, ${unit}`,
  zh: (start, last, unit) => `曲线为指数（${start}=100），各图同一刻度；图内数字为${last}中位数及80%区间（${unit}）`,
};

/** How many of the values measured since the start the bands hold. */
export const coverageText: Sentence<[measured: number, in80: number, in95: number]> = {
  en: (measured, in80, in95) =>
    `Of ${measured} values measured since the start, ${in80} lie in the 80% band and ${in95} in the 95% band`,
  zh: (measured, in80, in95) => `起点之后共有${measured}个实测值，其中${in80}个落在80%区间内，${in95}个落在95%区间内`,
};

export const stackedText: Sentence<[]> = {
  en: () => "Means over the runs (means of the parts add up to the mean of the total; medians would not)",
  zh: () => "各次模拟的均值（分项均值之和等于合计均值，中位数则不然）",
};

export const netText: Sentence<[]> = {
  en: () => "Parts below zero are drawn left of the line; the number behind a bar is the sum of all parts",
  zh: () => "负值绘于零线左侧，条形右侧数字为各项之和",
};

export const perHeadText: Sentence<[divisor: string]> = {
  en: (divisor) => `Per head: mean amount divided by the mean of "${divisor}"`,
  zh: (divisor) => `人均：平均金额除以“${divisor}”的均值`,
};

export const attainmentText: Sentence<[]> = {
  en: () =>
    "Share of runs that meet the target if it is judged at the date shown, in %, rounded to 5; <5 and >95 stand for anything nearer to 0 and 100. First: the first year by which half of the runs have met it",
  zh: () =>
    "按所示时点判定，达到目标的模拟所占比例（%，按5取整；<5、>95表示更接近0或100）；“首达”为半数模拟首次达到的年份",
};

export const attainmentDueText: Sentence<[]> = {
  en: () =>
    "Share of runs that meet the target when it is due, in %, rounded to 5; <5 and >95 stand for anything nearer to 0 and 100. Below: the first year by which half of the runs have met it",
  zh: () => "到期时达到目标的模拟所占比例（%，按5取整；<5、>95表示更接近0或100）；下行为半数模拟首次达到的年份",
};

export const attainmentTip: Sentence<[target: string, scenario: string, time: string, share: string, first: string]> = {
  en: (target, scenario, time, share, first) =>
    `${target}, ${scenario}, ${time}: ${share}%; half of the runs have met it by ${first}`,
  zh: (target, scenario, time, share, first) =>
    `${target}，${scenario}，${time}：${share}%；半数模拟首次达到：${first}`,
};

export const attainmentTitle: Title = {
  en: "Probability of meeting each target",
  zh: "各项目标的达成概率",
};

/** What a row of the heat map asks: threshold and date. */
export const targetQuestion: Sentence<[comparison: "at_least" | "at_most", value: string, due: string]> = {
  en: (comparison, value, due) => `${comparison === "at_least" ? "≥" : "≤"} ${value} by ${due}`,
  zh: (comparison, value, due) => `${due}${comparison === "at_least" ? "≥" : "≤"}${value}`,
};

export const comparedTitle: Sentence<[scenario: string, reference: string]> = {
  en: (scenario, reference) => `${scenario} compared with ${reference}`,
  zh: (scenario, reference) => `${scenario}与${reference}比较`,
};

export const comparedText: Sentence<[scenario: string, reference: string, bands: string]> = {
  en: (scenario, reference, bands) =>
    `Above: medians and 80% bands of both scenarios. Below: ${scenario} minus ${reference}, draw by draw, with ${bands} bands; both use the same draws, so this band is narrower than the levels suggest`,
  zh: (scenario, reference, bands) =>
    `上：两情景的中位数及80%区间。下：“${scenario}”减“${reference}”的逐次差值及${bands}区间；两情景使用相同抽样，故差值区间窄于水平区间`,
};

export const tilesText: Sentence<[isMap: boolean]> = {
  en: (isMap) =>
    isMap
      ? "medians, one colour scale for all years"
      : "one tile of equal size a place: median and, below, its 80% band",
  zh: (isMap) => (isMap ? "中位数，各年同一色阶" : "每地一格、大小相同：中位数，其下为80%区间"),
};

export const scaleText: Sentence<[low: string, high: string]> = {
  en: (low, high) => `Colours run from light (${low}) to dark (${high}), on every panel alike`,
  zh: (low, high) => `颜色由浅（${low}）到深（${high}），各图同一色阶`,
};

export const boundaryText: Sentence<[review: string | undefined]> = {
  en: (review) =>
    `Boundaries are the user's own; map review number: ${review ?? "not stated (maps for publication in China need one)"}`,
  zh: (review) => `行政区划界线由使用者提供；审图号：${review ?? "未注明（公开使用须送审）"}`,
};

export const ranksText: Sentence<[]> = {
  en: () =>
    "lines join ranks of the medians; brackets and the bars at the right are the ranks that the 80% bands leave open",
  zh: () => "连线为中位数名次；括号及右侧横条为80%区间所容许的名次范围",
};

export const reachText: Sentence<[year: string]> = {
  en: (year) => `Ranks within reach, ${year}`,
  zh: (year) => `${year}年可能的名次`,
};

/** Which way lines go between two years. */
export const RANK_WORDS = {
  up: {
    en: (first: string, last: string) => `Higher in ${last} than in ${first}`,
    zh: (first: string, last: string) => `${last}年名次高于${first}年`,
  },
  down: {
    en: (first: string, last: string) => `Lower in ${last} than in ${first}`,
    zh: (first: string, last: string) => `${last}年名次低于${first}年`,
  },
  same: { en: (_first: string, _last: string) => "Same rank", zh: (_first: string, _last: string) => "名次不变" },
} satisfies Record<string, Sentence<[first: string, last: string]>>;

export const dumbbellText: Sentence<[reference: string, scenario: string | undefined]> = {
  en: (reference, scenario) =>
    `Left: medians under ${reference} and under ${scenario ?? "each scenario"}. Right: the difference, draw by draw, median and 80% band in numbers`,
  zh: (reference, scenario) =>
    `左：${reference}与${scenario ?? "各情景"}的中位数。右：逐次抽样的差值，数字为中位数及80%区间`,
};

export const matrixText: Sentence<[movesMoney: boolean]> = {
  en: (movesMoney) =>
    `means over the runs, with sums of rows and columns${movesMoney ? "; a column that only moves money between places sums to zero" : ""}`,
  zh: (movesMoney) => `各次模拟的均值及行、列合计${movesMoney ? "；仅在各地之间流转的资金，其列合计为零" : ""}`,
};

export const MATRIX_WORDS = {
  pays: { en: "Pays (below zero)", zh: "净支出（负）" },
  receives: { en: "Receives (above zero)", zh: "净得到（正）" },
  below: { en: "Below zero", zh: "负值" },
  above: { en: "Above zero", zh: "正值" },
} satisfies Record<string, Title>;

export const pyramidText: Sentence<[]> = {
  en: () => "means over the runs, by age",
  zh: () => "各年龄为各次模拟的均值",
};

export const outlineText: Sentence<[year: string]> = {
  en: (year) => `Outline of ${year}`,
  zh: (year) => `${year}年轮廓`,
};

export const phaseText: Sentence<[isMany: boolean]> = {
  en: (isMany) =>
    `level of the median across, its change up${isMany ? "; dots are the last year" : ""}; above the dashed line the pace is faster than logistic growth from the first year on`,
  zh: (isMany) =>
    `横轴为中位数水平，纵轴为年度变化${isMany ? "，圆点为末年" : ""}；虚线以上表示快于自首年起的逻辑斯蒂增长`,
};

export const levelBand: Sentence<[percent: number]> = {
  en: (percent) => `${percent}% band of the level`,
  zh: (percent) => `水平的${percent}%区间`,
};

export const changeText: Sentence<[label: string]> = {
  en: (label) => `Change over the year, ${label}`,
  zh: (label) => `年度变化（${label}）`,
};

export const waterfallText: Sentence<[]> = {
  en: () => "Each bar starts where the last one ends; the dark one is the whole, in numbers",
  zh: () => "每一条从前一条末端起；深色为合计，数字为合计值",
};

export const qualityText: Sentence<[]> = {
  en: () =>
    "Evidence grade of each indicator (A the best measured, J judgement; * by element), the last year that was measured, and the source or rule. Weakest first",
  zh: () => "各指标的证据等级（A 为实测最佳，J 为判断；* 为分地区指标）、最近实测年份、来源或规则；由弱到强排列",
};

export const tornadoTitle: Sentence<[title: string]> = {
  en: (title) => `What the spread comes from: ${title}`,
  zh: (title) => `不确定性来源：${title}`,
};

export const tornadoText: Sentence<[]> = {
  en: () =>
    "Share of the variance that each uncertain input explains alone (first-order index), with its 95% interval, pale where that touches zero; bars to the right: more of the input, more of the result; [grade of the input]",
  zh: () =>
    "各不确定输入单独解释的方差比例（一阶指数）及其95%区间，区间触零者为浅色；向右表示输入越大结果越大；方括号内为输入的证据等级",
};

export const tornadoAxis: Sentence<[]> = {
  en: () => "Left: lowers the result; right: raises it (share of the variance, %)",
  zh: () => "左：使结果降低；右：使结果升高（方差比例，%）",
};

export const tornadoRest: Sentence<[sum: string]> = {
  en: (sum) =>
    `Inputs that are told apart from zero explain ${sum}% of the variance of this scenario; the rest is shocks, what inputs do together, and small effects`,
  zh: (sum) => `可与零区分的输入共解释本情景方差的${sum}%，其余为随机冲击、输入间的共同作用及微小影响`,
};

export const leverShare: Sentence<[scenarios: string, draws: string, both: string]> = {
  en: (scenarios, draws, both) =>
    `Over all scenarios of the batch: levers ${scenarios}% of the variance, uncertain inputs and shocks ${draws}%, both together ${both}%`,
  zh: (scenarios, draws, both) =>
    `就全部情景而言：政策杠杆占方差的${scenarios}%，不确定输入与冲击占${draws}%，二者共同占${both}%`,
};

export const INPUT_WORDS = {
  data: { en: "Driven by data (grades A to D)", zh: "有数据支撑（A至D级）" },
  judged: { en: "Driven by literature or judgement", zh: "依据文献或判断" },
} satisfies Record<string, Title>;

export const differenceFrom: Sentence<[reference: string]> = {
  en: (reference) => `difference from ${reference}`,
  zh: (reference) => `与${reference}之差`,
};

export const decompositionText: Sentence<[hasBands: boolean]> = {
  en: (hasBands) =>
    `Means of the paired differences, because means add up; rules are their 80% bands. The interaction is the whole less the sum of the parts${hasBands ? ", draw by draw" : "; its band needs the runs (terrace report RESULTS --sensitivity)"}`,
  zh: (hasBands) =>
    `配对差值的均值（均值可加），细线为80%区间；交互作用为整体减各部分之和${hasBands ? "，逐次计算" : "，其区间需由逐次结果计算（terrace report RESULTS --sensitivity）"}`,
};

export const LEVELS: readonly Title[] = [
  { en: "green", zh: "绿" },
  { en: "blue", zh: "蓝" },
  { en: "yellow", zh: "黄" },
  { en: "orange", zh: "橙" },
  { en: "red", zh: "红" },
];

export const lightsText: Sentence<[]> = {
  en: () => "colour and digit: median level; two digits: the levels between which 80% of the runs lie",
  zh: () => "颜色与数字为中位数等级；两个数字为80%模拟所在的等级范围",
};

export const redFrom: Sentence<[year: string]> = {
  en: (year) => `median first red in ${year}`,
  zh: (year) => `中位数${year}年首次为红`,
};

export const backtestText: Sentence<[area: string, events: string]> = {
  en: (area, events) =>
    `tested inside the model, not in history: about ${events} events a run; area under the curve ${area} (0.5 is chance, 1 is perfect); noise to signal under 1 is better than chance`,
  zh: (area, events) =>
    `在模型内部检验，并非历史回测：每次模拟约${events}个事件；曲线下面积${area}（0.5为随机，1为完美）；噪声信号比小于1优于随机`,
};

export const signalTip: Sentence<[threshold: string, hit: string, cry: string, ratio: string]> = {
  en: (threshold, hit, cry, ratio) => `${threshold}: foretold ${hit}%, false alarms ${cry}%, noise to signal ${ratio}`,
  zh: (threshold, hit, cry, ratio) => `${threshold}：命中${hit}%，误报${cry}%，噪声信号比${ratio}`,
};

export const robustnessText: Sentence<[draws: string, concentration: string]> = {
  en: (draws, concentration) =>
    `above the profile of each place over the parts, in medians; the index is their geometric mean; below the same in numbers, and the ranks that ${draws} other sets of weights give (Dirichlet, ${concentration})`,
  zh: (draws, concentration) =>
    `上图为各地在各维度上的得分（中位数），指数为其几何平均；下表为具体数值，右侧为${draws}组其他权重（狄利克雷分布，参数${concentration}）下的位次`,
};

export const endsText = {
  first: { en: (count: number) => `First ${count} ranks`, zh: (count: number) => `前${count}位` },
  last: { en: (count: number) => `Last ${count} ranks`, zh: (count: number) => `后${count}位` },
} satisfies Record<string, Sentence<[count: number]>>;

export const convergenceText: Sentence<[]> = {
  en: () => "growth of each place against its level at the start; a falling line: poor places catch up",
  zh: () => "各地增速与期初水平；线向下倾斜表示落后地区追赶",
};

export const speedText: Sentence<[speed: string]> = {
  en: (speed) => `${speed}% of the gap closes a year`,
  zh: (speed) => `差距每年缩小${speed}%`,
};

export const spreadText: Sentence<[before: string, first: string, after: string, last: string]> = {
  en: (before, first, after, last) =>
    `Spread between places (standard deviation of the logarithms of the medians): ${before} in ${first}, ${after} in ${last}`,
  zh: (before, first, after, last) => `地区离散程度（中位数对数标准差）：${first}${before}，${last}${after}`,
};

export const growthAxis: Sentence<[first: string, last: string]> = {
  en: (first, last) => `Growth a year, ${first}–${last}, %`,
  zh: (first, last) => `${first}—${last}年年均增速（%）`,
};

export const tableText: Sentence<[rows: string]> = {
  en: (rows) => `${rows} rows, as the model carries them; a dash: nothing entered`,
  zh: (rows) => `共${rows}项，随模型提供；“–”表示尚未填报`,
};

export const fromText: Sentence<[time: string]> = {
  en: (time) => `Drawn from ${time} on: before it the measure is not defined`,
  zh: (time) => `自${time}起绘制，此前该指标尚无定义`,
};

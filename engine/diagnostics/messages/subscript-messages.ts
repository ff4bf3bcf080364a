/** Wording of what can be wrong with dimensions, elements and subscripts. */
import type { MessageTopic } from "./message.ts";
import {
  cellName,
  clip,
  countEn,
  didYouMeanEn,
  didYouMeanZh,
  groupDigits,
  namesEn,
  namesZh,
  quoteEn,
  quoteZh,
  shapeEn,
  shapeZh,
} from "./terms.ts";

export const SUBSCRIPT_MESSAGES = {
  "unknown-dimension": {
    en: ({ name, near }) => ({
      fact: `there is no dimension named ${quoteEn(name)}`,
      notes: near.length > 0 ? didYouMeanEn(near) : [`declare it under "dimensions", or correct the name`],
    }),
    zh: ({ name, near }) => ({
      fact: `没有名为${quoteZh(name)}的维度`,
      notes: near.length > 0 ? didYouMeanZh(near) : ["请在 dimensions 部分声明，或改正名称"],
    }),
  },
  "unknown-element": {
    en: ({ element, dimension, near }) => ({
      fact: `${quoteEn(dimension)} has no element ${quoteEn(element)}`,
      notes: didYouMeanEn(near),
    }),
    zh: ({ element, dimension, near }) => ({
      fact: `维度${quoteZh(dimension)}没有元素${quoteZh(element)}`,
      notes: didYouMeanZh(near),
    }),
  },
  "unknown-group": {
    en: ({ name, near }) => ({
      fact: `there is no group named ${quoteEn(name)}`,
      notes:
        near.length > 0
          ? didYouMeanEn(near)
          : ["groups are declared in their dimension: groups: {border: [baoshan, honghe]}"],
    }),
    zh: ({ name, near }) => ({
      fact: `没有名为${quoteZh(name)}的元素组`,
      notes: near.length > 0 ? didYouMeanZh(near) : ["元素组在所属的维度中声明：groups: {border: [baoshan, honghe]}"],
    }),
  },
  "wrong-subscript-count": {
    en: ({ name, given, shape }) => ({
      fact:
        shape.length === 0
          ? `${quoteEn(name)} has no dimension and takes no subscript`
          : `${quoteEn(name)} takes ${countEn(shape.length, "subscript")}, but ${given} ${given === 1 ? "is" : "are"} given`,
      notes:
        shape.length === 0
          ? [`write ${clip(name)} alone`]
          : [
              `it is declared as ${clip(name)}${shapeEn(shape)}`,
              `for a total over a dimension, write for example sum(${clip(name)}, ${shape.at(-1)})`,
            ],
    }),
    zh: ({ name, given, shape }) => ({
      fact:
        shape.length === 0
          ? `${quoteZh(name)}没有维度，不能带下标`
          : `${quoteZh(name)}需要 ${shape.length} 个下标，这里给了 ${given} 个`,
      notes:
        shape.length === 0
          ? [`请只写 ${clip(name)}`]
          : [
              `它声明为 ${clip(name)}${shapeZh(shape)}`,
              `如果要对某个维度求和，请写例如 sum(${clip(name)}, ${shape.at(-1)})`,
            ],
    }),
  },
  "wrong-subscript": {
    en: ({ name, subscript, dimension, shape }) => ({
      fact:
        subscript === "…"
          ? `${quoteEn(name)} needs a name from ${quoteEn(dimension)} here`
          : `${quoteEn(subscript)} does not belong to ${quoteEn(dimension)}, where ${quoteEn(name)} has its subscript`,
      notes: [
        `${quoteEn(name)} is declared as ${clip(name)}${shapeEn(shape)}`,
        `here stands ${clip(dimension)} (or an alias of it), one of its elements, or ${clip(dimension)} with an offset such as ${clip(dimension)} - 1`,
      ],
    }),
    zh: ({ name, subscript, dimension, shape }) => ({
      fact:
        subscript === "…"
          ? `${quoteZh(name)}的这个下标应来自维度${quoteZh(dimension)}`
          : `${quoteZh(subscript)}不属于维度${quoteZh(dimension)}，不能用作${quoteZh(name)}的这个下标`,
      notes: [
        `${quoteZh(name)}声明为 ${clip(name)}${shapeZh(shape)}`,
        `这里应写 ${clip(dimension)}（或它的别名）、它的某个元素，或带偏移的写法，例如 ${clip(dimension)} - 1`,
      ],
    }),
  },
  "subscript-not-in-scope": {
    en: ({ name, dimension, scope, shape }) => ({
      fact: `${quoteEn(name)} has a value for each ${quoteEn(dimension)}, and this equation does not say which`,
      notes: [
        `${quoteEn(name)} is declared over ${shapeEn(shape)}; this equation ${scope.length === 0 ? "gives one value, without dimension" : `is for each element of ${shapeEn(scope)}`}`,
        `say which element is meant, ${clip(name)}[…], or take the total: sum(${clip(name)}, ${clip(dimension)})`,
      ],
    }),
    zh: ({ name, dimension, scope, shape }) => ({
      fact: `${quoteZh(name)}对每个${quoteZh(dimension)}各有一个值，而这个方程没有指明是哪一个`,
      notes: [
        `${quoteZh(name)}的维度是 ${shapeZh(shape)}；这个方程${scope.length === 0 ? "没有维度，只给出一个值" : `的维度是 ${shapeZh(scope)}`}`,
        `请指明元素：${clip(name)}[…]，或求合计：sum(${clip(name)}, ${clip(dimension)})`,
      ],
    }),
  },
  "dimension-not-in-scope": {
    en: ({ name, scope }) => ({
      fact: `this equation does not run over ${quoteEn(name)}`,
      notes: [
        scope.length === 0 ? "it gives one value, without dimension" : `it runs over ${shapeEn(scope)}`,
        `declare the variable over it, name[${clip(name)}], or run over it inside a sum: sum(…, ${clip(name)})`,
      ],
    }),
    zh: ({ name, scope }) => ({
      fact: `这个方程不随${quoteZh(name)}变化`,
      notes: [
        scope.length === 0 ? "它只给出一个值，没有维度" : `它的维度是 ${shapeZh(scope)}`,
        `请在变量的声明中加上这个维度：name[${clip(name)}]，或放在求和之内：sum(…, ${clip(name)})`,
      ],
    }),
  },
  "dimension-as-number": {
    en: ({ dimension }) => ({
      fact: `${quoteEn(dimension)} is not a number: its elements are names`,
      notes: [
        `elements can be compared: ${clip(dimension)} == name, ${clip(dimension)} != name`,
        `for the place of an element in the list, write position(${clip(dimension)})`,
      ],
    }),
    zh: ({ dimension }) => ({
      fact: `${quoteZh(dimension)}不是数字：它的元素是名称`,
      notes: [
        `元素可以比较：${clip(dimension)} == 元素名，${clip(dimension)} != 元素名`,
        `要用元素的序号，请写 position(${clip(dimension)})`,
      ],
    }),
  },
  "element-compared": {
    en: ({ element, dimension }) => ({
      fact: `${quoteEn(element)} cannot be compared with ${quoteEn(dimension)}`,
      notes: ["only elements of the same dimension can be compared, and only by == and !="],
    }),
    zh: ({ element, dimension }) => ({
      fact: `${quoteZh(element)}不能与${quoteZh(dimension)}比较`,
      notes: ["只有同一维度的元素可以比较，而且只能用 == 和 !="],
    }),
  },
  "equation-not-covered": {
    en: ({ name, elements, count }) => ({
      fact: `${quoteEn(name)} has no equation for ${count === 1 ? namesEn(elements.map(cellName)) : countEn(count, "element")}`,
      notes: [
        ...(count === 1
          ? []
          : [
              `without an equation: ${namesEn(elements.map(cellName))}${count > elements.length ? ` and ${groupDigits(count - elements.length)} more` : ""}`,
            ]),
        "the name of a dimension as key stands for every element not given elsewhere",
      ],
    }),
    zh: ({ name, elements, count }) => ({
      fact:
        count === 1
          ? `${quoteZh(name)}没有为${namesZh(elements.map(cellName))}给出方程`
          : `${quoteZh(name)}有 ${groupDigits(count)} 个元素没有方程`,
      notes: [
        ...(count === 1
          ? []
          : [
              `没有方程的是：${namesZh(elements.map(cellName))}${count > elements.length ? `，另有 ${groupDigits(count - elements.length)} 个` : ""}`,
            ]),
        "以维度名为键的方程适用于未单独列出的所有元素",
      ],
    }),
  },
  "equation-covered-twice": {
    en: ({ name, element }) => ({
      fact: `two equations of ${quoteEn(name)} give ${quoteEn(cellName(element))}, and neither is the more specific`,
      notes: ["an element goes before a range, a group and the whole dimension: make one of the two keys narrower"],
    }),
    zh: ({ name, element }) => ({
      fact: `${quoteZh(name)}有两个方程都给出${quoteZh(cellName(element))}，而且同样具体`,
      notes: ["元素优先于范围、元素组和整个维度：请把其中一个键写得更具体"],
    }),
  },
} satisfies MessageTopic;

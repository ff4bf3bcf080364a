/** How a random process goes on from one period to the next. */

import type { Noise } from "../model/model.ts";
import { constant } from "./constant.ts";
import type { IrExpression } from "./program.ts";

/** Whether the innovations of a process are uniform on (0, 1), and not standard normal. */
export const isUniform = ({ process }: Pick<Noise, "process">): boolean =>
  process === "markov" || process === "uniform";

/** The new value of a noise from its value now, its innovation and the terms of its process. */
export function noiseUpdate(
  noise: Noise,
  now: IrExpression,
  shock: IrExpression,
  term: (name: string) => IrExpression,
): IrExpression {
  const binary = (
    op: "add" | "multiply" | "equal" | "less",
    left: IrExpression,
    right: IrExpression,
  ): IrExpression => ({ kind: "binary", op, left, right });
  switch (noise.process) {
    case "ar1":
      return binary("add", binary("multiply", term("persistence"), now), binary("multiply", term("sd"), shock));
    case "random_walk":
      return binary("add", now, binary("multiply", term("sd"), shock));
    case "normal":
      return binary("multiply", term("sd"), shock);
    case "uniform":
      return shock;
    case "markov": {
      const [first, second] = noise.values!;
      const move = (name: string, to: number): IrExpression => ({
        kind: "select",
        condition: binary("less", shock, term(name)),
        ifTrue: constant(to),
        ifFalse: now,
      });
      const atFirst = binary("equal", now, constant(first));
      return { kind: "select", condition: atFirst, ifTrue: move("leave", second), ifFalse: move("return", first) };
    }
  }
}

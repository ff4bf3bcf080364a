/** A program as text: what lowering and each pass made, for people. */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { Definition, IrExpression, Loop, Place, Program, SlotRange, Statement } from "./program.ts";

const SIGN: Partial<Record<string, string>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  power: "^",
  equal: "==",
  unequal: "!=",
  less: "<",
  "less-equal": "<=",
  greater: ">",
  "greater-equal": ">=",
  and: "and",
  or: "or",
};

/**
 * The blocks of a program with their statements, a line each:
 *
 * ```
 * step
 *   deaths
 *     for place = 0..2
 *       #4 = people[5*place + age] * p
 * ```
 *
 * A place is the variable whose slots it lies in, and the number of the value there; `deaths'1` are hidden values of `deaths`. `#4` is a value
 * that is not stored.
 *
 * @param only the variable whose lines are wanted; all where it is left out
 */
export function printProgram(program: Program, only?: string): string {
  const printer = new Printer(program.slots);
  const blocks: [string, readonly Pick<Definition, "name" | "statements">[]][] = [
    ["constants", program.constants],
    ["initial", program.initial],
    ["ahead", program.ahead],
    ["step", program.step],
    ["stage", program.stage === program.step ? [] : program.stage],
    ["past", [{ name: "past", statements: program.past }]],
    ["correlate", [{ name: "correlate", statements: program.correlate }]],
    ...program.noise.map((n): [string, Pick<Definition, "name" | "statements">[]] => [
      `noise ${n.name}`,
      [{ name: n.name, statements: n.update }],
    ]),
    ...program.events.map((e): [string, readonly Definition[]] => [`event ${e.name}`, e.definitions]),
    ...program.identities.map((i): [string, Pick<Definition, "name" | "statements">[]] => [
      `identity ${i.name}`,
      [{ name: i.name, statements: i.statements }],
    ]),
  ];
  return blocks
    .map(([name, all]) => [name, only === undefined ? all : all.filter((d) => d.name === only)] as const)
    .filter(([, definitions]) => definitions.some((d) => d.statements.length > 0))
    .flatMap(([name, definitions]) => [name, ...definitions.flatMap((d) => printer.definition(d, "  "))])
    .join("\n");
}

class Printer {
  readonly #slots: readonly { readonly base: number; readonly label: string }[];

  constructor(slots: readonly SlotRange[]) {
    const seen = new Map<string, number>();
    this.#slots = slots
      .toSorted((a, b) => a.base - b.base)
      .map(({ name, base }) => {
        const earlier = seen.get(name) ?? 0;
        seen.set(name, earlier + 1);
        return { base, label: earlier === 0 ? name : `${name}'${earlier}` };
      });
  }

  definition({ name, statements }: Pick<Definition, "name" | "statements">, indent: string): string[] {
    return [`${indent}${name}`, ...statements.flatMap((s) => this.#statement(s, `${indent}  `, new Map()))];
  }

  #statement(s: Statement, indent: string, around: ReadonlyMap<number, string>): string[] {
    const at = (text: string): string[] => [`${indent}${text}`];
    const inLoops = (loops: readonly Loop[], line: (names: ReadonlyMap<number, string>) => string): string[] => {
      const names = new Map(around);
      const heads = loops.map((l, i) => `${indent}${"  ".repeat(i)}${open(l, names)}`);
      return [...heads, `${indent}${"  ".repeat(loops.length)}${line(names)}`];
    };
    switch (s.kind) {
      case "assign":
        return inLoops(s.loops, (n) => `${this.#place(s.target, n)} = ${this.#expression(s.value, n)}`);
      case "reduce":
        return inLoops(s.loops, (n) => {
          const target = this.#place(s.target, n);
          const over = open(s.over, n as Map<number, string>);
          return `${target} = ${s.op} ${over} of ${this.#expression(s.value, n)}`;
        });
      case "allocate":
        return inLoops(s.loops, (n) => {
          const over = open(s.over, n as Map<number, string>);
          const [amount, weight, cap] = [s.amount, s.weight, s.cap].map((e) => this.#expression(e, n));
          return `${this.#place(s.target, n)} = allocate ${over} of ${amount} by ${weight} up to ${cap}`;
        });
      case "keep-maximum":
        return inLoops(s.loops, (n) => `${this.#slot(s.target)} = max with ${this.#expression(s.value, n)}`);
      case "copy":
        return at(`${this.#slot(s.to)} = ${this.#slot(s.from)}, ${s.size} values`);
      case "keep-past":
      case "fill-past":
        return at(`${s.kind} ${this.#slot(s.to)} of ${this.#slot(s.from)}, ${s.size} values, ${s.copies} copies`);
      case "set":
        return at(`#${s.id} = ${this.#expression(s.value, around)}`);
      case "fold":
        return at(`#${s.total} ${s.op} ${this.#expression(s.value, around)}`);
      case "fused": {
        const names = new Map(around);
        const head = `${indent}${open(s.loop, names)}`;
        const body = s.body.flatMap((d) =>
          d.statements.flatMap((inner) => this.#statement(inner, `${indent}  `, names)),
        );
        const totals = s.totals.flatMap(({ id, target }) =>
          target ? [`${indent}${this.#place(target, around)} = #${id}`] : [],
        );
        return [head, ...body, ...totals];
      }
      case "repeat": {
        const names = new Map(around);
        const head = `${indent}${open(s.loop, names)}`;
        return [head, ...s.body.flatMap((inner) => this.#statement(inner, `${indent}  `, names))];
      }
      default:
        return assertNever(s);
    }
  }

  #slot(slot: number): string {
    return this.#place({ base: slot, terms: [], guards: [] }, new Map());
  }

  #place({ base, terms, guards }: Place, names: ReadonlyMap<number, string>): string {
    const range = this.#slots.findLast((r) => r.base <= base) ?? this.#slots[0];
    const first = base - (range?.base ?? 0);
    const parts = terms.map(({ loop, stride }) => `${stride === 1 ? "" : `${stride}*`}${names.get(loop)}`);
    const index = [...parts, ...(first === 0 && parts.length > 0 ? [] : [String(first)])].join(" + ");
    const guarded = guards.map((g) => ` if 0 <= ${names.get(g.loop)} + ${g.offset} < ${g.size}`).join("");
    return `${range?.label ?? "slot"}[${index}${guarded}]`;
  }

  #expression(e: IrExpression, names: ReadonlyMap<number, string>): string {
    const part = (x: IrExpression) => this.#expression(x, names);
    switch (e.kind) {
      case "constant":
        return Object.is(e.value, -0) ? "-0" : String(e.value);
      case "time":
        return "time";
      case "loop-value":
        return `(${names.get(e.loop)} + ${e.offset})`;
      case "local":
        return `#${e.id}`;
      case "load":
        return this.#place(e.place, names);
      case "load-past":
        return `${this.#place(e.place, names)} ${part(e.lag)} steps ago`;
      case "unary":
        return `${e.op}(${part(e.operand)})`;
      case "power-integer":
        return `${part(e.base)}^${e.exponent}`;
      case "binary": {
        const sign = SIGN[e.op];
        return sign ? `(${part(e.left)} ${sign} ${part(e.right)})` : `${e.op}(${part(e.left)}, ${part(e.right)})`;
      }
      case "select":
        return `if(${part(e.condition)}, ${part(e.ifTrue)}, ${part(e.ifFalse)})`;
      case "lookup": {
        const terms = e.table.terms.map((t) => ` + ${t.stride}*${names.get(t.loop)}`).join("");
        return `table(${e.table.base}${terms})(${part(e.x)})`;
      }
      default:
        return assertNever(e);
    }
  }
}

/** The heading of a loop; its name, with its number where an outer loop has the same, goes to `names`. */
function open({ id, name, from, to }: Loop, names: Map<number, string>): string {
  const own = [...names.values()].includes(name) ? `${name}${id}` : name;
  names.set(id, own);
  return `for ${own} = ${from}..${to - 1}`;
}

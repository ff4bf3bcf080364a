/**
 * The function that allocates in the two lanes of a vector: the operations of ir/allocate.ts, on values in the kernel's scratch memory.
 *
 * Lanes do not branch: each takes part in every round, and a round in which nothing changes gives a lane the shares that it has. The
 * rounds end when no lane changes.
 */
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";
import type { PlainOpcode } from "../encoding/opcodes.ts";

/** What an allocation has of each member, in this order after the amount. */
export const ALLOCATION_ROWS = { weight: 0, cap: 1, share: 2, full: 3 } as const;
type Row = keyof typeof ALLOCATION_ROWS;

/**
 * `allocate(at, members)`: at `at` lie the amount, then weights, caps, shares and masks of the full, one value apart; the shares are
 * the result.
 *
 * @param stride bytes from one value to the next
 */
export function declareAllocate(module: ModuleBuilder, stride: number): DeclaredFunction {
  const declared = module.declare("allocate", { parameters: ["i32", "i32"], results: [] });
  new AllocateFunction(declared.code, stride).write();
  return declared;
}

class AllocateFunction {
  readonly #code: FunctionCode;
  readonly #stride: number;
  readonly #at: Local;
  readonly #members: Local;
  readonly #i: Local;
  readonly #amount: Local;
  readonly #left: Local;
  readonly #open: Local;
  /** Lanes in which the amount is above the sum of the caps. */
  readonly #surplus: Local;

  constructor(code: FunctionCode, stride: number) {
    this.#code = code;
    this.#stride = stride;
    const [at, members] = code.parameters();
    this.#at = at!;
    this.#members = members!;
    this.#i = code.local("i32");
    this.#amount = code.local("v128");
    this.#left = code.local("v128");
    this.#open = code.local("v128");
    this.#surplus = code.local("v128");
  }

  write(): void {
    const code = this.#code;
    code.get(this.#at);
    code.memory("v128.load", 0);
    code.set(this.#amount);
    this.#positive("weight");
    this.#positive("cap");
    this.#countAlike();
    this.#rounds();
    this.#surplusShares();
    this.#settle();
  }

  /** Negative numbers count as zero; a NaN stays. */
  #positive(row: Row): void {
    this.#each(() =>
      this.#put(row, () => {
        this.#load(row);
        this.#load(row);
        this.#number(0);
        this.#code.op("f64x2.le", "v128.andnot");
      }),
    );
  }

  /** Where all weights are zero, everyone counts alike. */
  #countAlike(): void {
    const code = this.#code;
    const none = code.local("v128");
    this.#sum("weight", none);
    code.get(none);
    this.#number(0);
    code.op("f64x2.eq");
    code.set(none);
    this.#each(() =>
      this.#put("weight", () => {
        this.#number(1);
        this.#load("weight");
        code.get(none);
        code.op("v128.bitselect");
      }),
    );
  }

  /** Rounds until nobody exceeds the cap. */
  #rounds(): void {
    const code = this.#code;
    const [left, open] = [this.#left, this.#open];
    const [alike, changed, exceeds] = [code.local("v128"), code.local("v128"), code.local("v128")];
    const round = code.local("i32");
    this.#each(() => this.#put("full", () => this.#number(0)));
    code.i32(0);
    code.set(round);
    code.loop(() => {
      code.get(this.#amount);
      code.set(left);
      this.#number(0);
      code.set(open);
      this.#each(() => {
        this.#changeWhere("full", left, "f64x2.sub", () => this.#load("cap"));
        this.#changeWhere("open", open, "f64x2.add", () => this.#load("weight"));
      });
      // Only members without weight have room left: they count alike.
      code.get(open);
      this.#number(0);
      code.op("f64x2.eq");
      code.set(alike);
      this.#each(() => {
        code.get(open);
        this.#number(1);
        code.get(alike);
        code.op("v128.and");
        this.#load("full");
        code.op("v128.andnot", "f64x2.add");
        code.set(open);
      });
      this.#each(() =>
        this.#put("share", () => {
          this.#load("cap");
          code.get(left);
          this.#number(1);
          this.#load("weight");
          code.get(alike);
          code.op("v128.bitselect", "f64x2.mul");
          code.get(open);
          code.op("f64x2.div");
          this.#load("full");
          code.op("v128.bitselect");
        }),
      );
      this.#number(0);
      code.set(changed);
      this.#each(() => {
        this.#load("share");
        this.#load("cap");
        code.op("f64x2.gt");
        this.#load("full");
        code.op("v128.andnot");
        code.set(exceeds);
        this.#put("full", () => {
          this.#load("full");
          code.get(exceeds);
          code.op("v128.or");
        });
        code.get(changed);
        code.get(exceeds);
        code.op("v128.or");
        code.set(changed);
      });
      code.get(round);
      code.i32(1);
      code.op("i32.add");
      code.tee(round);
      code.get(this.#members);
      code.op("i32.lt_s");
      code.get(changed);
      code.op("v128.any_true", "i32.and");
      code.indexed("br_if", 0);
    });
  }

  /** Above the sum of the caps everyone has the cap and a part of what is above. */
  #surplusShares(): void {
    const code = this.#code;
    const [total, all] = [this.#left, this.#open];
    this.#sum("cap", total);
    this.#sum("weight", all);
    code.get(this.#amount);
    code.get(total);
    code.op("f64x2.ge");
    code.set(this.#surplus);
    code.get(this.#amount);
    code.get(total);
    code.op("f64x2.sub");
    code.set(total);
    this.#each(() =>
      this.#put("share", () => {
        this.#load("cap");
        code.get(total);
        this.#load("weight");
        code.op("f64x2.mul");
        code.get(all);
        code.op("f64x2.div", "f64x2.add");
        this.#load("share");
        code.get(this.#surplus);
        code.op("v128.bitselect");
      }),
    );
  }

  /** The rounding residue goes to the first of the largest shares. */
  #settle(): void {
    const code = this.#code;
    const [largest, share, sum] = [code.local("v128"), code.local("v128"), this.#left];
    const larger = code.local("v128");
    const position = (): void => {
      code.get(this.#i);
      code.op("f64.convert_i32_s", "f64x2.splat");
    };
    code.i32(0);
    code.set(this.#i);
    this.#load("share");
    code.set(share);
    this.#number(0);
    code.set(largest);
    this.#each(() => {
      this.#load("share");
      code.get(share);
      code.op("f64x2.gt");
      code.set(larger);
      this.#load("share");
      code.get(share);
      code.get(larger);
      code.op("v128.bitselect");
      code.set(share);
      position();
      code.get(largest);
      code.get(larger);
      code.op("v128.bitselect");
      code.set(largest);
    });
    this.#sum("share", sum);
    this.#each(() =>
      this.#put("share", () => {
        this.#load("share");
        code.get(this.#amount);
        code.get(sum);
        code.op("f64x2.sub", "f64x2.add");
        this.#load("share");
        position();
        code.get(largest);
        code.op("f64x2.eq", "v128.bitselect");
      }),
    );
  }

  /** Adds to or takes from a sum where a member is full, or where it is not. */
  #changeWhere(which: "full" | "open", sum: Local, op: PlainOpcode, value: () => void): void {
    const code = this.#code;
    const changed = (): void => {
      code.get(sum);
      value();
      code.op(op);
    };
    if (which === "full") changed();
    else code.get(sum);
    if (which === "full") code.get(sum);
    else changed();
    this.#load("full");
    code.op("v128.bitselect");
    code.set(sum);
  }

  /** `sum = 0 + row[0] + row[1] + …` */
  #sum(row: Row, sum: Local): void {
    const code = this.#code;
    this.#number(0);
    code.set(sum);
    this.#each(() => {
      code.get(sum);
      this.#load(row);
      code.op("f64x2.add");
      code.set(sum);
    });
  }

  #number(value: number): void {
    this.#code.f64(value);
    this.#code.op("f64x2.splat");
  }

  #each(body: () => void): void {
    const code = this.#code;
    code.i32(0);
    code.set(this.#i);
    code.loop(() => {
      body();
      code.get(this.#i);
      code.i32(1);
      code.op("i32.add");
      code.tee(this.#i);
      code.get(this.#members);
      code.op("i32.lt_s");
      code.indexed("br_if", 0);
    });
  }

  /** Address of member i in a row, less the bytes of the amount. */
  #address(row: Row): void {
    const code = this.#code;
    code.get(this.#at);
    code.get(this.#members);
    code.i32(ALLOCATION_ROWS[row]);
    code.op("i32.mul");
    code.get(this.#i);
    code.op("i32.add");
    code.i32(this.#stride);
    code.op("i32.mul", "i32.add");
  }
  #load(row: Row): void {
    this.#address(row);
    this.#code.memory("v128.load", this.#stride);
  }
  #put(row: Row, value: () => void): void {
    this.#address(row);
    value();
    this.#code.memory("v128.store", this.#stride);
  }
}

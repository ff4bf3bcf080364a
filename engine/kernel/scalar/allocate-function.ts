/** The function that allocates in one lane: the operations of ir/allocate.ts, on numbers in the kernel's scratch memory. */
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { DeclaredFunction, ModuleBuilder } from "../encoding/module-builder.ts";

/** What an allocation has of each member, in this order after the amount. */
export const ALLOCATION_ROWS = { weight: 0, cap: 1, share: 2, full: 3 } as const;
type Row = keyof typeof ALLOCATION_ROWS;

/**
 * `allocate(at, members)`: at `at` lie the amount, then weights, caps, shares and marks of the full, one value apart; the shares are
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
  readonly #total: Local;
  readonly #other: Local;

  constructor(code: FunctionCode, stride: number) {
    this.#code = code;
    this.#stride = stride;
    const [at, members] = code.parameters();
    this.#at = at!;
    this.#members = members!;
    this.#i = code.local("i32");
    this.#amount = code.local("f64");
    this.#total = code.local("f64");
    this.#other = code.local("f64");
  }

  write(): void {
    const code = this.#code;
    code.get(this.#at);
    code.memory("f64.load", 0);
    code.set(this.#amount);
    this.#positive("weight");
    this.#positive("cap");
    this.#sum("weight", this.#total);
    code.get(this.#total);
    code.f64(0);
    code.op("f64.eq");
    code.when(() => this.#each(() => this.#put("weight", () => code.f64(1))));
    this.#sum("cap", this.#total);
    code.get(this.#amount);
    code.get(this.#total);
    code.op("f64.ge");
    code.when(
      () => this.#surplus(),
      () => this.#rounds(),
    );
    this.#settle();
  }

  /** Negative numbers count as zero; a NaN stays. */
  #positive(row: Row): void {
    const code = this.#code;
    this.#each(() =>
      this.#put(row, () => {
        this.#load(row);
        code.f64(0);
        this.#load(row);
        code.f64(0);
        code.op("f64.le", "i32.eqz", "select");
      }),
    );
  }

  /** Everyone has the cap and a part of what is above. */
  #surplus(): void {
    const code = this.#code;
    code.get(this.#amount);
    code.get(this.#total);
    code.op("f64.sub");
    code.set(this.#total);
    this.#sum("weight", this.#other);
    this.#each(() =>
      this.#put("share", () => {
        this.#load("cap");
        code.get(this.#total);
        this.#load("weight");
        code.op("f64.mul");
        code.get(this.#other);
        code.op("f64.div", "f64.add");
      }),
    );
  }

  /** Rounds until nobody exceeds the cap. */
  #rounds(): void {
    const code = this.#code;
    const [left, open] = [this.#total, this.#other];
    const [round, alike, changed] = [code.local("i32"), code.local("i32"), code.local("i32")];
    this.#each(() => this.#put("full", () => code.f64(0)));
    code.i32(0);
    code.set(round);
    code.loop(() => {
      code.get(this.#amount);
      code.set(left);
      code.f64(0);
      code.set(open);
      this.#each(() => {
        this.#isFull();
        code.when(
          () => this.#move(left, "f64.sub", () => this.#load("cap")),
          () => this.#move(open, "f64.add", () => this.#load("weight")),
        );
      });
      // Only members without weight have room left: they count alike.
      code.get(open);
      code.f64(0);
      code.op("f64.eq");
      code.tee(alike);
      code.when(() =>
        this.#each(() =>
          this.#move(open, "f64.add", () => {
            code.f64(0);
            code.f64(1);
            this.#isFull();
            code.op("select");
          }),
        ),
      );
      this.#each(() => {
        this.#isFull();
        code.when(
          () => this.#put("share", () => this.#load("cap")),
          () =>
            this.#put("share", () => {
              code.get(left);
              code.f64(1);
              this.#load("weight");
              code.get(alike);
              code.op("select", "f64.mul");
              code.get(open);
              code.op("f64.div");
            }),
        );
      });
      code.i32(0);
      code.set(changed);
      this.#each(() => {
        this.#isFull();
        code.op("i32.eqz");
        this.#load("share");
        this.#load("cap");
        code.op("f64.gt", "i32.and");
        code.when(() => {
          this.#put("full", () => code.f64(1));
          code.i32(1);
          code.set(changed);
        });
      });
      code.get(round);
      code.i32(1);
      code.op("i32.add");
      code.tee(round);
      code.get(this.#members);
      code.op("i32.lt_s");
      code.get(changed);
      code.op("i32.and");
      code.indexed("br_if", 0);
    });
  }

  /** The rounding residue goes to the first of the largest shares. */
  #settle(): void {
    const code = this.#code;
    const [largest, share] = [code.local("i32"), code.local("f64")];
    code.i32(0);
    code.set(this.#i);
    this.#load("share");
    code.set(share);
    code.i32(0);
    code.set(largest);
    this.#each(() => {
      this.#load("share");
      code.get(share);
      code.op("f64.gt");
      code.when(() => {
        this.#load("share");
        code.set(share);
        code.get(this.#i);
        code.set(largest);
      });
    });
    this.#sum("share", this.#total);
    code.get(largest);
    code.set(this.#i);
    this.#put("share", () => {
      code.get(share);
      code.get(this.#amount);
      code.get(this.#total);
      code.op("f64.sub", "f64.add");
    });
  }

  #isFull(): void {
    this.#load("full");
    this.#code.f64(0);
    this.#code.op("f64.ne");
  }

  /** `sum = 0 + row[0] + row[1] + …` */
  #sum(row: Row, sum: Local): void {
    this.#code.f64(0);
    this.#code.set(sum);
    this.#each(() => this.#move(sum, "f64.add", () => this.#load(row)));
  }

  #move(local: Local, op: "f64.add" | "f64.sub", value: () => void): void {
    this.#code.get(local);
    value();
    this.#code.op(op);
    this.#code.set(local);
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
    this.#code.memory("f64.load", this.#stride);
  }
  #put(row: Row, value: () => void): void {
    this.#address(row);
    value();
    this.#code.memory("f64.store", this.#stride);
  }
}

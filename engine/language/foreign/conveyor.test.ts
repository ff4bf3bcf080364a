/** Conveyors and queues step by step; the numbers are worked out by hand, from what enters and when it leaves. */
import { describe, expect, test } from "vitest";
import { planParameters } from "../../ensemble/plan-parameters.ts";
import { optimizeProgram } from "../../ir/passes/optimize-program.ts";
import { columnsOf, compileXmile } from "../../testing/run-foreign.ts";
import { differences } from "../../testing/same-bits.ts";

const REGIONS = '<dimensions><dim name="R"><elem name="N"/><elem name="S"/></dim></dimensions>';
const BY_REGION = '<dimensions><dim name="R"/></dimensions>';

const compiled = (variables: string, stop: number, head = "") =>
  compileXmile(variables, `<sim_specs><start>0</start><stop>${stop}</stop><dt>1</dt></sim_specs>${head}`);

/** The columns of a run; the kernel must give the same bits. */
function run(variables: string, stop: number, head = ""): Record<string, number[]> {
  const compilation = compiled(variables, stop, head);
  const { model, program, diagnostics } = compilation;
  expect(diagnostics.map((d) => d.code)).toEqual([]);
  const load = (memory: Float64Array, lanes: number) => {
    for (const p of planParameters(model!, program!))
      for (let e = 0; e < p.size; e++) memory.fill(p.central[e]!, (p.base + e) * lanes, (p.base + e + 1) * lanes);
  };
  expect(differences(program!, 2, { load }, optimizeProgram(program!))).toEqual([]);
  return columnsOf(compilation);
}

const codes = (variables: string) => compiled(variables, 4).diagnostics.map((d) => d.code);

const belt = (inside: string, initial = "0") =>
  `<stock name="S"><eqn>${initial}</eqn><inflow>in</inflow><outflow>out</outflow><conveyor>${inside}</conveyor></stock><flow name="out"/>`;
const IN = '<flow name="in"><eqn>TIME + 1</eqn></flow>';

describe("conveyors", () => {
  test("what enters while the transit time is longer leaves later, and two batches may leave together", () => {
    const { out, S } = run(belt("<len>2 + STEP(2, 3) - STEP(3, 5)</len>", "20") + IN, 9);
    // Entered at 3 and 4: four steps; from 5 on: one. 7 = what entered at 3 and at 6.
    expect(out).toEqual([10, 10, 1, 2, 3, 0, 6, 4 + 7, 5 + 8, 9]);
    expect(S).toEqual([20, 11, 3, 5, 7, 9, 15, 16, 13, 9]);
  });

  test("the transit time may depend on what lies on the belt", () => {
    const { S, out } = run(`${belt("<len>1 + S / 8</len>", "8")}<flow name="in"><eqn>4</eqn></flow>`, 4);
    // Two slats of 4 at the start; round(1 + S / 8) is 2 as long as 4 <= S < 12.
    expect(out).toEqual([4, 4, 4, 4, 4]);
    expect(S).toEqual([8, 8, 8, 8, 8]);
  });

  test("a transit time that is sampled holds until it is sampled again", () => {
    const { out } = run(belt("<len>2 + STEP(2, 3)</len><sample>TIME = 5</sample>", "20") + IN, 9);
    expect(out).toEqual([10, 10, 1, 2, 3, 4, 5, 0, 0, 6]);
  });

  test("an arrested belt neither moves nor takes in", () => {
    const { S, in: inflow, out } = run(belt("<len>2</len><arrest>TIME &gt;= 3 AND TIME &lt; 5</arrest>") + IN, 7);
    expect(inflow).toEqual([1, 2, 3, 0, 0, 6, 7, 8]);
    expect(out).toEqual([0, 0, 1, 0, 0, 2, 3, 6]);
    expect(S).toEqual([0, 1, 3, 5, 5, 5, 9, 13]);
  });

  test("a full belt takes what its outflow makes room for, and the stock before it keeps the rest", () => {
    const source =
      '<stock name="from"><eqn>1000</eqn><outflow>in</outflow></stock><flow name="in"><eqn>40</eqn></flow>';
    const { S, in: inflow, from } = run(belt("<len>4</len><capacity>100</capacity>") + source, 6);
    expect(inflow).toEqual([40, 40, 20, 0, 40, 40, 20]);
    expect(S).toEqual([0, 40, 80, 100, 100, 100, 100]);
    expect(from).toEqual([1000, 960, 920, 900, 900, 860, 820]);
  });

  test("inflows share a limit in their order", () => {
    const stock =
      '<stock name="S"><eqn>0</eqn><inflow>a</inflow><inflow>b</inflow><outflow>out</outflow><conveyor><len>2</len><in_limit>30</in_limit></conveyor></stock><flow name="out"/>';
    const { a, b, out } = run(`${stock}<flow name="a"><eqn>20</eqn></flow><flow name="b"><eqn>20</eqn></flow>`, 3);
    expect([a, b, out]).toEqual([
      [20, 20, 20, 20],
      [10, 10, 10, 10],
      [0, 0, 30, 30],
    ]);
  });

  test("each element has a belt of its own, with its own start and transit time", () => {
    const stock = `<stock name="B">${BY_REGION}<element subscript="N"><eqn>20</eqn></element><element subscript="S"><eqn>30</eqn></element><inflow>in</inflow><outflow>out</outflow><conveyor><len>tt</len></conveyor></stock>`;
    const flows = `<flow name="in">${BY_REGION}<eqn>tt * 10</eqn></flow><flow name="out">${BY_REGION}</flow>`;
    const transit = `<aux name="tt">${BY_REGION}<element subscript="N"><eqn>2</eqn></element><element subscript="S"><eqn>3</eqn></element></aux>`;
    const columns = run(stock + flows + transit, 4, REGIONS);
    expect(columns["out[N]"]).toEqual([10, 10, 20, 20, 20]);
    expect(columns["out[S]"]).toEqual([10, 10, 10, 30, 30]);
    expect(columns["B[S]"]).toEqual([30, 50, 70, 90, 90]);
  });

  test("a leak may differ by element", () => {
    const stock = `<stock name="B">${BY_REGION}<eqn>20</eqn><inflow>in</inflow><outflow>out</outflow><outflow>lk</outflow><conveyor><len>2</len></conveyor></stock>`;
    const flows = `<flow name="in">${BY_REGION}<eqn>10</eqn></flow><flow name="out">${BY_REGION}</flow><flow name="lk">${BY_REGION}<eqn>f</eqn><leak/></flow>`;
    const fraction = `<aux name="f">${BY_REGION}<element subscript="N"><eqn>0.25</eqn></element><element subscript="S"><eqn>0.5</eqn></element></aux>`;
    const columns = run(stock + flows + fraction, 3, REGIONS);
    // Half of the fraction of 10 is lost on each of the two slats.
    expect(columns["out[N]"]).toEqual([8.75, 7.5, 7.5, 7.5]);
    expect(columns["lk[S]"]).toEqual([5, 5, 5, 5]);
  });

  test.each([
    ["batches", belt("<len>2</len>").replace("<conveyor>", '<conveyor discrete="true">')],
    [
      "an inflow of two limited belts",
      belt("<len>2</len><capacity>5</capacity>") +
        '<stock name="T"><eqn>0</eqn><inflow>in</inflow><outflow>p</outflow><conveyor><len>1</len><capacity>5</capacity></conveyor></stock><flow name="p"/>',
    ],
    [
      "a belt without an end",
      belt("<len>2</len>").replace("<outflow>out</outflow>", "").replace('<flow name="out"/>', ""),
    ],
    [
      "a leak zone on a belt that changes",
      belt("<len>2 + STEP(1, 2)</len>").replace("</outflow>", "</outflow><outflow>lk</outflow>") +
        '<flow name="lk" leak_end="0.5"><eqn>0.1</eqn><leak/></flow>',
    ],
    [
      "an outflow that would have to wait",
      `${belt("<len>2</len>")}<stock name="T"><eqn>0</eqn><inflow>out</inflow><outflow>end</outflow><conveyor><len>1</len><capacity>5</capacity></conveyor></stock><flow name="end"/>`,
    ],
  ])("%s are an error", (_, variables) => {
    expect(codes(variables + IN)).toEqual(["foreign-conveyor"]);
  });
});

test("an inflow that the file calls no flow is held back too", () => {
  expect(run(`${belt("<len>2</len><in_limit>1</in_limit>")}<aux name="in"><eqn>5</eqn></aux>`, 2).in).toEqual([
    1, 1, 1,
  ]);
});

test("flows of another shape than the conveyor are no flows of it", () => {
  const stock = `<stock name="B">${BY_REGION}<eqn>6</eqn><inflow>i</inflow><outflow>o</outflow><conveyor><len>2</len></conveyor></stock>`;
  const { diagnostics } = compiled(`${stock}<flow name="i"><eqn>1</eqn></flow><flow name="o"/>`, 4, REGIONS);
  expect(diagnostics.map((d) => d.code)).toEqual(["foreign-flow", "foreign-flow"]);
});

describe("queues", () => {
  const queue = (outflows: string) =>
    `<stock name="Q"><eqn>10</eqn><inflow>come</inflow>${outflows}<queue/></stock><flow name="come"><eqn>30</eqn></flow>`;
  const limited =
    '<stock name="S"><eqn>0</eqn><inflow>go</inflow><outflow>out</outflow><conveyor><len>2</len><in_limit>20</in_limit></conveyor></stock><flow name="out"/>';

  test("a queue is emptied by every step where nothing holds it back", () => {
    const { Q, go } = run(`${queue("<outflow>go</outflow>")}<flow name="go"/>`, 3);
    expect(go).toEqual([10, 30, 30, 30]);
    expect(Q).toEqual([10, 30, 30, 30]);
  });

  test("what a conveyor does not take waits", () => {
    const { Q, go } = run(`${queue("<outflow>go</outflow>")}<flow name="go"/>${limited}`, 4);
    expect(go).toEqual([10, 20, 20, 20, 20]);
    expect(Q).toEqual([10, 30, 40, 50, 60]);
  });

  test("or leaves by the overflow", () => {
    const flows = '<flow name="go"/><flow name="over"><overflow/></flow>';
    const { Q, over } = run(queue("<outflow>go</outflow><outflow>over</outflow>") + flows + limited, 3);
    expect(over).toEqual([0, 10, 10, 10]);
    expect(Q).toEqual([10, 30, 30, 30]);
  });

  test("a second outflow that is no overflow, and an overflow of no queue, are errors", () => {
    const two = queue("<outflow>go</outflow><outflow>too</outflow>");
    expect(codes(`${two}<flow name="go"/><flow name="too"/>`)).toEqual(["foreign-conveyor"]);
    expect(codes('<flow name="f"><eqn>1</eqn><overflow/></flow>')).toEqual(["xmile-unsupported"]);
  });
});

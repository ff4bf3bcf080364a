/**
 * Files that nobody should trust. Each ends in an error that says what is wrong, or is read as it is meant; that this file of tests comes to
 * its end, within the memory of a test, is the bound.
 */
import { describe, expect, test } from "vitest";
import { compileForeignModel } from "../../compile-foreign.ts";
import type { DiagnosticData } from "../../diagnostics/diagnostic.ts";

const SPECS = "<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>";
const X = '<aux name="x"><eqn>1</eqn></aux>';
const file = (variables: string, before = SPECS, prolog = "") =>
  `${prolog}<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><vendor>v</vendor></header>${before}<model><variables>${variables}</variables></model></xmile>`;
const utf8 = (text: string) => new TextEncoder().encode(text);
const many = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join("");

const compiled = (bytes: Uint8Array) =>
  compileForeignModel({ path: "m.xmile", bytes, external: () => null, tags: new Map(), data: [] });
const codes = (bytes: Uint8Array): (keyof DiagnosticData)[] =>
  compiled(bytes).diagnostics.flatMap((d) => (d.severity === "error" ? [d.code] : []));

const bytesOf = (text: string, high: readonly number[]): Uint8Array => {
  const [before, after] = text.split("@").map(utf8) as [Uint8Array, Uint8Array];
  return new Uint8Array([...before, ...high, ...after]);
};

function utf16(text: string, isBig: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2 + 2));
  view.setUint16(0, 0xfeff, !isBig);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), !isBig);
  return new Uint8Array(view.buffer);
}

describe("entities", () => {
  test.each([
    ["expansion", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>', "&c;"],
    ["a file of this machine", '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>', "&c;"],
    ["a file of another", '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "1"],
    ["one that is not declared", "", "&nbsp;1"],
    ["a sign beyond Unicode", "", "&#x110000;"],
    ["a sign that XML has not", "", "&#0;"],
  ])("%s", (_, prolog, equation) => {
    expect(codes(utf8(file(`<aux name="x"><eqn>${equation}</eqn></aux>`, SPECS, prolog)))).toEqual(["xml-syntax"]);
  });
});

describe("too much of everything", () => {
  const dimensions = (size: string) =>
    `${SPECS}<dimensions><dim name="A" size="${size}"/><dim name="B" size="${size}"/><dim name="C" size="${size}"/></dimensions>`;
  const equation = (text: string) => `<aux name="x"><eqn>${text}</eqn></aux>`;
  const clock = (stop: string, step: string) =>
    `<sim_specs><start>0</start><stop>${stop}</stop><dt>${step}</dt></sim_specs>`;
  const belt = (length: string) =>
    `<stock name="S"><eqn>1</eqn><outflow>o</outflow><conveyor><len>${length}</len></conveyor></stock><flow name="o"/>`;

  test.each<[string, string, keyof DiagnosticData]>([
    ["elements inside each other", file("<group>".repeat(200_000)), "foreign-limit"],
    ["elements of a dimension", file(X, dimensions("2000000000")), "foreign-limit"],
    ["a dimension below nothing", file(X, dimensions("-3")), "xmile-value"],
    [
      "cells",
      file(
        '<aux name="x"><dimensions><dim name="A"/><dim name="B"/><dim name="C"/></dimensions><eqn>1</eqn></aux>',
        dimensions("9000"),
      ),
      "model-too-large",
    ],
    [
      "terms of a sum of sums",
      file(
        `<aux name="x"><dimensions><dim name="A"/></dimensions><eqn>A</eqn></aux><aux name="y"><dimensions><dim name="A"/></dimensions><eqn>SUM(x * SUM(x * A))</eqn></aux>`,
        dimensions("9000"),
      ),
      "too-much-work",
    ],
    ["steps", file(X, clock("1e12", "1e-6")), "foreign-clock"],
    ["a number", file(X, clock("1e400", "1")), "number-too-large"],
    ["no step", file(X, clock("4", "0")), "foreign-clock"],
    ["steps backwards", file(X, clock("4", "-1")), "foreign-clock"],
    ["slats of a conveyor", file(belt("1e9")), "model-too-large"],
    ["slats of one that changes", file(belt("TIME"), clock("1000000", "1")), "model-too-large"],
    ["brackets", file(equation(`${"(".repeat(100_000)}1${")".repeat(100_000)}`)), "equation-too-deep"],
    ["conditions", file(equation(`${"IF 1 THEN ".repeat(50_000)}1`)), "equation-too-deep"],
    ["powers", file(equation(`1${"^1".repeat(100_000)}`)), "equation-too-deep"],
    ["terms", file(equation(`1${"+1".repeat(100_000)}`)), "equation-too-deep"],
    ["signs", file(equation(`${"NOT ".repeat(100_000)}1`)), "equation-too-deep"],
    ["comments that are not closed", file(equation(`${"{".repeat(100_000)}1`)), "equation-syntax"],
    ["quotes that are not closed", file(equation(`"${"\\".repeat(100_001)}`)), "equation-syntax"],
  ])("%s", (_, text, code) => expect([...new Set(codes(utf8(text)))]).toEqual([code]));

  test("modules that multiply with every level", () => {
    const models = many(
      8,
      (i) =>
        `<model name="m${i}"><variables>${X}${many(12, (k) => `<module name="k${k}" isee:model="m${i + 1}"/>`)}</variables></model>`,
    );
    const text = file('<module name="m0"/>').replace(
      "</xmile>",
      `${models}<model name="m8"><variables>${X}</variables></model></xmile>`,
    );
    expect(codes(utf8(text))).toEqual(["foreign-limit"]);
  });

  test("attributes and a name of a million signs are read", () => {
    const text = file(`<aux name="${"n".repeat(1_000_000)}" ${many(20_000, (i) => `a${i}="1" `)}><eqn>1</eqn></aux>`);
    expect(codes(utf8(text))).toEqual([]);
  });
});

describe("encodings", () => {
  const named = (name: string, prolog = "") => file(`<aux name="${name}"><eqn>1</eqn></aux>`, SPECS, prolog);
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;
  const nameIn = (bytes: Uint8Array) => compiled(bytes).model?.variables[0]?.title.en;

  test.each([
    ["UTF-8 with a mark", utf8(`\ufeff${named("人口")}`), "人口"],
    ["UTF-16, little end first", utf16(named("人口"), false), "人口"],
    ["UTF-16, big end first", utf16(named("人口", declared("UTF-16")), true), "人口"],
    ["GB18030, declared", bytesOf(named("@", declared("GB18030")), [0xc8, 0xcb, 0xbf, 0xda]), "人口"],
    ["Latin 1, declared", bytesOf(named("caf@", declared("ISO-8859-1")), [0xe9]), "café"],
  ])("%s", (_, bytes, name) => expect(nameIn(bytes)).toBe(name));

  test.each([
    ["Latin 1, not declared", bytesOf(named("caf@"), [0xe9])],
    ["an encoding that nobody knows", bytesOf(named("caf@", declared("x-none")), [0xe9])],
    ["a code that is cut off", bytesOf(named("@", declared("GB18030")), [0xc8])],
    ["nothing", new Uint8Array(0)],
    ["zeros", new Uint8Array(100)],
    ["an archive", new Uint8Array([0x50, 0x4b, 3, 4, ...Array<number>(100).fill(1)])],
  ])("%s is an error", (_, bytes) => expect(codes(bytes)).toEqual(["xml-syntax"]));
});

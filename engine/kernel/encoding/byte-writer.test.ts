import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "./byte-writer.ts";

const written = (write: (w: ByteWriter) => void): number[] => {
  const w = new ByteWriter(1);
  write(w);
  return [...w.view()];
};

/** Reads LEB128 by its definition: seven bits a byte, for a signed number extended by the last byte's sign bit. */
function read(bytes: readonly number[], signed: boolean): number {
  let value = 0n;
  let shift = 0n;
  for (const b of bytes) {
    value |= BigInt(b & 0x7f) << shift;
    shift += 7n;
  }
  if (signed && (bytes.at(-1)! & 0x40) !== 0) value -= 1n << shift;
  return Number(value);
}

describe("LEB128", () => {
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [4294967295, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("unsigned %i", (value, bytes) => {
    expect(written((w) => w.unsigned(value))).toEqual(bytes);
  });

  it.each([
    [0, [0]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
  ])("signed %i", (value, bytes) => {
    expect(written((w) => w.signed(value))).toEqual(bytes);
  });

  it("gives back any number", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        (n) =>
          read(
            written((w) => w.unsigned(n)),
            false,
          ) === n,
      ),
    );
    fc.assert(
      fc.property(
        fc.integer(),
        (n) =>
          read(
            written((w) => w.signed(n)),
            true,
          ) === n,
      ),
    );
  });
});

describe("other forms", () => {
  it("a double is little-endian", () => {
    expect(written((w) => w.double(1))).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });
  it("a name has its length in bytes", () => {
    expect(written((w) => w.name("é"))).toEqual([2, 0xc3, 0xa9]);
  });
  it("sized content has its length first", () => {
    expect(written((w) => w.sized(new Uint8Array([7, 8])))).toEqual([2, 7, 8]);
  });
});

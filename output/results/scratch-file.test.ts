import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../tests/tools/temporary-folder.ts";
import { ScratchFile } from "./scratch-file.ts";

describe("a scratch file", () => {
  test("gives back what was written to a page, from any byte of it on", () => {
    const folder = temporaryFolder();
    const file = ScratchFile.make(join(folder, "scratch.knots"), 64);
    try {
      expect(readdirSync(folder)).toEqual([]);
      // More arrays than a system takes at once.
      const bytes = Array.from({ length: 3000 }, (_, i) => Uint8Array.of(i % 251));
      const large = new ScratchFile({ ...file.plan, pageBytes: 4096 });
      large.write(5, bytes);
      file.write(1, [Float64Array.of(1, 2, 3), Uint8Array.of(7, 8)]);
      file.write(1, [Float64Array.of(4)]);
      const [numbers, rest] = [new Float64Array(2), new Uint8Array(2)];
      // As another thread has it.
      new ScratchFile(file.plan).read(1, [numbers, rest], 8);
      expect([[...numbers], [...rest]]).toEqual([
        [2, 3],
        [7, 8],
      ]);
      const parts = bytes.map(() => new Uint8Array(1));
      large.read(5, parts);
      expect(parts).toEqual(bytes);
      expect(() => file.read(9999, [numbers])).toThrow("ends within page 9999");
      expect(() => file.write(0, [new Float64Array(9)])).toThrow("72 bytes in a page of 64");
    } finally {
      file.close();
    }
  });

  test("a folder that is not there is an error that names the file", () => {
    expect(() => ScratchFile.make(join(temporaryFolder(), "none", "scratch.knots"), 8)).toThrow(
      /scratch\.knots" could not be written \(ENOENT/,
    );
  });

  test.runIf(existsSync("/dev/full"))("a disk that is full is an error that names the file", () => {
    const descriptor = openSync("/dev/full", "r+");
    try {
      const file = new ScratchFile({ path: "scratch.digests", descriptor, pageBytes: 8 });
      expect(() => file.write(0, [Float64Array.of(1)])).toThrow(/"scratch\.digests" could not be written \(ENOSPC/);
    } finally {
      closeSync(descriptor);
    }
  });
});

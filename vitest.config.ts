import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{engine,workers,output,cli,tests,bench}/**/*.test.ts"],
    setupFiles: ["tests/tools/property-seed.ts", "cli/libraries-on-demand.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Whole-system tests start threads of their own; more test files at once than cores only makes them slow.
    maxWorkers: 2,
  },
});

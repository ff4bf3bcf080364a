/** Names of what a kernel's module exports. They stand alone, since who runs a kernel needs nothing of what compiles it. */
export const EXPORTS = { start: "start", run: "run", memory: "memory" } as const;

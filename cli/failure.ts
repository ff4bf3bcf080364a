/** Exit codes of docs/errors.md: 0 well, 1 model or comparison failed, 2 wrong use, 3 too many failed runs, 130 interrupted. */
export const EXIT = { well: 0, failed: 1, use: 2, runsFailed: 3, interrupted: 130 } as const;

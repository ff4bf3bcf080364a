/**
 * What an XMILE file may cost. A file from a stranger ends in an error before it takes more; real models stay far below (the largest
 * known to us has 30,000 elements and 3 MB).
 */
export const LIMITS = {
  /** Characters of a file. */
  characters: 50_000_000,
  /** Elements inside elements. */
  depth: 64,
  /** Elements that are kept; drawings are read over. */
  elements: 1_000_000,
  /** Prefixes in force at one place. */
  namespaces: 100,
  /** Brackets, calls and IFs inside each other in an equation. */
  nesting: 200,
  /** Operators of one level in a row: `a + b + c + …`. */
  chain: 2_000,
  /** Nodes inside each other after macros are laid out. */
  laidOutDepth: 3_000,
  /** Characters of an equation; a table of numbers may stand in one. */
  equation: 2_000_000,
  /** Modules inside modules, and macros inside macros. */
  instances: 20,
  /** Variables after modules and macros are laid out. */
  variables: 200_000,
  /** Nodes of all equations after modules and macros are laid out. */
  nodes: 2_000_000,
  /** Mistakes after which a model is not read on. */
  errors: 200,
  /** Elements of one dimension. */
  dimension: 100_000,
} as const;

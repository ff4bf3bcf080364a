/** Bounds on what a Vensim file may ask for; a file beyond them is refused with `foreign-limit`. */

/** Characters of a model file. */
export const MAX_FILE_LENGTH = 16_000_000;
/** Brackets and operators inside one another in one equation. */
export const MAX_NESTING = 200;
/** Height of an equation's tree: a sum of so many terms is as high as it is long. */
export const MAX_TREE_HEIGHT = 2_000;
/** Definitions of a file. */
export const MAX_DEFINITIONS = 200_000;
/** Elements of one dimension. */
export const MAX_ELEMENTS = 10_000;
/** Cells of all arrays together that are filled from files and data sets, and numbers of one list. */
export const MAX_CELLS = 1_000_000;
/** Calls of macros that are written out, and how many stand inside one another. */
export const MAX_MACRO_CALLS = 10_000;
export const MAX_MACRO_DEPTH = 32;
/** Equations that all macros together may become. */
export const MAX_MACRO_EQUATIONS = 100_000;
/** Points of one table, and of all tables and series together that stand in files. */
export const MAX_POINTS = 4_000_000;
/** Errors after which reading stops: more help nobody. */
export const MAX_ERRORS = 200;

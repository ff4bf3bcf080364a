/** Bounds on what a Vensim file may ask for; a file beyond them is refused with `foreign-limit`. */

/** Characters of a model file. */
export const MAX_FILE_LENGTH = 16_000_000;
/** Brackets and operators inside one another in one equation. */
export const MAX_NESTING = 200;
/** Height of an equation's tree: a sum of so many terms is as high as it is long. */
export const MAX_TREE_HEIGHT = 2_000;
/** Definitions of a file. */
export const MAX_DEFINITIONS = 200_000;
/** Elements of one dimension, and of all ranges written `(A1-A9)` together. */
export const MAX_ELEMENTS = 100_000;
/** Cells of one array that is filled from a file. */
export const MAX_CELLS = 1_000_000;
/** Calls of macros that are written out, and how many stand inside one another. */
export const MAX_MACRO_CALLS = 10_000;
export const MAX_MACRO_DEPTH = 32;
/** Equations that all macros together may become. */
export const MAX_MACRO_EQUATIONS = 100_000;
/** Bytes of a workbook, and of one part of it after unpacking. */
export const MAX_WORKBOOK_BYTES = 64_000_000;
/** Cells of one sheet that are kept. */
export const MAX_SHEET_CELLS = 4_000_000;
/** Points that all tables and series of a file may have. */
export const MAX_POINTS = 4_000_000;
/** Errors after which reading stops: more help nobody. */
export const MAX_ERRORS = 200;

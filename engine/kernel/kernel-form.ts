/**
 * Two forms of the same kernel, with the same bits.
 *
 * * `plain`: for vectors of two numbers, as V8 compiles WebAssembly. Functions take operands and give values on the stack, and both halves of four lanes share
 *   the load of a constant.
 * * `for-revectorizer`: V8's revectorizer joins the halves to vectors of four. It gives up where a value comes from a call, so functions take operands from
 *   memory and leave values there, and it joins loads of neighbours, so each half loads its own constants.
 */
export type KernelForm = "plain" | "for-revectorizer";

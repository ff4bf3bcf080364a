/** The arithmetic that determines Terrace's numbers: elementary functions, random numbers and quantiles. */

export { exp } from "./exp.ts";
export { ln } from "./log.ts";
export { normalQuantile } from "./normal-quantile.ts";
export { fillUniform, uniform, type Words } from "./philox.ts";
export { power } from "./power.ts";
export { powerInteger } from "./power-integer.ts";
export { streamOf } from "./stream.ts";

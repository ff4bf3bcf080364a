/** The arithmetic that determines Terrace's numbers: elementary functions, random numbers and quantiles. */

export { acos } from "./acos.ts";
export { asin } from "./asin.ts";
export { atan } from "./atan.ts";
export { cos } from "./cos.ts";
export { cosh } from "./cosh.ts";
export { exp } from "./exp.ts";
export { ln } from "./log.ts";
export { log10 } from "./log10.ts";
export { normalCdf } from "./normal-cdf.ts";
export { normalQuantile } from "./normal-quantile.ts";
export { fillUniform, uniform, type Words } from "./philox.ts";
export { power } from "./power.ts";
export { powerInteger } from "./power-integer.ts";
export { quantileBeta } from "./quantiles/beta.ts";
export { quantileGamma } from "./quantiles/gamma.ts";
export { quantileLognormal } from "./quantiles/lognormal.ts";
export { quantileNormal } from "./quantiles/normal.ts";
export { quantilePert } from "./quantiles/pert.ts";
export { quantileTriangular } from "./quantiles/triangular.ts";
export { quantileTruncatedNormal } from "./quantiles/truncated-normal.ts";
export { quantileUniform } from "./quantiles/uniform.ts";
export { sin } from "./sin.ts";
export { sinh } from "./sinh.ts";
export { expExponent, expSignificand, scaleByPowerOf4 } from "./split-exp.ts";
export { streamOf } from "./stream.ts";
export { tan } from "./tan.ts";
export { tanh } from "./tanh.ts";

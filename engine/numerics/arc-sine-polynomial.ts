/** π/2 as a sum of two numbers. */
export const HALF_PI_HIGH = 1.5707963267948966;
export const HALF_PI_LOW = 6.123233995736766e-17;

// asin(t) ≈ t + t³ (A0 + … + A13 t²⁶) on |t| ≤ ½, relative error 6.3e-20. Fitted like those of exp.
export const A0 = 0.1666666666666666;
export const A1 = 0.0750000000000238;
export const A2 = 0.04464285713983317;
export const A3 = 0.03038194463740559;
export const A4 = 0.022372151823551956;
export const A5 = 0.01735294085040531;
export const A6 = 0.01396193499731459;
export const A7 = 0.01158538179280709;
export const A8 = 0.009486024655770647;
export const A9 = 0.010000104796088614;
export const A10 = 0.0007128570941719933;
export const A11 = 0.024762545565626726;
export const A12 = -0.026071165146302363;
export const A13 = 0.033600834520379486;

/** asin(t) / t - 1 of z = t² ≤ ¼. */
export function arcSineRest(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const p0 = A0 + A1 * z + z2 * (A2 + A3 * z);
  const p1 = A4 + A5 * z + z2 * (A6 + A7 * z);
  const p2 = A8 + A9 * z + z2 * (A10 + A11 * z);
  return z * (p0 + z4 * p1 + z4 * z4 * (p2 + z4 * (A12 + A13 * z)));
}

/** 1.5 · 2^25: adding it and taking it away rounds to a multiple of 2^-27. */
export const ROUND_TO_2_27 = 50331648;

/** √z rounded to a multiple of 2^-27, so that twice it can be taken from π/2 or π without error. */
export function coarseRoot(root: number): number {
  return root + ROUND_TO_2_27 - ROUND_TO_2_27;
}

/** √z - coarse, from z and the rounded root: (z - coarse²) / (root + coarse), and 0 for z = 0. */
export function rootRest(z: number, root: number, coarse: number): number {
  return z === 0 ? 0 : (z - coarse * coarse) / (root + coarse);
}

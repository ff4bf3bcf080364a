/*
 * exp, ln and power over four runs in AVX2: the operations of engine/numerics in the same order, so that the C model and the kernel differ in
 * their code and not in their functions. `constants.h` is written from engine/numerics when the benchmark runs.
 */
#include <immintrin.h>
#include "constants.h"

#define INLINE static inline __attribute__((always_inline))

typedef __m256d real;
typedef __m256i words;

#define ALL(x) _mm256_set1_pd(x)
#define BITS(x) _mm256_castsi256_pd(x)
#define WORDS(x) _mm256_castpd_si256(x)
#define ALL_WORDS(x) _mm256_set1_epi64x(x)
#define SELECT(mask, a, b) _mm256_blendv_pd(b, a, mask)
#define LESS(a, b) _mm256_cmp_pd(a, b, _CMP_LT_OQ)
#define GREATER(a, b) _mm256_cmp_pd(a, b, _CMP_GT_OQ)
#define AT_LEAST(a, b) _mm256_cmp_pd(a, b, _CMP_GE_OQ)
#define EQUAL(a, b) _mm256_cmp_pd(a, b, _CMP_EQ_OQ)
#define DIFFERENT(a, b) _mm256_cmp_pd(a, b, _CMP_NEQ_UQ)
#define AND(a, b) _mm256_and_pd(a, b)
#define OR(a, b) _mm256_or_pd(a, b)
#define XOR(a, b) _mm256_xor_pd(a, b)
#define AND_NOT(a, b) _mm256_andnot_pd(b, a)
/* The second operand is the result where one is a NaN, so the bound stands first. */
#define MINIMUM(a, b) _mm256_min_pd(b, a)
#define MAXIMUM(a, b) _mm256_max_pd(b, a)
#define ABSOLUTE(x) AND_NOT(x, ALL(-0.0))

INLINE real exp_rest(real r) {
  real r2 = r * r;
  real r4 = r2 * r2;
  real upper = C6 + C7 * r + r2 * (C8 + C9 * r) + r4 * (C10 + C11 * r);
  return r2 * (0.5 + C3 * r + r2 * (C4 + C5 * r) + r4 * upper);
}

INLINE real scaled_exp(real x, real tail) {
  real z = _mm256_max_pd(ALL(SMALLEST_EXP), _mm256_min_pd(ALL(LARGEST_EXP), x));
  real shifted = z * LOG2E + ROUND_TO_INTEGER;
  real n = shifted - ROUND_TO_INTEGER;
  real high = z - n * LN2_HIGH;
  real low = n * LN2_LOW - tail;
  real y = 1 + (high + (exp_rest(high - low) - low));
  /* 2^n in two factors, each a number whose exponent field is half of n + 2046. */
  words biased = _mm256_add_epi64(WORDS(shifted), _mm256_sub_epi64(ALL_WORDS(2046), WORDS(ALL(ROUND_TO_INTEGER))));
  words a = _mm256_srli_epi64(biased, 1);
  words b = _mm256_sub_epi64(biased, a);
  return y * BITS(_mm256_slli_epi64(a, 52)) * BITS(_mm256_slli_epi64(b, 52));
}

INLINE real exp_of(real x) { return scaled_exp(x, ALL(0)); }

/* exp x = significand * 4^exponent (split-exp.ts). */
INLINE real exp_exponent(real x) {
  real n = x * LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  return n * 0.5 - 0.25 + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
}

INLINE real exp_significand(real x) {
  real n = x * LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  real half = n * 0.5 - 0.25 + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  real high = x - n * LN2_TOP - n * LN2_MIDDLE;
  real low = n * LN2_BOTTOM;
  real y = 1 + (high + (exp_rest(high - low) - low));
  real significand = y * (1 + (n - (half + half)));
  real bounded = SELECT(GREATER(x, ALL(LARGEST_SPLIT)), ALL(__builtin_inf()), significand);
  return SELECT(LESS(x, ALL(-LARGEST_SPLIT)), ALL(0), bounded);
}

INLINE real scale_by_power_of_4(real y, real k) {
  real bounded = _mm256_max_pd(ALL(-LARGEST_POWER_OF_4), _mm256_min_pd(ALL(LARGEST_POWER_OF_4), k));
  real power = BITS(_mm256_slli_epi64(WORDS(bounded + (ROUND_TO_INTEGER + 1023)), 52));
  return y * power * power;
}

/* x = 2^k m with m in [sqrt(1/2), sqrt(2)), for x > 0 and finite. */
INLINE real split_exponent(real x, real *k) {
  real subnormal = LESS(x, ALL(SMALLEST_NORMAL));
  real normal = SELECT(subnormal, x * TWO_54, x);
  words shifted = _mm256_add_epi64(WORDS(normal), ALL_WORDS((long long)EXPONENT_SHIFT << 32));
  words biased = _mm256_srli_epi64(shifted, 52);
  words e = _mm256_sub_epi64(biased, ALL_WORDS(1023));
  real whole = OR(BITS(biased), ALL(0x1p52));
  *k = whole - SELECT(subnormal, ALL(0x1p52 + 1023 + 54), ALL(0x1p52 + 1023));
  return BITS(_mm256_sub_epi64(WORDS(normal), _mm256_slli_epi64(e, 52)));
}

INLINE real ln_of(real x) {
  real k;
  real m = split_exponent(x, &k);
  real f = m - 1;
  real s = f / (2 + f);
  real z = s * s;
  real w = z * z;
  real half = 0.5 * f * f;
  real R = z * (L1 + L2 * z + w * (L3 + L4 * z + w * (L5 + L6 * z + w * L7)));
  real result = k * LN2_HIGH - (half - (s * (half + R) + k * LN2_LOW) - f);
  real other = SELECT(EQUAL(x, ALL(0)), ALL(-__builtin_inf()), ALL(__builtin_nan("")));
  return SELECT(GREATER(x, ALL(0)), SELECT(LESS(x, ALL(__builtin_inf())), result, x), other);
}

INLINE real is_whole(real size) {
  real small = _mm256_min_pd(ALL(0x1p52), size);
  return EQUAL(small + 0x1p52 - 0x1p52, small);
}

INLINE real power_of(real x, real y) {
  real base = ABSOLUTE(x);
  real k;
  real m = split_exponent(base, &k);
  real below = LESS(m, ALL(CELL_LOW));
  real above = AT_LEAST(m, ALL(CELL_HIGH));
  real quarter = SELECT(below, ALL(0.25), AND(above, ALL(-0.25)));
  real cell_high = SELECT(below, ALL(LN_4_5_HIGH), AND(above, ALL(LN_4_3_HIGH)));
  real cell_low = SELECT(below, ALL(LN_4_5_LOW), AND(above, ALL(LN_4_3_LOW)));
  real f = m - 1 + quarter * m;
  real f_high = f + ROUND_TO_2_27 - ROUND_TO_2_27;
  real square = 0.5 * f_high * f_high;
  real square_low = 0.5 * (f + f_high) * (f - f_high);
  real f2 = f * f;
  real f4 = f2 * f2;
  real f8 = f4 * f4;
  real p0 = P0 + P1 * f + f2 * (P2 + P3 * f) + f4 * (P4 + P5 * f + f2 * (P6 + P7 * f));
  real p8 = P8 + P9 * f + f2 * (P10 + P11 * f) + f4 * (P12 + P13 * f);
  real rest = f2 * f * (p0 + f8 * p8);
  real whole = k * LN2_HIGH + cell_high;
  real sum1 = whole + f;
  real error1 = f - (sum1 - whole);
  real sum2 = sum1 - square;
  real error2 = sum1 - sum2 - square;
  real low = error1 + error2 + (rest - square_low) + (k * LN2_LOW + cell_low);
  real high = sum2 + low;
  real scaled = high * SPLIT;
  real ln_26 = scaled - (scaled - high);
  real ln_rest = high - ln_26 + (low - (high - sum2));
  real exponent = _mm256_max_pd(ALL(-LARGEST_EXPONENT), _mm256_min_pd(ALL(LARGEST_EXPONENT), y));
  real scaled_exponent = exponent * SPLIT;
  real y_high = scaled_exponent - (scaled_exponent - exponent);
  real y_low = exponent - y_high;
  real argument = y_high * ln_26;
  real tail = y_low * ln_26 + exponent * ln_rest;
  real in_range = AND(LESS(argument, ALL(LARGEST_ARGUMENT)), GREATER(argument, ALL(-LARGEST_ARGUMENT)));
  real magnitude = scaled_exp(argument, AND(in_range, tail));
  /* Special values, as IEEE 754 has them. */
  real infinity = ALL(__builtin_inf());
  real zero_base = EQUAL(base, ALL(0));
  real infinite_base = EQUAL(base, infinity);
  real extreme = SELECT(zero_base, LESS(y, ALL(0)), GREATER(y, ALL(0)));
  real positive = SELECT(OR(zero_base, infinite_base), AND(extreme, infinity), magnitude);
  real size = ABSOLUTE(y);
  real is_integer = is_whole(size);
  real odd = AND_NOT(is_integer, is_whole(0.5 * size));
  real result = XOR(positive, AND(AND(x, ALL(-0.0)), odd));
  real no_root = AND_NOT(AND_NOT(LESS(x, ALL(0)), is_integer), infinite_base);
  real not_a_number = OR(DIFFERENT(x, x), DIFFERENT(y, y));
  result = SELECT(OR(no_root, not_a_number), ALL(__builtin_nan("")), result);
  return SELECT(OR(EQUAL(y, ALL(0)), EQUAL(x, ALL(1))), ALL(1), result);
}

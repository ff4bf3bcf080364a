/*
 * The model of ../synthetic-model.ts, as somebody writes it who knows C: what does not change is computed once, every place is a struct, and
 * the loops of a step are joined as far as the sums between places allow. LANES runs at a time: 4 by AVX2 (functions.h), 1 by the C
 * library's functions (libm.h). With FACTORS it has the rewrites of `numerics: factors`: exponentials of sums are products of factors, of which
 * those that do not change are computed once a run, and products of powers are one exponential.
 *
 *   synthetic INPUTS OUTPUTS
 *
 * INPUTS holds the parameters [parameter][lane], OUTPUTS takes what the model saves [year][cell][lane]; then each line of standard input is a
 * number of times to run, and each answer is the processor time it took, in nanoseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef SCALAR
#include "libm.h"
#define LANES 1
#else
#include "functions.h"
#define LANES 4
#endif

#ifndef PLACES
#define PLACES 16
#endif
#define AGES 34
#define SECTORS 4
#define YEARS 15
#define STEPS_PER_YEAR 8
#define DT (1.0 / STEPS_PER_YEAR)

struct parameters {
  real decay, mobility, mortality, slope, retirement, lowest, largest, pool_share;
  real capital_share[SECTORS], growth[SECTORS], wear_rate[SECTORS], saving[SECTORS];
  real fertility[PLACES];
};

struct place {
  real people[AGES], capital[SECTORS], productivity[SECTORS];
  real output[SECTORS];
  real population, labour, gdp, income, leavers, arrivals, need, transfers;
  real total_gdp, total_transfers;
};

/* Cells of a year: labour, gdp, income and transfers of every place, and the mean income before the transfers. */
struct year {
  real labour[PLACES], gdp[PLACES], income[PLACES], mean_income, transfers[PLACES];
};

/* ln of the distance between two places, by the difference of their positions. */
static real ln_distance[PLACES];

#ifdef FACTORS
/* A factor of an exponential, as a significand and a power of 4. */
struct factor {
  real significand, exponent;
};
static struct factor of_distance[PLACES], of_age[AGES];

static inline struct factor factor_of(real x) {
  return (struct factor){exp_significand(x), exp_exponent(x)};
}
static inline real product_of(struct factor a, struct factor b) {
  return scale_by_power_of_4(a.significand * b.significand, a.exponent + b.exponent);
}
static inline struct factor joined(struct factor a, struct factor b) {
  return (struct factor){a.significand * b.significand, a.exponent + b.exponent};
}

static void start_factors(const struct parameters *q) {
  for (int i = 0; i < PLACES; i++) of_distance[i] = factor_of(-(q->decay * ln_distance[i]));
  for (int a = 0; a < AGES; a++) of_age[a] = factor_of(q->slope * (a - q->retirement));
}
#endif

static void start(struct place *places) {
  for (int i = 0; i < PLACES; i++) {
    struct place *p = &places[i];
    for (int a = 0; a < AGES; a++) p->people[a] = ALL(101.0 + i + 2 * a);
    for (int s = 0; s < SECTORS; s++) {
      p->capital[s] = ALL(50.0 + (s + 1) * (i + 1));
      p->productivity[s] = ALL(1 + 0.1 * (s + 1));
    }
    p->total_gdp = p->total_transfers = ALL(0);
    ln_distance[i] = ln_of(ALL(i + 1.0));
  }
}

static void produce(struct place *restrict p, const struct parameters *restrict q) {
  real population = ALL(0), capital = ALL(0);
  for (int a = 0; a < AGES; a++) population += p->people[a];
  for (int s = 0; s < SECTORS; s++) capital += p->capital[s];
  real affluence = 0.1 * ln_of(capital / population);
  real labour = ALL(0), leavers = ALL(0);
#ifdef FACTORS
  struct factor of_affluence = factor_of(affluence);
#endif
  for (int a = 0; a < AGES; a++) {
#ifdef FACTORS
    real odds = product_of(of_affluence, of_age[a]);
#else
    real odds = exp_of(q->slope * (a - q->retirement) + affluence);
#endif
    labour += p->people[a] * (1 / (1 + odds));
    leavers += q->mobility * p->people[a];
  }
  real hands = labour / 4, gdp = ALL(0);
#ifdef FACTORS
  real ln_hands = ln_of(hands);
#endif
  for (int s = 0; s < SECTORS; s++) {
    real share = q->capital_share[s];
#ifdef FACTORS
    p->output[s] = p->productivity[s] * exp_of(share * ln_of(p->capital[s]) + (1 - share) * ln_hands);
#else
    p->output[s] = p->productivity[s] * power_of(p->capital[s], share) * power_of(hands, 1 - share);
#endif
    gdp += p->output[s];
  }
  p->population = population;
  p->labour = labour;
  p->leavers = leavers;
  p->gdp = gdp;
  p->income = gdp / population;
}

static void migrate(struct place *restrict places, const struct parameters *restrict q) {
  real ln_income[PLACES];
#ifdef FACTORS
  struct factor of_income[PLACES];
#endif
  for (int j = 0; j < PLACES; j++) {
    ln_income[j] = ln_of(places[j].income);
    places[j].arrivals = ALL(0);
#ifdef FACTORS
    of_income[j] = factor_of(ln_income[j]);
#endif
  }
  for (int i = 0; i < PLACES; i++) {
    real pull[PLACES], largest = ALL(-__builtin_inf()), total = ALL(0);
    for (int j = 0; j < PLACES; j++) {
      pull[j] = ln_income[j] - q->decay * ln_distance[abs(i - j)];
      largest = MAXIMUM(largest, pull[j]);
    }
#ifdef FACTORS
    struct factor of_largest = factor_of(-largest);
#endif
    for (int j = 0; j < PLACES; j++) {
#ifdef FACTORS
      pull[j] = product_of(joined(of_largest, of_income[j]), of_distance[abs(i - j)]);
#else
      pull[j] = exp_of(pull[j] - largest);
#endif
      total += pull[j];
    }
    for (int j = 0; j < PLACES; j++) places[j].arrivals += places[i].leavers * (pull[j] / total);
  }
}

/* Leaves the mean income. */
static real equalize(struct place *restrict places, const struct parameters *restrict q) {
  real gdp = ALL(0), population = ALL(0), total_need = ALL(0);
  for (int i = 0; i < PLACES; i++) {
    gdp += places[i].gdp;
    population += places[i].population;
  }
  real mean_income = gdp / population;
  for (int i = 0; i < PLACES; i++) {
    struct place *p = &places[i];
    real gap = MINIMUM(q->lowest * mean_income - p->income, q->largest * mean_income);
    p->need = MAXIMUM(ALL(0), gap) * p->population;
    total_need += p->need;
  }
  real covered = MINIMUM(ALL(1), q->pool_share * gdp / MAXIMUM(total_need, ALL(1e-9)));
  for (int i = 0; i < PLACES; i++) places[i].transfers = places[i].need * covered;
  return mean_income;
}

static void integrate(struct place *restrict p, const struct parameters *restrict q, real fertility) {
  for (int a = 0; a < AGES; a++) {
    real n = p->people[a], in = p->arrivals * n / p->population;
    if (a == 0) in += fertility * p->population;
    real out = q->mortality * (1 + a / 10.0) * n + q->mobility * n;
    p->people[a] = n + DT * (in - out);
  }
  for (int s = 0; s < SECTORS; s++) {
    real investment = q->saving[s] * p->output[s] + p->transfers / 4;
    p->capital[s] += DT * (investment - q->wear_rate[s] * p->capital[s]);
    p->productivity[s] += DT * (q->growth[s] * p->productivity[s]);
  }
  p->total_gdp += DT * p->gdp;
  p->total_transfers += DT * p->transfers;
}

static void save(struct place *places, real mean_income, int year, struct year *row) {
  row->mean_income = mean_income;
  for (int i = 0; i < PLACES; i++) {
    struct place *p = &places[i];
    row->labour[i] = p->labour;
    row->income[i] = p->income;
    row->gdp[i] = year == 0 ? p->gdp : p->total_gdp;
    row->transfers[i] = year == 0 ? p->transfers : p->total_transfers;
    p->total_gdp = p->total_transfers = ALL(0);
  }
}

static void run(const struct parameters *q, struct year *rows) {
  static struct place places[PLACES];
  start(places);
#ifdef FACTORS
  start_factors(q);
#endif
  for (int step = 0; step <= YEARS * STEPS_PER_YEAR; step++) {
    for (int i = 0; i < PLACES; i++) produce(&places[i], q);
    migrate(places, q);
    real mean_income = equalize(places, q);
    if (step % STEPS_PER_YEAR == 0) save(places, mean_income, step / STEPS_PER_YEAR, &rows[step / STEPS_PER_YEAR]);
    for (int i = 0; i < PLACES; i++) integrate(&places[i], q, q->fertility[i]);
  }
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static struct parameters inputs;
static struct year rows[YEARS + 1];

int main(int count, char **arguments) {
  if (count != 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file || fread(&inputs, sizeof inputs, 1, file) != 1) return 1;
  fclose(file);
  run(&inputs, rows);
  file = fopen(arguments[2], "wb");
  if (!file || fwrite(rows, sizeof rows, 1, file) != 1 || fclose(file) != 0) return 1;
  puts("ready");
  fflush(stdout);
  int times;
  while (scanf("%d", &times) == 1) {
    long long before = now();
    for (int i = 0; i < times; i++) run(&inputs, rows);
    printf("%lld\n", now() - before);
    fflush(stdout);
  }
  return 0;
}

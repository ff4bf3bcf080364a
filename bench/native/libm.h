/* One run at a time, with the exp, log and pow of the C library. */
#include <math.h>

typedef double real;

#define ALL(x) (x)
#define MINIMUM(a, b) ((a) < (b) ? (a) : (b))
#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))

static inline real exp_of(real x) { return exp(x); }
static inline real ln_of(real x) { return log(x); }
static inline real power_of(real x, real y) { return pow(x, y); }

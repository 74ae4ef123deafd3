"""Writes normal.tsv: `cdf|ppf`, an argument, and the exact value's nearest double. Needs mpmath."""

import random

from mpmath import erfc, erfinv, findroot, log, mp, mpf, npdf, sqrt

mp.dps = 60
rng = random.Random(7)


def cdf(x):
    return erfc(-mpf(x) / sqrt(2)) / 2


def ppf(p):
    p = mpf(p)
    if p > mpf("0.5"):
        return -lower(1 - p)
    return lower(p)


def lower(p):
    if p == mpf("0.5"):
        return mpf(0)
    if p > mpf("0.01"):
        return sqrt(2) * erfinv(2 * p - 1)
    guess = -sqrt(-2 * log(p))
    for _ in range(200):
        # Newton on log(cdf): far tails are smooth there.
        step = (log(cdf(guess)) - log(p)) * cdf(guess) / npdf(guess)
        guess -= step
        if abs(step) < mpf(10) ** -45:
            break
    return guess


xs = [0.0, 1e-300, -1e-300, 1e-9, -1e-9, 0.75, -0.75, 0.7500000001, 1.25, -1.25, 2.0, -2.0, 3.0, -3.0, 4.5, -4.5, 7.0, -7.0,
      12.0, -12.0, 8.2, 8.3, -37.5, 40.0]
xs += [rng.uniform(-1, 1) for _ in range(60)] + [rng.uniform(-9, 9) for _ in range(150)]
xs += [rng.uniform(-37.4, 0) for _ in range(80)]
ps = [0.5, 0.25, 0.75, 0.075, 0.925, 0.0749999, 1e-3, 1e-10, 1e-100, 1e-300, 2.0**-53, 1 - 2.0**-53, 0.5 + 2.0**-50, 0.975, 0.95]
ps += [rng.random() for _ in range(150)] + [10 ** rng.uniform(-300, -1) for _ in range(60)]
ps += [0.5 + rng.choice((-1, 1)) * 10 ** rng.uniform(-14, -1) for _ in range(30)]
with open("normal.tsv", "w") as out:
    for x in xs:
        out.write(f"cdf\t{x!r}\t{float(cdf(x))!r}\n")
    for p in ps:
        out.write(f"ppf\t{p!r}\t{float(ppf(p))!r}\n")

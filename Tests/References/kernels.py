"""Writes kernels.tsv: inputs and what pandas, numpy, scipy, statsmodels and TA-Lib make of them.

A line is a name and its numbers, separated by tabs; `na` is a missing number.
Needs: numpy pandas scipy statsmodels TA-Lib. Run in this folder: python3 kernels.py
"""

import random

import numpy as np
import pandas as pd
import statsmodels.api as sm
import talib
from scipy import stats

rng = random.Random(20240131)
lines = []


def put(name, values):
    values = np.atleast_1d(np.asarray(values, dtype=float))
    lines.append("\t".join([name] + ["na" if np.isnan(v) else repr(float(v)) for v in values]))


# Inputs
N = 120
close = [100.0]
while len(close) < N:
    close.append(round(close[-1] * (1 + rng.gauss(0.0004, 0.015)), 2))
high = [round(c + abs(rng.gauss(0, 0.8)), 2) for c in close]
low = [round(c - abs(rng.gauss(0, 0.8)), 2) for c in close]
other = [round(0.6 * c + rng.gauss(0, 2), 2) for c in close]
gaps = [c if i % 17 != 5 and not 60 <= i < 64 else np.nan for i, c in enumerate(close)]
ties = [float(rng.randrange(8)) for _ in range(40)]
reverting = [10.0]
while len(reverting) < N:
    reverting.append(reverting[-1] + 0.2 * (10 - reverting[-1]) + rng.gauss(0, 1))
for name, values in dict(close=close, high=high, low=low, other=other, gaps=gaps, ties=ties, reverting=reverting).items():
    put("input." + name, values)
S, G, O = pd.Series(close), pd.Series(gaps), pd.Series(other)

# Rolling and whole statistics
for name, s in (("close", S), ("gaps", G)):
    for w, m in ((10, 10), (10, 4), (1, 1)):
        r = s.rolling(w, min_periods=m)
        key = f"{name}.{w}.{m}"
        put("sum." + key, r.sum())
        put("mean." + key, r.mean())
        put("median." + key, r.median())
        put("min." + key, r.min())
        put("max." + key, r.max())
        put("quantile0.3." + key, r.quantile(0.3))
        put("rank." + key, r.rank())
        put("rankpct." + key, r.rank(pct=True))
        if w > 1:
            put("std." + key, r.std())
            put("variance." + key, r.var())
            put("skew." + key, r.skew())
            put("kurt." + key, r.kurt())
            put("zscore." + key, (s - r.mean()) / r.std())
            put("corr." + key, r.corr(O))
            put("cov." + key, r.cov(O))
            put("beta." + key, r.cov(O) / O.where(s.notna()).rolling(w, min_periods=m).var())
    whole = s.dropna()
    put(f"whole.{name}", [
        whole.sum(), whole.mean(), whole.median(), whole.std(), whole.var(), whole.std(ddof=0), whole.min(), whole.max(),
        whole.quantile(0.05), whole.skew(), whole.kurt(), (whole.iloc[-1] - whole.mean()) / whole.std(),
        whole.rank().iloc[-1], whole.rank(pct=True).iloc[-1],
    ])
    pair = pd.concat([s, O], axis=1).dropna()
    put(f"pair.{name}", [pair[0].corr(pair[1]), pair[0].cov(pair[1]), pair[0].cov(pair[1]) / pair[1].var()])

# Smoothing
put("ema.close.12", S.ewm(span=12, adjust=False, min_periods=12).mean())
put("ema.dropped.12", G.dropna().ewm(span=12, adjust=False, min_periods=12).mean())
for name, s in (("close", S), ("gaps", G)):
    for adjust in (True, False):
        for label, kw in (("span10", dict(span=10)), ("halflife3", dict(halflife=3)), ("alpha0.3", dict(alpha=0.3))):
            e = s.ewm(adjust=adjust, **kw)
            put(f"ewmmean.{name}.{label}.{adjust}", e.mean())
            put(f"ewmstd.{name}.{label}.{adjust}", e.std())
    put(f"ewmmean5.{name}", s.ewm(span=10, min_periods=5).mean())
    put(f"cumsum.{name}", s.cumsum())
    put(f"cumprod.{name}", (s / 100).cumprod())
    put(f"cummax.{name}", s.cummax())
    put(f"cummin.{name}", s.cummin())
    put(f"drawdown.{name}", s / s.cummax() - 1)
    put(f"change3.{name}", s.pct_change(3, fill_method=None))
    put(f"diff3.{name}", s.diff(3))
    put(f"log3.{name}", np.log(s / s.shift(3)))

# Indicators
H, L, C = np.array(high), np.array(low), np.array(close)
for n in (2, 5, 14):
    put(f"rsi.{n}", talib.RSI(C, n))
    put(f"atr.{n}", talib.ATR(H, L, C, n))
    put(f"adx.{n}", talib.ADX(H, L, C, n))
    put(f"wma.{n}", talib.WMA(C, n))
k, d = talib.STOCH(H, L, C, fastk_period=14, slowk_period=3, slowd_period=3)
put("stoch.d", d)
raw = 100 * (S - pd.Series(low).rolling(14).min()) / (pd.Series(high).rolling(14).max() - pd.Series(low).rolling(14).min())
put("stoch.k", raw.rolling(3).mean())
put("bollinger.deviation", (talib.BBANDS(C, 20, 1, 1)[0] - talib.BBANDS(C, 20, 1, 1)[1]))

# Regression
X = np.array(reverting)
b = sm.OLS(np.diff(X), sm.add_constant(X[:-1])).fit().params[1]
put("halflife", [-np.log(2) / b])


def ols(name, y, *xs):
    fit = sm.OLS(y, sm.add_constant(np.column_stack(xs))).fit()
    put(f"ols.{name}.fit", [fit.params[0], fit.bse[0], fit.tvalues[0], fit.rsquared])
    put(f"ols.{name}.slopes", fit.params[1:])
    put(f"ols.{name}.stderr", fit.bse[1:])
    put(f"ols.{name}.tstat", fit.tvalues[1:])
    put(f"ols.{name}.residual", fit.resid)


ols("one", C, np.array(other))
ols("two", C, np.array(other), X)

# Cross-section
T = pd.Series(ties)
for method in ("average", "min", "max", "first", "dense"):
    for ascending in (True, False):
        put(f"ranks.{method}.{ascending}", T.rank(method=method, ascending=ascending))
put("nlargest", T.nlargest(9, keep="first").index)
put("nsmallest", T.nsmallest(9, keep="first").index)
put("quantiles", np.quantile(C, [0, 0.05, 0.25, 0.5, 0.61, 0.95, 1]))

# Covariance and its solutions
M = pd.DataFrame({"a": S.pct_change(), "b": O.pct_change(), "c": pd.Series(reverting).pct_change()}).dropna()
cov = M.cov().values
put("cov.matrix", cov.ravel())
put("cov.solve", np.linalg.solve(cov, np.ones(3)))

with open("kernels.tsv", "w") as out:
    out.write("\n".join(lines) + "\n")

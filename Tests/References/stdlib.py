"""Writes stdlib.strat and stdlib_market/: what the standard library must give on a small market.

The market is drawn from a fixed seed; the expected values come from numpy, pandas, scipy and statsmodels, or are written
out from the formula. Needs: numpy pandas scipy statsmodels TA-Lib. Run in this folder: python3 stdlib.py
"""

import os
import random

import numpy as np
import pandas as pd
import statsmodels.api as sm
import talib
from scipy import optimize, stats
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist

rng = random.Random(20240229)
DAYS = pd.bdate_range("2020-01-01", periods=400)
NAMES = ["AA", "BB", "CC", "DD", "EE"]
AS_OF = DAYS[-1].date()

# A common factor and a group factor make the correlations unequal.
vols, betas, group = [0.012, 0.02, 0.008, 0.015, 0.004], [1.0, 1.3, 0.2, 0.9, -0.2], [0, 0, 1, 0, 1]
prices = {n: [50.0 + 10 * i] for i, n in enumerate(NAMES)}
for _ in DAYS[1:]:
    market, groups = rng.gauss(0.0004, 0.008), [rng.gauss(0, 0.005), rng.gauss(0, 0.003)]
    for i, n in enumerate(NAMES):
        r = betas[i] * market + groups[group[i]] + rng.gauss(0, vols[i])
        prices[n].append(round(prices[n][-1] * (1 + r), 4))
C = pd.DataFrame(prices, index=DAYS)
bars = pd.DataFrame({"close": C["AA"]})
bars["high"] = [round(c * (1 + abs(rng.gauss(0, 0.006))), 4) for c in bars["close"]]
bars["low"] = [round(c * (1 - abs(rng.gauss(0, 0.006))), 4) for c in bars["close"]]
R = C.pct_change(fill_method=None)

os.makedirs("stdlib_market/prices", exist_ok=True)
with open("stdlib_market/prices/closes.csv", "w") as f:
    f.write("date," + ",".join(NAMES[1:]) + "\n")
    for d, row in C[NAMES[1:]].iterrows():
        f.write(f"{d.date()}," + ",".join(repr(float(v)) for v in row) + "\n")
with open("stdlib_market/prices/bars.csv", "w") as f:
    f.write("ticker,date,open,high,low,close\n")
    for d, row in bars.iterrows():
        cells = [repr(float(v)) for v in (row.close, row.high, row.low, row.close)]
        f.write(f"AA,{d.date()}," + ",".join(cells) + "\n")

cases = {}


def literal(value):
    if isinstance(value, dict):
        return "[" + ", ".join(f'"{k}": {literal(v)}' for k, v in value.items()) + "]"
    if isinstance(value, (list, tuple, np.ndarray, pd.Series)):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return "na" if value != value else repr(float(value))


def case(expression, value, rel="1e-9"):
    name = expression.split("(")[0] if "(" in expression else expression
    for module in MODULES:
        at = expression.find(module + ".")
        if at >= 0:
            name = expression[at:].split("(")[0]
            break
    cases.setdefault(name, []).append(f"    assert approx({expression}, {literal(value)}, rel: {rel}, abs: 1e-15)")


MODULES = ["cross_section", "portfolio", "risk", "stats", "trend", "testing", "rates", "macro", "seasonality", "regimes"]
LIST = '["AA", "BB", "CC", "DD", "EE"]'
r, b = R["AA"].dropna(), R["BB"].dropna()
ra, ba, p = 'returns("AA")', 'returns("BB")', C["AA"]
w250 = r.iloc[-250:]

# stats
case(f"stats.sharpe({ra}, 250)", w250.mean() / w250.std() * 252**0.5)
down = np.sqrt((np.minimum(w250 - 0.0005, 0) ** 2).mean())
case(f"stats.downside_deviation({ra}, 0.0005, 250)", down)
case(f"stats.sortino({ra}, 0.0005, 250)", (w250.mean() - 0.0005) / down * 252**0.5)
active = (r - b).iloc[-250:]
case(f"stats.tracking_error({ra}, {ba}, 250)", active.std() * 252**0.5)
case(f"stats.information_ratio({ra}, {ba}, 250)", active.mean() / active.std() * 252**0.5)
tail = p.iloc[-300:]
fall = tail / tail.cummax() - 1
case('stats.calmar(close("AA"), 300)', ((tail.iloc[-1] / tail.iloc[0]) ** (252 / 299) - 1) / -fall.min())
case('stats.ulcer_index(close("AA"), 300)', np.sqrt((fall**2).mean()))
case('stats.max_drawdown(close("AA"), 300)', fall.min())
case(f"stats.tail_ratio({ra}, 0.05, 250)", abs(w250.quantile(0.95)) / abs(w250.quantile(0.05)))
edge = np.quantile(w250, 0.05)
case(f"stats.value_at_risk({ra}, 0.95, 250)", -edge)
case(f"stats.expected_shortfall({ra}, 0.95, 250)", -w250[w250 <= edge].mean())
case(f"stats.omega({ra}, 0.0002, 250)", np.maximum(w250 - 0.0002, 0).sum() / np.maximum(0.0002 - w250, 0).sum())
case(f"stats.autocorr({ra}, 2)", r.autocorr(2))
x = np.log(p.iloc[-300:].to_numpy())
n, k = len(x) - 1, 5
mu = (x[-1] - x[0]) / n
va = ((np.diff(x) - mu) ** 2).sum() / (n - 1)
vc = ((x[k:] - x[:-k] - k * mu) ** 2).sum() / (k * (n - k + 1) * (1 - k / n))
case('stats.variance_ratio(close("AA"), 5, 300)', vc / va)
spread = [np.log(np.std(x[k:] - x[:-k])) for k in range(2, 21)]
case('stats.hurst(close("AA"), 20, 300)', np.polyfit(np.log(np.arange(2, 21)), spread, 1)[0])
case(f"stats.ewma_vol({ra}, 0.94)", np.sqrt((r**2).ewm(alpha=0.06).mean().iloc[-1] * 252))
last = p.iloc[-120:]
mad = stats.median_abs_deviation(last, scale=1)
case('stats.robust_zscore(close("AA"), 120)', (last.iloc[-1] - last.median()) / (1.4826 * mad))
case(f"stats.winsorized_mean({ra}, 0.1, 250)", w250.clip(w250.quantile(0.1), w250.quantile(0.9)).mean())
case('stats.percentile(close("AA"), 120)', (last <= last.iloc[-1]).mean())
case(f"stats.hit_rate({ra}, 250)", (w250 > 0).sum() / (w250 != 0).sum())
case(f"stats.payoff_ratio({ra}, 250)", w250[w250 > 0].mean() / -w250[w250 < 0].mean())
case(f"stats.tstat({ra}, 250)", stats.ttest_1samp(w250, 0).statistic)
for lags in (3, 0):
    fit = sm.OLS(w250.to_numpy(), np.ones(250)).fit(cov_type="HAC", cov_kwds=dict(maxlags=lags, use_correction=False))
    case(f"stats.newey_west_tstat({ra}, {lags}, 250)", fit.tvalues[0])
sr, g3, g4 = w250.mean() / w250.std(), stats.skew(w250), stats.kurtosis(w250, fisher=False)
psr = stats.norm.cdf((sr - 0.02) * np.sqrt(249) / np.sqrt(1 - g3 * sr + (g4 - 1) / 4 * sr**2))
case(f"stats.probabilistic_sharpe({ra}, 0.02, 250)", psr)
e = 0.5772156649015329
best = (1 - e) * stats.norm.ppf(1 - 1 / 50) + e * stats.norm.ppf(1 - 1 / (50 * np.e))
case("stats.expected_best_sharpe(50, 0.004)", np.sqrt(0.004) * best)
case(f"stats.spearman({ra}, {ba}, 250)", stats.spearmanr(w250, b.iloc[-250:]).statistic)
fit = sm.OLS(np.log(p.iloc[-250:]), sm.add_constant(np.log(C["BB"].iloc[-250:]))).fit()
case('stats.residual_zscore(log(close("AA")), log(close("BB")), 250)', fit.resid.iloc[-1] / fit.resid.std())

# risk
W = {"AA": 0.5, "BB": -0.3, "CC": 0.4}
w, wl = np.array(list(W.values())), literal(W)
X = R[list(W)].iloc[-120:]
S = X.cov().to_numpy()
vol = np.sqrt(w @ S @ w * 252)
case(f"risk.portfolio_vol({wl}, 120)", vol)
case(f"risk.contributions({wl}, 120)", dict(zip(W, w * (S @ w) / (w @ S @ w))))
mcr = S @ w / np.sqrt(w @ S @ w) * 252**0.5
case(f"risk.marginal_contributions({wl}, 120)", dict(zip(W, mcr)))
case(f"risk.component_contributions({wl}, 120)", dict(zip(W, w * mcr)))
ratio = np.abs(w) @ np.sqrt(np.diag(S)) / np.sqrt(w @ S @ w)
case(f"risk.diversification_ratio({wl}, 120)", ratio)
corr = R[NAMES].iloc[-120:].corr().to_numpy()
case(f'risk.correlations({LIST}, 120)["AA"]["CC"]', corr[0, 2])
case(f"risk.average_correlation({LIST}, 120)", (corr.sum() - 5) / 20)
book = (R[list(W)] * w).sum(axis=1, skipna=False).dropna()
case(f'risk.book_beta({wl}, "DD", 250)', np.cov(book.iloc[-250:], R["DD"].iloc[-250:])[0, 1] / R["DD"].iloc[-250:].var())
q = np.quantile(book.iloc[-250:], 0.025)
case(f"risk.book_var({wl}, 0.975, 250)", -q)
case(f"risk.book_cvar({wl}, 0.975, 250)", -book.iloc[-250:][book.iloc[-250:] <= q].mean())
case(f"risk.normal_var({wl}, 0.99, 10, 120)", stats.norm.ppf(0.99) * vol * np.sqrt(10 / 252))
case(f"risk.herfindahl({wl})", ((np.abs(w) / np.abs(w).sum()) ** 2).sum())
# Ledoit and Wolf (2004), written out as scikit-learn computes it.
X = R[NAMES].iloc[-60:].to_numpy()
X = X - X.mean(axis=0)
n, m = X.shape
emp = X.T @ X / n
mu = np.trace(emp) / m
beta_ = ((X**2).T @ (X**2)).sum() / n
delta_ = ((X.T @ X) ** 2).sum() / n**2
bb = (beta_ - delta_) / (n * m)
dd = (delta_ - 2 * mu * np.trace(emp) + m * mu**2) / m
shrinkage = min(bb, dd) / dd
LW = (1 - shrinkage) * emp + shrinkage * mu * np.eye(m)
case(f"risk.shrinkage_intensity({LIST}, 60)", shrinkage)
case(f'risk.ledoit_wolf({LIST}, 60)["AA"]', dict(zip(NAMES, LW[0])))
case(f'risk.ewma_covariances({LIST}, 0.94, 120)["AA"]["BB"]', (r * b).iloc[-120:].ewm(alpha=0.06).mean().iloc[-1])

# portfolio
S5 = R[NAMES].iloc[-252:].cov().to_numpy()
inv = 1 / R[NAMES].iloc[-60:].std()
case(f"portfolio.inverse_vol({LIST})", dict(inv / inv.sum()))
case(f"portfolio.vol_target({wl}, 0.1, 120)", dict(zip(W, w * 0.1 / vol)))
one = np.ones(5)
mv = np.linalg.solve(S5, one)
case(f"portfolio.min_variance({LIST})", dict(zip(NAMES, mv / mv.sum())))
shrunk = 0.7 * S5 + 0.3 * np.diag(np.diag(S5))
mv = np.linalg.solve(shrunk, one)
case(f"portfolio.min_variance({LIST}, shrink: 0.3)", dict(zip(NAMES, mv / mv.sum())))
md = np.linalg.solve(S5, np.sqrt(np.diag(S5)))
case(f"portfolio.max_diversification({LIST})", dict(zip(NAMES, md / md.sum())))
expected = dict(zip(NAMES, [0.05, 0.08, 0.02, 0.03, 0.01]))
mu5 = np.array(list(expected.values()))
case(f"portfolio.mean_variance({literal(expected)}, 4)", dict(zip(NAMES, np.linalg.solve(S5 * 252, mu5) / 4)))
case(f"portfolio.kelly({literal(expected)}, 0.25)", dict(zip(NAMES, np.linalg.solve(S5 * 252, mu5) / 4)))


def budget(shares):
    """Newton's method on the equations S x = b / x, from a start near the solution."""
    s = S5 / np.trace(S5) * 5
    x = optimize.fsolve(lambda y: s @ y - shares / y, 1 / np.sqrt(np.diag(s)))
    for _ in range(20):
        x = x - np.linalg.solve(s + np.diag(shares / x**2), s @ x - shares / x)
    return x / x.sum()


case(f"portfolio.risk_parity({LIST})", dict(zip(NAMES, budget(one / 5))))
shares = dict(zip(NAMES, [3, 2, 1, 1, 1]))
case(f"portfolio.risk_budget({literal(shares)})", dict(zip(NAMES, budget(np.array([3, 2, 1, 1, 1]) / 8))))


def hrp(cov):
    """López de Prado (2016), section 3, with scipy's linkage."""
    sd = np.sqrt(np.diag(cov))
    near = np.sqrt(np.clip((1 - cov / np.outer(sd, sd)) / 2, 0, 1))
    np.fill_diagonal(near, 0)
    order = hierarchy.leaves_list(hierarchy.linkage(pdist(near.T), "single")).tolist()
    weights, clusters = np.ones(len(cov)), [order]
    while clusters:
        clusters = [c[i:j] for c in clusters for i, j in ((0, len(c) // 2), (len(c) // 2, len(c))) if len(c) > 1]
        for i in range(0, len(clusters), 2):
            v = []
            for c in clusters[i : i + 2]:
                sub = cov[np.ix_(c, c)]
                iv = 1 / np.diag(sub)
                iv /= iv.sum()
                v.append(iv @ sub @ iv)
            weights[clusters[i]] *= 1 - v[0] / sum(v)
            weights[clusters[i + 1]] *= v[0] / sum(v)
    return weights


case(f"portfolio.hierarchical_risk_parity({LIST})", dict(zip(NAMES, hrp(S5))))
case(f"portfolio.hierarchical_risk_parity({LIST}, 60)", dict(zip(NAMES, hrp(R[NAMES].iloc[-60:].cov().to_numpy()))))

# trend
pa, tail10 = 'close("AA")', "{}.tail(10).values()"


def ten(expression, values, rel="1e-9"):
    case(tail10.format(expression), list(values[-10:]), rel)


ten(f"trend.momentum({pa})", (p.shift(21) / p.shift(252) - 1).to_numpy())
ten(f"trend.time_series_momentum({pa}, 120, 0.1, 60)",
    (np.sign(p / p.shift(120) - 1) * 0.1 / (R["AA"].rolling(60).std() * 252**0.5)).to_numpy())
ten(f"trend.high_proximity({pa}, 120)", (p / p.rolling(120).max()).to_numpy())
up, dn = (R["AA"] > 0).rolling(100).mean(), (R["AA"] < 0).rolling(100).mean()
ten(f"trend.information_discreteness({pa}, 100)", (np.sign(p / p.shift(100) - 1) * (dn - up)).to_numpy())
ten(f"trend.average_distance({pa}, 50)", (p / p.rolling(50).mean() - 1).to_numpy())
ten(f"trend.donchian({pa}, 20).lower", p.shift(1).rolling(20).min().to_numpy())
side, sides = np.nan, []
for v, hi, lo in zip(p, p.shift(1).rolling(20).max(), p.shift(1).rolling(20).min()):
    side = 1 if v > hi else -1 if v < lo else side
    sides.append(side)
case(f"trend.breakout({pa}, 20).tail(200).values()", sides[-200:])
side, sides = np.nan, []
for f, s in zip(p.rolling(10).mean(), p.rolling(40).mean()):
    side = 1 if f > s * 1.01 else -1 if f < s * 0.99 else side
    sides.append(side)
case(f"trend.average_cross({pa}, 10, 40, 1pct).tail(200).values()", sides[-200:])
ten(f"trend.kama({pa})", talib.KAMA(p.to_numpy(), 10))
case(f"trend.kama({pa}).len()", (~np.isnan(talib.KAMA(p.to_numpy(), 10))).sum())


def wma(v, n):
    return pd.Series(v).rolling(n).apply(lambda z: np.arange(1, n + 1) @ z / (n * (n + 1) / 2), raw=True)


ten(f"trend.hull({pa}, 16)", wma(2 * wma(p.to_numpy(), 8) - wma(p.to_numpy(), 16), 4).to_numpy())
H, L = bars["high"], bars["low"]
atr = talib.ATR(H.to_numpy(), L.to_numpy(), p.to_numpy(), 10)
ema = p.ewm(span=20, adjust=False, min_periods=20).mean().to_numpy()
ten('trend.keltner("AA").upper', ema + 2 * atr)
atr22 = talib.ATR(H.to_numpy(), L.to_numpy(), p.to_numpy(), 22)
ten('trend.chandelier("AA")', H.rolling(22).max().to_numpy() - 3 * atr22)
up_band = dn_band = None
line = []
for i in range(len(p)):
    if np.isnan(atr[i]):
        continue
    c, mid = p.iloc[i], (H.iloc[i] + L.iloc[i]) / 2
    hi, lo = mid + 2 * atr[i], mid - 2 * atr[i]
    if up_band is None:
        up_band, dn_band, d = hi, lo, 1 if c >= mid else -1
    else:
        d = 1 if c > up_band else -1 if c < dn_band else d
        prior = p.iloc[i - 1]
        up_band = hi if hi < up_band or prior > up_band else up_band
        dn_band = lo if lo > dn_band or prior < dn_band else dn_band
    line.append(dn_band if d > 0 else up_band)
case('trend.supertrend("AA", 10, 2).line.tail(100).values()', line[-100:])
er = (p - p.shift(30)).abs() / p.diff().abs().rolling(30).sum()
ten(f"trend.efficiency_ratio({pa}, 30)", er.to_numpy())
slope, tstat, adjusted = [], [], []
for i in range(len(p) - 10, len(p)):
    fit = stats.linregress(np.arange(90), np.log(p.iloc[i - 89 : i + 1]))
    slope.append(fit.slope)
    tstat.append(fit.slope / fit.stderr)
    adjusted.append((np.exp(fit.slope * 252) - 1) * fit.rvalue**2)
ten(f"trend.slope({pa}, 90)", slope)
ten(f"trend.slope_tstat({pa}, 90)", tstat)
ten(f"trend.adjusted_slope({pa}, 90)", adjusted)


def baz(fast, slow):
    y = (p.ewm(alpha=1 / fast).mean() - p.ewm(alpha=1 / slow).mean()) / p.rolling(63).std()
    z = y / y.rolling(252).std()
    return z * np.exp(-(z**2) / 4) / 0.89


ten(f"trend.ewma_signal({pa}, 16, 48)", baz(16, 48).to_numpy())
ten(f"trend.cta_signal({pa})", ((baz(8, 24) + baz(16, 48) + baz(32, 96)) / 3).to_numpy())
carver = (p.ewm(span=16).mean() - p.ewm(span=64).mean()) / p.diff().ewm(span=36).std() * 3.75
ten(f"trend.ewmac({pa})", carver.clip(-20, 20).to_numpy())

# cross_section
scores = dict(zip("ABCDEFGHIJKL", [float(rng.randrange(20)) for _ in range(12)]))
after = dict(zip("ABCDEFGHIJKL", [round(rng.gauss(0, 1), 3) for _ in range(12)]))
s, o = pd.Series(scores), pd.Series(after)
sl, ol = literal(scores), literal(after)
clipped = s.clip(s.quantile(0.1), s.quantile(0.9))
case(f"cross_section.winsorized_zscore({sl}, 0.1)", dict((clipped - clipped.mean()) / clipped.std()))
case(f"cross_section.clipped_zscore({sl}, 1)", dict(((s - s.mean()) / s.std()).clip(-1, 1)))
case(f"cross_section.robust_scores({sl})", dict((s - s.median()) / (1.4826 * stats.median_abs_deviation(s))))
by = dict(zip("ABCDEFGHIJKL", "xxxyyyzzzwww"))
byl = "[" + ", ".join(f'"{k}": "{v}"' for k, v in by.items()) + "]"
grouped = s.groupby(pd.Series(by)).transform(lambda g: (g - g.mean()) / g.std())
case(f"cross_section.group_zscore({sl}, {byl})", dict(grouped))
resid = sm.OLS(s, sm.add_constant(o)).fit().resid
case(f"cross_section.orthogonalize({sl}, {ol})", dict(resid))
case(f"cross_section.percentiles({sl})", dict((s.rank() - 0.5) / 12))
case(f"cross_section.normal_scores({sl})", dict(pd.Series(stats.norm.ppf((s.rank() - 0.5) / 12), s.index)))
ranks = s.rank() - s.rank().mean()
case(f"cross_section.rank_weights({sl}, 2)", dict(ranks / ranks.abs().sum() * 2))
bucket = np.floor((s.rank(method="first") - 1) * 5 / 12) + 1
case(f"cross_section.buckets({sl}, 5)", dict(bucket))
case(f"cross_section.bucket_means({sl}, {ol}, 5)", o.groupby(bucket).mean())
case(f"cross_section.bucket_spread({sl}, {ol}, 5)", o.groupby(bucket).mean().loc[5] - o.groupby(bucket).mean().loc[1])
case(f"cross_section.information_coefficient({sl}, {ol})", stats.spearmanr(s, o).statistic)
case(f"cross_section.information_coefficient({sl}, {ol}, ranked: false)", stats.pearsonr(s, o).statistic)
z = lambda v: (v - v.mean()) / v.std()
case(f"cross_section.composite([{sl}, {ol}], [0.7, 0.3])", dict(0.7 * z(s) + 0.3 * z(o)))
case(f"cross_section.proportional({sl}, 0.5)", dict(np.sqrt(s[s > 0]) / np.sqrt(s[s > 0]).sum()))

with open("stdlib.strat", "w") as f:
    f.write("## What other programs make of the market beside this script; written by stdlib.py.\n")
    used = [m for m in MODULES if any(name.startswith(m + ".") for name in cases)]
    for module in sorted(used):
        f.write(f"import {module}\n")
    for name, lines in cases.items():
        f.write(f'\ntest "{name}" with "stdlib_market" {{\n  at {AS_OF} {{\n' + "\n".join(lines) + "\n  }\n}\n")
print(len(cases), "functions,", sum(map(len, cases.values())), "cases")

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


def truth(name, expression, expected):
    cases.setdefault(name, []).append(f"    assert {'' if expected else 'not '}{expression}")


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

# The economy: monthly and quarterly series with revisions, a curve and positions.
import calendar
from datetime import date, timedelta

import dateutil.easter
from dateutil.relativedelta import MO
from pandas.tseries import holiday

eco = random.Random(7)
MONTHS = pd.date_range("1996-01-01", "2021-05-01", freq="MS")
season = [1.01, 0.985, 1.0, 1.004, 1.012, 0.99, 0.995, 1.0, 1.002, 1.006, 0.991, 1.005]
level, jobless, cpi, unrate, output = 100.0, 5.0, [], [], []
for i, m in enumerate(MONTHS):
    level *= 1 + 0.002 + eco.gauss(0, 0.002)
    jobless = min(max(jobless + eco.gauss(0, 0.15), 3), 11)
    cpi.append(round(level, 3))
    unrate.append(round(jobless, 1))
    output.append(round(50 * level * season[m.month - 1] * (1 + eco.gauss(0, 0.003)), 3))
CPI, U, Y = (pd.Series(v, MONTHS) for v in (cpi, unrate, output))
QUARTERS = pd.date_range("1996-01-01", "2021-01-01", freq="QS")
G = pd.Series([round(Y[q : q + pd.DateOffset(months=2)].mean(), 2) for q in QUARTERS], QUARTERS)
first_jobs, jobs, releases = {}, {}, {}
for m in MONTHS:
    day = m + pd.DateOffset(months=1) + timedelta(days=4 + m.month % 3)
    releases[m] = day
    rows = [(day, round(1000 + 2 * (m - MONTHS[0]).days / 30 + eco.gauss(0, 4), 1))]
    for later in (1, 2):
        if m + pd.DateOffset(months=later) <= MONTHS[-1]:
            near = m + pd.DateOffset(months=later)
            rows.append((near + pd.DateOffset(months=1) + timedelta(days=4 + near.month % 3), round(rows[-1][1] + eco.gauss(0, 2), 1)))
    first_jobs[m], jobs[m] = rows[0][1], rows
JOBS = pd.Series({m: rows[-1][1] for m, rows in jobs.items()})
os.makedirs("stdlib_market/series", exist_ok=True)
with open("stdlib_market/series/economy.csv", "w") as f:
    f.write("series,observation_date,release_time,value\n")
    for name, s in (("CPI", CPI), ("UNEMPLOYMENT", U), ("OUTPUT", Y), ("GDP", G)):
        for m, v in s.items():
            day = m + pd.DateOffset(months=3 if name == "GDP" else 1) + timedelta(days=12)
            f.write(f"{name},{m.date()},{day.date()}T13:30:00Z,{v!r}\n")
    for m, rows in jobs.items():
        for day, v in rows:
            f.write(f"JOBS,{m.date()},{day.date()}T13:30:00Z,{v!r}\n")
WEEKS = pd.date_range("2014-01-07", "2021-07-06", freq="W-TUE")
longs, shorts, interest = [], [], []
a_, b_ = 2000.0, 1500.0
for _ in WEEKS:
    a_, b_ = max(a_ + eco.gauss(0, 60), 100), max(b_ + eco.gauss(0, 60), 100)
    longs.append(round(a_))
    shorts.append(round(b_))
    interest.append(round(a_ + b_ + 4000 + eco.gauss(0, 100)))
LONG, SHORT, OI = (pd.Series(v, WEEKS, dtype=float) for v in (longs, shorts, interest))
os.makedirs("stdlib_market/flows", exist_ok=True)
with open("stdlib_market/flows/positions.csv", "w") as f:
    f.write("series,observation_date,release_time,value\n")
    for name, s in (("LONG", LONG), ("SHORT", SHORT), ("INTEREST", OI)):
        for d, v in s.items():
            f.write(f"{name},{d.date()},{(d + timedelta(days=3)).date()}T20:30:00Z,{v:.0f}\n")
TENORS = [30, 91, 182, 365, 730, 1095, 1825, 2555, 3650, 7300, 10950]
shape, drift_ = np.array([0.1, 0.3, 0.5, 0.9, 1.4, 1.8, 2.3, 2.6, 2.9, 3.3, 3.4]), 0.0
curve_rows = []
for d in DAYS:
    drift_ += eco.gauss(0, 0.03)
    curve_rows.append([round(max(v + drift_ * (1 - i / 20) + 1.5, 0.01), 3) for i, v in enumerate(shape)])
CURVE = pd.DataFrame(curve_rows, index=DAYS, columns=TENORS)
os.makedirs("stdlib_market/curves", exist_ok=True)
with open("stdlib_market/curves/curve.csv", "w") as f:
    f.write("curve,date,tenor_days,rate\n")
    for d, row in CURVE.iterrows():
        for t, v in row.items():
            f.write(f"C,{d.date()},{t},{v!r}\n")

# rates
now = CURVE.iloc[-1]
at = lambda years, row=now: float(np.interp(years * 365, TENORS, row))
case('rates.at_years("C", 4)', at(4))
case('rates.steepness("C", 2, 10)', (at(10) - at(2)) * 100)
case('rates.butterfly("C", 2, 5, 10)', (2 * at(5) - at(2) - at(10)) * 100)
case('rates.factors("C")', {"level": at(10), "slope": at(10) - at(0.25), "curvature": 2 * at(2) - at(0.25) - at(10)})
steep = [(np.interp(3650, TENORS, row) - np.interp(730, TENORS, row)) * 100 for row in CURVE.to_numpy()]
ten('rates.steepness_history("C", 2, 10)', np.array(steep))
tau = 5 * 0.7308
case("rates.nelson_siegel(4, -2, 1, 5)", 4 - 2 * (1 - np.exp(-tau)) / tau + (1 - np.exp(-tau)) / tau - np.exp(-tau))
discounts = []
for half in range(1, 15):
    coupon = at(half / 2) / 200
    discounts.append(optimize.brentq(lambda z: coupon * (sum(discounts) + z) + z - 1, 0.01, 2, xtol=1e-15, rtol=1e-14))
case('rates.zero_rate("C", 7)', 200 * (discounts[-1] ** (-1 / 14) - 1))
growth = lambda t: (1 + at(t) / 100) ** t
case('rates.forward_rate("C", 5, 10)', 100 * ((growth(10) / growth(5)) ** 0.2 - 1))
flows_ = np.array([2.5] * 15 + [102.5])
times = np.arange(1, 17)


def price(y, flows=flows_, periods=times):
    return (flows / (1 + y / 200) ** periods).sum()


case("rates.bond_price(3.7, 5, 8)", price(3.7))
par = np.array([1.85] * 15 + [101.85])
pv = par / (1 + 0.0185) ** times
duration = (pv * times).sum() / 2 / 1.0185 / 100
case("rates.modified_duration(3.7, 8)", duration)
case("rates.convexity(3.7, 8)", (pv * times * (times + 1)).sum() / (4 * 1.0185**2) / 100)
case("rates.dv01(3.7, 8, 1000)", duration * 0.1)


def par_duration(y, years, f=2):
    k = np.arange(1, round(years * f) + 1)
    cash = np.full(len(k), y / f)
    cash[-1] += 100
    return (cash / (1 + y / 100 / f) ** k * k).sum() / f / (1 + y / 100 / f) / 100


case('rates.carry("C", 10, 0.5)', (at(10) - at(0.25)) * 50)
case('rates.roll_down("C", 10)', par_duration(at(9), 9) * (at(10) - at(9)) * 100)
both = (at(10) - at(0.25)) * 100 + par_duration(at(9), 9) * (at(10) - at(9)) * 100
case('rates.carry_per_duration("C", 10)', both / par_duration(at(10), 10))
y10 = CURVE[3650] / 100
before, move = y10.shift(1), y10.diff()
dur = (1 - (1 + before / 2) ** -20) / before
cmr = before / 252 - dur * move + (dur**2 + dur / (1 + before / 2)) * move**2 / 2
ten('rates.constant_maturity_returns(curve_history("C", 3650), 10)', cmr.to_numpy())
case("rates.real_rate(5, 2)", 100 * (1.05 / 1.02 - 1))
case("rates.breakeven(4, 1.5)", 100 * (1.04 / 1.015 - 1))
short = [np.interp(0.25 * 365, TENORS, row) for row in CURVE.to_numpy()[-200:]]
case('rates.term_premium("C", 10, 0.25, 200)', at(10) - np.mean(short))
case("rates.parity_forward(0.9, 5, 3, 90)", 0.9 * (1 + 0.03 / 4) / (1 + 0.05 / 4))
case("rates.cip_basis(0.9, 0.895, 5, 3, 90)",
     optimize.brentq(lambda x: 1.0125 - (1 + (0.03 + x / 10000) / 4) * 0.9 / 0.895, -1000, 1000, xtol=1e-13))

# macro
cp, un, ou, gd, jo = 'macro("CPI")', 'macro("UNEMPLOYMENT")', 'macro("OUTPUT")', 'macro("GDP")', 'macro("JOBS")'
inflation = 100 * CPI.pct_change(12)
ten(f"macro.yoy({cp})", inflation.to_numpy())
compound = lambda s, n, p: 100 * ((s / s.shift(n)) ** (p / n) - 1)
ten(f"macro.annualized_change({cp}, 3)", compound(CPI, 3, 12).to_numpy())
ten(f"macro.quarterly_annualized({gd})", compound(G, 1, 4).to_numpy())
ten(f"macro.acceleration({cp}, 6)", (compound(CPI, 6, 12) - compound(CPI, 12, 12)).to_numpy())
ten(f"macro.deflate({ou}, {cp})", (Y / (CPI / CPI.iloc[0])).to_numpy())
ten(f'macro.aggregate(["a": {cp}, "b": {ou}, "c": {un}], ["a": 2, "b": 1])', np.average([CPI, Y], axis=0, weights=[2, 1]))
ten(f"macro.realized_real_rate({un}, {cp})", (100 * ((1 + U / 100) / (1 + inflation / 100) - 1)).to_numpy())
case('macro.expected_real_rate("C", 2, 5)', 100 * ((1 + at(5) / 100) / 1.02 - 1))
be = lambda t: 100 * ((1 + at(t) / 100) / (1 + 0.01 * t * 0.1) - 1)
real_curve = "[1825: 0.5, 3650: 1]"
case(f'macro.breakeven_inflation("C", {real_curve})', be(10))
five = ((1 + be(10) / 100) ** 10 / (1 + be(5) / 100) ** 5) ** 0.2
case(f'macro.forward_breakeven("C", {real_curve})', 100 * (five - 1))
case("macro.taylor_rule(3.1, -0.7, 1.9, 0.6)", 0.6 + 3.1 + 0.5 * 1.2 - 0.35)
case("macro.taylor_unemployment(3.1, 4.4, 4.1, 2, 0.5)", 0.5 + 3.1 + 0.55 - 0.6)
case("macro.taylor_shortfalls(3.1, 4.4, 4.1, 2, 0.5)", 0.5 + 3.1 + 0.55 - 0.6)
case("macro.inertial_rule(4.2, 3.1, -0.7)", 0.85 * 4.2 + 0.15 * (2 + 3.1 + 0.55 - 0.7))
case("macro.difference_rule(4.2, 3.1, 4.4, 3.9)", 4.2 + 0.55 - 0.25)
case("macro.policy_stance(4.2, 3.1, 0.7)", 100 * (1.042 / 1.031 - 1) - 0.7)
smooth = U.rolling(3).mean()
sahm = smooth - smooth.shift(1).rolling(12).min()
case(f"macro.sahm_rule({un}).tail(10).values()", list(sahm.iloc[-10:]), rel="1e-8")
edge_ = float(sahm.iloc[-1].round(2))
truth("macro.sahm_signal", f"macro.sahm_signal({un}, {edge_})", True)
truth("macro.sahm_signal", f"macro.sahm_signal({un}, {round(edge_ + 0.01, 2)})", False)
case("macro.okun_gap(5.2, 4.1)", -2.2)
ten(f"macro.unemployment_gap({un}, 60)", (U - U.rolling(60).mean()).to_numpy())
logs = 100 * np.log(G.to_numpy())


def hamilton(y, h=8):
    t = np.arange(h + 3, len(y))
    x = np.column_stack([np.ones(len(t))] + [y[t - h - k] for k in range(4)])
    return sm.OLS(y[t], x).fit().resid[-1]


case(f"macro.hamilton_gap(100 * log({gd}))", hamilton(logs), rel="1e-8")
case(f"macro.hamilton_cycle(100 * log({gd})).tail(10).values()", [hamilton(logs[:k]) for k in range(len(logs) - 9, len(logs) + 1)], rel="1e-7")
line_gap = []
for k in range(len(G) - 9, len(G) + 1):
    fit = stats.linregress(np.arange(40), logs[k - 40 : k])
    line_gap.append(logs[k - 1] - (fit.intercept + fit.slope * 39))
ten(f"macro.trend_gap({gd}, 40)", line_gap)
signs = [np.sign(s.diff(2)) for s in (CPI, U, Y)]
ten(f"macro.diffusion_index([{cp}, {un}, {ou}].enumerate().reduce((m, p) -> m.merge([string(p[0]): p[1]]), [:]), 2)",
    (50 + 50 * sum(signs) / 3).to_numpy())
zs = lambda s, n: (s - s.rolling(n).mean()) / s.rolling(n).std()
ten(f'macro.conditions_index(["a": {un}, "b": macro.yoy({cp})], ["a": -1, "b": 3], 60)',
    ((-zs(U, 60) + 3 * zs(inflation, 60)) / 4).to_numpy())
growth_ = compound(G, 1, 4)
quarterly = pd.DataFrame({"y": growth_, "x": [U[q : q + pd.DateOffset(months=2)].mean() for q in QUARTERS]}).dropna().iloc[-40:]
fit = sm.OLS(quarterly["y"], sm.add_constant(quarterly["x"])).fit()
case(f"macro.bridge_nowcast(macro.quarterly_annualized({gd}), {un}, 40)",
     fit.params["const"] + fit.params["x"] * U["2021-04-01":"2021-06-30"].mean())
expected_ = JOBS.diff().shift(1).rolling(12).mean()
ten(f"macro.expected_change({jo})", expected_.to_numpy())
miss = JOBS.diff() - expected_
sur = miss / miss.shift(1).rolling(24).std()
ten(f"macro.standardized_surprise({jo}.diff(1), macro.expected_change({jo}))", sur.to_numpy())
ages = np.array([(pd.Timestamp(AS_OF) - d).days for d in sur.dropna().index])
other = zs(U, 24).dropna()
other_ages = np.array([(pd.Timestamp(AS_OF) - d).days for d in other.index])
decayed = [(sur.dropna() * 0.5 ** (ages / 60)).sum(), (other * 0.5 ** (other_ages / 60)).sum()]
case(f'macro.surprise_index(["a": macro.standardized_surprise({jo}.diff(1), macro.expected_change({jo})), "b": zscore({un}, 24)], 60)',
     np.mean(decayed))
ten('macro.by_release("JOBS")', list(first_jobs.values()))
case('macro.by_release("JOBS").last_date() - 2021-01-01', (releases[MONTHS[-1]] - pd.Timestamp("2021-01-01")).days)
revised = JOBS - pd.Series(first_jobs)
ten('macro.revision_size("JOBS")', revised.to_numpy())
case('macro.mean_revision("JOBS", 36)', revised.abs().iloc[:-3].iloc[-36:].mean())
seen = lambda m, day: [v for d, v in jobs[m] if d <= day]
since = pd.Timestamp("2021-05-20")
change_ = [JOBS[m] - seen(m, since)[-1] for m in MONTHS if seen(m, since)]
ten('macro.revised_since("JOBS", 2021-05-20)', change_)
headline = [100 * (first_jobs[m] / seen(MONTHS[i], releases[m])[-1] - 1) for i, m in enumerate(MONTHS[1:])]
ten('macro.headline_growth("JOBS")', headline)
case('macro.publication_lag("JOBS")', np.median([(releases[m] - m).days for m in MONTHS]))
case('macro.days_since_release("JOBS")', (pd.Timestamp(AS_OF) - releases[MONTHS[-1]]).days)
credit = (Y.diff(12) / CPI)
ten(f"macro.credit_impulse({ou}, {cp}, 12)", (100 * (credit - credit.shift(12))).to_numpy())
carry_roll = lambda t, h: (at(t) - at(0.25)) * h * 100 + par_duration2(at(t - h), t - h) * (at(t) - at(t - h)) * 100


def par_duration2(y, years):
    """Closed form, for a time that is no whole number of coupons."""
    return (1 - (1 + y / 200) ** (-2 * years)) / (y / 100)


case('macro.carry_and_roll("C", 10)', carry_roll(10, 0.25))
ladder = {y: carry_roll(y, 0.25) / par_duration2(at(y), y) for y in (2, 5, 10)}
for y, v in ladder.items():
    case(f'macro.carry_by_maturity("C", [2, 5, 10])[{y}]', v)
case("macro.forward_carry(0.9, 0.8955, 91)", (0.8955 / 0.9 - 1) * 360 / 91 * 100)
dom, far_ = CURVE[91], CURVE[182]
cip = ((1 + dom / 100 * 90 / 360) * (C["BB"] / C["AA"]) - 1) / (90 / 360) - far_ / 100
ten('macro.basis_history(close("AA"), close("BB"), curve_history("C", 91), curve_history("C", 182), 90)', (cip * 10000).to_numpy())
known = WEEKS <= pd.Timestamp(AS_OF) - timedelta(days=3)
l_, s_, o_ = LONG[known], SHORT[known], OI[known]
fl = 'flow("LONG"), flow("SHORT")'
ten(f'macro.net_position({fl}, flow("INTEREST"))', (100 * (l_ - s_) / o_).to_numpy())
ten('macro.positioning_zscore(flow("LONG") - flow("SHORT"), flow("INTEREST"))', zs((l_ - s_) / o_, 156).to_numpy())
net = l_ - s_
low_, high_ = net.rolling(156).min(), net.rolling(156).max()
ten('macro.positioning_index(flow("LONG") - flow("SHORT"))', (100 * (net - low_) / (high_ - low_)).to_numpy())
ten(f"macro.hedging_pressure({fl})", ((s_ - l_) / (s_ + l_)).to_numpy())

# seasonality
case("[seasonality.easter(y) - date(y, 1, 1) for y in 1990..2040]",
     [(dateutil.easter.easter(y) - date(y, 1, 1)).days for y in range(1990, 2041)])
H_ = holiday


class Exchange(H_.AbstractHolidayCalendar):
    """The rules of the exchange in pandas' terms."""

    rules = [
        H_.Holiday("King", month=1, day=1, offset=pd.DateOffset(weekday=MO(3)), start_date="1998-01-01"), H_.USPresidentsDay, H_.GoodFriday, H_.USMemorialDay, H_.USLaborDay, H_.USThanksgivingDay,
        H_.Holiday("New Year", month=1, day=1, observance=H_.sunday_to_monday),
        H_.Holiday("Juneteenth", month=6, day=19, start_date="2022-01-01", observance=H_.nearest_workday),
        H_.Holiday("Independence", month=7, day=4, observance=H_.nearest_workday),
        H_.Holiday("Christmas", month=12, day=25, observance=H_.nearest_workday),
    ]


for y in (1997, 2005, 2010, 2011, 2021, 2022, 2023):
    days_ = [d for d in Exchange().holidays(f"{y}-01-01", f"{y}-12-31") if d.weekday() < 5]
    case(f"[d - date({y}, 1, 1) for d in seasonality.nyse_holidays({y})]", [(d - pd.Timestamp(y, 1, 1)).days for d in days_])
for y, m, w, k in ((2024, 2, 3, 4), (2021, 5, 1, 1), (2019, 8, 5, 5)):
    matches = [d for d in range(1, calendar.monthrange(y, m)[1] + 1) if date(y, m, d).isoweekday() == w]
    case(f"day(seasonality.nth_weekday({y}, {m}, {w}, {k}))", matches[k - 1])
    case(f"day(seasonality.nth_weekday({y}, {m}, {w}, -2))", matches[-2])
opex = [i for i, d in enumerate(DAYS) if 15 <= (d + timedelta(days=4 - d.weekday())).day <= 21 and (d + timedelta(days=4 - d.weekday())).month == d.month]
case('count(dates(close("AA")).filter(d -> seasonality.is_expiry_week(d)))', len(opex))
months_ = pd.Series(DAYS.to_period("M"), DAYS)
place = months_.groupby(months_).cumcount() + 1
left = months_[::-1].groupby(months_[::-1]).cumcount()[::-1]
case('[seasonality.session_of_month(d) for d in dates(close("AA"))[20..<80]]', place.iloc[20:80])
case('[seasonality.sessions_left(d) for d in dates(close("AA"))[20..<80]]', left.iloc[20:80])
turn = ((place <= 3) | (left < 1)).astype(int)
case('[(if seasonality.is_turn_of_month(d) { 1 } else { 0 }) for d in dates(close("AA"))[20..<80]]', turn.iloc[20:80])
santa = [(d.month == 12 and left.iloc[i] < 5) or (d.month == 1 and place.iloc[i] <= 2) for i, d in enumerate(DAYS)]
case('[(if seasonality.is_santa_rally(d) { 1 } else { 0 }) for d in dates(close("AA"))[240..<270]]', np.array(santa[240:270], dtype=float))
for d, yes in (("2021-04-30", True), ("2021-05-01", False), ("2021-10-31", False), ("2021-11-01", True)):
    truth("seasonality.is_winter", f"seasonality.is_winter({d})", yes)
case("[seasonality.presidential_year(date(y, 7, 1)) for y in 2013..2020]", [1, 2, 3, 4, 1, 2, 3, 4])
truth("seasonality.is_before_holiday", "seasonality.is_before_holiday(2021-09-03, seasonality.nyse_holidays(2021))", True)
truth("seasonality.is_before_holiday", "seasonality.is_before_holiday(2021-09-02, seasonality.nyse_holidays(2021))", False)
truth("seasonality.is_after_holiday", "seasonality.is_after_holiday(2021-09-07, seasonality.nyse_holidays(2021))", True)
truth("seasonality.is_after_holiday", "seasonality.is_after_holiday(2021-09-08, seasonality.nyse_holidays(2021))", False)
ten(f"seasonality.month_mask({pa}, [1, 7])", np.isin(DAYS.month, [1, 7]).astype(float))
ten(f"seasonality.weekday_mask({pa}, [2, 5])", np.isin(DAYS.day_of_week + 1, [2, 5]).astype(float))
case(f"seasonality.month_means({ra}).values()", list(r.groupby(r.index.month).mean()))
case(f"seasonality.weekday_means({ra}).values()", list(r.groupby(r.index.day_of_week).mean()))
welch = lambda mask: stats.ttest_ind(r[mask], r[~mask], equal_var=False).statistic
case(f"seasonality.month_tstat({ra}, 3)", welch(r.index.month == 3))
case(f"seasonality.weekday_tstat({ra}, 2)", welch(r.index.day_of_week == 1))
winter = np.isin(r.index.month, [11, 12, 1, 2, 3, 4])
case(f"seasonality.winter_spread({ra})", r[winter].mean() - r[~winter].mean())
# The first value of returns is missing, so places count the dates of prices.
inner_turn = pd.Series(((place <= 3) | (left < 1)).to_numpy(), DAYS).iloc[3:-1].reindex(R["AA"].index[3:-1])
part = R["AA"].iloc[3:-1]
case(f"seasonality.turn_of_month_effect({ra})", part[inner_turn].mean() - part[~inner_turn].mean())
kept = R["AA"][[not (d.weekday() == 2 and d.day > 15) for d in R.index]]
gap = pd.Series([np.busday_count(a.date(), b.date()) > 1 for a, b in zip(kept.index[:-1], kept.index[1:])], kept.index[:-1])
part = kept.iloc[:-1]
gap, part = gap[part.notna()], part.dropna()
case(f"seasonality.holiday_effect({ra}.filter((d, v) -> weekday(d) != 3 or day(d) <= 15))", part[gap].mean() - part[~gap].mean())
monthly = inflation / 100
earlier = monthly.groupby(monthly.index.month).transform(lambda g: g.expanding().mean().shift(1))
ten(f"seasonality.same_month_mean(macro.yoy({cp}) / 100)", earlier.to_numpy())
month_end = C["AA"].resample("BME").last().iloc[:-1].pct_change(fill_method=None)
case('seasonality.seasonal_momentum(close("AA"), 1)', month_end[month_end.index.month == DAYS[-1].month].iloc[-1])
past = pd.DataFrame({k: Y.shift(12 * k) for k in range(1, 6)})
ten(f"seasonality.seasonal_gap({ou}, 5)", (Y - past.mean(axis=1, skipna=False)).to_numpy())
ten(f"seasonality.seasonal_zscore({ou}, 5)", ((Y - past.mean(axis=1, skipna=False)) / past.std(axis=1)).to_numpy())
for flag in (True, False):
    mean12 = Y.rolling(12).mean()
    dev = Y / mean12 if flag else Y - mean12
    by_month = dev.groupby(dev.index.month).mean()
    case(f"seasonality.seasonal_factors({ou}, {str(flag).lower()}).values()", list(by_month / by_month.mean() if flag else by_month - by_month.mean()))
    adjusted_ = []
    for k in range(len(Y) - 10, len(Y)):
        hist = dev.iloc[:k].groupby(dev.index[:k].month).mean()
        f_ = hist / hist.mean() if flag else hist - hist.mean()
        adjusted_.append(Y.iloc[k] / f_[Y.index[k].month] if flag else Y.iloc[k] - f_[Y.index[k].month])
    ten(f"seasonality.seasonally_adjusted({ou}, {str(flag).lower()})", adjusted_)

# regimes
def latch(values, up, down, below=0.0):
    side, result = np.nan, []
    for v in values:
        side = 1.0 if v > up else below if v < down else side
        result.append(side)
    return result


high_mark, low_mark = float(round(p.quantile(0.6), 2)), float(round(p.quantile(0.4), 2))
case(f"regimes.hysteresis({pa}, {high_mark}, {low_mark}).tail(150).values()", latch(p, high_mark, low_mark)[-150:])
average_, codes, side = p.rolling(50).mean(), [], np.nan
for v, m_ in zip(p, average_):
    side = 1 if v > m_ * 1.01 else -1 if v < m_ * 0.99 else side
    codes.append(side)
trend_code = f"regimes.trend_regime({pa}, 50, 1pct)"
case(f"{trend_code}.tail(150).values()", codes[-150:])
T_ = pd.Series(codes, DAYS)
runs = T_.groupby((T_ != T_.shift()).cumsum()).cumcount() + 1
case(f"regimes.run_length({trend_code}).tail(150).values()", runs.iloc[-150:])
case(f"regimes.last_change({trend_code}) - 2021-01-01", (DAYS[len(DAYS) - runs.iloc[-1]] - pd.Timestamp("2021-01-01")).days)
sure = T_.where(runs >= 5).ffill()
case(f"regimes.confirmed({trend_code}, 5).tail(150).values()", sure.iloc[-150:])
seen_ = T_.shift().notna()
table = pd.crosstab(T_.shift()[seen_].to_numpy(), T_[seen_].to_numpy(), normalize="index")
for a1 in (1.0, -1.0):
    for b1 in (1.0, -1.0):
        case(f"regimes.transitions({trend_code})[{a1:.0f}][{b1:.0f}]", table.loc[a1, b1])
cond = R["AA"].groupby(T_.shift()).mean()
for a1 in (1.0, -1.0):
    case(f"regimes.mean_by_regime({ra}, {trend_code})[{a1:.0f}]", cond[a1])
vol_rank = R["AA"].rolling(21).std().rolling(120).rank(pct=True)
state_ = np.where(vol_rank <= 0.25, -1.0, np.where(vol_rank >= 0.75, 1.0, 0.0))
case(f"regimes.volatility_regime({ra}, 21, 120).tail(150).values()", state_[-150:])
market_state, since_, marks = 0, [p.iloc[0]], []
for v in p:
    since_.append(v)
    if market_state >= 0 and v <= max(since_) * 0.9:
        market_state, since_ = -1, [v]
    elif market_state <= 0 and v >= min(since_) * 1.1:
        market_state, since_ = 1, [v]
    marks.append(market_state or np.nan)
case(f"regimes.bull_bear({pa}, 0.1, 0.1).values()", marks)
share_ = p / p.cummax()
case(f"regimes.drawdown_level({pa}).values()", (share_ <= 0.95).astype(float) + (share_ <= 0.9) + (share_ <= 0.8))
gq, iq = U.diff(3) > 0, inflation.diff(3) > 0
quad = np.where(gq & ~iq, 1.0, np.where(gq & iq, 2.0, np.where(iq, 3.0, 4.0)))
case(f"regimes.quadrants({un}, macro.yoy({cp}), 3).tail(100).values()", quad[-100:])
for g1, i1, word in ((1, -1, "recovery"), (1, 1, "overheat"), (-1, 1, "stagflation"), (-1, -1, "reflation")):
    truth("regimes.quadrant", f'regimes.quadrant({g1}, {i1}) == "{word}"', True)
case("regimes.recession_probability(0.85)", stats.norm.cdf(-0.5333 - 0.6330 * 0.85))
case("regimes.recession_within_year(0.85, 4.3)", stats.norm.cdf(-2.17 - 0.76 * 0.85 + 0.35 * 4.3))
ten('regimes.recession_probabilities(curve_history("C", 3650) - curve_history("C", 91))', stats.norm.cdf(-0.5333 - 0.6330 * (CURVE[3650] - CURVE[91])))
model = sm.tsa.MarkovRegression(r.to_numpy(), k_regimes=2, switching_variance=True)
filtered = model.filter([0.98, 0.06, 0.0006, -0.0008, 0.008**2, 0.02**2]).filtered_marginal_probabilities
case(f"regimes.markov_filter({ra}.tail(399), [0.0006, -0.0008], [0.008, 0.02], [0.98, 0.94]).tail(100).values()", list(filtered[-100:, 1]))


def baum_welch(x, steps):
    """The textbook's scaled forward and backward variables, in matrices."""
    centre = np.abs(x - x.mean())
    near = centre <= np.median(centre)
    m_, s_ = np.array([x[near].mean(), x[~near].mean()]), np.array([x[near].std(ddof=1), x[~near].std(ddof=1)])
    A_, pi = np.array([[0.95, 0.05], [0.05, 0.95]]), np.array([0.5, 0.5])

    def forward():
        B = stats.norm.pdf(x[:, None], m_, s_)
        alpha, scale = np.zeros((len(x), 2)), np.zeros(len(x))
        alpha[0] = pi * B[0]
        scale[0] = alpha[0].sum()
        alpha[0] /= scale[0]
        for t in range(1, len(x)):
            alpha[t] = alpha[t - 1] @ A_ * B[t]
            scale[t] = alpha[t].sum()
            alpha[t] /= scale[t]
        return B, alpha, scale

    for _ in range(steps):
        B, alpha, scale = forward()
        back = np.ones((len(x), 2))
        for t in range(len(x) - 2, -1, -1):
            back[t] = A_ @ (B[t + 1] * back[t + 1]) / scale[t + 1]
        gamma = alpha * back
        xi = sum(A_ * np.outer(alpha[t], B[t + 1] * back[t + 1]) / scale[t + 1] for t in range(len(x) - 1))
        A_ = xi / gamma[:-1].sum(axis=0)[:, None]
        m_ = (gamma * x[:, None]).sum(axis=0) / gamma.sum(axis=0)
        s_ = np.sqrt((gamma * (x[:, None] - m_) ** 2).sum(axis=0) / gamma.sum(axis=0))
        pi = gamma[0]
    order = np.argsort(s_)
    return m_[order], s_[order], np.diag(A_)[order], np.log(forward()[2]).sum()


bw = baum_welch(r.to_numpy()[-250:], 15)
for key, value in zip(("means", "deviations", "stay", "loglik"), bw):
    case(f"regimes.markov_fit({ra}, 250, 15).{key}", value, rel="1e-8")
fitted = sm.tsa.MarkovRegression(r.to_numpy()[-250:], k_regimes=2, switching_variance=True)
prob = fitted.filter([bw[2][0], 1 - bw[2][1], bw[0][0], bw[0][1], bw[1][0] ** 2, bw[1][1] ** 2]).filtered_marginal_probabilities
case(f"regimes.markov_regime({ra}, 250, 15)", prob[-1, 1], rel="1e-8")

# What is left: books and scores written out from their definitions.
book = {"A": 0.9, "B": 0.4, "C": -0.5, "D": 0.2}
bl, bk = literal(book), pd.Series(book)
s, o, w = pd.Series(scores), pd.Series(after), np.array(list(W.values()))
case(f"portfolio.limit_leverage({bl}, 1.5)", dict(bk * 1.5 / 2))
case(f"portfolio.cap({bl}, 0.45)", dict(bk.clip(-0.45, 0.45)))
# Redistribution by bisection on the factor of the names below the limit, instead of turn by turn.
factor = optimize.brentq(lambda k: np.minimum(np.abs(bk) * k, 0.6).sum() - 2, 1, 100, xtol=1e-14)
case(f"portfolio.cap({bl}, 0.6, redistribute: true)", dict(np.sign(bk) * np.minimum(np.abs(bk) * factor, 0.6)))
case(f'portfolio.cap_groups({bl}, ["A": "x", "B": "x"], 0.65)', {"A": 0.45, "B": 0.2, "C": -0.5, "D": 0.2})
best, worst = s.nlargest(3, keep="first").index, s.nsmallest(3, keep="first").index
case(f"portfolio.long_short({sl}, 3, 1.2)", {**{k: 0.2 for k in best}, **{k: -0.2 for k in worst}})
long_, short_ = bk[bk > 0].sum(), -bk[bk < 0].sum()
case(f"portfolio.dollar_neutral({bl}, 1.6)", dict(zip(bk.index, np.where(bk > 0, bk * 0.8 / long_, bk * 0.8 / short_))))
case("portfolio.kelly_fraction(0.55, 1.3)", optimize.minimize_scalar(
    lambda f_: -(0.55 * np.log(1 + 1.3 * f_) + 0.45 * np.log(1 - f_)), bounds=(0, 0.9), method="bounded",
    options=dict(xatol=1e-12)).x, rel="1e-6")
case('portfolio.blend_views(["A": 0.06, "B": 0.02, "C": 0.01], ["A": 0.01, "C": 0.05], 0.3)', {"A": 0.045, "B": 0.02, "C": 0.022})
target = {"B": 0.43, "C": -0.2, "E": 0.3}
tl, both_ = literal(target), pd.DataFrame({"now": bk, "to": pd.Series(target)}).fillna(0)
case(f"portfolio.blend([{bl}, {tl}], [0.7, 0.3])", dict((0.7 * both_.now + 0.3 * both_.to)[["A", "B", "C", "D", "E"]]))
gap_ = (both_.to - both_.now).abs()
case(f"portfolio.hold_band({bl}, {tl}, 0.25)", dict(both_.to.where(gap_ >= 0.25, both_.now)))
case(f"portfolio.turnover({bl}, {tl})", gap_.sum() / 2)
case(f"portfolio.limit_turnover({bl}, {tl}, 0.4)", dict(both_.now + (both_.to - both_.now) * 0.4 / (gap_.sum() / 2)))
truth("rates.inverted", 'rates.inverted("C", 10, 0.25)', bool(at(0.25) < at(10)))
truth("rates.inverted", 'rates.inverted("C")', bool(at(10) < at(0.25)))
cov_ = R[NAMES].iloc[-90:].cov()
case(f'risk.covariances({LIST}, 90)["BB"]', dict(cov_.loc["BB"]))
ten(f"risk.book_returns({wl})", (R[list(W)] * w).sum(axis=1, skipna=False).to_numpy())
case(f'risk.scenario({bl}, ["A": -0.2, "C": 0.1])', -0.9 * 0.2 - 0.05)
case(f"risk.gross({bl})", 2)
case(f"risk.net({bl})", 1)
case(f"risk.effective_names({bl})", 1 / ((bk.abs() / 2) ** 2).sum())
case("risk.drawdown_control(-0.12, 0.2, 0.25)", np.interp(0.12, [0, 0.2 * 0.75], [1, 0.25]))
case("risk.vol_scale(0.1, 0.08, 1.2)", 1.2)
case(f"stats.rank_correlation({sl}, {ol})", stats.spearmanr(s, o).statistic)
case('stats.bounded_zscore(close("AA"), 60, 0.5)', float(np.clip((p.iloc[-1] - p.iloc[-60:].mean()) / p.iloc[-60:].std(), -0.5, 0.5)))
hist_line = p.ewm(span=12, adjust=False, min_periods=12).mean() - p.ewm(span=26, adjust=False, min_periods=26).mean()
hist = hist_line - hist_line.dropna().ewm(span=9, adjust=False, min_periods=9).mean()
ten(f"trend.macd_score({pa})", (hist / p.diff().rolling(63).std()).to_numpy())
votes = sum((p.pct_change(n, fill_method=None) > 0).astype(float) for n in (21, 63, 126, 252)) / 4
ten(f"trend.lookback_vote({pa})", votes.to_numpy())
top_bucket = [k for k in s.index if bucket[k] == 4]
cases["cross_section.bucket"] = [f"    assert cross_section.bucket({sl}, 4) == [" + ", ".join(f'"{k}"' for k in top_bucket) + "]"]
pairs_ = {}
for g_ in ("x", "y", "z", "w"):
    own = s[[k for k in s.index if by[k] == g_]]
    pairs_[own.nlargest(1, keep="first").index[0]] = 0.125
    pairs_[own.drop(own.nlargest(1, keep="first").index).nsmallest(1, keep="first").index[0]] = -0.125
case(f"cross_section.group_long_short({sl}, {byl}, 1)", pairs_)
ranked = list(s.nlargest(6, keep="first").index)
held_ = [ranked[4], ranked[5], ranked[1], "ZZ"]
stay = [k for k in ranked if k in held_][:4]
picked = stay + [k for k in ranked if k not in stay][: 4 - len(stay)]
quoted = lambda ks: "[" + ", ".join(f'"{k}"' for k in ks) + "]"
cases["cross_section.buffered_top"] = [f"    assert cross_section.buffered_top({sl}, {quoted(held_)}, 4, 6) == {quoted(picked)}"]
case(f'cross_section.coverage({sl}, ["A", "C", "Y", "Z"])', 0.5)
lehmer, draws = (3 * 16807 + 12345) % 2147483647, []
for _ in range(9):
    lehmer = lehmer * 48271 % 2147483647
    draws.append(stats.norm.ppf(lehmer / 2147483647))
draws = draws[5:]
case("testing.normals(4, 3)", draws)
case("values(testing.random_walk(5, from: 2020-01-01, drift: 0.001, vol: 0.02, seed: 3))",
     100 * np.exp(np.cumsum([0] + [0.001 + 0.02 * v for v in draws])))

with open("stdlib.strat", "w") as f:
    f.write("## What other programs make of the market beside this script; written by stdlib.py.\n")
    used = [m for m in MODULES if any(name.startswith(m + ".") for name in cases)]
    for module in sorted(used):
        f.write(f"import {module}\n")
    for name, lines in cases.items():
        f.write(f'\ntest "{name}" with "stdlib_market" {{\n  at {AS_OF} {{\n' + "\n".join(lines) + "\n  }\n}\n")
print(len(cases), "functions,", sum(map(len, cases.values())), "cases")

"""Writes builtins.strat: what the builtins must give on the market of stdlib.py.

The expected values come from pandas, numpy, scipy, statsmodels and TA-Lib, whose conventions the builtins name.
Needs: numpy pandas scipy statsmodels TA-Lib. Run in this folder: python3 builtins.py
"""

import numpy as np
import pandas as pd
import statsmodels.api as sm
import talib
from scipy import stats

closes = pd.read_csv("stdlib_market/prices/closes.csv", index_col="date", parse_dates=True)
bars = pd.read_csv("stdlib_market/prices/bars.csv", index_col="date", parse_dates=True)
A, H, L = bars["close"], bars["high"], bars["low"]
B, C, D = closes["BB"], closes["CC"], closes["DD"]
AS_OF = A.index[-1].date()
EARLIER = A.index[-60].date()
cases = {}


def text(value):
    value = float(value)
    return "na" if np.isnan(value) else repr(value)


def case(name, expression, value):
    """A number, a list of numbers, or a series, which is looked at in three places."""
    if isinstance(value, pd.Series):
        value = value.dropna()
        case(name, f"({expression}).last()", value.iloc[-1])
        case(name, f"({expression}).on({EARLIER})", value.loc[: str(EARLIER)].iloc[-1])
        case(name, f"({expression}).dropna().first()", value.iloc[0])
        case(name, f"({expression}).dropna().len()", len(value))
        return
    if isinstance(value, (list, np.ndarray)):
        literal = "[" + ", ".join(text(v) for v in value) + "]"
    else:
        literal = text(value)
    cases.setdefault(name, []).append(f"    assert approx({expression}, {literal}, rel: 1e-9, abs: 1e-13)")


a, b, c, d = 'close("AA")', 'close("BB")', 'close("CC")', 'close("DD")'
R, ra, rb = A.pct_change(fill_method=None), 'returns("AA")', 'returns("BB")'

# Shape
for n in (1, 5, 21):
    case("change", f"change({a}, {n})", A.pct_change(n, fill_method=None))
    case("diff", f"diff({a}, {n})", A.diff(n))
    case("lag", f"lag({a}, {n})", A.shift(n))
    case("log_change", f"log_change({a}, {n})", np.log(A / A.shift(n)))
for name in ("cum_sum", "cum_max", "cum_min"):
    case(name, f"{name}({a})", getattr(A, name.replace("_", ""))())
case("cum_prod", f"cum_prod(1 + {ra})", (1 + R).cumprod())
for rule, code in (("weekly", "W-FRI"), ("monthly", "BME"), ("quarterly", "BQE"), ("yearly", "BYE")):
    for how in ("last", "first", "sum", "mean", "min", "max"):
        made = getattr(A.resample(code), how)()
        made = made[made.index <= A.index[-1]]
        case("resample", f'resample({a}, "{rule}", "{how}").values().last()', made.iloc[-1])
        case("resample", f'resample({a}, "{rule}", "{how}").len()', len(made))

# Statistics, of the whole and of a window
whole = dict(sum=A.sum(), mean=A.mean(), median=A.median(), std=A.std(), variance=A.var(), skew=A.skew(), kurt=A.kurt())
for name, value in whole.items():
    case(name, f"{name}({a})", value)
    rolled = getattr(A.rolling(20), {"variance": "var"}.get(name, name))()
    case(name, f"{name}({a}, 20)", rolled)
for q in (0.0, 0.1, 0.5, 0.73, 1.0):
    case("quantile", f"quantile({a}, {q})", np.quantile(A, q))
    case("quantile", f"quantile({a}, {q}, 30)", A.rolling(30).quantile(q))
case("highest", f"highest({a}, 55)", A.rolling(55).max())
case("lowest", f"lowest({a}, 55)", A.rolling(55).min())
case("min", f"min({a})", A.min())
case("max", f"max({a})", A.max())
case("min", f"min({a}, {b})", np.minimum(A, B))
case("max", f"max({a}, {b}, 70)", np.maximum(np.maximum(A, B), 70))
case("zscore", f"zscore({a}, 60)", (A - A.rolling(60).mean()) / A.rolling(60).std())
case("zscore", f"zscore({a})", (A.iloc[-1] - A.mean()) / A.std())
case("rank", f"rank({a}, 60)", A.rolling(60).rank())
case("rank", f"rank({a}, 60, pct: true)", A.rolling(60).rank(pct=True))
S = B.pct_change(fill_method=None)
case("corr", f"corr({ra}, {rb}, 60)", R.rolling(60).corr(S))
case("corr", f"corr({ra}, {rb})", R.corr(S))
case("cov", f"cov({ra}, {rb}, 60)", R.rolling(60).cov(S))
case("cov", f"cov({ra}, {rb})", R.cov(S))
case("beta", f"beta({ra}, {rb}, 60)", R.rolling(60).cov(S) / S.rolling(60).var())
case("beta", f"beta({ra}, {rb})", stats.linregress(S.dropna(), R.dropna()).slope)
case("count", f"count({ra})", R.count())

# Smoothing and indicators
case("sma", f"sma({a}, 50)", A.rolling(50).mean())
case("ema", f"ema({a}, 26)", A.ewm(span=26, adjust=False, min_periods=26).mean())
case("wma", f"wma({a}, 10)", pd.Series(talib.WMA(A.values, 10), A.index))
for how in (dict(span=10), dict(halflife=7), dict(alpha=0.06)):
    (key, value), = how.items()
    for adjust in (True, False):
        flag = "" if adjust else ", adjust: false"
        ewm = R.ewm(adjust=adjust, **how)
        case("ewm_mean", f"ewm_mean({ra}, {key}: {value}{flag})", ewm.mean())
        case("ewm_std", f"ewm_std({ra}, {key}: {value}{flag})", ewm.std())
series = lambda values: pd.Series(values, A.index)
case("rsi", f"rsi({a})", series(talib.RSI(A.values, 14)))
case("rsi", f"rsi({a}, 5)", series(talib.RSI(A.values, 5)))
fast = A.ewm(span=12, adjust=False, min_periods=12).mean()
slow = A.ewm(span=26, adjust=False, min_periods=26).mean()
line = fast - slow
signal = line.dropna().ewm(span=9, adjust=False, min_periods=9).mean()
case("macd", f"macd({a}).line", line)
case("macd", f"macd({a}).signal", signal)
case("macd", f"macd({a}).histogram", (line - signal).dropna())
case("atr", 'atr("AA")', series(talib.ATR(H.values, L.values, A.values, 14)))
case("atr", f'atr(high("AA"), low("AA"), {a}, 5)', series(talib.ATR(H.values, L.values, A.values, 5)))
upper, middle, lower = talib.BBANDS(A.values, 20, 2, 2)
for key, values in (("upper", upper), ("middle", middle), ("lower", lower)):
    case("bollinger", f"bollinger({a}).{key}", series(values))
k, slow_d = talib.STOCH(H.values, L.values, A.values, fastk_period=14, slowk_period=3, slowd_period=3)
case("stoch", 'stoch("AA").k.last()', k[-1])
case("stoch", 'stoch("AA").d.last()', slow_d[-1])
case("adx", 'adx("AA")', series(talib.ADX(H.values, L.values, A.values, 14)))
case("drawdown", f"drawdown({a})", A / A.cummax() - 1)
case("volatility", f"volatility({a}, 60)", R.rolling(60).std() * np.sqrt(252))
case("volatility", f"volatility({a}, 60, 260)", R.rolling(60).std() * np.sqrt(260))
spread = np.log(A) - np.log(D)
fit = sm.OLS(spread.diff().dropna().values, sm.add_constant(spread.shift(1).dropna().values)).fit()
case("half_life", f"half_life(log({a}) - log({d}))", -np.log(2) / fit.params[1] if fit.params[1] < 0 else np.nan)

# Regression
T = C.pct_change(fill_method=None)
for window, rows in ((None, slice(1, None)), (120, slice(-120, None))):
    at = "" if window is None else f", window: {window}"
    one = sm.OLS(R.iloc[rows], sm.add_constant(S.iloc[rows])).fit()
    two = sm.OLS(R.iloc[rows], sm.add_constant(pd.concat([S, T], axis=1).iloc[rows])).fit()
    call = f'ols({ra}, {rb}{at})'
    case("ols", f"{call}.alpha", one.params.iloc[0])
    case("ols", f"{call}.beta", one.params.iloc[1])
    case("ols", f"{call}.stderr", one.bse.iloc[1])
    case("ols", f"{call}.tstat", one.tvalues.iloc[1])
    case("ols", f"{call}.alpha_stderr", one.bse.iloc[0])
    case("ols", f"{call}.alpha_tstat", one.tvalues.iloc[0])
    case("ols", f"{call}.r2", one.rsquared)
    case("ols", f"{call}.n", one.nobs)
    case("ols", f"{call}.residual.last()", one.resid.iloc[-1])
    case("ols", f"{call}.residual.std()", one.resid.std())
    call = f'ols({ra}, {rb}, returns("CC"){at})'
    case("ols", f"{call}.beta", list(two.params.iloc[1:]))
    case("ols", f"{call}.stderr", list(two.bse.iloc[1:]))
    case("ols", f"{call}.tstat", list(two.tvalues.iloc[1:]))
    case("ols", f"{call}.alpha_tstat", two.tvalues.iloc[0])
    case("ols", f"{call}.r2", two.rsquared)

# Mathematics
for x in (-3.7, -0.5, 0.0, 0.2, 2.5, 11.0):
    for name, function in dict(
        abs=np.abs, exp=np.exp, floor=np.floor, ceil=np.ceil, tanh=np.tanh, sign=np.sign, norm_cdf=stats.norm.cdf
    ).items():
        case(name, f"{name}({x})", function(x))
    case("round", f"round({x})", np.round(x))
    if x > 0:
        case("log", f"log({x})", np.log(x))
        case("log10", f"log10({x})", np.log10(x))
        case("sqrt", f"sqrt({x})", np.sqrt(x))
        case("pow", f"pow({x}, 1.7)", x**1.7)
for p in (1e-9, 0.025, 0.3, 0.5, 0.84, 0.999):
    case("norm_ppf", f"norm_ppf({p})", stats.norm.ppf(p))

# Cross-sections
score = pd.Series([3.0, 1.5, 2.0, 1.5, -4.0, 7.25], list("PQRSTU"))
m = "[" + ", ".join(f'"{k}": {v}' for k, v in score.items()) + "]"
group = pd.Series(list("xxyyzz"), score.index)
g = "[" + ", ".join(f'"{k}": "{v}"' for k, v in group.items()) + "]"
for ties in ("average", "min", "max", "first", "dense"):
    case("rank", f'values(rank({m}, ties: "{ties}"))', list(score.rank(method=ties)))
case("rank", f"values(rank({m}, pct: true, desc: true))", list(score.rank(pct=True, ascending=False)))
case("zscore", f"values(zscore({m}))", list((score - score.mean()) / score.std()))
case("demean", f"values(demean({m}))", list(score - score.mean()))
case("neutralize", f"values(neutralize({m}, by: {g}))", list(score - score.groupby(group).transform("mean")))
case("winsorize", f"values(winsorize({m}, 0.1))", list(score.clip(score.quantile(0.1), score.quantile(0.9))))
case("scale", f"values(scale({m}, 2))", list(score * 2 / score.abs().sum()))
case("normalize", f"values(normalize({m}))", list(score / score.abs().sum()))
case("top", f"values(top({m}, 3))", list(score.nlargest(3, keep="first")))
case("bottom", f"values(bottom({m}, 3))", list(score.nsmallest(3, keep="first")))
covariance = pd.concat([R, S, T], axis=1).iloc[-90:].cov()
sources = f'["A": {ra}, "B": {rb}, "C": returns("CC")]'
case("cov_matrix", f"values(cov_matrix({sources}, 90).A)", list(covariance.iloc[0]))
case("cov_matrix", f"values(cov_matrix({sources}, 90, 0.3).B)",
     [0.7 * v if i != 1 else v for i, v in enumerate(covariance.iloc[1])])

# Dates
for start, end in (("2024-02-26", "2024-03-11"), ("2024-03-09", "2024-03-10"), ("2024-03-11", "2024-02-26")):
    case("business_days", f"business_days({start}, {end})", int(np.busday_count(start, end)))

with open("builtins.strat", "w") as f:
    f.write("## What other programs make of the market beside this script; written by builtins.py.\n")
    for name, lines in sorted(cases.items()):
        f.write(f'\ntest "{name}" with "stdlib_market" {{\n  at {AS_OF} {{\n' + "\n".join(lines) + "\n  }\n}\n")
print(len(cases), "builtins,", sum(map(len, cases.values())), "cases")

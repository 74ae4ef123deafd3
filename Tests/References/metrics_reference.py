#!/usr/bin/env python3
"""Reference values of the metrics, computed with numpy, pandas and scipy straight from their definitions.

    python3 Tests/References/metrics_reference.py > Tests/AnalyticsTests/MetricReferences.swift

The curves come from a linear congruential generator in integers, so that the Swift test makes the same ones.
"""
import math

import numpy as np
import pandas as pd
from scipy import stats

A = 252


def uniform(seed):
    """Numbers in [0, 1) with 31 bits."""
    state = seed
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield state / 2**31


def curve(kind, n, seed):
    """E_0 and E_1..E_n, risk-free returns, benchmark returns (None at first)."""
    u = uniform(seed)
    equity, e = [], 1_000_000.0
    for i in range(n):
        draw = sum(next(u) for _ in range(4)) - 2
        if kind == "walk":
            e = e * (1 + 0.0004 + 0.012 * draw)
        elif kind == "gains":
            e = e * (1 + 0.0001 + 0.01 * abs(draw))
        elif kind == "constant":
            pass
        equity.append(e)
    rf = [0.0] + [0.00005 * (1 + i % 3) for i in range(1, n)] if kind != "constant" else [0.0] * n
    bench = [None] + [0.0003 + 0.01 * (sum(next(u) for _ in range(4)) - 2) for _ in range(1, n)]
    return 1_000_000.0, equity, rf, bench


def finite(x):
    return None if x is None or not math.isfinite(x) else float(x)


def ratio(a, b):
    return None if abs(b) < 1e-12 else a / b


def metrics(e0, equity, rf, bench, days):
    e = np.array([e0] + equity)
    r = pd.Series(e[1:] / e[:-1] - 1)
    n = len(r)
    x = r - np.array(rf)
    out = {"final_equity": equity[-1], "total_return": equity[-1] / e0 - 1}
    out["annualized_return"] = (equity[-1] / e0) ** (A / n) - 1
    std = lambda s: float(s.std()) if s.nunique() > 1 else (0.0 if len(s) > 1 else float("nan"))
    out["annualized_volatility"] = std(r) * math.sqrt(A)
    out["sharpe_ratio"] = ratio(x.mean(), std(x)) if n > 1 else None
    out["sharpe_ratio"] = out["sharpe_ratio"] and out["sharpe_ratio"] * math.sqrt(A)
    down = math.sqrt(np.mean(np.minimum(x, 0) ** 2))
    out["sortino_ratio"] = ratio(x.mean(), down)
    out["sortino_ratio"] = out["sortino_ratio"] and out["sortino_ratio"] * math.sqrt(A)
    drawdown = e / np.maximum.accumulate(e) - 1
    out["max_drawdown"] = float(drawdown.min())
    out["calmar_ratio"] = ratio(out["annualized_return"], abs(out["max_drawdown"]))
    out["var_95"], out["var_99"] = np.quantile(r, 0.05), np.quantile(r, 0.01)
    out["cvar_95"] = np.sort(r)[: (n - 1) // 20 + 1].mean()
    out["cvar_99"] = np.sort(r)[: (n - 1) // 100 + 1].mean()
    spread = std(r) >= 1e-12 if n > 1 else False
    out["skew"] = stats.skew(r, bias=False) if n >= 3 and spread else None
    out["excess_kurtosis"] = stats.kurtosis(r, bias=False) if n >= 4 and spread else None
    out["best_day"], out["worst_day"] = r.max(), r.min()
    month_end = pd.Series(equity, index=pd.DatetimeIndex(days)).groupby(lambda d: (d.year, d.month)).last()
    month = month_end / month_end.shift(fill_value=e0) - 1
    out["best_month"], out["worst_month"] = month.max(), month.min()
    pairs = [(a, b, f) for a, b, f in zip(r, bench, rf) if b is not None]
    names = ["beta", "alpha", "correlation", "tracking_error", "information_ratio", "up_capture", "down_capture"]
    out.update(dict.fromkeys(names))
    if len(pairs) >= 2:
        p, b, f = map(np.array, zip(*pairs))
        y, z = p - f, b - f
        out["beta"] = np.cov(y, z)[0, 1] / np.var(z, ddof=1)
        out["alpha"] = (y.mean() - out["beta"] * z.mean()) * A
        out["correlation"] = np.corrcoef(p, b)[0, 1] if spread else None
        out["tracking_error"] = np.std(p - b, ddof=1) * math.sqrt(A)
        out["information_ratio"] = (p - b).mean() / np.std(p - b, ddof=1) * math.sqrt(A)
        out["up_capture"] = p[b > 0].mean() / b[b > 0].mean()
        out["down_capture"] = p[b < 0].mean() / b[b < 0].mean()
    return {k: finite(v) for k, v in out.items()}


def main():
    print("// Made by Tests/References/metrics_reference.py; do not edit.")
    print()
    print("/// Reference values of numpy, pandas and scipy for the curves of `MetricTests`; nil is absent.")
    print("enum MetricReferences {")
    print("  static let values: [String: [(id: String, value: Double?)]] = [")
    for name, kind, n, seed in [("walk", "walk", 700, 7), ("gains", "gains", 40, 11), ("constant", "constant", 30, 13),
                                ("point", "walk", 1, 17)]:
        e0, equity, rf, bench = curve(kind, n, seed)
        days = pd.bdate_range("2019-11-04", periods=n)
        print(f'    "{name}": [')
        for key, value in metrics(e0, equity, rf, bench, days).items():
            print(f'      ("{key}", {"nil" if value is None else repr(value)}),')
        print("    ],")
    print("  ]")
    print("}")


main()

"""A sweep of 1,000 moving-average crosses over 2,520 sessions as a plain loop, against `benchmarks sweep`.

    sweep.py FOLDER    writes FOLDER/prices/SPY.csv, runs the loop, prints CPU milliseconds and the mean final multiple

Prices have three decimals, so averages are compared exactly as whole numbers. The target is set anew every day and filled
at the same close, at a cost of 7 bps of what is traded.
"""
import datetime
import os
import random
import sys
import time

SESSIONS, COST = 2520, 0.0007
PAIRS = [(fast, slow) for fast in range(5, 45) for slow in range(50, 175, 5)]


def prices():
    source = random.Random(42)
    price, result = 100.0, []
    for _ in range(SESSIONS):
        price *= 1 + source.gauss(0.0004, 0.012)
        result.append(round(price, 3))
    return result


def write(folder, closes):
    os.makedirs(os.path.join(folder, "prices"), exist_ok=True)
    day = datetime.date(2010, 1, 4)
    with open(os.path.join(folder, "prices", "SPY.csv"), "w") as file:
        file.write("date,close\n")
        for close in closes:
            file.write("%s,%.3f\n" % (day, close))
            day += datetime.timedelta(days=3 if day.weekday() == 4 else 1)


def final(closes, sums, fast, slow):
    cash, position = 1e6, 0.0
    for t in range(len(closes)):
        if t > 0:
            position *= closes[t] / closes[t - 1]
        equity = cash + position
        if t >= slow - 1:
            above = (sums[t + 1] - sums[t + 1 - fast]) * slow > (sums[t + 1] - sums[t + 1 - slow]) * fast
            wanted = equity if above else 0.0
            trade = wanted - position
            position = wanted
            cash -= trade + abs(trade) * COST
    return (cash + position) / 1e6


closes = prices()
write(sys.argv[1], closes)
start = time.process_time()
sums = [0]
for close in closes:
    sums.append(sums[-1] + round(close * 1000))
total = sum(final(closes, sums, fast, slow) for fast, slow in PAIRS)
print((time.process_time() - start) * 1e3, total / len(PAIRS))

from timing import report

names = [str(i) for i in range(500)]
base = [100.0 + i * 7919 % 1009 for i in range(500)]
slow = [100.0 + i * 104729 % 997 for i in range(500)]


def signals_like(day):
    picks = []
    for i in range(500):
        score = (base[i] + day % 17) / slow[i] - 1
        if score > 0:
            picks.append([score, names[i]])
    best = sorted(picks, key=lambda pair: pair[0], reverse=True)[:50]
    weights = {}
    for pair in best:
        weights[pair[1]] = 1 / len(best)
    return weights


def total(days):
    sum = 0.0
    for day in range(days):
        for name, weight in signals_like(day).items():
            sum += weight
    return sum


report(lambda: total(1000), 1000)

from timing import report


def total(n):
    sum = 0.0
    for i in range(n):
        sum = sum + i * 0.5
    return sum


report(lambda: total(10_000_000), 24999997500000)

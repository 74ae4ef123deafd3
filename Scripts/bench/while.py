from timing import report


def total(n):
    i = 0
    sum = 0.0
    while i < n:
        sum = sum + i * 0.5
        i = i + 1
    return sum


report(lambda: total(10_000_000), 24999997500000)

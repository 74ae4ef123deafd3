"""Times one piece of work in CPU milliseconds and checks its result."""
import time


def report(work, expected):
    start = time.process_time()
    result = work()
    elapsed = time.process_time() - start
    assert abs(result - expected) <= 1e-9 * abs(expected), (result, expected)
    print(elapsed * 1e3)

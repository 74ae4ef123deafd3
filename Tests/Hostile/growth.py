"""Measures how the time of each command grows with its input: inputs of n, 2n, 4n and 8n, written as they are needed.

    python3 growth.py PROGRAM [--full] [NAME ...]

Prints a table and fails where work grows faster than n log n, or, counted in seconds, clearly so. Work is counted in
millions of instructions where `perf` can count them, which nothing disturbs; elsewhere in seconds of the processor, the
least of some runs. Either is taken less that of a tiny input; what looks too steep is measured again before it is said,
and a case whose largest input takes next to nothing says nothing. What may grow faster stands in `growth_cases.py`,
with the reason. `--full` runs all cases; names (or parts of them) run those alone.
"""
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

from growth_cases import allowed, cases, short

arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
is_full = "--full" in sys.argv
program = os.path.abspath(arguments[0])
wanted = arguments[1:]



def counts_instructions():
    """Whether `perf` is there and the machine lets it count."""
    words = ["perf", "stat", "-x", ",", "-e", "instructions:u", program, "--version"]
    if shutil.which("perf") is None:
        return False
    said = subprocess.run(words, capture_output=True, text=True).stderr
    return re.search(r"^\d+,[^,]*,instructions", said, re.M) is not None


is_exact = counts_instructions()
# Between n log n, which is 1.1 over these sizes, and a square; a busy machine adds to what is measured in seconds.
steepest = 1.25 if is_exact else 1.7
# What a largest input must take beyond the tiny one to say something, and the second smallest: millions, or seconds.
noticeable, least = (200, 20) if is_exact else (0.08, 0.03)
most_seconds = 30  # seconds of the processor after which a run is ended

# The sample market is made once.
cache = tempfile.mkdtemp(prefix="growth-cache-")


def run(words, text, folder):
    """The work and the megabytes of a run; None if it was ended."""
    environment = dict(os.environ, STRAT_CACHE=cache, HOME=folder)
    given = os.path.join(folder, "stdin")
    counted = os.path.join(folder, "instructions")
    counter = ["perf", "stat", "-x", ",", "-o", counted, "-e", "instructions:u"] if is_exact else []
    with open(given, "w") as file:
        file.write(text or "")
    with open(given) as source, open(os.path.join(folder, "out"), "w") as sink:
        process = subprocess.Popen(
            counter + [program] + words,
            stdin=source,
            stdout=sink,
            stderr=sink,
            env=environment,
            cwd=folder,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds)),
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    seconds = usage.ru_utime + usage.ru_stime
    if os.WIFSIGNALED(status) and seconds >= most_seconds - 1:
        return None
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status) > 3:
        raise SystemExit(f"growth: {' '.join(words)[:200]} ended with status {status}")
    work = seconds
    if is_exact:
        with open(counted) as file:
            work = int(re.search(r"^(\d+),", file.read(), re.M).group(1)) / 1e6
    return work, usage.ru_maxrss / 1024, seconds


def measure(function, n, runs):
    """The least work of some runs of a case at a size, and the megabytes; None if it takes too long."""
    folder = tempfile.mkdtemp(prefix="growth-")
    try:
        words, text = function(folder, n)
        results = []
        for _ in range(runs):
            for left in ("into", "into.db"):
                path = os.path.join(folder, left)
                if os.path.isdir(path):
                    shutil.rmtree(path)
                elif os.path.exists(path):
                    os.remove(path)
            result = run(words, text, folder)
            if result is None:
                return None
            results.append(result)
            if is_exact or result[2] > 3:
                break
        return min(results)[0], max(result[1] for result in results)
    finally:
        shutil.rmtree(folder)


def exponent(small, large, none):
    """The power of n that work grows with over two doublings, or none where it says nothing."""
    if large - none < noticeable or small - none <= least:
        return None
    return math.log2((large - none) / (small - none)) / 2


def growth(function, size):
    """The work at the four sizes, the exponent of the last two doublings, the megabytes."""
    none = measure(function, 1, 2)[0]
    times, megabytes = [], 0
    for factor in (1, 2, 4, 8):
        measured = measure(function, size * factor, 2)
        if measured is None:
            return times, math.inf, megabytes
        times.append(measured[0])
        megabytes = measured[1]
    last = exponent(times[1], times[3], none)
    if last is not None and last > steepest:
        again = [measure(function, size * factor, 5) for factor in (2, 8)]
        if None not in again:
            last = exponent(min(again[0][0], times[1]), min(again[1][0], times[3]), none)
    return times, last, megabytes


failed = []
unit = "M" if is_exact else "s"
print(f"work in {'millions of instructions' if is_exact else 'seconds of the processor; perf counts nothing here'};", end=" ")
print(f"steeper than n to the {steepest} fails")
print(f"| input | n | n: {unit} | 2n: {unit} | 4n: {unit} | 8n: {unit} | exponent | MB at 8n |")
print("| --- | --- | --- | --- | --- | --- | --- | --- |")
for name, size, function in cases:
    if not any(word in name for word in wanted) if wanted else not (is_full or name in short):
        continue
    times, power, megabytes = growth(function, size)
    verdict = ""
    if power is not None and power > steepest:
        verdict = allowed.get(name, "**too steep**")
        if name not in allowed:
            failed.append(name)
    digits = 0 if is_exact else 3
    shown = " | ".join([f"{work:.{digits}f}" for work in times] + ["…"] * (4 - len(times)))
    text = "·" if power is None else "…" if power == math.inf else f"{power:.2f}"
    print(f"| {name} | {size} | {shown} | {text} {verdict} | {megabytes:.0f} |", flush=True)

shutil.rmtree(cache)
if failed:
    print("growth: faster than n log n: " + "; ".join(failed), file=sys.stderr)
sys.exit(1 if failed else 0)

"""Tries seeded scripts and damaged data folders on a program as it is shipped, by every command.

    python3 mutate.py PROGRAM [--seed N] [--scripts N] [--folders N] [--jobs N] [--minutes N]
                              [--keep FOLDER]
    python3 mutate.py PROGRAM --seed N --only script:123 --keep FOLDER

Scripts are made from the project's own by their tokens, brackets and bytes, from the grammar of record, and from the
signatures that `doc` tells; folders from the sample market and the vendors' examples. Each run must end by itself with
status 0 to 3, with a message that has a place, in 20 seconds of processor time and 2 GB, and what it says must hold:
JSON is JSON, laying out twice changes nothing, a damaged cache gives what the files give, an import stores in a folder
what it stores in a database. What fails is kept, made smaller, in the folder of --keep.
"""

import argparse
import collections
import multiprocessing
import os
import shutil
import sys
import tempfile
import time

from mutator import session

_session = None


def start(shared, seed, keep):
    global _session
    _session = session.Session(shared, seed, keep)


def attempt(case):
    return _session.result(*case)


def keep_failure(failure):
    _session.kept(*failure)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scripts", type=int, default=20_000)
    parser.add_argument("--folders", type=int, default=5_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--minutes", type=float, default=24 * 60)
    parser.add_argument("--keep")
    parser.add_argument("--only")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    if arguments.only:
        kind, number = arguments.only.split(":")
        cases = [(kind, int(number))]
    else:
        cases = [("script", number) for number in range(arguments.scripts)]
        cases += [("folder", number) for number in range(arguments.folders)]
        # Both kinds in step, so that a run that is cut short has tried both.
        cases.sort(key=lambda case: case[1] / (arguments.scripts if case[0] == "script" else arguments.folders))
    if arguments.keep:
        os.makedirs(arguments.keep, exist_ok=True)
    work = tempfile.mkdtemp(prefix="strat-mutate-")
    try:
        shared = session.prepared(arguments.program, work)
        with multiprocessing.Pool(arguments.jobs, start, (shared, arguments.seed, arguments.keep)) as pool:
            results = collect(pool, cases, arguments.minutes)
            failed = summarize(results)
            keep(pool, results, arguments.keep)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if failed else 0)


def collect(pool, cases, minutes):
    """The results that are there when the time is over, in the order of their cases."""
    results = []
    started = time.monotonic()
    for result in pool.imap_unordered(attempt, cases, chunksize=4):
        results.append(result)
        kind, number, command, _, _, _, problem = result
        if problem:
            print(f"{kind}:{number} {command}: {problem}", flush=True)
        if len(results) % 2_000 == 0:
            print(f"… {len(results)} of {len(cases)}", flush=True)
        if time.monotonic() - started > 60 * minutes:
            print(f"stopped after {minutes} minutes", flush=True)
            break
    return sorted(results)


def keep(pool, results, folder):
    """Keeps the first two failures of each kind."""
    if not folder:
        return
    seen = collections.Counter()
    first = []
    for kind, number, command, _, _, _, problem in results:
        seen[(command, session.signature(problem))] += 1
        if problem and command != session.OWN and seen[(command, session.signature(problem))] <= 2:
            first.append((kind, number, problem))
    pool.map(keep_failure, first, chunksize=1)


def summarize(results):
    """Prints a line for each command, and what took longest and most; says how many failed."""
    print(
        "| command | cases | runs | status 0 | 1 | 2 | 3 | wrong |\n| --- | --: | --: | --: | --: | --: | --: | --: |"
    )
    for command in sorted({result[2] for result in results}):
        those = [result for result in results if result[2] == command]
        statuses = collections.Counter(status for result in those for status in result[3])
        failed = sum(bool(result[6]) for result in those)
        counts = " | ".join(str(statuses[status]) for status in (0, 1, 2, 3))
        print(f"| {command} | {len(those)} | {sum(statuses.values())} | {counts} | {failed} |")
    longest = sorted(results, key=lambda result: -result[4])[:3]
    largest = sorted(results, key=lambda result: -result[5])[:3]
    print("longest:", ", ".join(f"{kind}:{number} {seconds:.1f} s" for kind, number, _, _, seconds, _, _ in longest))
    print(
        "largest:", ", ".join(f"{kind}:{number} {megabytes:.0f} MB" for kind, number, _, _, _, megabytes, _ in largest)
    )
    failed = sum(bool(result[6]) for result in results)
    print(f"{len(results)} cases, {sum(len(result[3]) for result in results)} runs, {failed} wrong")
    return failed


if __name__ == "__main__":
    main()

"""Runs every hostile script, and those too large to keep, by a program as it is shipped, with its default limits.

    python3 run.py PROGRAM

Each must end by itself with a diagnostic that its last line allows (`# ends: E0501 E0502`), without a crash and within
a memory that is far below what a machine has. Prints what took longest and most; seconds depend on the machine, so only
a script that does not end in 30 of them fails.
"""
import os
import re
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
# Whoever sets the options of the address sanitizer runs a program that has it: all takes several times as much then.
is_sanitized = "ASAN_OPTIONS" in os.environ
allowed_seconds = 300 if is_sanitized else 30
allowed_megabytes = 8_000 if is_sanitized else 1_000


def run(path):
    with open(path, "rb") as file:
        codes = file.read().rsplit(b"# ends: ", 1)[1].decode().split()
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([program, "test", path], stdout=output, stderr=output)
        try:
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                if time.monotonic() - started > allowed_seconds:
                    process.kill()
                    os.wait4(process.pid, 0)
                    return "does not end", float(allowed_seconds), 0
                time.sleep(0.002)
        finally:
            process.returncode = 0
        seconds = time.monotonic() - started
        output.seek(0)
        text = output.read().decode(errors="replace")
    megabytes = usage.ru_maxrss / 1024
    found = re.findall(r"error\[(E\d+)\]", text)
    problem = None
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status) not in (1, 2):
        problem = f"ended with status {status}: {text[-300:]}"
    elif not set(found) & set(codes):
        problem = f"expected one of {codes}, found {found}"
    elif megabytes > allowed_megabytes:
        problem = f"took {megabytes:.0f} MB"
    return problem, seconds, megabytes


with tempfile.TemporaryDirectory() as large:
    subprocess.run([sys.executable, os.path.join(here, "large.py"), large], check=True)
    paths = [
        os.path.join(folder, name)
        for folder in (here, large)
        for name in sorted(os.listdir(folder))
        if name.endswith(".strat")
    ]
    results = [(path, *run(path)) for path in paths]

failed = False
for path, problem, seconds, megabytes in results:
    if problem:
        failed = True
        print(f"{os.path.basename(path)}: {problem}")
slow = sorted(results, key=lambda result: -result[2])[:5]
print("longest:", ", ".join(f"{os.path.basename(path)[:-6]} {seconds:.2f} s" for path, _, seconds, _ in slow))
big = sorted(results, key=lambda result: -result[3])[:3]
print("largest:", ", ".join(f"{os.path.basename(path)[:-6]} {megabytes:.0f} MB" for path, _, _, megabytes in big))
over = sum(seconds > 1 for _, _, seconds, _ in results)
print(f"{len(results)} hostile scripts, {over} of them longer than a second")
sys.exit(1 if failed else 0)

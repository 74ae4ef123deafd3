#!/usr/bin/env bash
# Measures speed and memory in one run. Ratios are against CPython 3.11 where it is installed: both sides run in turn,
# and the median of the rounds is shown.
#
#   Scripts/bench.sh [ROUNDS] [DATA_FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
folder=${2:-../shared/data/us}

swift build -c release -Xswiftc -static-stdlib --product strat >&2
swift build -c release -Xswiftc -static-stdlib --product benchmarks >&2
bin=$(swift build -c release -Xswiftc -static-stdlib --show-bin-path)

python=""
for candidate in python3.11 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done

median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

printf '%-10s %12s %12s %8s\n' workload strat "${python:-python}" ratio
for name in fib while for signals; do
  ours="" theirs=""
  for _ in $(seq "$rounds"); do
    ours+="$("$bin/benchmarks" script "Scripts/bench/$name.strat")"$'\n'
    if [ -n "$python" ]; then theirs+="$("$python" "Scripts/bench/$name.py")"$'\n'; fi
  done
  a=$(printf '%s' "$ours" | median)
  if [ -n "$python" ]; then
    b=$(printf '%s' "$theirs" | median)
    awk -v n="$name" -v a="$a" -v b="$b" 'BEGIN { printf "%-10s %9.1f ms %9.1f ms %7.2fx\n", n, a, b, b / a }'
  else
    awk -v n="$name" -v a="$a" 'BEGIN { printf "%-10s %9.1f ms %12s %8s\n", n, a, "-", "-" }'
  fi
done

if [ -d "$folder" ]; then
  for _ in $(seq "$rounds"); do "$bin/benchmarks" load "$folder"; done | sort -g |
    awk '{ t[NR] = $1; m[NR] = $2 } END { k = int((NR + 1) / 2); printf "%-10s %9.1f ms CPU, %.0f MB at its peak\n", "load", t[k], m[k] }'
else
  echo "load       skipped: there is no folder $folder"
fi
awk -v a="$("$bin/benchmarks" start "$bin/strat")" 'BEGIN { printf "%-10s %9.1f ms of strat --version\n", "start", a }'

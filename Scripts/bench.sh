#!/usr/bin/env bash
# Measures speed and memory in one run. Ratios are against CPython 3.11 where it is installed: both sides run in turn,
# and the median of the rounds is shown.
#
#   Scripts/bench.sh [ROUNDS] [DATA_FOLDER]
#
# BENCH_LARGE=1 also opens 2,000 tickers of 20 years, which takes half a gigabyte of disk and memory.
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

scratch=$(mktemp -d)
place=$(mktemp -d)
trap 'rm -rf "$scratch" "$place"' EXIT
megabytes=$("$bin/benchmarks" generate "$scratch/csv" 500 4400)
for _ in $(seq "$rounds"); do "$bin/benchmarks" load "$scratch/csv"; done | median |
  awk -v m="$megabytes" '{ printf "%-10s %9.1f ms CPU for %.0f MB of CSV, %.0f MB/s on one core\n", "csv", $1, m, m / $1 * 1000 }'
opened() {
  "$bin/benchmarks" open "$1" "$scratch/cache" >/dev/null
  for _ in $(seq "$rounds"); do "$bin/benchmarks" open "$1" "$scratch/cache"; done | sort -g |
    awk -v n="$2" '{ t[NR] = $1; m[NR] = $2 } END { k = int((NR + 1) / 2); printf "%-10s %9.1f ms CPU from the cache, %.0f MB at its peak\n", n, t[k], m[k] }'
}
opened "$scratch/csv" "open csv"
if [ "${BENCH_LARGE:-}" = 1 ]; then
  "$bin/benchmarks" generate "$scratch/large" 2000 5040 >/dev/null
  opened "$scratch/large" "open large"
  # Twenty years of monthly momentum over all of them; the data are those of the cache, and no second copy.
  STRAT_CACHE="$scratch/cache" "$bin/benchmarks" peak "$bin/strat" run Scripts/bench/momentum.strat \
    --data "$scratch/large" --format csv 2>/dev/null |
    awk '{ printf "%-10s %9.1f ms CPU for momentum over 2,000 tickers, %.0f MB at its peak\n", "run large", $1, $2 }'
fi
# A sweep of 1,000 pairs over 2,520 sessions, both with the same data, fills and costs; the mean results must agree.
if [ -n "$python" ]; then
  market="$scratch/market"
  mkdir "$market"
  ours="" theirs=""
  for _ in $(seq "$rounds"); do
    theirs+="$("$python" Scripts/bench/sweep.py "$market")"$'\n'
    ours+="$("$bin/benchmarks" sweep Scripts/bench/sweep.strat "$market" 1)"$'\n'
  done
  a=$(printf '%s' "$ours" | median)
  b=$(printf '%s' "$theirs" | median)
  awk -v a="$a" -v b="$b" 'BEGIN { printf "%-10s %9.1f ms %9.1f ms %7.2fx\n", "sweep", a, b, b / a }'
  awk -v a="${ours%%$'\n'*}" -v b="${theirs%%$'\n'*}" 'BEGIN {
    split(a, x, " "); split(b, y, " "); d = x[2] / y[2] - 1
    if (d > 1e-9 || d < -1e-9) { print "bench: the sweeps disagree: " x[2] " and " y[2]; exit 1 } }'
else
  echo "sweep      skipped: there is no CPython 3.11"
fi
"$bin/benchmarks" batch 1000 1 |
  awk '{ printf "%-10s %9.1f scripts a second and core, %.0f MB before and %.0f MB at its peak\n", "batch", $2, $3, $4 }'

if [ -d "$folder" ]; then
  opened "$folder" "open"
  for _ in $(seq "$rounds"); do "$bin/benchmarks" load "$folder"; done | sort -g |
    awk '{ t[NR] = $1; m[NR] = $2 } END { k = int((NR + 1) / 2); printf "%-10s %9.1f ms CPU, %.0f MB at its peak\n", "load", t[k], m[k] }'
else
  echo "load       skipped: there is no folder $folder"
fi

# A million signal rows, saved in one transaction; each round into a new database.
rate() { sort -g -k 2 | awk -v n="$1" '{ r[NR] = $1; t[NR] = $2 } END { k = int((NR + 1) / 2);
  printf "%-10s %9.1f ms for %d signal rows to %s, %.2f M rows/s\n", "save", t[k], r[k], n, r[k] / t[k] / 1e3 }'; }
for round in $(seq "$rounds"); do "$bin/benchmarks" save "sqlite:$place/$round.db"; done | rate SQLite
if [ -n "$python" ]; then
  # The least that SQLite itself takes: the same rows from one table of the schema into another.
  for round in $(seq "$rounds"); do "$python" Scripts/bench/save.py "$place/$round.db"; done | rate "SQLite by its own insert"
fi
server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -n "$server" ]; then
  # A server of our own, on a socket in the folder; it refuses to run as root.
  as=()
  if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$place"
  fi
  (
    cd "$place"
    "${as[@]}" "$server/initdb" -D "$place/data" -A trust -U postgres -E UTF8 --locale=C >/dev/null
    "${as[@]}" "$server/pg_ctl" -D "$place/data" -w -o "-k $place -c listen_addresses=" -l "$place/log" start >/dev/null
  )
  host=$(printf '%s' "$place" | sed 's|/|%2F|g')
  for round in $(seq "$rounds"); do
    psql -q -h "$place" -U postgres -c "create database bench_$round"
    "$bin/benchmarks" save "postgres://postgres@$host/bench_$round"
  done | rate PostgreSQL
  # The least that the server itself takes: the same rows from its own file, into the same emptied table.
  for round in $(seq "$rounds"); do
    psql -X -h "$place" -U postgres -d "bench_$round" <<SQL | awk '/^COPY/ { n = $2 } /^Time/ { print n, $2 }'
copy (select * from strategy_signals order by signal_date, ordinal) to '$place/signals.bin' (format binary);
truncate strategy_signals;
\\timing on
copy strategy_signals from '$place/signals.bin' (format binary);
SQL
  done | rate "PostgreSQL by its own COPY"
  (cd "$place" && "${as[@]}" "$server/pg_ctl" -D "$place/data" -m immediate stop >/dev/null)
else
  echo "save       to PostgreSQL skipped: it is not installed"
fi
awk -v a="$("$bin/benchmarks" start "$bin/strat")" 'BEGIN { printf "%-10s %9.1f ms of strat --version\n", "start", a }'

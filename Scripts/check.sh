#!/usr/bin/env bash
# Everything that must hold before a change is merged: formatting, a build without warnings, all tests, the examples on
# the sample market, the program itself, and a short fuzz run under the address sanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n== %s\n' "$*"; }

step set up
Scripts/setup.sh --tests

step formatting
swift format lint --strict -r Package.swift Sources Tests

step build without warnings
log=$(mktemp)
fuzzer=
trap 'rm -f "$log"; if [ -n "$fuzzer" ]; then kill "$fuzzer" 2>/dev/null || true; fi' EXIT
swift build --build-tests 2>&1 | tee "$log"
if grep -E "$(pwd)/(Sources|Tests)/.*: warning:" "$log"; then
  echo "check: warnings are errors" >&2
  exit 1
fi

step tests, while the fuzzer is built
FUZZ_CONFIGURATION=debug Scripts/fuzz.sh 0 &
fuzzer=$!
# The tests of the program run below, on the released one.
swift test --skip-build --disable-xctest --skip EndToEndTests

step release build
swift build -c release -Xswiftc -static-stdlib --product strat
strat="$(swift build -c release -Xswiftc -static-stdlib --show-bin-path)/strat"

step layout of the scripts
"$strat" fmt --check Scripts Stdlib Tests/Conformance

step tests of the scripts
"$strat" test Scripts Stdlib

step examples on the sample market
for script in Scripts/*.strat; do
  "$strat" run "$script" --format json >/dev/null 2>"$log" || { cat "$log" >&2; echo "check: $script failed" >&2; exit 1; }
  echo "ran $script"
done

step the released program
# Some of these tests look at the clock.
wait "$fuzzer"
fuzzer=
STRAT_BINARY="$strat" swift test --skip-build --disable-xctest --filter EndToEndTests

step hostile scripts
python3 Tests/Hostile/run.py "$strat"

step mutated scripts and damaged data
python3 Tests/Hostile/mutate.py "$strat" --scripts 200 --folders 60

step growth with the size of the input
python3 Tests/Hostile/growth.py "$strat"

step fuzzing
FUZZ_CONFIGURATION=debug Scripts/fuzz.sh "${FUZZ_SECONDS:-10}"

printf '\ncheck: everything holds\n'

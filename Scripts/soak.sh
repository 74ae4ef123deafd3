#!/usr/bin/env bash
# Tries for hours what Scripts/check.sh tries for minutes, and under sanitizers. Each step has a name:
#
#   Scripts/soak.sh [address|thread|kills|storms|mutator|growth|fuzz ...]     all of them without a name
#
# SOAK_KILLS, SOAK_STORMS, SOAK_SCRIPTS, SOAK_FOLDERS and SOAK_FUZZ_SECONDS say how much.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export STRAT_CACHE="$work/cache"
say() { printf '\n== %s\n' "$*"; }
fail() { echo "soak: $*" >&2; exit 1; }

# The program under a sanitizer, in `program`; the sanitizer's build stands in a folder of its own.
build() {
  local flags=(-c release --sanitize="$1" --product strat --scratch-path ".build-$1")
  swift build "${flags[@]}"
  program="$(swift build "${flags[@]}" --show-bin-path)/strat"
}

released() {
  swift build -c release -Xswiftc -static-stdlib --product strat
  program="$(swift build -c release -Xswiftc -static-stdlib --show-bin-path)/strat"
}

# Runs the program; a script that fails is no finding, a sanitizer's report is, and so is a signal.
quietly() {
  local status=0
  "$program" "$@" >"$work/output" 2>"$work/messages" || status=$?
  if [ "$status" -gt 3 ]; then cat "$work/messages" >&2; fail "status $status of: $*"; fi
}

# Leaks are not looked for: the program ends without freeing what the system takes back.
address() {
  build address
  export ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0:exitcode=66
  quietly test Scripts Stdlib
  quietly batch Tests/Conformance --jobs 2
  python3 Tests/Hostile/run.py "$program"
  python3 Tests/Hostile/mutate.py "$program" --scripts "$((${SOAK_SCRIPTS:-20000} / 20))" \
    --folders "$((${SOAK_FOLDERS:-5000} / 20))"
}

# Several threads over one program and one data set, and twenty programs that make one kept copy.
thread() {
  build thread
  export TSAN_OPTIONS=exitcode=66
  local data="$work/sample" number
  local programs=()
  quietly data sample "$data"
  for number in 1 2 3; do
    quietly sweep Scripts/sma_cross.strat --data "$data" --fresh --jobs 4 \
      --param fast=10,20,30,40 --param "slow=100,150,20$number"
    quietly sweep Scripts/dual_momentum.strat --data "$data" --fresh --jobs 4 --param lookback=3mo,6mo,9mo,12mo
    quietly sweep Scripts/volatility_target.strat --data "$data" --fresh --jobs 4 --param window=20,40,60,80
    quietly batch Scripts --data "$data" --fresh --jobs 4
  done
  quietly test Scripts Stdlib
  export STRAT_CACHE="$work/another cache"
  for number in {1..20}; do
    "$program" run Scripts/equal_weight.strat --data "$data" >/dev/null 2>"$work/messages.$number" &
    programs+=($!)
  done
  for number in {1..20}; do
    wait "${programs[number - 1]}" || { cat "$work/messages.$number" >&2; fail "program $number of 20: status $?"; }
  done
}

kills() {
  released
  STRAT_KILLS="${SOAK_KILLS:-50}" STRAT_BINARY="$program" swift test --disable-xctest --filter 'Killed'
}

storms() {
  released
  STRAT_STORMS="${SOAK_STORMS:-500}" STRAT_BINARY="$program" swift test --disable-xctest --filter 'KeyStorm'
}

mutator() {
  released
  python3 Tests/Hostile/mutate.py "$program" --scripts "${SOAK_SCRIPTS:-20000}" --folders "${SOAK_FOLDERS:-5000}"
}

growth() {
  released
  python3 Tests/Hostile/growth.py "$program" --full
}

fuzz() { Scripts/fuzz.sh "${SOAK_FUZZ_SECONDS:-600}"; }

steps=("$@")
[ $# -gt 0 ] || steps=(address thread kills storms mutator growth fuzz)
for step in "${steps[@]}"; do
  case "$step" in
    address | thread | kills | storms | mutator | growth | fuzz) ;;
    *) echo "soak: there is no step $step" >&2; exit 2 ;;
  esac
done
for step in "${steps[@]}"; do
  say "$step"
  # A step's options for a sanitizer are its own.
  ("$step")
done
printf '\nsoak: everything holds: %s\n' "${steps[*]}"

#!/usr/bin/env bash
# Fuzzes a target, or each in turn, under the address sanitizer, starting from the kept corpus and the scripts of the
# repository.
#
#   Scripts/fuzz.sh [SECONDS] [lexer|parser|evaluator|lanes|limits|data|importers]
#   Scripts/fuzz.sh 0            builds the fuzzer and runs nothing
#
# FUZZ_CONFIGURATION=debug is built sooner, and tries less in the same time.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
targets=${2:-lexer parser evaluator lanes limits data importers}
if [ "$(uname -s)" != Linux ]; then
  echo "fuzz: skipped, the fuzzer is part of Swift's Linux toolchain only"
  exit 0
fi

# The package gives a library of the targets; the fuzzer brings its own main. Libraries in C are not what is tried: to
# optimise them would double the time of the build.
configuration=${FUZZ_CONFIGURATION:-release}
build=.build/fuzz
flags=(-c "$configuration" --scratch-path "$build" -Xswiftc -sanitize=address,fuzzer -Xswiftc -parse-as-library -Xcc -O0)
mkdir -p "$build"
swift build "${flags[@]}" --product Fuzzing >"$build.log" 2>&1 || { tail -n 40 "$build.log" >&2; exit 1; }
swiftc -sanitize=address,fuzzer "$(swift build "${flags[@]}" --show-bin-path)/libFuzzing.a" -lcrypto -lyaml -lz \
  -o "$build/fuzz" 2>"$build.log" || { cat "$build.log" >&2; exit 1; }

if [ "$seconds" = 0 ]; then exit 0; fi

# Swift's own crash handler would keep the pipe open after a finding. Deep recursion belongs to the limits under test.
ulimit -s unlimited 2>/dev/null || ulimit -s 1000000 2>/dev/null || true
# The evaluator looks at the address of its frames, which must not be moved off the stack.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0
for target in $targets; do
  corpus="$build/corpus/$target"
  mkdir -p "$corpus" "$build/findings"
  cp Tests/FuzzingTests/Corpus/"$target"/* "$corpus"/
  number=0
  if [ "$target" = lexer ] || [ "$target" = parser ] || [ "$target" = evaluator ]; then
    while IFS= read -r script; do
      number=$((number + 1))
      # The evaluator takes a text as it stands behind an even byte.
      { if [ "$target" = evaluator ]; then printf '\2'; fi; cat "$script"; } >"$corpus/script-$number"
    done < <(find Scripts Stdlib Tests/Conformance -name '*.strat' 2>/dev/null | sort)
  fi
  # Programs at the edge of a limit are as large as they may be.
  slowest=20
  if [ "$target" = limits ]; then slowest=120; fi
  STRAT_FUZZ_TARGET=$target "$build/fuzz" "$corpus" -max_total_time="$seconds" -max_len=4096 -timeout="$slowest" \
    -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$build/findings/$target-" \
    >"$build/$target.log" 2>&1 ||
    { tail -n 60 "$build/$target.log" >&2; echo "fuzz: a finding in $target, kept in $build/findings" >&2; exit 1; }
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
  echo "fuzz: $target: nothing found in $runs runs, $seconds seconds"
done

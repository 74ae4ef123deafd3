#!/usr/bin/env bash
# Fuzzes lexer, parser, checker and evaluator under the address sanitizer, starting from the scripts of the repository.
#
#   Scripts/fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
if [ "$(uname -s)" != Linux ]; then
  echo "fuzz: skipped, the fuzzer is part of Swift's Linux toolchain only"
  exit 0
fi

build=.build/fuzz
mkdir -p "$build/corpus"
flags=(-O -wmo -parse-as-library -swift-version 6 -I "$build" -sanitize=address,fuzzer
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault)
objects=()
for module in MarketModel Diagnostics Kernels Syntax Interpreter; do
  # A module is compiled again only if one of its files, or a module before it, is newer.
  object="$build/$module.o"
  if [ ! -e "$object" ] || [ -n "${stale:-}" ] || [ -n "$(find "Sources/$module" -newer "$object" -name '*.swift' | head -n 1)" ]; then
    stale=yes
    find "Sources/$module" -name '*.swift' -print0 | sort -z |
      xargs -0 swiftc "${flags[@]}" -module-name "$module" -emit-module -emit-module-path "$build/$module.swiftmodule" \
        -c -o "$object"
  fi
  objects+=("$object")
done
swiftc "${flags[@]}" -module-name FuzzTarget Scripts/fuzz/FuzzTarget.swift "${objects[@]}" -o "$build/fuzz" 2>"$build/link.log" ||
  { cat "$build/link.log" >&2; exit 1; }

number=0
while IFS= read -r script; do
  number=$((number + 1))
  cp "$script" "$build/corpus/seed-$number.strat"
done < <(find Scripts Stdlib Tests/Conformance -name '*.strat' 2>/dev/null | sort)

# Swift's own crash handler would keep the pipe open after a finding. Deep recursion belongs to the limits under test.
ulimit -s unlimited 2>/dev/null || ulimit -s 1000000 2>/dev/null || true
SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$build/fuzz" "$build/corpus" -max_total_time="$seconds" -max_len=4096 \
  -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$build/" 2>"$build/fuzz.log" ||
  { tail -n 60 "$build/fuzz.log" >&2; echo "fuzz: a finding, kept in $build" >&2; exit 1; }
grep -E "stat::number_of_executed_units|DONE" "$build/fuzz.log" || true
echo "fuzz: nothing found in $seconds seconds"

#!/usr/bin/env bash
# Sets up, builds, and runs a strategy on the built-in sample market. Arguments go to `strat run`, as in
#   Scripts/try.sh Scripts/momentum_12_1.strat --format json
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/setup.sh >&2
swift build -c release -Xswiftc -static-stdlib --product strat >&2
strat="$(swift build -c release -Xswiftc -static-stdlib --show-bin-path)/strat"
if [ "$#" -eq 0 ]; then set -- Scripts/sma_cross.strat; fi
exec "$strat" run "$@"

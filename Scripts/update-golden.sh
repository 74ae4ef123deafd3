#!/usr/bin/env bash
# Rewrites the files of Tests/Golden from what the program prints now. Review the diff before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."
STRAT_UPDATE_GOLDEN=1 swift test --filter Golden
git --no-pager diff --stat -- Tests/Golden

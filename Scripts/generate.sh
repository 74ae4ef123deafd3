#!/usr/bin/env bash
# Rewrites the documents that are made from the records in the sources. Commit what changes.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --product generate >&2
"$(swift build --show-bin-path)/generate" .
git --no-pager diff --stat

#!/usr/bin/env bash
# Installs what the build needs and is missing: libyaml, SQLite, zlib, libcrypto, GNU readline and the time zone tables,
# by apt (Debian, Ubuntu) or brew (macOS). Swift itself must be there: https://www.swift.org/install
#
# With --tests also what tests need: PostgreSQL with its client library (libpq, which the program looks for only when it
# is given an address of a server), Vim, and a Python environment in .build/editors for the editors' syntax files.
set -euo pipefail
tests=${1:-}

if ! command -v swift >/dev/null; then
  echo "setup: Swift is not installed; see https://www.swift.org/install" >&2
  exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n6.1\n' "${version:-0.0}" | sort -V | head -n 1)" != 6.1 ]; then
  echo "setup: Swift 6.1 or later is needed, this is ${version:-unknown}" >&2
  exit 1
fi

root=()
[ "$(id -u)" = 0 ] || root=(sudo)
case "$(uname -s)" in
  Darwin)
    formulas=(libyaml readline sqlite zlib)
    [ "$tests" != --tests ] || formulas+=(postgresql@16 vim)
    for formula in "${formulas[@]}"; do
      brew list "$formula" >/dev/null 2>&1 || brew install "$formula"
    done
    ;;
  Linux)
    missing=()
    [ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
    [ -e /usr/include/openssl/evp.h ] || missing+=(libssl-dev)
    [ -e /usr/include/yaml.h ] || missing+=(libyaml-dev)
    [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
    [ -e /usr/include/readline/readline.h ] || missing+=(libreadline-dev)
    [ -e /usr/share/zoneinfo/America/New_York ] || missing+=(tzdata)
    if [ "$tests" = --tests ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
      missing+=(postgresql)
    fi
    if [ "$tests" = --tests ]; then
      command -v vim >/dev/null || missing+=(vim)
      { ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null | grep -q 'libpq\.so\.5' || missing+=(libpq5)
      # Debian's Python comes without what makes environments; others bring it along.
      if ! command -v python3 >/dev/null; then
        missing+=(python3 python3-venv)
      elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=(python3-venv)
      fi
    fi
    if [ "${#missing[@]}" -gt 0 ]; then
      if ! command -v apt-get >/dev/null; then
        echo "setup: install the equivalents of: ${missing[*]}" >&2
        exit 1
      fi
      "${root[@]}" apt-get update -qq
      "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
    fi
    ;;
  *)
    echo "setup: this system is not known; libyaml, SQLite, zlib, libcrypto, readline and tzdata are needed" >&2
    ;;
esac
if [ "$tests" = --tests ]; then
  environment="$(dirname "$0")/../.build/editors"
  if [ ! -e "$environment/bin/pip" ] && ! python3 -m venv "$environment"; then
    echo "setup: no Python environment, so the TextMate grammar is not tested" >&2
  else
    "$environment/bin/pip" install -q textmate-grammar-python==0.6.1
  fi
fi
echo "setup: Swift $version and the libraries are there"

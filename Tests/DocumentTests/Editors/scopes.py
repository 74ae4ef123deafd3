"""Writes the innermost TextMate scope at each position of a list (path, line and column in characters, parted by tabs).

Usage: python3 scopes.py GRAMMAR POSITIONS. Needs: textmate-grammar-python.
"""

import json
import logging
import sys

from textmate_grammar.parsers.base import LanguageParser

logging.disable(logging.CRITICAL)


class Strat(LanguageParser):
    """The grammar as it is shipped."""

    def __init__(self, grammar):
        super().__init__(grammar)


with open(sys.argv[1], encoding="utf-8") as f:
    parser = Strat(json.load(f))
opened, scopes = None, {}
for entry in open(sys.argv[2], encoding="utf-8"):
    path, line, column = entry.rstrip("\n").split("\t")
    if path != opened:
        opened, scopes = path, {}
        for (row, start), text, names in parser.parse_file(path).flatten():
            for offset in range(len(text)):
                scopes[row, start + offset] = names[-1]
    print(scopes.get((int(line) - 1, int(column) - 1), ""))

"""Sentences of the grammar of record, `Grammar/strat.ebnf`."""

import os
import re

from . import hostile
from .corpus import root

_word = re.compile(r'\s*(?:\(\*.*?\*\)|(?P<text>"[^"]*")|(?P<name>[A-Za-z]+)|(?P<mark>[=;|{}\[\]()]))', re.S)


class Grammar:
    """The productions, each an alternative of sequences of parts."""

    def __init__(self, names):
        self.names = names
        with open(os.path.join(root, "Grammar", "strat.ebnf")) as file:
            self._words = [match.group().strip() for match in _word.finditer(file.read()) if match.lastgroup]
        self._at = 0
        self.productions = {}
        while self._at < len(self._words):
            name = self._next()
            self._next()
            self.productions[name] = self._alternatives()
            self._next()

    def _next(self):
        self._at += 1
        return self._words[self._at - 1]

    def _alternatives(self):
        found = [self._sequence()]
        while self._words[self._at] == "|":
            self._next()
            found.append(self._sequence())
        return ("any", found)

    def _sequence(self):
        found = []
        while self._words[self._at] not in ("|", ";", "}", "]", ")"):
            word = self._next()
            if word in ("{", "[", "("):
                found.append(({"{": "many", "[": "maybe", "(": "group"}[word], self._alternatives()))
                self._next()
            else:
                found.append(("terminal", word[1:-1]) if word.startswith('"') else ("name", word))
        return ("all", found)

    def sentence(self, random, production="file", depth=9):
        """A text of a production; below the depth the shortest way out is taken."""
        return self._make(("name", production), random, depth)

    def _make(self, part, random, depth):
        kind, value = part
        if kind == "terminal":
            return value + " "
        if kind == "name":
            if value.isupper():
                return self._terminal(value, random)
            if depth <= 0 and value in ("expression", "primary"):
                return random.choice([self._terminal("NUMBER", random), self._terminal("NAME", random), "[] "])
            if depth < -12:
                return "{ } " if value == "block" else self._terminal("NUMBER", random)
            return self._make(
                self.productions[value], random, depth - (value in ("expression", "block", "primary", "statement"))
            )
        if kind == "any":
            return self._make(random.choice(value), random, depth)
        if kind == "all":
            return "".join(self._make(inner, random, depth) for inner in value)
        if kind == "group":
            return self._make(value, random, depth)
        chance = 0.35 if depth > 0 else 0.05
        if kind == "maybe":
            return self._make(value, random, depth) if random.random() < chance else ""
        made = []
        while random.random() < (0.75 if depth >= 8 else chance) and len(made) < 12:
            made.append(self._make(value, random, depth - 1))
        return "".join(made)

    def _terminal(self, name, random):
        if name == "EOS":
            return random.choice(["\n", "\n", "; "])
        if name in ("NAME", "WORD"):
            return random.choice(self.names if random.random() < 0.5 else hostile.names[:12]) + " "
        pool = {"NUMBER": hostile.numbers[:28], "DURATION": hostile.durations, "DATE": hostile.dates[:13]}
        if name in ("TEXT", "STRING"):
            return random.choice(hostile.strings[:12] if name == "TEXT" else hostile.strings) + " "
        return random.choice(pool[name]) + " "

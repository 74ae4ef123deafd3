"""Scripts made from scripts: by their tokens, by their brackets and declarations, by their bytes."""

from . import hostile
from .corpus import encoded, tokens

operators = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "and",
    "or",
    "not",
    "in",
    "??",
    "..",
    "..<",
    "->",
    "=",
    "+=",
    ".",
    ",",
    ":",
    "?",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    "\n",
]
keywords = [
    "let",
    "var",
    "fn",
    "if",
    "else",
    "for",
    "while",
    "break",
    "continue",
    "return",
    "at",
    "in",
    "step",
    "param",
    "state",
    "test",
    "assert",
    "import",
    "strategy",
    "where",
    "true",
    "false",
    "na",
    "none",
    "with",
    "as",
    "not",
    "and",
    "or",
]
closing = {"(": ")", "[": "]", "{": "}"}


def tree_spans(parts):
    """The stretches of tokens between brackets that match, by their opening bracket."""
    spans, open_at = [], []
    for index, (_, text) in enumerate(parts):
        if text in closing:
            open_at.append(index)
        elif text in (")", "]", "}") and open_at and closing[parts[open_at[-1]][1]] == text:
            start = open_at.pop()
            spans.append((parts[start][1], start, index + 1))
    return spans


class Mutator:
    """Makes scripts from the project's own, and from the names that the program has."""

    def __init__(self, scripts, names):
        self.scripts = scripts
        self.strategies = [script for script in scripts if "fn signals(" in script]
        self.names = names

    def script(self, random, is_strategy):
        """The bytes of a script: one of the project's after some changes, mostly a strategy where one is needed."""
        parts = tokens(random.choice(self.strategies if is_strategy and random.random() < 0.9 else self.scripts))
        if random.random() < 0.4:
            return encoded("".join(text for _, text in self._value(parts, random)))
        for _ in range(random.choice([1, 1, 1, 2, 2, 3, 5, 9])):
            change = random.choices(
                [
                    self._replace,
                    self._delete,
                    self._duplicate,
                    self._swap,
                    self._insert,
                    self._graft,
                    self._unwrap,
                    self._nest,
                    self._splice,
                    self._repeat,
                    self._shuffle,
                ],
                [14, 3, 3, 3, 3, 8, 2, 2, 3, 1, 1],
            )[0]
            if parts:
                parts = change(parts, random)
        data = encoded("".join(text for _, text in parts))
        return self.damaged(data, random) if random.random() < 0.12 else data

    def damaged(self, data, random):
        """The bytes after damage that knows nothing of tokens."""
        for _ in range(random.choice([1, 1, 2, 5])):
            at = random.randrange(len(data) + 1)
            kind = random.randrange(8)
            if kind == 0 and data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]
            elif kind == 1:
                data = data[:at]
            elif kind == 2:
                data = data[:at] + bytes(random.randrange(256) for _ in range(random.choice([1, 2, 8]))) + data[at:]
            elif kind == 3:
                data = data[:at] + encoded(random.choice(hostile.raw)) + data[at:]
            elif kind == 4:
                data = data.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\r", b"\0", b"\n\n\n", b" "]))
            elif kind == 5:
                data = b"\xef\xbb\xbf" + data
            elif kind == 6:
                data = data.decode("utf-8", "replace").encode(
                    random.choice(["utf-16", "utf-16-be", "latin-1"]), "replace"
                )
            else:
                end = min(len(data), at + random.choice([1, 3, 30]))
                data = data[:at] + data[end:]
        return data

    def _value(self, parts, random):
        """Another number, date or string in the place of one: most such scripts still run."""
        places = [i for i, (kind, _) in enumerate(parts) if kind in ("number", "date", "string")]
        for at in random.sample(places, min(len(places), random.choice([1, 1, 2]))):
            kind = parts[at][0]
            pool = {
                "number": hostile.durations if parts[at][1][-1:].isalpha() else hostile.numbers,
                "date": hostile.dates,
                "string": hostile.strings,
            }
            parts = parts[:at] + [(kind, random.choice(pool[kind]))] + parts[at + 1 :]
        return parts

    def _replace(self, parts, random):
        places = [i for i, (kind, _) in enumerate(parts) if kind not in ("space", "comment", "newline")]
        if not places:
            return parts
        at = random.choice(places)
        kind = parts[at][0]
        return parts[:at] + [(kind, self.like(kind, parts, random))] + parts[at + 1 :]

    def like(self, kind, parts, random):
        """A token in the place of one of a kind."""
        if random.random() < 0.1:
            kind = random.choice(["number", "date", "string", "word", "operator"])
        if kind == "number":
            return random.choice(hostile.numbers + hostile.durations)
        if kind == "date":
            return random.choice(hostile.dates)
        if kind == "string":
            return random.choice(hostile.strings)
        if kind == "word":
            of_script = [text for of, text in parts if of == "word"]
            return random.choice(random.choice([self.names, of_script or self.names, keywords, hostile.names]))
        return random.choice(operators)

    def _delete(self, parts, random):
        at = random.randrange(len(parts))
        return parts[:at] + parts[at + random.choice([1, 1, 2, 5]) :]

    def _duplicate(self, parts, random):
        at = random.randrange(len(parts))
        count = random.choice([1, 1, 3, 10])
        return parts[:at] + parts[at : at + count] * 2 + parts[at + count :]

    def _swap(self, parts, random):
        i, j = random.randrange(len(parts)), random.randrange(len(parts))
        parts = list(parts)
        parts[i], parts[j] = parts[j], parts[i]
        return parts

    def _insert(self, parts, random):
        at = random.randrange(len(parts) + 1)
        kind = random.choice(["number", "date", "string", "word", "operator", "raw"])
        text = random.choice(hostile.raw) if kind == "raw" else self.like(kind, parts, random)
        return parts[:at] + [(kind, text)] + parts[at:]

    def _graft(self, parts, random):
        """Puts what stands in one pair of brackets, here or in another script, in the place of another's."""
        spans = tree_spans(parts)
        source = parts if random.random() < 0.5 else tokens(random.choice(self.scripts))
        if not spans:
            return parts
        kind, start, end = random.choice(spans)
        others = [span for span in tree_spans(source) if span[0] == kind]
        if not others:
            return parts
        _, from_start, from_end = random.choice(others)
        return parts[:start] + source[from_start:from_end] + parts[end:]

    def _unwrap(self, parts, random):
        spans = tree_spans(parts)
        if not spans:
            return parts
        _, start, end = random.choice(spans)
        return parts[:start] + (parts[start + 1 : end - 1] if random.random() < 0.5 else []) + parts[end:]

    def _nest(self, parts, random):
        spans = tree_spans(parts)
        if not spans:
            return parts
        _, start, end = random.choice(spans)
        before, after = random.choice(
            [
                ("(", ")"),
                ("[", "]"),
                ("{", "}"),
                ("-(", ")"),
                ("not (", ")"),
                ("if true {", "} else { 1 }"),
                ("[x for x in ", "]"),
                ("(() -> ", ")()"),
                ('["a": ', "]"),
                ("f(", ")"),
                ("at as_of { ", " }"),
                ("(1 + ", ")"),
                ("na ?? ", ""),
            ]
        )
        count = random.choice([1, 2, 10, 60, 199, 201, 400])
        return (
            parts[:start]
            + [("operator", before * count)]
            + parts[start:end]
            + [("operator", after * count)]
            + parts[end:]
        )

    def _splice(self, parts, random):
        other = _declarations(tokens(random.choice(self.scripts)))
        mine = _declarations(parts)
        mine.insert(random.randrange(len(mine) + 1), random.choice(other))
        return [part for declaration in mine for part in declaration]

    def _shuffle(self, parts, random):
        mine = _declarations(parts)
        random.shuffle(mine)
        return [part for declaration in mine for part in declaration]

    def _repeat(self, parts, random):
        mine = _declarations(parts)
        at = random.randrange(len(mine))
        mine[at] = mine[at] * random.choice([2, 5, 50, 300])
        return [part for declaration in mine for part in declaration]


def _declarations(parts):
    """The tokens of a script, cut where a line begins with a word."""
    found, current, at_line = [], [], True
    for kind, text in parts:
        if at_line and kind == "word" and current:
            found.append(current)
            current = []
        current.append((kind, text))
        at_line = kind == "newline"
    return found + [current]

"""Programs that mostly pass the checker: expressions by type, made from the signatures that the program tells."""

import re

from . import hostile

_signature = re.compile(r"^([\w.]+)\((.*)\)\s*->\s*(.+)$")
tickers = ["SPY", "AAPL", "MSFT", "XOM", "TLT", "GLD"]
dates = ["2014-06-30", "2015-06-30", "2015-11-02", "2014-01-02", "2014-02-14"]


class Signature:
    """A function: its name, its parameters as pairs of name, type and whether it may be left out, and what it gives."""

    def __init__(self, text):
        name, parameters, result = _signature.match(text).groups()
        self.name = name
        self.results = [part.strip().rstrip("?") for part in result.split("|")]
        self.parameters = []
        for part in _parts(parameters):
            left, _, default = part.partition("=")
            parameter, _, kind = left.partition(":")
            self.parameters.append(
                (parameter.strip(), kind.strip() or "any", bool(default) or "?" in kind or "…" in part)
            )


def _parts(text):
    """The parts of a list between commas that stand in no brackets."""
    found, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            found.append(text[start:index])
            start = index + 1
    return [part for part in found + [text[start:]] if part.strip()]


def signatures(entries):
    """The functions of the documentation's entries, in its order; those that it words otherwise are left out."""
    found = []
    for entry in entries:
        if entry["kind"] in ("builtin", "function"):
            found += [Signature(text) for text in entry["signatures"] if _signature.match(text)]
    return found


class ProgramMaker:
    """Makes programs whose expressions mostly have the types that are asked for."""

    def __init__(self, functions, keys):
        self.functions = functions
        self.keys = keys
        self.modules = sorted({f.name.split(".")[0] for f in functions if "." in f.name})

    def program(self, random, with_signals=True):
        """The text of a script with a strategy, params, states, functions, `signals` and tests."""
        self.random = random
        self.scope = {}
        # Most programs must pass the checker to come anywhere: how often a value is one that goes wrong.
        self.hostility = random.choice([0, 0, 0.02, 0.1, 0.4])
        used = random.sample(self.modules, random.choice([0, 0, 1, 2]))
        self.allowed = [f for f in self.functions if "." not in f.name or f.name.split(".")[0] in used]
        lines = [f"import {module}" for module in used]
        if random.random() < 0.5:
            lines.append(self._strategy())
        for index in range(random.choice([0, 1, 2])):
            lines.append(self._param(index))
        for index in range(random.choice([0, 0, 1])):
            lines.append(f"state s{index} = {self._leaf('number')}")
            self._bind(f"s{index}", "number")
        for index in range(random.choice([0, 1, 2])):
            kind = random.choice(["number", "map[number]", "list", "string", "number"])
            lines.append(f"let c{index} = {self._leaf(kind)}")
            self._bind(f"c{index}", kind)
        lines.append(f"fn helper(x: number, n: number = 3) = {self._within({'x': 'number', 'n': 'number'}, 'number')}")
        if with_signals:
            lines.append("fn signals(as_of) {\n" + self._block("map[number]") + "}")
        for index in range(random.choice([1, 1, 2, 3])):
            kind = random.choice(["bool", "number", "series", "map[number]", "list", "string", "map[series]"])
            body = self.expression(kind, 3)
            lines.append(
                f'test "t{index}" {{\n  at {random.choice(dates)} {{\n    let v = {body}\n    print(v)\n'
                f'    assert {self.expression("bool", 2)}\n  }}\n}}'
            )
        return "\n".join(lines) + "\n"

    def _strategy(self):
        if self.random.random() > self.hostility:
            return (
                'strategy "made" {\n  universe: "SP500"\n  rebalance: "'
                + self.random.choice(["daily", "weekly", "monthly"])
                + '"\n}'
            )
        some = self.random.sample(self.keys, self.random.choice([1, 2, 4]))
        pools = (
            hostile.numbers
            + hostile.durations
            + hostile.dates
            + hostile.strings[:12]
            + ['"monthly"', '"next_open"', '"hold"', "true"]
        )
        return 'strategy "made" {\n' + "".join(f"  {key}: {self.random.choice(pools)}\n" for key in some) + "}"

    def _param(self, index):
        self._bind(f"p{index}", "number")
        if self.random.random() > self.hostility:
            return f"param p{index} = 2" + self.random.choice(["", " in 1..5", " in [1, 2, 3]", " in 0..10 step 2"])
        low, high = self.random.choice(
            [(1, 5), (0, 0.5), (5, 1), ("-1e308", "1e308"), (0, "9223372036854775807"), (1, 1)]
        )
        domain = self.random.choice(
            [
                "",
                f" in {low}..{high}",
                f" in {low}..<{high} step {self.random.choice(hostile.numbers)}",
                " in [1, 2, 3]",
                f" in [{', '.join(self.random.choices(hostile.numbers, k=3))}]",
            ]
        )
        where = f" where p{index} > {self.random.choice(hostile.numbers)}" if self.random.random() < 0.2 else ""
        return f"param p{index} = {self.random.choice(['1', '2', '0.5', '1e308'])}{domain}{where}"

    def _block(self, kind):
        lines, saved = [], dict(self.scope)
        self._bind("as_of", "date")
        for index in range(self.random.choice([0, 1, 2, 3])):
            of = self.random.choice(["number", "series", "map[series]", "map[number]", "list", "string", "bool"])
            lines.append(f"  let v{index} = {self.expression(of, 2)}\n")
            self._bind(f"v{index}", of)
        if self.random.random() < 0.3:
            lines.append(
                f"  for i in {self.expression('list', 2)} {{\n"
                f"    if {self.expression('bool', 1)} {{ continue }}\n    print(i)\n  }}\n"
            )
        if self.random.random() < 0.3:
            lines.append(f"  if {self.expression('bool', 2)} {{ return {self.expression(kind, 2)} }}\n")
        lines.append(f"  return {self.expression(kind, 3)}\n")
        self.scope = saved
        return "".join(lines)

    def _within(self, names, kind):
        saved = dict(self.scope)
        for name, of in names.items():
            self._bind(name, of)
        made = self.expression(kind, 2)
        self.scope = saved
        return made

    def _bind(self, name, kind):
        self.scope.setdefault(kind, [])
        self.scope[kind] = self.scope[kind] + [name]

    def expression(self, kind, depth):
        """The text of an expression of a type."""
        random = self.random
        kind = random.choice([part.strip() for part in kind.split("|")]).rstrip("?…")
        if random.random() < self.hostility / 10:
            kind = random.choice(["number", "string", "date", "list", "map[number]", "series", "bool", "fn", "none"])
        if kind == "map":
            kind = random.choice(["map[number]", "map[number]", "map[series]"])
        if kind in ("any", "value", ""):
            kind = random.choice(["number", "series", "map[number]", "list", "string", "bool", "date", "map[series]"])
        named = self.scope.get(kind, [])
        if named and random.random() < 0.35:
            return random.choice(named)
        if depth <= 0:
            return self._leaf(kind)
        if kind in ("fn", "function", "none"):
            return self._leaf(kind)
        if random.random() < 0.55:
            made = self._call(kind, depth)
            if made:
                return made
        return self._form(kind, depth)

    def _call(self, kind, depth):
        base = kind.split("[")[0]
        fitting = [
            f
            for f in self.allowed
            if any(r == kind or r.split("[")[0] == base or r in ("any", "value") for r in f.results)
        ]
        if not fitting:
            return None
        exact = [f for f in fitting if len(f.results) == 1]
        function = self.random.choice(exact if exact and self.random.random() < 0.8 else fitting)
        arguments, is_named = [], False
        for name, of, optional in function.parameters:
            if optional and self.random.random() < 0.6:
                is_named = True
                continue
            text = self.expression(of, depth - 1)
            arguments.append(f"{name.strip('. ')}: {text}" if is_named else text)
        return f"{function.name}({', '.join(arguments)})"

    def _form(self, kind, depth):
        random, inner = self.random, lambda of: self.expression(of, depth - 1)
        base = kind.split("[")[0]
        general = [
            lambda: f"(if {inner('bool')} {{ {inner(kind)} }} else {{ {inner(kind)} }})",
            lambda: f"({inner(kind)} ?? {inner(kind)})",
        ]
        item = kind[len(base) + 1 : -1] or "number"
        forms = {
            "number": [
                lambda: f"({inner('number')} {random.choice(['+', '-', '*', '/', '%', '**'])} {inner('number')})",
                lambda: f"-{inner('number')}",
                lambda: f"{inner('list')}[{inner('number')}]",
                lambda: f"helper({inner('number')})",
                lambda: f"{inner('series')}[-{self._leaf('number')}]",
                lambda: f"{inner('map[number]')}[{self._leaf('string')}]",
            ],
            "series": [
                lambda: f"({inner('series')} {random.choice(['+', '-', '*', '/', '%', '**'])} {inner('series')})",
                lambda: f"({inner('series')} * {inner('number')})",
                lambda: f"{inner('series')}[{self._slice(depth)}]",
            ],
            "bool": [
                lambda: f"({inner('number')} {random.choice(['<', '<=', '==', '!=', '>', '>='])} {inner('number')})",
                lambda: f"not {inner('bool')}",
                lambda: f"({inner('bool')} {random.choice(['and', 'or'])} {inner('bool')})",
                lambda: f"({inner('number')} in {inner('list[number]')})",
                lambda: self._equal(depth),
            ],
            "string": [
                lambda: f'"{{{self._leaf("number")}:{random.choice(hostile.formats)}}}"',
                lambda: f"({inner('string')} + {inner('string')})",
                lambda: f"{inner('string')}[{self._slice(depth)}]",
            ],
            "list": [
                lambda: f"[{inner(item)} for x in {inner('list')}]",
                lambda: f"[{inner(item)}, {inner(item)}]",
                lambda: f"{inner('list')}[{self._slice(depth)}]",
                lambda: f"({inner('list')} + {inner('list')})",
                lambda: f"[x for x in {inner('list')} if {inner('bool')}]",
            ],
            "map": [
                lambda: f"[t: {inner(item)} for t in {self._tickers()}]",
                lambda: f'["SPY": {inner(item)}, "AAPL": {inner(item)}]',
                lambda: f"({inner(kind)} {random.choice(['+', '*', '-', '/'])} {inner('number')})",
                lambda: f"[k: v for k, v in {inner(kind)} if {inner('bool')}]",
            ],
            "date": [lambda: f"({inner('date')} {random.choice(['+', '-'])} {random.choice(hostile.durations)})"],
        }
        return random.choice(forms.get(base, general) + general[:1])()

    def _equal(self, depth):
        kind = self.random.choice(["number", "string", "list[number]", "map[number]", "date", "bool"])
        operator = self.random.choice(["==", "!="])
        return f"({self.expression(kind, depth - 1)} {operator} {self.expression(kind, depth - 1)})"

    def _slice(self, depth):
        end = lambda: self.expression("number", depth - 2) if self.random.random() < 0.7 else ""
        return self.random.choice([f"{end()}..{end()}", f"{end()}..<{end()}", self._leaf("number")])

    def _value(self, hostile_ones, sound):
        return self.random.choice(hostile_ones if self.random.random() < self.hostility else sound)

    def _tickers(self):
        return self.random.choice(
            ['members("SP500")', "tickers()", str(tickers[:3]).replace("'", '"'), '["SPY"]', "members()"]
        )

    def _leaf(self, kind):
        random = self.random
        base = kind.split("[")[0]
        if base == "number":
            return self._value(hostile.numbers, ["1", "2", "3", "5", "20", "10", "1", "4"])
        if base == "series":
            return random.choice(
                [
                    f'close("{random.choice(tickers)}")',
                    'macro("US_POLICY_RATE")',
                    "series([2014-01-02: 1, 2014-01-03: 2, 2014-01-06: na])",
                    f'open("{random.choice(tickers)}")',
                    f'volume("{random.choice(tickers)}")',
                    "series([:])",
                ]
            )
        if base == "string":
            return self._value(hostile.strings, [f'"{ticker}"' for ticker in tickers])
        if base == "date":
            return self._value(hostile.dates, dates)
        if base == "duration":
            return self._value(hostile.durations, ["1d", "5bd", "3mo", "1y", "2w"])
        if base == "bool":
            return self._value(["na"], ["true", "false"])
        if base == "list":
            return random.choice(
                {
                    "string": ['["SPY", "AAPL"]', "[]"],
                    "map": ['[["SPY": 1], ["AAPL": 2]]'],
                    "date": ["[2014-06-30, 2015-06-30]"],
                    "series": ['[close("SPY")]'],
                    "number": ["[1, 2, 3]", "[5, 4, 9, 9]"],
                }.get(kind[5:-1], ["[1, 2, 3]", "[3, na, 1e308, -0]", "[[1], [2]]", '[1, "a", true, none]', "1..5"])
            )
        if base == "map":
            inner = kind[4:-1]
            values = [self._leaf(inner or "number") for _ in range(3)]
            return random.choice(
                ["[:]", f'["SPY": {values[0]}, "AAPL": {values[1]}, "XOM": {values[2]}]', f'["SPY": {values[0]}]']
            )
        if base == "curve":
            return random.choice(['curve("UST_PAR")', 'curve("UST_PAR", as_of)'])
        if base in ("fn", "function") or "->" in kind:
            return random.choice(
                [
                    "x -> x",
                    "x -> x > 1",
                    "(x, y) -> x + y",
                    "x -> x",
                    "x -> x > 1",
                    "() -> 1",
                    "x -> na",
                    "x -> [x, x]",
                    "abs",
                    "helper",
                ]
            )
        return random.choice(["none", "na", "flat", "as_of", "1", '"a"', "[]"])

"""What is done with a made script: every command that takes one, with flags drawn at random."""

import os
import re

from . import hostile, verdict
from .corpus import encoded

name = "made.strat"
few_days = ["--start", "2014-06-02", "--end", "2014-06-20"]
bounds = ["--limit", "steps=300000", "--limit", "seconds=3"]
limit_names = ["steps", "memory", "depth", "nesting", "list", "string", "output", "tracks"]
param_names = ["p0", "fast", "lookback", "top_n", "é", ""]
span = ["--start", "2014-06-02", "--end", "2014-08-29"]
prompt_commands = [
    "as_of",
    "next",
    "prev",
    "diff",
    "run",
    "signals",
    "params",
    "state",
    "set",
    "plot",
    "table",
    "type",
    "doc",
    "source",
    "vars",
    "why",
    "trace",
    "time",
    "last",
    "limits",
    "explain",
    "data",
    "series",
    "load",
    "reload",
    "save",
    "replay",
    "edit",
    "help",
]
prompt_arguments = [
    "",
    "-",
    "--",
    ".",
    "..",
    "x",
    '"',
    "1",
    "-1",
    "9223372036854775808",
    "1-9",
    "on",
    "off",
    "2014-06-30",
    "0001-01-01",
    "9999-12-31",
    "month",
    "3mo",
    'close("SPY")',
    "1/0",
    "v",
    "SPY",
    "sma",
    "E0201",
    "made.strat",
    "seed=1",
    "--seed 1",
    "fast=1",
    "a" * 5000,
    "na",
    '[1, [2, "a"]]',
    "US_POLICY_RATE",
    "US_POLICY_RATE --vintages",
    '2014-01-02 2014-06-30 close("SPY")',
    "\x1b[31m",
    "é",
    "*",
    "reset",
    "results",
    "signals(as_of)",
    "(",
    "1 +",
    "none",
]


class ScriptCases:
    """The commands on a script; `market` is a folder of data that no command changes."""

    # How many cases each command has, beside the others.
    shares = {
        "check": 10,
        "test": 24,
        "run": 24,
        "signals": 8,
        "format": 16,
        "repl": 8,
        "sweep": 3,
        "batch": 3,
        "save": 3,
        "stdin": 2,
        "ask": 3,
    }
    of_strategies = ("run", "signals", "sweep", "batch", "save")

    def __init__(self, program, market):
        self.program = program
        self.market = market

    def problems(self, data, folder, random):
        """The command that was tried, its outcomes, and what is wrong with them."""
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
        self.outcomes = []
        command = self.command(random)
        return command, self.outcomes, getattr(self, "_" + command)(data, folder, random)

    def passes(self, data, folder):
        """Whether the checker lets a script pass; how it comes to that is judged by the cases of `check`."""
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
        return self.program.run(["check", name], folder).status == 0

    def command(self, random):
        """The command that is drawn for a case, before anything else is."""
        return random.choices(list(self.shares), list(self.shares.values()))[0]

    def _go(self, folder, arguments, text=b"", is_json=False, needs_place=True, **options):
        outcome = self.program.run(arguments, folder, text, **options)
        self.outcomes.append(outcome)
        return outcome, verdict.judge(outcome, is_json=is_json, needs_place=needs_place)

    def _form(self, random, forms=("table", "json", "csv")):
        form = random.choice(forms)
        return form, ["--format", form]

    def _flags(self, random):
        flags = ["--data", self.market, *bounds]
        pools = {
            "--start": hostile.dates,
            "--end": hostile.dates,
            "--initial-capital": hostile.numbers,
            "--rebalance": ["daily", "weekly", "monthly", "2014-06-30", "x"],
            "--costs": hostile.numbers + hostile.durations,
            "--slippage": hostile.numbers,
            "--max-leverage": hostile.numbers,
            "--execution": ["same_close", "next_open", "next_close", "x"],
            "--execution-lag": hostile.numbers,
            "--min-trade": hostile.numbers,
            "--cash-rate": ["5pct", "US_POLICY_RATE", "1e308", "na"],
            "--borrow-rate": ["5pct", "1e308"],
            "--calendar": ["sessions", "all", "weekdays", "SPY", "x"],
            "--missing": ["error", "false", "hold"],
            "--on-error": ["abort", "hold"],
            "--on-missing-price": ["skip", "error"],
            "--max-stale": hostile.numbers,
            "--delist-after": hostile.numbers,
            "--delisting-return": hostile.numbers,
            "--risk-free": ["2pct", "US_POLICY_RATE", "1e308"],
            "--benchmark": ["SPY", "x", "TLT"],
            "--annualization": hostile.numbers,
            "--seed": hostile.numbers,
            "--release-lag": hostile.durations,
        }
        for _ in range(random.choice([0, 0, 0, 1, 1, 2])):
            flag = random.choice(list(pools))
            flags.append(f"{flag}={random.choice(pools[flag])}")
        if random.random() < 0.15:
            flags.append(
                f"--limit={random.choice(limit_names)}=" f"{random.choice(hostile.numbers + ['100', '1000', '50000'])}"
            )
        if random.random() < 0.1:
            flags.append(f"--param={random.choice(param_names)}={random.choice(hostile.numbers + hostile.strings)}")
        if random.random() < 0.1:
            flags.append("--strict")
        return flags

    def _check(self, data, folder, random):
        form, flags = self._form(random)
        outcome, problem = self._go(folder, ["check", *flags, name], is_json=form == "json")
        return problem

    def _test(self, data, folder, random):
        form, flags = self._form(random)
        limits = bounds if random.random() < 0.9 else ["--limit", "seconds=5"]
        outcome, problem = self._go(
            folder, ["test", "--data", self.market, *limits, *flags, name], is_json=form == "json"
        )
        return problem or self._again(
            folder, outcome, ["test", "--data", self.market, *bounds, *flags, name], random, limits == bounds
        )

    def _run(self, data, folder, random):
        form, flags = self._form(random)
        flags += self._flags(random)
        if not any(flag.startswith(("--start", "--end")) for flag in flags) or random.random() < 0.8:
            flags = [flag for flag in flags if not flag.startswith(("--start", "--end"))] + span
        outcome, problem = self._go(folder, ["run", *flags, name], is_json=form == "json", needs_place=False)
        return problem or self._again(folder, outcome, ["run", *flags, name], random, True)

    def _again(self, folder, outcome, arguments, random, is_bounded):
        """Every tenth run twice: the same bytes."""
        if random.random() > 0.1 or not is_bounded or outcome.seconds > 1:
            return None
        again, problem = self._go(folder, arguments, needs_place=False)
        if problem or (again.out, again.err, again.status) == (outcome.out, outcome.err, outcome.status):
            return problem
        return "not the same bytes when run twice"

    def _signals(self, data, folder, random):
        form, flags = self._form(random)
        flags += self._flags(random) + [f"--as-of={random.choice(hostile.dates[:13] + ['2014-06-30'] * 8)}"]
        return self._go(folder, ["signals", *flags, name], is_json=form == "json", needs_place=False)[1]

    def _save(self, data, folder, random):
        outcome, problem = self._go(
            folder,
            [
                "run",
                "--data",
                self.market,
                *bounds,
                *span,
                "--save",
                "--db",
                "sqlite:saved.db",
                "--format",
                "json",
                name,
            ],
            is_json=True,
            needs_place=False,
        )
        if problem or outcome.status != 0:
            return problem
        for arguments, is_json in (
            (["results", "ls", "--format", "json"], True),
            (["results", "show", "1"], False),
            (["db", "check"], False),
        ):
            done, problem = self._go(folder, [*arguments, "--db", "sqlite:saved.db"], is_json=is_json)
            if problem or done.status != 0:
                return problem or f"{' '.join(arguments)} of a saved run ends with {done.status}"
        exported, problem = self._go(folder, ["results", "export", "1", "--db", "sqlite:saved.db"], is_json=True)
        if not problem and exported.out != outcome.out:
            return "a saved run is not the bytes of the run"
        return problem

    def _format(self, data, folder, random):
        path = os.path.join(folder, name)
        before = self._meaning(folder)
        outcome, problem = self._go(folder, ["fmt", name])
        with open(path, "rb") as file:
            after = file.read()
        if problem:
            return problem
        if outcome.status != 0:
            return None if after == data else "fmt failed and changed the file"
        checked, problem = self._go(folder, ["fmt", "--check", name])
        if problem or checked.status != 0:
            return problem or "fmt is not idempotent"
        if self._meaning(folder) != before:
            return f"fmt changed the meaning: {before} is {self._meaning(folder)}"
        left = sorted(os.listdir(folder))
        return None if left == [name] else f"fmt left {left}"

    def _meaning(self, folder):
        """What can be told of a script that does not depend on where its tokens stand."""
        checked, _ = self._go(folder, ["check", "--format", "json", name], is_json=True)
        tested, _ = self._go(folder, ["test", "--data", self.market, *bounds, name])
        counts = re.findall(rb"\d+ passed, \d+ failed", tested.out)
        return sorted(re.findall(rb'"code":\s*"(\w+)"', checked.out)), counts

    def _repl(self, data, folder, random):
        lines = [line for line in data.split(b"\n") if line.strip() or random.random() < 0.2][:60]
        for _ in range(random.choice([1, 3, 8])):
            line = f":{random.choice(prompt_commands)} {random.choice(prompt_arguments)}"
            lines.insert(random.randrange(len(lines) + 1), encoded(line))
        arguments = [
            "repl",
            "--data",
            self.market,
            *bounds,
            *([name] if random.random() < 0.3 else []),
            *(["--keep-going"] if random.random() < 0.8 else []),
            *(["--as-of", random.choice(hostile.dates[:9])] if random.random() < 0.2 else []),
        ]
        return self._go(folder, arguments, b"\n".join(lines) + b"\n", needs_place=False)[1]

    def _ask(self, data, folder, random):
        """A word or a line of the script where a command wants a name, a file or a flag."""
        words = data.decode(errors="replace").replace("\0", " ").split() or ["x"]
        word = random.choice([random.choice(words), random.choice(hostile.cells + hostile.names)])[:3_000]
        word = word.encode(errors="replace").decode().replace("\0", "?").lstrip("/")
        commands = [
            ["doc"],
            ["doc", "--search"],
            ["explain"],
            ["data", "formats"],
            ["results", "show"],
            ["run"],
            ["check"],
        ]
        commands += [
            ["data", "ls"],
            ["data", "check"],
            ["db", "status", "--db"],
            ["results", "ls", "--sort"],
            ["help"],
            [],
        ]
        commands += [
            ["run", name, "--param"],
            ["run", name, "--limit"],
            ["results", "compare", "1"],
            ["batch"],
            ["fmt"],
        ]
        return self._go(folder, [*random.choice(commands), word], needs_place=False)[1]

    def _sweep(self, data, folder, random):
        form, flags = self._form(random)
        arguments = [
            "sweep",
            *flags,
            "--data",
            self.market,
            *bounds,
            *few_days,
            f"--random={random.choice(['1', '2', '2', '4', '0', '-1'])}",
            f"--seed={random.choice(['1', '7', '0', *hostile.numbers[-3:]])}",
            "--sort",
            random.choice(["sharpe_ratio", "total_return", "final_equity", "x"]),
            f"--top={random.choice(['1', '20', '5', '0'])}",
        ]
        if random.random() < 0.3:
            arguments.append(f"--param=p0={random.choice(hostile.domains)}")
        return self._go(folder, [*arguments, name], is_json=form == "json", needs_place=False)[1]

    def _batch(self, data, folder, random):
        with open(os.path.join(folder, "other.strat"), "wb") as file:
            file.write(b'fn signals(as_of) = ["SPY": 1]\n')
        form, flags = self._form(random)
        outcome, problem = self._go(
            folder,
            [
                "batch",
                *flags,
                "--data",
                self.market,
                *bounds,
                *few_days,
                "--junit",
                "report.xml",
                ".",
            ],
            is_json=form == "json",
            needs_place=False,
        )
        report = os.path.join(folder, "report.xml")
        if not problem and os.path.exists(report):
            with open(report, "rb") as file:
                return verdict.judge_xml(file.read())
        return problem

    def _stdin(self, data, folder, random):
        arguments = ["fmt", *random.choice([[], ["--diff"], ["--check"]]), "-"]
        outcome, problem = self._go(folder, arguments, data, needs_place=len(arguments) == 2)
        return problem

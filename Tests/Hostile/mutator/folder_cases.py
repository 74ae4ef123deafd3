"""What is done with a damaged data folder, a damaged vendor's file, a damaged cache or a damaged database."""

import os
import random as randomness
import shutil

from . import damage, hostile, verdict
from .market import write

script = b"""strategy "held" { rebalance: "weekly", on_missing_price: "skip" }
fn signals(as_of) = [t: 1 / 4 for t in ["SPY", "AAPL", "MSFT", "XOM"] if has_price(t)]
"""
span = ["--start", "2014-06-02", "--end", "2014-07-31"]


class FolderCases:
    """The commands on data; `base` holds the files of a sound folder, `vendors` examples of what can be imported."""

    def __init__(self, program, base, vendors):
        self.program = program
        self.base = base
        self.vendors = vendors

    def problems(self, seeds, folder, random):
        """The command that was tried, its outcomes, and what is wrong with them; `seeds` are those of the damages."""
        self.outcomes = []
        self.cache = {"STRAT_CACHE": os.path.join(folder, "cache")}
        kinds = [self._load, self._run, self._import, self._vendor, self._cached, self._database, self._single]
        kind = random.choices(kinds, [20, 16, 14, 20, 10, 12, 8])[0]
        with open(os.path.join(folder, "held.strat"), "wb") as file:
            file.write(script)
        return kind.__name__[1:], self.outcomes, kind(seeds, folder, random)

    def _go(self, folder, arguments, is_json=False, needs_place=True):
        outcome = self.program.run(arguments, folder, environment=self.cache)
        self.outcomes.append(outcome)
        return outcome, verdict.judge(outcome, is_json=is_json, is_data=needs_place, needs_place=False)

    def _damaged(self, seeds, folder):
        """Writes the sound folder, and does the damages."""
        target = os.path.join(folder, "data")
        write(self.base, target)
        self._damage(seeds, target)

    def _damage(self, seeds, target):
        for seed in seeds:
            random = randomness.Random(seed)
            paths = sorted(os.path.join(parent, name) for parent, _, names in os.walk(target) for name in names)
            if paths:
                damage.damage_file(random.choice(paths), random)

    def _form(self, random):
        form = random.choice(["table", "json", "csv"])
        return form == "json", ["--format", form]

    def _strict(self, random):
        return ["--strict"] if random.random() < 0.15 else []

    def _load(self, seeds, folder, random):
        """What `data check` says of a folder is what loading does."""
        self._damaged(seeds, folder)
        before = _listing(os.path.join(folder, "data"))
        is_json, form = self._form(random)
        checked, problem = self._go(folder, ["data", "check", "data", *form], is_json=is_json)
        if problem:
            return problem
        is_json, form = self._form(random)
        listed, problem = self._go(folder, ["data", "ls", "data", *form], is_json=is_json)
        if problem:
            return problem
        if (checked.status == 3) != (listed.status == 3):
            return f"data check ends with {checked.status}, data ls with {listed.status}"
        described, problem = self._go(folder, ["data", "describe", "data"])
        if problem:
            return problem
        if listed.status == 0:
            problem = self._exported(folder, described)
        after = _listing(os.path.join(folder, "data"))
        return problem or (None if after == before else f"loading left {sorted(set(after) ^ set(before))}")

    def _exported(self, folder, described):
        """What is exported loads as the same data set."""
        written, problem = self._go(folder, ["data", "export", "out", "--data", "data"])
        if problem or written.status != 0:
            return problem or f"data that load are not exported: {written.err[:120]!r}"
        again, problem = self._go(folder, ["data", "describe", "out"])
        if problem or again.status != 0:
            return problem or f"an export does not load: {again.err[:160]!r}"
        same = _fingerprint(described) == _fingerprint(again)
        return None if same else "an export has another fingerprint"

    def _run(self, seeds, folder, random):
        self._damaged(seeds, folder)
        is_json, form = self._form(random)
        arguments = random.choice(
            [
                ["run", "held.strat", "--data", "data", *span, *form],
                ["signals", "held.strat", "--data", "data", *form],
                ["signals", "held.strat", "--data", "data", "--as-of", random.choice(hostile.dates[:13]), *form],
                ["test", "held.strat", "--data", "data", *form],
                ["check", "held.strat", "--data", "data", *form],
                ["batch", ".", "--data", "data", *span, *form],
                ["run", "held.strat", "--data", "data", *form],
            ]
        )
        return self._go(folder, arguments + (self._strict(random) if arguments[0] != "check" else []), is_json=is_json)[
            1
        ]

    def _import(self, seeds, folder, random):
        """An import into a folder and one into a database take or refuse the same, and load as the same rows."""
        self._damaged(seeds, folder)
        into_folder, problem = self._go(folder, ["data", "import", "data", "--into", "taken"])
        if problem:
            return problem
        into_database, problem = self._go(folder, ["data", "import", "data", "--into", "sqlite:taken.db"])
        if problem:
            return problem
        if (into_folder.status == 0) != (into_database.status == 0):
            return f"import into a folder ends with {into_folder.status}, into a database with {into_database.status}"
        if into_folder.status != 0:
            left = [
                name
                for name in ("taken", "taken.db")
                if os.path.isdir(os.path.join(folder, name)) and os.listdir(os.path.join(folder, name))
            ]
            return f"a refused import left {left}" if left else None
        return self._compared(folder)

    def _compared(self, folder):
        of_folder, problem = self._go(folder, ["data", "ls", "taken", "--format", "csv"])
        if problem or of_folder.status != 0:
            return problem or f"what an import wrote does not load: {of_folder.err[:160]!r}"
        of_database, problem = self._go(folder, ["data", "ls", "sqlite:taken.db", "--format", "csv"])
        if problem or of_database.status != 0:
            return problem or f"what an import stored does not load: {of_database.err[:160]!r}"
        return None if of_folder.out == of_database.out else "a folder and a database hold other rows after one import"

    def _vendor(self, seeds, folder, random):
        """Vendors' files, damaged, imported together or alone."""
        os.mkdir(os.path.join(folder, "data"))
        for name in random.sample(sorted(self.vendors), random.choice([1, 1, 1, 2, 3])):
            stem = random.choice([name, "SPY", "SPY_daily", "US_GDP", "d_us_txt", "2015-01-MD", "x y", "é"])
            with open(os.path.join(folder, "data", stem + random.choice([".csv", ".csv", ".txt"])), "wb") as file:
                file.write(self.vendors[name])
        self._damage(seeds, os.path.join(folder, "data"))
        flags = []
        for flag, values in (
            ("--release-lag", hostile.durations),
            ("--dates", ["mdy", "dmy", "x"]),
            ("--name", ["SPY", "é", "a,b", "", "\x1b"]),
            ("--format", sorted(self.vendors) + ["x"]),
            ("--skip", hostile.numbers),
            ("--kind", ["prices", "series", "x"]),
            ("--columns", ["date=Date,close=Close", "date=1", "=", "date=date,series=series,value=value", "x"]),
        ):
            if random.random() < 0.08:
                flags.append(f"{flag}={random.choice(values)}")
        flags += [flag for flag in ("--replace", "--dry-run") if random.random() < 0.1]
        imported, problem = self._go(folder, ["data", "import", "data", "--into", "taken", *flags])
        if problem or imported.status != 0 or not os.path.isdir(os.path.join(folder, "taken")):
            return problem
        stored, problem = self._go(folder, ["data", "import", "data", "--into", "sqlite:taken.db", *flags])
        if problem or stored.status != 0:
            return (
                problem
                or f"import into a folder ends with 0, into a database with {stored.status}: {stored.err[:120]!r}"
            )
        return self._compared(folder)

    def _cached(self, seeds, folder, random):
        """A damaged cache gives what the files give, or a message."""
        target = os.path.join(folder, "data")
        write(self.base, target)
        arguments = ["data", "ls", "data", "--format", "csv"]
        first, problem = self._go(folder, arguments)
        if problem or first.status != 0:
            return problem or "sound data do not load"
        for seed in seeds or [1]:
            random = randomness.Random(seed)
            kept = sorted(name for name in os.listdir(self.cache["STRAT_CACHE"]))
            if kept:
                path = os.path.join(self.cache["STRAT_CACHE"], random.choice(kept))
                if os.path.isfile(path):
                    _damage_cache(path, random)
        for _ in range(2):
            again, problem = self._go(folder, arguments)
            if problem:
                return problem
            if (again.status, again.out) != (first.status, first.out):
                return "a damaged cache gives other data"
        run = ["run", "held.strat", "--data", "data", *span, "--format", "csv"]
        cached, problem = self._go(folder, run)
        direct, other = self._go(folder, [*run, "--no-cache"])
        return problem or other or (None if cached.out == direct.out else "a run differs with --no-cache")

    def _database(self, seeds, folder, random):
        """A damaged database: of runs, of data."""
        kept = os.path.join(folder, "kept.db")
        for arguments in (
            ["data", "import", self.sound, "--into", "sqlite:kept.db"],
            ["run", "held.strat", "--data", self.sound, *span, "--save", "--db", "sqlite:kept.db"],
        ):
            made, problem = self._go(folder, arguments)
            if problem or made.status != 0:
                return problem or f"a sound database is not made: {made.err[:120]!r}"
        for seed in seeds:
            random = randomness.Random(seed)
            with open(kept, "rb") as file:
                data = file.read()
            for _ in range(random.choice([1, 1, 20])):
                data = damage._bytes(data, random)
            with open(kept, "wb") as file:
                file.write(data)
        for arguments in (
            ["db", "check"],
            ["db", "status"],
            ["results", "ls", "--format", "json"],
            ["results", "show", "1"],
            ["results", "export", "1"],
        ):
            problem = self._go(
                folder, [*arguments, "--db", "sqlite:kept.db"], is_json="json" in arguments, needs_place=False
            )[1]
            if problem:
                return f"{' '.join(arguments)}: {problem}"
        for arguments in (
            ["data", "check", "sqlite:kept.db"],
            ["run", "held.strat", "--data", "sqlite:kept.db", *span, "--format", "json"],
            ["data", "import", self.sound, "--into", "sqlite:kept.db"],
        ):
            problem = self._go(folder, arguments, is_json="json" in arguments, needs_place=False)[1]
            if problem:
                return f"{' '.join(arguments)}: {problem}"
        return None

    @property
    def sound(self):
        """A sound folder that all cases of a process share."""
        folder = os.path.join(self.program.home, "sound")
        if not os.path.isdir(folder):
            write(self.base, folder)
        return folder

    def _single(self, seeds, folder, random):
        """One file instead of a folder, a mapping file, a file of params."""
        data = self.base["prices/prices.csv"]
        for seed in seeds:
            data = damage.damaged_bytes(data, randomness.Random(seed))
        path = random.choice(["one.csv", "one", "one.csv.gz", "one.txt"])
        with open(os.path.join(folder, path), "wb") as file:
            file.write(data)
        is_json, form = self._form(random)
        arguments = random.choice(
            [
                ["run", "held.strat", "--data", path, *span, *form],
                ["data", "check", path, *form],
                ["data", "ls", path, *form],
                ["data", "import", path, "--into", "taken"],
                ["data", "import", path, "--columns", "date=date,ticker=ticker,close=close", "--into", "taken"],
                ["batch", "held.strat", "--param-file", path, "--data", self.sound, *span, *form],
                ["run", "held.strat", "--data", self.sound, "--path", path, *span, *form],
                ["data", "import", self.sound, "--mapping", path, "--into", "taken"],
                ["run", path, "--data", self.sound],
                ["check", path, *form],
                ["fmt", path],
            ]
        )
        is_json = is_json and "json" in arguments
        return self._go(folder, arguments, is_json=is_json, needs_place=arguments[0] not in ("fmt", "check", "batch"))[
            1
        ]


def _damage_cache(path, random):
    with open(path, "rb") as file:
        data = file.read()
    kind = random.randrange(5)
    if kind == 0:
        data = data[: random.randrange(len(data) + 1)]
    elif kind == 1:
        data = damage._bytes(data, random)
    elif kind == 2 and data:
        for _ in range(random.choice([1, 8, 100])):
            at = random.randrange(min(len(data), random.choice([64, 4096, len(data)])))
            data = data[:at] + bytes([random.choice([0, 255, 127, 128, data[at] ^ 1])]) + data[at + 1 :]
    elif kind == 3:
        os.remove(path)
        random.choice(
            [
                lambda: os.mkdir(path),
                lambda: os.symlink("/dev/zero", path),
                lambda: os.mkfifo(path),
                lambda: os.symlink(path, path),
            ]
        )()
        return
    else:
        data = data + b"\0" * 100
    shutil.copystat(path, path)
    with open(path, "wb") as file:
        file.write(data)


def _fingerprint(outcome):
    return [line for line in outcome.out.split(b"\n") if b"fingerprint" in line]


def _listing(folder):
    return sorted(
        os.path.relpath(os.path.join(parent, name), folder)
        for parent, folders, names in os.walk(folder)
        for name in folders + names
    )

"""A worker: makes cases by their numbers, tries them, keeps and reduces what fails."""

import json
import os
import random as randomness
import re
import shutil

from . import corpus, damage, market
from .folder_cases import FolderCases
from .grammar import Grammar
from .mutation import Mutator
from .process import Program
from .programs import ProgramMaker, signatures
from .reduction import reduced
from .script_cases import ScriptCases


def prepared(path, work):
    """What all workers share, asked of the program once: its functions, words, formats, and a small market."""
    program = Program(path, os.path.join(work, "home"))
    entries = json.loads(program.run(["doc", "--format", "json"], work).out)["entries"]
    formats = json.loads(program.run(["data", "formats", "--format", "json"], work).out)["formats"]
    sample = os.path.join(work, "sample")
    made = program.run(["data", "sample", sample], work)
    if made.status != 0:
        raise SystemExit(f"data sample: {made.text}")
    market.write(
        market.cut(
            sample, ["SPY", "AAPL", "MSFT", "XOM", "TLT", "GLD", "JPM", "GE"], "2014-01-01", "2015-12-31", names=99
        ),
        os.path.join(work, "market"),
    )
    vendors = {}
    for entry in formats:
        shown = (
            entry
            if entry.get("example")
            else json.loads(program.run(["data", "formats", entry["name"], "--format", "json"], work).out)["formats"][0]
        )
        vendors[entry["name"]] = (shown.get("example") or "").encode() + b"\n"
    return {
        "entries": entries,
        "vendors": vendors,
        "base": market.cut(sample, ["SPY", "AAPL", "MSFT", "XOM"], "2014-05-01", "2014-07-31", names=1),
        "market": os.path.join(work, "market"),
        "work": work,
        "program": os.path.abspath(path),
    }


class Session:
    """Tries cases, each by its number; the same number and seed is the same case."""

    def __init__(self, shared, seed, keep):
        self.seed = seed
        self.keep = keep
        self.folder = os.path.join(shared["work"], f"worker{os.getpid()}")
        program = Program(shared["program"], os.path.join(self.folder, "home"))
        entries = shared["entries"]
        names = sorted(
            {entry["name"] for entry in entries if entry["kind"] in ("builtin", "module", "word", "type", "key")}
        )
        self.mutator = Mutator(corpus.scripts(), names)
        self.grammar = Grammar(names)
        self.maker = ProgramMaker(signatures(entries), [entry["name"] for entry in entries if entry["kind"] == "key"])
        self.scripts = ScriptCases(program, shared["market"])
        self.folders = FolderCases(program, shared["base"], shared["vendors"])

    def script(self, number):
        """The bytes of a numbered script; where it is to run, mostly one that the checker lets pass."""
        command = self.scripts.command(self._choices("script", number))
        runs = command in ScriptCases.of_strategies or command == "test"
        must_pass = runs and number % 4 != 0
        for attempt in range(8 if must_pass else 1):
            is_strategy = command in ScriptCases.of_strategies
            data = self._candidate(number, attempt, is_strategy)
            if must_pass and is_strategy and b"fn signals(" not in data:
                continue
            if not must_pass or self.scripts.passes(data, self._emptied("candidate")):
                break
        return data

    def _candidate(self, number, attempt, is_strategy):
        random = randomness.Random(f"{self.seed} script {number} {attempt}")
        kind = random.random()
        if kind < 0.45:
            return self.mutator.script(random, is_strategy)
        if kind < 0.9:
            data = corpus.encoded(self.maker.program(random, is_strategy or random.random() < 0.3))
            return self.mutator.damaged(data, random) if random.random() < 0.05 else data
        return corpus.encoded(self.grammar.sentence(random))

    def attempt(self, kind, number, parts):
        """Tries a case in a folder of its own: its command, outcomes, and what is wrong with them."""
        folder = self._emptied("case")
        random = self._choices(kind, number)
        if kind == "script":
            command, outcomes, problem = self.scripts.problems(b"".join(parts), folder, random)
        else:
            command, outcomes, problem = self.folders.problems(parts, folder, random)
        return command, outcomes, problem

    def _emptied(self, name):
        folder = os.path.join(self.folder, name)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        return folder

    def _choices(self, kind, number):
        """What draws the command of a case and its flags."""
        return randomness.Random(f"{self.seed} command {kind} {number}")

    def parts(self, kind, number):
        """What a case is made of and can be made less: the lines of a script, the damages of a folder."""
        if kind == "script":
            return self.script(number).splitlines(keepends=True)
        return damage.damages(randomness.Random(f"{self.seed} folder {number}"))

    def result(self, kind, number):
        """One case: command, statuses, seconds, megabytes, and what is wrong, a mistake of the mutator's own included."""
        try:
            command, outcomes, problem = self.attempt(kind, number, self.parts(kind, number))
        except Exception as error:
            return (kind, number, OWN, [], 0.0, 0.0, f"{type(error).__name__}: {error}")
        return (
            kind,
            number,
            command,
            [outcome.status for outcome in outcomes],
            max(outcome.seconds for outcome in outcomes),
            max(outcome.megabytes for outcome in outcomes),
            problem,
        )

    def kept(self, kind, number, problem):
        """Keeps a failing case under the folder for them, as small as it can be made."""
        same = lambda fewer: signature(self.attempt(kind, number, fewer)[2]) == signature(problem)
        small = reduced(self.parts(kind, number), same)
        if kind == "script" and sum(map(len, small)) < 4_000:
            small = reduced([bytes([byte]) for byte in b"".join(small)], same, most=160)
        command, outcomes, _ = self.attempt(kind, number, small)
        target = os.path.join(self.keep, f"{kind}-{number}")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(os.path.join(self.folder, "case"), target, symlinks=True, copy_function=_copied)
        with open(target + ".txt", "wb") as file:
            file.write(f"{command}: {problem}\n\n".encode(errors="replace"))
            for outcome in outcomes:
                file.write(f"$ {outcome.arguments} -> {outcome.status or outcome.signal}\n".encode(errors="replace"))
                file.write(outcome.out[-2000:] + b"\n" + outcome.err[-2000:] + b"\n")


# Stands for a command where the mutator itself failed.
OWN = "mutator"


def signature(problem):
    """What is wrong, without the names, numbers and texts in it: failures of one kind have one."""
    return re.sub(r"[\d.]+", "0", re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"|\(.*", "…", problem or ""))[:70]


def _copied(source, target):
    if os.path.isfile(source):
        shutil.copyfile(source, target, follow_symlinks=False)

"""What `growth.py` measures: commands on inputs that n makes larger.

A case is a name, the n to begin with, and a function of a folder and n that writes the input and gives the arguments
and the text of standard input. `data sample` takes no input that could grow, and the language has no `match`.
"""
import datetime
import os
import subprocess
import sys

# The program that is measured, for what a case needs beforehand.
program = os.path.abspath(next(argument for argument in sys.argv[1:] if not argument.startswith("--")))

# What may grow faster than n log n, and why.
allowed = {}

cases = []


def case(name, base):
    """Adds a case: a function of a folder and n that writes an input and gives the arguments, and the text of stdin."""

    def add(function):
        cases.append((name, base, function))
        return function

    return add


def script(folder, text, name="a.strat"):
    path = os.path.join(folder, name)
    with open(path, "w", newline="") as file:
        file.write(text)
    return path


def lines(n, line):
    return "".join(line(i) + "\n" for i in range(n))


# Text of a script, for each command that reads one.
texts = {
    "blank lines": (40_000, lambda n: "\n" * n),
    "comments": (20_000, lambda n: "# a comment of some words\n" * n),
    "documentation": (10_000, lambda n: "## A line.\n" * n + "fn f() = 1\n"),
    "badly laid out lines": (1_000, lambda n: lines(n, lambda i: f"fn  a{i}()=1+{i}")),
    "lets": (2_000, lambda n: lines(n, lambda i: f"let a{i} = {i}")),
    "functions": (2_000, lambda n: lines(n, lambda i: f"fn f{i}(n) = n + {i}")),
    "functions that call the one before": (
        2_000,
        lambda n: "fn f0(n) = n\n" + lines(n, lambda i: f"fn f{i + 1}(n) = f{i}(n) + 1"),
    ),
    "lets of the one before": (1_000, lambda n: "let a0 = 1\n" + lines(n, lambda i: f"let a{i + 1} = a{i} + 1")),
    "locals": (2_000, lambda n: "fn f() {\n" + lines(n, lambda i: f"  let a{i} = {i}") + "}\n"),
    "statements": (4_000, lambda n: "fn f(n) {\n  var x = n\n" + "  x = x + 1\n" * n + "  x\n}\n"),
    "tests": (2_000, lambda n: lines(n, lambda i: f'test "t{i}" {{ assert {i} == {i} }}')),
    "unknown names": (3_000, lambda n: lines(n, lambda i: f"fn f{i}() = nothing{i}")),
    "syntax errors": (3_000, lambda n: lines(n, lambda i: f"let a{i} = = 1")),
    "duplicates": (4_000, lambda n: "fn f() = 1\n" * n),
    "unused lets": (2_000, lambda n: "fn f() {\n" + lines(n, lambda i: f"  let a{i} = 1") + "  1\n}\n"),
    "list literal": (20_000, lambda n: "let a = [" + "1, " * n + "1]\n"),
    "list over lines": (8_000, lambda n: "let a = [\n" + "  1,\n" * n + "]\n"),
    "map literal": (8_000, lambda n: "let a = [" + ", ".join(f'"k{i}": {i}' for i in range(n)) + "]\n"),
    "strings": (4_000, lambda n: "let a = [" + ", ".join(f'"string {i}"' for i in range(n)) + "]\n"),
    "long string": (400_000, lambda n: 'let a = "' + "s" * n + '"\n'),
    "long name": (100_000, lambda n: "let a" + "b" * n + " = 1\n"),
    "interpolations": (2_000, lambda n: 'fn f(x) = "' + "{x} " * n + '"\n'),
    "sum on many lines": (100, lambda n: "fn f(x) = [\n" + ("  " + " + ".join(["x"] * 50) + ",\n") * n + "]\n"),
    "nested lists": (20, lambda n: lines(40, lambda i: f"fn f{i}() = " + "[" * n + "]" * n)),
    "nested calls": (20, lambda n: lines(40, lambda i: f"fn f{i}(x) = " + "abs(" * n + "x" + ")" * n)),
    "nested blocks": (20, lambda n: lines(20, lambda i: f"fn f{i}(x) {{ " + "if x > 1 { " * n + "x" + " }" * n + " }")),
    "nested lambdas": (15, lambda n: lines(20, lambda i: f"fn f{i}() = " + "".join(f"x{j} -> " for j in range(n)) + "1")),
    "else ifs": (20, lambda n: lines(20, lambda i: f"fn f{i}(x) = " + "if x > 1 { 1 } else " * n + "{ 2 }")),
    "coalescing": (20, lambda n: lines(40, lambda i: f"fn f{i}(x) = " + "x ?? " * n + "1")),
    "parameters": (500, lambda n: "fn f(" + ", ".join(f"p{i}" for i in range(n)) + ") = 1\n"),
    "arguments": (2_000, lambda n: "fn f(x) = max([" + ", ".join(["x"] * n) + "])\n"),
    "params": (500, lambda n: lines(n, lambda i: f"param p{i} = {i} in 0..100000") + "fn signals(as_of) = [:]\n"),
    "where": (200, lambda n: lines(n, lambda i: f"param p{i} = 1 in 0..100 where p{i} < 50") + "fn f() = p0\n"),
    "states": (500, lambda n: lines(n, lambda i: f"state s{i} = {i}") + "fn signals(as_of) = [:]\n"),
    "imports of one module": (1_000, lambda n: lines(n, lambda i: f"import stats as s{i}")),
    "semicolons": (20_000, lambda n: "fn f() { " + "1; " * n + "1 }\n"),
    "one long line": (4_000, lambda n: "fn f() { " + "".join(f"let a{i} = {i}; " for i in range(n)) + "1 }\n"),
    "errors in one long line": (2_000, lambda n: "fn f() { " + "".join(f"a{i} = {i}; " for i in range(n)) + "1 }\n"),
    "trailing spaces": (20_000, lambda n: ("let a = 1" + " " * n + "\n")),
    "tabs": (20_000, lambda n: ("fn f() {\n" + "\t" * n + "1\n}\n")),
    "carriage returns": (20_000, lambda n: "fn f() = 1\r\n" + "\r\n" * n),
    "accented letters": (100_000, lambda n: 'let a = "' + "é" * n + '"\n'),
    "comment at the end of each line": (4_000, lambda n: lines(n, lambda i: f"fn f{i}() = {i} # comment {i}")),
    "comments in a list": (4_000, lambda n: "let a = [\n" + "  1, # one\n" * n + "]\n"),
}
# Nesting ends at a limit; these stay below it whatever is asked for.
for name in ("nested lists", "nested calls", "nested blocks", "nested lambdas", "else ifs", "coalescing"):
    base, text = texts[name]
    texts[name] = (base, lambda n, text=text: text(min(n, 190)))

commands = {
    "check": ["check"],
    "fmt --diff": ["fmt", "--diff"],
    "test": ["test"],
}
for title, (base, text) in texts.items():
    for command, words in commands.items():
        cases.append(
            (
                f"{command}, {title}",
                base,
                lambda folder, n, words=words, text=text: (words + [script(folder, text(n))], None),
            )
        )


@case("check, modules in a chain", 20)
def chain(folder, n):
    for i in range(n):
        script(folder, f'import "./m{i + 1}.strat" as next\nfn f() = next.f()\n', f"m{i}.strat")
    script(folder, "fn f() = 1\n", f"m{n}.strat")
    return ["check", os.path.join(folder, "m0.strat")], None


@case("check, a folder of scripts", 100)
def many_scripts(folder, n):
    for i in range(n):
        script(folder, f"fn f(x) = x + {i}\n" * 3 + "let a = b\n", f"m{i}.strat")
    return ["check", folder], None


@case("fmt --check, a folder of scripts", 100)
def many_layouts(folder, n):
    for i in range(n):
        script(folder, f"fn f(x)=x+{i}\n", f"m{i}.strat")
    return ["fmt", "--check", folder], None


@case("fmt --diff, every other line changed", 3_000)
def half_changed(folder, n):
    return ["fmt", "--diff", script(folder, lines(n, lambda i: f"let a{i}=1" if i % 2 else f"let a{i} = 1"))], None


@case("fmt --diff, lines that all are alike", 3_000)
def alike(folder, n):
    return ["fmt", "--diff", script(folder, "fn f() {\n" + "  g( 1)\n  g(1)\n" * n + "}\n")], None



# Work of a script.
def tested(name, base, body):
    cases.append((f"test, {name}", base, lambda folder, n: (["test", script(folder, body(n))], None)))


def in_test(text):
    """A test of statements, whose last line is what must hold."""
    statements, _, last = text.rpartition("\n")
    return 'test "t" {\n' + statements + "\n" + ("assert " + last if "==" in last or " > " in last else last) + "\n}\n"


tested("a string that grows by a letter", 20_000, lambda n: in_test(f'var s = ""\nfor i in 1..{n} {{ s = s + "x" }}\nlen(s) == {n}'))
tested("tests that fail", 60, lambda n: lines(n, lambda i: f'test "t{i}" {{ assert [{i}, 2, 4].map(x -> x + 1)[0] == {i} }}'))
tested("a list that grows by push", 50_000, lambda n: in_test(f"var s = []\nfor i in 1..{n} {{ s = s.push(i) }}\nlen(s) == {n}"))
tested("a map that grows", 50_000, lambda n: in_test(f'var m = [:]\nfor i in 1..{n} {{ m["k{{i}}"] = i }}\nlen(m) == {n}'))
tested("a map of numbers that grows", 50_000, lambda n: in_test(f"var m = [:]\nfor i in 1..{n} {{ m[i * 1024] = i }}\nlen(m) == {n}"))
tested("sort of strings", 60_000, lambda n: in_test(f'let s = [string((i * 7919) % {n}) for i in 1..{n}].sort()\nlen(s) == {n}'))
tested("sort of numbers", 100_000, lambda n: in_test(f"let s = [(i * 7919) % {n} for i in 1..{n}].sort()\nlen(s) == {n}"))
tested("unique", 50_000, lambda n: in_test(f"let s = [string(i) for i in 1..{n}].unique()\nlen(s) == {n}"))
tested("group_by", 50_000, lambda n: in_test(f"let s = range({n}).group_by(i -> i % 1000)\nlen(s) == 1000"))
tested("split and join", 100_000, lambda n: in_test(f'let s = range({n}).map(i -> "a").join(",").split(",")\nlen(s) == {n}'))
tested("replace", 100_000, lambda n: in_test(f'let s = range({n}).map(i -> "a").join(",").replace(",", "--")\nlen(s) > {n}'))
tested("upper and lower", 100_000, lambda n: in_test(f'let s = range({n}).map(i -> "ab").join().upper().lower()\nlen(s) > {n}'))
tested("letters of a string", 50_000, lambda n: in_test(f'let s = range({n}).map(i -> "é").join()\nvar k = 0\nfor c in s {{ k += 1 }}\nk == {n}'))
tested("text of a list", 50_000, lambda n: in_test(f'let s = string([i for i in 1..{n}])\nlen(s) > {n}'))
tested("printed lines", 4_000, lambda n: in_test(f'for i in 1..{n} {{ print("a line", i) }}'))
tested("notes", 4_000, lambda n: in_test(f'for i in 1..{n} {{ note("a note {{i % 100}}") }}'))
tested("series made", 2_000, lambda n: in_test(f"let s = series([2000-01-01 + i * 1d: i for i in 1..{n}])\nlen(s) == {n}"))
tested(
    "rolling functions",
    10_000,
    lambda n: in_test(
        f"let s = series([1900-01-01 + i * 1d: i % 17 for i in 1..{min(n, 70_000)}])\n"
        "len(sma(s, 100)) + len(ema(s, 100)) + len(max(s, 100)) + len(median(s, 100)) > 0"
    ),
)
tested("failures", 2_000, lambda n: lines(n, lambda i: f'test "t{i}" {{ assert {i} < 0 }}'))



# Data.
def days(n, start="1950-01-02"):
    day = datetime.date.fromisoformat(start)
    result = []
    while len(result) < n:
        if day.weekday() < 5:
            result.append(day.isoformat())
        day += datetime.timedelta(days=1)
    return result


def data_folder(folder, kind, header, rows, name="data.csv"):
    place = os.path.join(folder, "data", kind)
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, name), "w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(row + "\n")
    return os.path.join(folder, "data")


def some_prices(folder):
    return data_folder(
        folder, "prices", "ticker,date,close", (f"SPY,{day},{100 + i % 7}" for i, day in enumerate(days(500, "2010-01-04")))
    )


dated = days(19_000)


def rows_of_prices(folder, n):
    tickers = max(1, n // 2_000)
    return data_folder(
        folder,
        "prices",
        "ticker,date,open,high,low,close,volume",
        (f"T{t},{day},10,11,9,{10 + i % 3 / 10},1000" for t in range(tickers) for i, day in enumerate(dated[:2_000])),
    )


def tickers_of_prices(folder, n):
    return data_folder(
        folder, "prices", "ticker,date,close", (f"T{t},{day},10" for t in range(n) for day in dated[:20])
    )


def wide_prices(folder, n):
    return data_folder(
        folder,
        "prices",
        "date," + ",".join(f"T{t}" for t in range(n)),
        (day + ",10" * n for day in dated[:40]),
    )


def files_of_prices(folder, n):
    for t in range(n):
        path = data_folder(folder, "prices", "date,close", (f"{day},10" for day in dated[:20]), f"T{t}.csv")
    return path


def many_series(folder, n):
    some_prices(folder)
    return data_folder(
        folder,
        "series",
        "series,observation_date,release_time,value",
        (f"S{s},{day},{day}T12:00:00Z,1" for s in range(n) for day in dated[:20]),
    )


def revisions(folder, n):
    some_prices(folder)
    return data_folder(
        folder,
        "series",
        "series,observation_date,release_time,value,revision",
        (f"S,{dated[i % 40]},{dated[100 + i // 40]}T12:00:00Z,{i},{i // 40}" for i in range(n)),
    )


def members(folder, n):
    some_prices(folder)
    return data_folder(
        folder, "universes", "universe,ticker,start,end", (f"U,M{i},{dated[i % 9_000]},{dated[9_000 + i % 9_000]}" for i in range(n))
    )


def curves(folder, n):
    some_prices(folder)
    return data_folder(
        folder,
        "curves",
        "curve,date,tenor_days,rate",
        (f"C,{dated[i // 10]},{30 * (i % 10 + 1)},1.5" for i in range(n)),
    )


def actions(folder, n):
    rows_of_prices(folder, 20_000)
    return data_folder(
        folder,
        "actions",
        "ticker,ex_date,split_ratio,cash_dividend",
        (f"T{i % 10},{dated[i // 10 % 2_000]},1,0.0001" for i in range(min(n, 19_000))),
    )


def defects(folder, n):
    return data_folder(
        folder, "prices", "ticker,date,open,high,low,close,volume", (f"T{i // 2_000},{dated[i % 2_000]},10,9,11,{10 if i % 2 else 20},-1" for i in range(n))
    )


def errors(folder, n):
    return data_folder(folder, "prices", "ticker,date,close", (f"T,{dated[i % 2_000]},x{i}" for i in range(n)))


kinds = {
    "rows of prices": (20_000, rows_of_prices),
    "tickers": (1_000, tickers_of_prices),
    "columns of a wide file": (400, wide_prices),
    "files": (100, files_of_prices),
    "series": (1_000, many_series),
    "revisions": (10_000, revisions),
    "members": (5_000, members),
    "curves": (10_000, curves),
    "actions": (2_000, actions),
    "defects": (10_000, defects),
    "malformed cells": (20_000, errors),
}
questions = {
    "data check": lambda path, folder: ["data", "check", path],
    "data ls": lambda path, folder: ["data", "ls", path, "--no-cache"],
    "data import": lambda path, folder: ["data", "import", path, "--into", os.path.join(folder, "into")],
    "data import to SQLite": lambda path, folder: ["data", "import", path, "--into", "sqlite:" + os.path.join(folder, "into.db")],
    "run --no-cache": lambda path, folder: [
        "run",
        script(folder, 'fn signals(as_of) = ["SPY": 1]\n' if os.path.exists(os.path.join(path, "series")) else "fn signals(as_of) = [tickers()[0]: 1]\n"),
        "--data",
        path,
        "--no-cache",
        "--rebalance",
        "quarterly",
    ],
}
for title, (base, write) in kinds.items():
    for question, words in questions.items():
        cases.append(
            (
                f"{question}, {title}",
                base,
                lambda folder, n, write=write, words=words: (words(write(folder, n), folder), None),
            )
        )


@case("run, rebalances", 4_000)
def rebalances(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"SPY,{day},{100 + i % 7}" for i, day in enumerate(dated[:n])))
    return ["run", script(folder, 'fn signals(as_of) = ["SPY": len(close("SPY")) % 2]\n'), "--data", path, "--rebalance", "daily"], None


@case("run --format json, rebalances", 2_000)
def rebalances_as_json(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"SPY,{day},{100 + i % 7}" for i, day in enumerate(dated[:n])))
    words = ["run", script(folder, 'fn signals(as_of) = ["SPY": len(close("SPY")) % 2]\n'), "--data", path]
    return words + ["--rebalance", "daily", "--format", "json"], None


@case("run, tickers held", 100)
def held(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"T{t},{day},{10 + i % 3}" for t in range(n) for i, day in enumerate(dated[:120])))
    return ["run", script(folder, f"fn signals(as_of) = [t: 1 / {n} for t in tickers()]\n"), "--data", path, "--rebalance", "weekly"], None


@case("run, a rule by name for each ticker", 50)
def ruled(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"T{t},{day},{10 + i % 3}" for t in range(n) for i, day in enumerate(dated[:120])))
    rule = "fn signals(as_of) = [\n" + lines(n, lambda i: f'  "T{i}": {1 / n},') + "]\n"
    return ["run", script(folder, rule), "--data", path, "--rebalance", "weekly"], None


@case("run, state that grows", 250)
def growing_state(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"SPY,{day},{100 + i % 7}" for i, day in enumerate(dated[:n])))
    text = 'state seen = [:]\nfn signals(as_of) {\n  seen["{as_of}"] = 1\n  ["SPY": 1]\n}\n'
    return ["run", script(folder, text), "--data", path, "--rebalance", "daily"], None


allowed["run, state that grows"] = "state is a value that is copied at each decision"


@case("sweep, trials", 200)
def trials(folder, n):
    path = some_prices(folder)
    text = f'param p = 1 in 1..{n} step 1\nfn signals(as_of) = ["SPY": p / {n}]\n'
    return ["sweep", script(folder, text), "--data", path, "--jobs", "1", "--rebalance", "quarterly"], None


@case("sweep --format csv, params", 20)
def swept_params(folder, n):
    path = some_prices(folder)
    text = lines(n, lambda i: f"param p{i} = 1 in 0..9") + 'fn signals(as_of) = ["SPY": p0 / 10]\n'
    words = ["sweep", script(folder, text), "--data", path, "--jobs", "1", "--rebalance", "quarterly", "--random", "100"]
    return words + ["--format", "csv"], None


@case("batch, scripts", 100)
def batch(folder, n):
    path = some_prices(folder)
    place = os.path.join(folder, "scripts")
    os.makedirs(place)
    for i in range(n):
        script(place, f'fn signals(as_of) = ["SPY": {(i + 1) / n}]\n', f"s{i}.strat")
    return ["batch", place, "--data", path, "--jobs", "1", "--rebalance", "quarterly"], None


@case("repl, lines", 400)
def prompt_lines(folder, n):
    return ["repl", "--data", some_prices(folder)], lines(n, lambda i: f"let a{i} = {i}")


allowed["repl, lines"] = "the names of a session are put aside before each entry, which is taken whole or not at all"


@case("repl, one name again and again", 400)
def prompt_again(folder, n):
    return ["repl", "--data", some_prices(folder)], "let x = 1\n" * n


@case("repl, answers", 1_000)
def prompt_answers(folder, n):
    return ["repl", "--data", some_prices(folder)], lines(n, lambda i: f"{i} + 1")


@case("repl, functions", 200)
def prompt_functions(folder, n):
    return ["repl", "--data", some_prices(folder)], lines(n, lambda i: f"fn f{i}(x) = x + {i}")


@case("repl, one long list", 4_000)
def prompt_list(folder, n):
    return ["repl", "--data", some_prices(folder)], "[" + "1, " * n + "1]\n"


@case("repl, one long block", 250)
def prompt_block(folder, n):
    text = "fn f(x) {\n" + lines(n, lambda i: f"  let a{i} = x + {i}") + "  x\n}\nf(1)\n"
    return ["repl", "--data", some_prices(folder)], text


@case("repl, lines that are wrong", 300)
def prompt_errors(folder, n):
    return ["repl", "--keep-going", "--data", some_prices(folder)], lines(n, lambda i: f"nothing{i} + 1")


@case("repl, nested input", 20)
def prompt_nested(folder, n):
    text = lines(40, lambda i: "[" * min(n, 190) + "1" + "]" * min(n, 190))
    return ["repl", "--data", some_prices(folder)], text


@case("signals, a rule by name for each ticker", 100)
def signals_ruled(folder, n):
    words, text = ruled(folder, n)
    return ["signals"] + words[1:4], text


@case("signals, a state since the start", 500)
def signals_state(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"SPY,{day},{100 + i % 7}" for i, day in enumerate(dated[:n])))
    text = 'state k = 0\nfn signals(as_of) {\n  k = k + 1\n  ["SPY": k % 2]\n}\n'
    return ["signals", script(folder, text), "--data", path, "--rebalance", "daily"], None


@case("signals --format json, weights", 500)
def signals_wide(folder, n):
    path = data_folder(folder, "prices", "ticker,date,close", (f"T{t},{day},{10 + i % 3}" for t in range(n) for i, day in enumerate(dated[:20])))
    return ["signals", script(folder, f"fn signals(as_of) = [t: 1 / {n} for t in tickers()]\n"), "--data", path, "--format", "json"], None


@case("fmt --diff, no line stays as it was", 2_000)
def unlike(folder, n):
    return ["fmt", "--diff", script(folder, lines(n, lambda i: f"fn  f{i}( x )=x+{i % 97}*x-{i}"))], None


@case("fmt --diff, lines moved by one", 2_000)
def moved(folder, n):
    return ["fmt", "--diff", script(folder, "fn f(x) {\n" + lines(n, lambda i: f"x = x + {i % 13};x = x * {i % 7}") + "  x\n}\n")], None


@case("doc --search, words", 200)
def searched(folder, n):
    return ["doc", "--search", " ".join(["volatility", "window", "series"][i % 3] for i in range(n))], None


@case("doc, a long name", 20_000)
def long_doc(folder, n):
    return ["doc", "sma" * n], None


@case("sweep --format json, a grid", 15)
def grid(folder, n):
    path = some_prices(folder)
    text = f"param a = 1 in 1..{n}\nparam b = 1 in 1..15\n" + 'fn signals(as_of) = ["SPY": 1 / (a + b)]\n'
    words = ["sweep", script(folder, text), "--data", path, "--jobs", "1", "--rebalance", "quarterly"]
    return words + ["--format", "json"], None


@case("batch --format json, scripts that fail", 100)
def failing_batch(folder, n):
    path = some_prices(folder)
    place = os.path.join(folder, "scripts")
    os.makedirs(place)
    for i in range(n):
        script(place, f'fn signals(as_of) = ["SPY": [1][{i + 1}]]\n', f"s{i}.strat")
    return ["batch", place, "--data", path, "--jobs", "1", "--rebalance", "quarterly", "--format", "json"], None


def saved(folder, n):
    """The address of a database with n saved runs; made beside the data of the case."""
    path = some_prices(folder)
    place = os.path.join(folder, "scripts")
    os.makedirs(place)
    for i in range(n):
        script(place, f'fn signals(as_of) = ["SPY": {(i + 1) / n}]\n', f"s{i}.strat")
    address = "sqlite:" + os.path.join(folder, "runs.db")
    words = ["batch", place, "--data", path, "--rebalance", "quarterly", "--save", "--db", address]
    environment = dict(os.environ, STRAT_CACHE=os.path.join(folder, "cache"), HOME=folder)
    subprocess.run([program, *words], env=environment, capture_output=True, check=True)
    return address


@case("results ls, runs", 50)
def listed_runs(folder, n):
    return ["results", "ls", "--db", saved(folder, n)], None


@case("results ls --format json, runs", 50)
def listed_runs_as_json(folder, n):
    return ["results", "ls", "--format", "json", "--db", saved(folder, n)], None


@case("test, nested calls of functions", 100)
def deep_calls(folder, n):
    text = "fn f(n) = if n < 1 { 0 } else { f(n - 1) + 1 }\n" + f'test "t" {{ for i in 1..1000 {{ let _x = f({min(n, 900)}) }} }}\n'
    return ["test", script(folder, text)], None


tested("string of a list of numbers", 40_000, lambda n: in_test(f"let s = string([1 / i for i in 1..{n}])\nlen(s) > {n}"))
tested("sort of lists", 20_000, lambda n: in_test(f"let s = [[(i * 7919) % {n}, i] for i in 1..{n}].sort()\nlen(s) == {n}"))
tested("sort of a map", 30_000, lambda n: in_test(f'let s = ["k{{i}}": (i * 7919) % {n} for i in 1..{n}].sort()\nlen(s) == {n}'))
tested("look-ups in a map", 30_000, lambda n: in_test(f'let m = ["k{{i}}": i for i in 1..{n}]\nvar t = 0\nfor i in 1..{n} {{ t += m["k{{i}}"] }}\nt > 0'))
tested("equality of maps", 30_000, lambda n: in_test(f'let m = ["k{{i}}": i for i in 1..{n}]\nlet o = ["k{{i}}": i for i in 1..{n}]\nm == o'))
tested("formats", 20_000, lambda n: in_test(f'let s = ["{{i:>40.10f}}" for i in 1..{n}]\nlen(s) == {n}'))
tested("an error after much work", 20_000, lambda n: in_test(f"var x = 0\nfor i in 1..{n} {{ x += 1 }}\nx < 0"))


# What is run in every check: one case of each kind of work, and those that once grew with the square.
short = [
    "fmt --diff, blank lines",
    "fmt --diff, badly laid out lines",
    "fmt --diff, lines that all are alike",
    "check, functions",
    "check, unknown names",
    "check, duplicates",
    "check, imports of one module",
    "check, semicolons",
    "check, errors in one long line",
    "check, list literal",
    "test, tests",
    "test, a string that grows by a letter",
    "test, a map that grows",
    "test, sort of strings",
    "test, printed lines",
    "data check, rows of prices",
    "data check, columns of a wide file",
    "run, rebalances",
    "repl, lines",
]

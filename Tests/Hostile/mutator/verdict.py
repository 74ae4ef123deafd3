"""What must hold for every run of the program, whatever it was given."""

import json
import re
import xml.etree.ElementTree

from .process import most_megabytes, processor_seconds

traces = re.compile(r"Fatal error|Swift runtime|Stack dump|Backtrace|Program crashed|AddressSanitizer|thread backtrace")
place = re.compile(r"[^\s:]:\d+:\d+|\"line\":\s*\d+|line \d+|\.strat,\d+,\d+|,\d+,\d+\r?$", re.MULTILINE)
# A name given for several files is the fault of its flag.
data_place = re.compile(r"`--name |\w:\d+|\"file\":|\.(csv|ya?ml|gz|zip|db|strat|txt|parquet)\b|folder|data/|into")


def _no_constant(name):
    raise ValueError(f"{name} in JSON")


def _number(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:40]} in JSON is beyond a double")
    return value


def _object(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} twice in a JSON object")
    return dict(pairs)


def read_json(data):
    """The document, read as strictly as a reader may: UTF-8, finite numbers, each key once."""
    return json.loads(data.decode("utf-8"), parse_constant=_no_constant, parse_float=_number, object_pairs_hook=_object)


def judge(outcome, is_json=False, is_data=False, needs_place=True):
    """The first thing that is wrong with a run, as one line, or none."""
    text = outcome.text
    if outcome.signal is not None and outcome.seconds < processor_seconds:
        return f"ended by signal {outcome.signal}: {_first_line(text)}"
    if outcome.seconds > processor_seconds:
        return f"took {outcome.seconds:.0f} s"
    if traces.search(outcome.err.decode(errors="replace")):
        return f"left a trace: {_first_line(text)}"
    if outcome.megabytes > most_megabytes:
        return f"took {outcome.megabytes:.0f} MB"
    if outcome.status not in (0, 1, 2, 3):
        return f"exit status {outcome.status}: {_first_line(text)}"
    if outcome.status != 0 and not outcome.out.strip() and not outcome.err.strip():
        return f"exit status {outcome.status} without a word"
    if is_json and outcome.out.strip():
        try:
            read_json(outcome.out)
        except ValueError as error:
            return f"no JSON: {error}"
    if outcome.status == 1 and needs_place and not place.search(text):
        return f"no place: {_first_line(text)}"
    if outcome.status == 3 and is_data and not data_place.search(text):
        return f"no file: {_first_line(text)}"
    return None


def judge_xml(data):
    """Why a document is no XML, or none."""
    try:
        xml.etree.ElementTree.fromstring(data)
    except xml.etree.ElementTree.ParseError as error:
        return f"no XML: {error}"
    return None


def _first_line(text):
    lines = [line for line in text.splitlines() if re.search("error|Fatal|warning", line)]
    return (lines or text.strip().splitlines() or [""])[0][:160]

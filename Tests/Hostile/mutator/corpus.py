"""The project's own scripts, as texts and as tokens."""

import os
import re

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
largest = 12_000

token = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<date>\d{4}-\d\d-\d\d)|(?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?[A-Za-z]*)"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*")|(?P<word>[A-Za-z_]\w*)|(?P<space>[ \t\r]+)|(?P<newline>\n)"""
    r"""|(?P<operator>\*\*|\.\.<|\.\.|->|\?\?|==|!=|<=|>=|[-+*/]=|.)""",
    re.S,
)


def tokens(text):
    """The tokens of a text as pairs of kind and text; joined they are the text again."""
    return [(match.lastgroup, match.group()) for match in token.finditer(text)]


def scripts():
    """The texts of all scripts of the project and of the blocks in its documents, in the order of their paths."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(".strat") and os.path.getsize(path) < largest:
                found.append(_read(path))
            elif name in ("TUTORIAL.md", "LANGUAGE.md", "README.md"):
                found += re.findall(r"```strat[^\n]*\n(.*?)```", _read(path), re.S)
    return found


def _read(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8", "surrogateescape")


def encoded(text):
    """The bytes of a text; what no encoding can hold becomes bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogatepass" if any(0xD800 <= ord(c) < 0xDC80 for c in text) else "surrogateescape")

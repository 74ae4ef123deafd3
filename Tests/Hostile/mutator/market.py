"""Small data folders, cut from the sample market."""

import csv
import io
import os

dated = {"prices": 1, "series": 1, "flows": 1, "curves": 1, "actions": 1}


def cut(sample, tickers, start, end, names=3):
    """The files of a folder with some tickers of the sample market between two dates, by their paths."""
    files = {}
    for kind in ("prices", "series", "flows", "curves", "actions", "universes"):
        with open(os.path.join(sample, kind, kind + ".csv"), newline="") as file:
            header, *rows = csv.reader(file)
        if kind in ("prices", "actions"):
            rows = [row for row in rows if row[0] in tickers]
        if kind == "universes":
            rows = [row for row in rows if row[1] in tickers]
        if kind in ("series", "flows", "curves"):
            kept = sorted({row[0] for row in rows})[:names] + ["US_POLICY_RATE"]
            rows = [row for row in rows if row[0] in kept]
        if kind in dated:
            rows = [row for row in rows if start <= row[dated[kind]] <= end]
        files[f"{kind}/{kind}.csv"] = written([header, *rows])
    files["dataset.yaml"] = b'name: "cut"\ndecision_time: "16:00 America/New_York"\n'
    return files


def written(rows):
    """Rows as the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def write(files, folder):
    """Writes files by their paths into a folder."""
    for path, data in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)

"""Damage to a data folder: to cells, rows, headers, bytes, files and links."""

import csv
import gzip
import io
import os
import zipfile

from . import hostile


def damages(random):
    """The seeds of some damages; each is done by itself, so that fewer of them can be tried."""
    return [random.randrange(1 << 32) for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3, 6]))]


def damaged_bytes(data, random):
    """Bytes after one damage that knows of rows and cells, or of nothing."""
    return random.choices(
        [_cells, _rows, _columns, _header, _quotes, _encoding, _bytes, _yaml], [12, 5, 3, 2, 2, 2, 4, 1]
    )[0](data, random)


def damage_file(path, random):
    """One damage to a file in place, or to what it is."""
    if os.path.islink(path) or not os.path.isfile(path):
        return
    if random.random() < 0.88:
        with open(path, "rb") as file:
            data = damaged_bytes(file.read(), random)
        with open(path, "wb") as file:
            file.write(data)
        return
    with open(path, "rb") as file:
        data = file.read()
    os.remove(path)
    random.choice([_directory, _dangling, _loop, _pipe, _device, _gzipped, _cut_gzip, _zipped, _twice, _elsewhere])(
        path, data, random
    )


def _table(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")))


def _bytes_of(rows):
    return b"\n".join(",".join(row).encode("utf-8", "surrogateescape") for row in rows) + b"\n"


def _with_rows(change):
    def changed(data, random):
        try:
            rows = _table(data)
        except csv.Error:
            return _bytes(data, random)
        if not rows:
            return b"a,b\n"
        return _bytes_of(change(rows, random))

    return changed


@_with_rows
def _cells(rows, random):
    column = random.random()
    for _ in range(random.choice([1, 1, 1, 3, 20])):
        row = random.choice(rows[1:] or rows)
        if row:
            at = random.randrange(len(row)) if random.random() < 0.5 else int(column * len(row))
            row[at] = random.choice(hostile.cells) if random.random() < 0.8 else (random.choice(rows) or [""])[-1]
    if random.random() < 0.05:
        value = random.choice(hostile.cells)
        rows = rows[:1] + [row[:-1] + [value] for row in rows[1:]]
    return rows


@_with_rows
def _rows(rows, random):
    at = random.randrange(len(rows))
    kind = random.randrange(8)
    if kind == 0:
        return rows[:at] + rows[at + random.choice([1, 10, 1000]) :]
    if kind == 1:
        return rows[:at] + [list(rows[at])] * random.choice([1, 2, 50]) + rows[at:]
    if kind == 2:
        return rows[:1] + rows[:0:-1]
    if kind == 3:
        body = rows[1:]
        random.shuffle(body)
        return rows[:1] + body
    if kind == 4:
        return rows[:1] + rows[1:2]
    if kind == 5:
        return rows[:1]
    if kind == 6:
        return (
            rows[:at]
            + [random.choice([[], [""], rows[0], ["#comment"], ["total", "1"], [""] * 20, ["x"] * 2000])]
            + rows[at:]
        )
    return rows[:at] + [rows[at][:-1]] + rows[at + 1 :]


@_with_rows
def _columns(rows, random):
    width = len(rows[0])
    at, other = random.randrange(width or 1), random.randrange(width or 1)
    kind = random.randrange(4)
    for row in rows:
        if len(row) != width or not width:
            continue
        if kind == 0:
            del row[at]
        elif kind == 1:
            row.insert(at, row[other])
        elif kind == 2:
            row[at], row[other] = row[other], row[at]
        else:
            row.insert(at, "x")
    return rows


@_with_rows
def _header(rows, random):
    at = random.randrange(len(rows[0]) or 1)
    if rows[0]:
        rows[0][at] = random.choice(
            [
                "",
                rows[0][0],
                rows[0][at].upper(),
                " " + rows[0][at] + " ",
                "date",
                "close",
                "ticker",
                "value",
                "adj_close",
                "volume",
                "open_interest",
                "x" * 3000,
                "\x1b[1m",
                "1",
                "2015-01-02",
                '"',
                "tenor",
                "tenor_days",
                "release_time",
                "split_ratio",
            ]
        )
    return rows[1:] if random.random() < 0.2 else rows


def _quotes(data, random):
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice([b'"', b'""', b'"\n', b"'", b";", b"\t", b",,", b'"a\nb"']) + data[at:]


def _encoding(data, random):
    text = data.decode("utf-8", "replace")
    kind = random.randrange(5)
    if kind < 2:
        return text.encode(["utf-16", "utf-16-be"][kind])
    if kind == 2:
        return b"\xef\xbb\xbf" + data
    return (
        data.replace(b"\n", [b"\r", b"\r\n"][kind - 3])
        if random.random() < 0.7
        else data.replace(b",", random.choice([b";", b"\t", b"|"]))
    )


def _bytes(data, random):
    at = random.randrange(len(data) + 1)
    kind = random.randrange(5)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes(random.randrange(256) for _ in range(random.choice([1, 4, 64]))) + data[at:]
    if kind == 2:
        return data[:at] + b"\0" * random.choice([1, 5000]) + data[at:]
    if kind == 3 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]
    return random.choice(
        [
            b"",
            b"\n",
            b"\0",
            b"\xff\xfe",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"PAR1",
            b"SQLite format 3\0",
            b"x" * 100_000,
            data + data,
        ]
    )


def _yaml(data, random):
    lines = random.choice(
        [
            b"name: [",
            b"name: {a: b",
            b"&a [*a]",
            b"a: &a [b, b]\nc: [*a, *a]",
            b"decision_time: 25:00 Mars/Base",
            b'decision_time: "16:00 America/Nowhere"',
            b'name: "\\x00"',
            b"- 1\n- 2",
            b"? a\n: b",
            b"%YAML 9.9\n---\nname: x",
            b"!!python/object:os.system x",
            b"name: x\nname: y",
            b"unknown: 1",
            b"\tname: x",
            b"name: " + b"x" * 100_000,
            b"[" * 5000,
            b"release_lag: 9223372036854775808d",
            b"release_lag: -5bd",
            b"calendar: 1e308",
            b"null",
            b"",
            b"name: &a [*a]",
            b"a: &a x\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nname: [*c,*c,*c]",
        ]
    )
    return lines if random.random() < 0.5 else data + b"\n" + lines


def _directory(path, data, random):
    os.mkdir(path)


def _dangling(path, data, random):
    os.symlink("nothing-here", path)


def _loop(path, data, random):
    os.symlink(random.choice([".", "..", os.path.basename(path)]), path)


def _pipe(path, data, random):
    os.mkfifo(path)


def _device(path, data, random):
    os.symlink(random.choice(["/dev/null", "/dev/zero", "/dev/full"]), path)


def _gzipped(path, data, random):
    _write(path + random.choice(["", ".gz"]), gzip.compress(data, mtime=0))


def _cut_gzip(path, data, random):
    packed = gzip.compress(data, mtime=0)
    _write(
        path + ".gz",
        random.choice(
            [
                packed[:-4],
                packed[: len(packed) // 2],
                packed + packed,
                packed + b"tail",
                packed[:10],
                damaged_bytes(packed, random),
            ]
        ),
    )


def _zipped(path, data, random):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            zipfile.ZipInfo(
                random.choice([os.path.basename(path), "../../x.csv", "/x.csv", "", "a" * 300 + ".csv"]) or "x"
            ),
            data,
        )
    packed = archive.getvalue()
    _write(path + ".zip", packed if random.random() < 0.4 else _bytes(packed, random))


def _twice(path, data, random):
    _write(path, data)
    _write(path[:-4] + "_again.csv", data)


def _elsewhere(path, data, random):
    folder = os.path.join(
        os.path.dirname(os.path.dirname(path)),
        random.choice(["extra", "prices", "series", "universes", "é", "curves", "notes"]),
    )
    os.makedirs(folder, exist_ok=True)
    _write(
        os.path.join(
            folder, random.choice(["x.csv", ".csv", "SPY.csv", "a b.csv", "\x1b.csv", "x.CSV", "x.txt", "é.csv"])
        ),
        data,
    )


def _write(path, data):
    if not os.path.lexists(path):
        with open(path, "wb") as file:
            file.write(data)

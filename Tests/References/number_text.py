"""Writes number_text.tsv: how Python shows, formats and rounds numbers.

Lines: `repr value text`, `format spec value text`, `round value digits result`, `mod a b result`, separated by tabs.
"""

import random
import struct

rng = random.Random(99)


def any_double():
    while True:
        x = struct.unpack("<d", rng.getrandbits(64).to_bytes(8, "little"))[0]
        if x == x and abs(x) != float("inf"):
            return x


def plain(x):
    text = repr(x)
    return "0" if x == 0 else text.removesuffix(".0")


values = [0.0, 1.0, -1.0, 0.1, 0.3, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789012345680.0, 9007199254740993.0, 1e-4, 1e-5,
          9.999e-5, 1.5e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e22, 1e23, 100.0, 1234567.891, -0.0,
          9999999999999998.0, 0.00012345, 12345678.0, 4503599627370497.5, 1e21, 1.2e20]
values += [any_double() for _ in range(150)] + [round(rng.uniform(-1e6, 1e6), rng.randrange(8)) for _ in range(100)]

simple = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 2.675, 1.005, 0.125, -0.001, 999.995, 1234.5678, 1234567.891, 0.00001234,
          99999.5, 999999.5, 1e10, 1e16, 1e22, 123456789.0, 1e100, 3.14159e-10, 0.045, 12.345, 5e-324, -1234567.0]
specs = [".0f", ".2f", ".3f", "f", ".10f", ".25f", "e", ".0e", ".3e", "g", ".3g", ".10g", ".0g", "%", ".1%", ".0%", ",.2f", "12.2f",
         "<12.2f", "^13.1f", "*>14.3f", "+.2f", " .2f", "-.2f", "012.2f", "+012.2f", "=+12.2f", "x=12.1f", "015,.1f",
         "018,.2f", "06.1f", "<010.2f", "*<010.2f", ">08.1f", ",.0f", ",.3e", "0,.1f", "08,.0f", "09,.0f", "10,.0f",
         "+.1%", "10.1%", "#^9.1f", "_^+20.4e", "20,.2%", ".17g", "020.5g", ",g"]
whole_specs = ["d", "5d", "05d", ",d", "<6d", "+d", "010,d", "^9d", " d"]

lines = [f"repr\t{x!r}\t{plain(x)}" for x in values]
for spec in specs:
    for x in simple + [rng.uniform(-1e4, 1e4), any_double()]:
        lines.append(f"format\t{spec}\t{x!r}\t{format(x, spec)}")
for spec in whole_specs:
    for x in (0, 1, -1, 7, 42, -1234, 1234567, 10**15, 10**20):
        lines.append(f"format\t{spec}\t{float(x)!r}\t{format(x, spec)}")
for spec in ("", "8", "<8", ",", "+", "010", "*^12"):
    for x in (1, 12, -3, 1234567, 0.5, 1234.25, -0.75, 1e-7):
        lines.append(f"format\t{spec}\t{float(x)!r}\t{format(x, spec)}")
lines.append(f"format\t.100f\t0.1\t{format(0.1, '.100f')}")
lines.append(f"format\t.60e\t1e-310\t{format(1e-310, '.60e')}")

for x in [2.675, 1.005, 0.5, 1.5, 2.5, -0.5, -2.5, 0.125, 0.375, 2.5e-9, 1e15 + 0.5, 5.015, 1e300, 123456.789, -7.25, 5e-324, 0.045,
          1e22, 0.285, 1.115, 8.345, -0.0004] + [any_double() for _ in range(40)] + [rng.uniform(-100, 100) for _ in range(60)] + [
              rng.randrange(10**6) / 1000 for _ in range(60)]:
    for digits in (0, 1, 2, 3, 6, 10, 15, 20, 30, 300, -1, -2, -5, -300):
        try:
            lines.append(f"round\t{x!r}\t{digits}\t{round(x, digits)!r}")
        except OverflowError:
            lines.append(f"round\t{x!r}\t{digits}\tna")

for _ in range(150):
    a, b = rng.choice([(rng.uniform(-9, 9), rng.uniform(-3, 3)), (float(rng.randrange(-9, 9)), float(rng.choice([-3, -2, -1, 1, 2, 3]))),
                       (any_double(), any_double())])
    lines.append(f"mod\t{a!r}\t{b!r}\t{a % b!r}")

with open("number_text.tsv", "w") as out:
    out.write("\n".join(lines) + "\n")

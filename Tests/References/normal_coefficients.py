"""Prints the polynomial pieces of Sources/Kernels/Math/NormalDistribution+Coefficients.swift.

Centre: (cdf(x) - 1/2) / x as a polynomial in x^2 on |x| <= 0.75.
Tails: scaled tail R(t) = exp(t^2/2) * cdf(-t) as polynomials in u in [-1, 1] over pieces of t; the last ones in 1/t.
"""

from mpmath import mp, mpf, erfc, exp, sqrt, taylor, chebyfit, erf

mp.dps = 60


def scaled_tail(t):
    return exp(t * t / 2) * erfc(t / sqrt(2)) / 2


def centre(z):
    x = sqrt(z)
    return erf(x / sqrt(2)) / 2 / x if z > mpf(10) ** -40 else 1 / sqrt(2 * mp.pi)


def fit(f, low, high):
    for n in range(6, 30):
        poly, error = chebyfit(f, [low, high], n, error=True)
        if error < mpf(10) ** -19:
            return poly[::-1], error
    raise SystemExit("no fit")


def row(coefficients):
    lines, line = [], "     "
    for c in coefficients:
        text = " " + repr(float(c)) + ","
        if len(line) + len(text) > 118:
            lines.append(line)
            line = "     "
        line += text
    return "\n".join(lines + [line])


def piece(f, low, high, limit):
    middle, half = (mpf(low) + mpf(high)) / 2, (mpf(high) - mpf(low)) / 2
    scale = abs(f(middle))
    coefficients, _ = fit(lambda u: f(middle + half * u) / scale, mpf(-1), mpf(1))
    print(f"    Piece(limit: {limit}, middle: {float(middle)!r}, half: {float(half)!r}, coefficients: [")
    print(row([c * scale for c in coefficients]))
    print("    ]),")


print("""/// Polynomial pieces of the normal distribution, good to 1e-19 relative; printed by
/// `Tests/References/normal_coefficients.py`.
extension NormalDistribution {
  /// A polynomial in `(x - middle) / half`, constant term first, for arguments below `limit`.
  struct Piece: Sendable {
    let limit: Double
    let middle: Double
    let half: Double
    let coefficients: [Double]
  }

  /// (cdf(x) − 1/2) / x in x², for |x| ≤ 0.75.
  static let centre: [Double] = [""")
print(row(fit(centre, mpf(0), mpf("0.5625"))[0]).replace("     ", "    ", 1))
print("""  ]

  /// exp(t²/2) · cdf(−t) in t.
  static let tails: [Piece] = [""")
for low, high in [("0.75", "1.25"), ("1.25", "2"), ("2", "3"), ("3", "4.5"), ("4.5", "7")]:
    piece(scaled_tail, low, high, high)
print("""  ]

  /// t · exp(t²/2) · cdf(−t) in 1/t².
  static let farTails: [Piece] = [""")
for low, high in [(7, 12), (12, 40)]:
    piece(lambda v: scaled_tail(1 / sqrt(v)) / sqrt(v), repr(1 / high**2), repr(1 / low**2), high)
print("  ]\n}")

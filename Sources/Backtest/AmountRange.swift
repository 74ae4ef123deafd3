import Diagnostics
import Kernels
import MarketModel

/// What amounts of money a run can count: between these bounds no sum, ratio or product of them leaves the numbers of the
/// machine, and none loses digits. A run whose prices or rates carry an amount out of them fails, and says where.
enum AmountRange {
  /// No position, cash or equity is greater in magnitude, no equity more than this times its lowest, and no sum of
  /// positions or trades more than this times the equity.
  static let most = 1e300
  /// What is held is not worth less, in magnitude, and no price moves by a smaller ratio between two marks.
  static let least = 1e-300
  /// A weight of a smaller magnitude is none: what it would buy could not be counted for long.
  static let leastWeight = 1e-200
  /// A sum of magnitudes above this is formed of weights that are scaled down first.
  static let mostGross = 1e250

  /// Whether an amount is not too large to be counted.
  @inline(__always)
  static func holds(_ amount: Double) -> Bool { abs(amount) <= most }
}

extension Simulation {
  /// Refuses a session whose equity, positions or trades are out of range; so everything recorded is finite, and so are
  /// the returns between any two sessions.
  func checkRange(_ totals: Portfolio.Totals) throws(Diagnostic) {
    let isSolvent = totals.equity > 0
    let scale = isSolvent ? totals.equity : 1
    if totals.gross <= AmountRange.most, AmountRange.holds(totals.equity),
      abs(totals.equity) <= AmountRange.most * lowest, totals.gross <= AmountRange.most * scale,
      dayTurnover <= AmountRange.most
    {
      return
    }
    throw outOfRange(totals)
  }

  private func outOfRange(_ totals: Portfolio.Totals) -> Diagnostic {
    let place = portfolio.held.max { abs(portfolio.positions[$0].value) < abs(portfolio.positions[$1].value) }
    let ticker = place.map { names[$0] }
    if !(totals.gross <= AmountRange.most && AmountRange.holds(totals.equity)) {
      return .equityOutOfRange(totals.equity, ticker, on: day)
    }
    if abs(totals.equity) > AmountRange.most * lowest {
      return .growthOutOfRange(totals.equity, lowest: lowest, ticker, on: day)
    }
    return .grossOutOfRange(totals.equity, gross: max(totals.gross, dayTurnover * totals.equity), ticker, on: day)
  }

  /// The problem of a position that cannot be valued at a level.
  func unvaluable(_ ticker: Int, at level: Double) -> Diagnostic {
    let position = portfolio.positions[ticker]
    let track = cursors.tracks[ticker]
    let last = position.row >= 0 ? Day(rawValue: track.days[Int(position.row)]) : day
    return .positionOutOfRange(names[ticker], from: position.mark, of: last, to: level, on: day)
  }
}

extension DiagnosticRecord {
  static let amountOutOfRange = DiagnosticRecord(
    "E0814", "amount that is out of range",
    explanation:
      "The amounts of a run lie, in magnitude, between 1e-300 and 1e300: what is held, cash and equity; and the equity "
      + "stays below 1e300 times its lowest. Prices or rates carried one of them out, which no market does: most likely "
      + "a price of the ticker named is wrong around that day, or its adjusted prices are. What the run did until then is "
      + "given.")
}

extension Diagnostic {
  private static let amountRange = Note("the amounts of a run lie, in magnitude, between 1e-300 and 1e300")

  private static func pricesOf(_ ticker: String?, _ day: Day) -> [Note] {
    guard let ticker else { return [amountRange] }
    return [amountRange, Note("look at the prices of \(ticker) up to \(day); `strat data check` lists what is odd")]
  }

  private static func shown(_ amount: Double) -> String {
    amount.isFinite ? NumberText.shortest(amount) : "more than a number holds"
  }

  static func positionOutOfRange(
    _ ticker: String, from: Double, of: Day, to: Double, on day: Day
  ) -> Diagnostic {
    Diagnostic(
      .amountOutOfRange,
      "the position in \(ticker) cannot be valued on \(day): its adjusted price is \(shown(to)) there, after "
        + "\(shown(from)) on \(of)", notes: pricesOf(ticker, day))
  }
  static func equityOutOfRange(_ equity: Double, _ ticker: String?, on day: Day) -> Diagnostic {
    Diagnostic(
      .amountOutOfRange,
      "the equity is \(shown(equity)) on \(day)" + (ticker.map { ", most of it in \($0)" } ?? ""),
      notes: pricesOf(ticker, day))
  }
  static func growthOutOfRange(_ equity: Double, lowest: Double, _ ticker: String?, on day: Day) -> Diagnostic {
    Diagnostic(
      .amountOutOfRange,
      "the equity is \(shown(equity)) on \(day), more than 1e300 times its lowest, \(shown(lowest))"
        + (ticker.map { "; most of it is in \($0)" } ?? ""), notes: pricesOf(ticker, day))
  }
  static func grossOutOfRange(_ equity: Double, gross: Double, _ ticker: String?, on day: Day) -> Diagnostic {
    Diagnostic(
      .amountOutOfRange,
      "positions or trades of \(shown(gross)) on \(day) are more than 1e300 times the equity, \(shown(equity))"
        + (ticker.map { "; most of it is in \($0)" } ?? ""), notes: pricesOf(ticker, day))
  }
  static func interestOutOfRange(cash: Double, rate: Double, from previous: Day, on day: Day) -> Diagnostic {
    Diagnostic(
      .amountOutOfRange,
      "interest from \(previous) to \(day), at \(shown(rate)) a year, takes the cash of \(shown(cash)) out of range",
      notes: [amountRange, Note("`cash_rate` and `borrow_rate` are annual fractions")])
  }
}

import Diagnostics
import MarketModel
import Testing

@testable import Backtest

/// Flags take the literals of scripts; what is hardly meant is said.
@Suite struct FlagLiteralTests {
  private func draft(_ key: String, _ text: String) throws -> BacktestConfig {
    var draft = ConfigDraft()
    try draft.set(flag: key, text)
    return draft.config
  }

  @Test(
    arguments: [
      ("5bps", 0.0005), ("5", 0.0005), ("0.7", 0.00007), ("0.05pct", 0.0005), ("1e-1", 0.00001), ("5e0", 0.0005),
      ("5e-1bps", 0.00005), ("1_0", 0.001), ("0", 0), ("0bps", 0), ("0.0005", 0.000_000_05),
    ] as [(String, Double)])
  func aBareNumberOfCostsCountsBasisPoints(text: String, expected: Double) throws {
    #expect(try draft("transaction_cost", text).transactionCost == expected)
    #expect(try draft("slippage", text).slippage == expected)
  }

  @Test(
    arguments: [("5pct", 0.05), ("0.05", 0.05), ("500bps", 0.05), ("-1pct", -0.01), ("5", 5)] as [(String, Double)])
  func aBareNumberOfARateIsAFraction(text: String, expected: Double) throws {
    for (key, field) in [("cash_rate", \BacktestConfig.cashRate), ("borrow_rate", \.borrowRate)] {
      guard case .constant(let rate) = try draft(key, text)[keyPath: field] else {
        Issue.record("`\(text)` is no number")
        continue
      }
      #expect(rate == expected)
    }
  }

  @Test(
    arguments: [("5%", "5pct"), ("5 bps", "5bps"), ("5bp", "5bps"), ("0.05 %", "0.05pct"), ("-5", nil), ("five", nil)]
      as [(String, String?)])
  func whatAScriptWouldNotTakeIsAnsweredWithWhatItWould(text: String, meant: String?) {
    do {
      _ = try draft("transaction_cost", text)
      Issue.record("`\(text)` was accepted")
    } catch {
      let problem = error as? Diagnostic
      #expect(problem?.code == "E0802")
      #expect(problem?.message.hasPrefix("`transaction_cost` is ") == true)
      let notes = (meant.map { ["write `--costs \($0)`"] } ?? []) + ["it was given as `--costs \(text)`"]
      #expect(problem?.notes.map(\.message) == notes)
    }
  }

  @Test(
    arguments: [
      ("cash_rate", "5%", "--cash-rate 5pct"), ("initial_capital", "1M", "--initial-capital 1000000"),
      ("initial_capital", "$1,000,000", "--initial-capital 1000000"), ("max_leverage", "150%", "--max-leverage 150pct"),
      ("execution", "nextopen", "next_open"), ("start", "31.1.2006", "2006-01-31"),
    ] as [(String, String, String)])
  func whatWasMeantIsSaid(key: String, text: String, meant: String) {
    do {
      _ = try draft(key, text)
      Issue.record("`\(text)` was accepted")
    } catch {
      let notes = (error as? Diagnostic)?.notes.map(\.message) ?? []
      #expect(notes.contains { $0.contains(meant) }, "\(notes)")
    }
  }

  /// Names may look like numbers, dates or words.
  @Test func tickersAndSeriesMayHaveAnyName() throws {
    for name in ["123", "2020-01-31", "none", "5bps", "BRK.B", "^GSPC", "1M"] {
      var draft = ConfigDraft()
      try draft.set(flag: "calendar", name)
      if name != "none" { #expect(try self.draft("benchmark", name).benchmark == name) }
    }
    guard case .series("DGS1M") = try draft("cash_rate", "DGS1M").cashRate else {
      Issue.record("a series whose name ends with a letter of a unit")
      return
    }
  }

  /// The flag, and what the warning says of it; `nil` where there is nothing to say.
  @Test(
    arguments: [
      ("costs", "0.0005", "0.0005 bps", "--costs 5bps"), ("slippage", "0.01", "0.01 bps", "--slippage 100bps"),
      ("costs", "0.05", "0.05 bps", "--costs 500bps"), ("cash_rate", "5", "500 % a year", "--cash-rate 5pct"),
      ("borrow_rate", "2.5", "250 % a year", "--borrow-rate 2.5pct"),
      ("risk_free", "3", "300 % a year", "--risk-free 3pct"), ("costs", "0", nil, nil), ("costs", "0.1", nil, nil),
      ("costs", "0.05bps", nil, nil), ("costs", "5bps", nil, nil), ("slippage", "2", nil, nil),
      ("cash_rate", "1", nil, nil), ("cash_rate", "0.05", nil, nil), ("cash_rate", "500pct", nil, nil),
      ("cash_rate", "US_RT_CPI", nil, nil), ("cash_rate", "-0.2", nil, nil), ("min_trade", "5", nil, nil),
      ("seed", "12345", nil, nil),
    ] as [(String, String, String?, String?)])
  func whatIsHardlyMeantIsSaid(key: String, text: String, meaning: String?, remedy: String?) {
    let name = ConfigKey.named(key)?.name ?? key
    let doubts = ConfigKey.doubts(flags: [(name, text)])
    #expect(doubts.count == (meaning == nil ? 0 : 1))
    guard let meaning, let remedy, let doubt = doubts.first else { return }
    #expect(doubt.code == "W0941" && doubt.severity == .warning)
    #expect(doubt.message.contains(meaning), "\(doubt.message)")
    #expect(doubt.notes.first?.message.contains(remedy) == true, "\(doubt.notes)")
  }
}

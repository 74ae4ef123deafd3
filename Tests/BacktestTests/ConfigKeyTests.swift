import Diagnostics
import MarketModel
import Testing

@testable import Backtest

/// The rows of the configuration: whether each says all that is to be said, and says it truly.
@Suite struct ConfigKeyTests {
  private let initial = BacktestConfig(start: .earliest, end: .latest)

  /// Keys whose default is made from the data or from other keys, so that it stands in words.
  private static let defaultsInWords: Set<String> = [
    "start", "end", "execution_lag", "calendar", "risk_free", "annualization",
  ]

  @Test func everyKeySaysAllThatIsToBeSaidOfIt() {
    for key in ConfigKey.all {
      #expect(key.documentation.hasSuffix("."), "\(key.name): what it means")
      #expect(key.help.text.hasSuffix(".") && !key.help.value.isEmpty, "\(key.name): the line of its flag")
      #expect(!key.expected.isEmpty && !key.defaultText.isEmpty, "\(key.name): what it may be")
      #expect(key.examples.good != key.examples.bad, "\(key.name): its examples")
      if key.type.unit != nil { #expect(key.type.unit?.text.isEmpty == false, "\(key.name): its unit") }
      #expect(key.names.count == key.flags.count && Set(key.flags).count == key.flags.count)
    }
    let names = ConfigKey.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
  }

  /// Fields that a run finds out, which nobody sets.
  private static let found = ["ends_with_market"]

  /// A field that no row writes would miss in the fingerprint, and a row that is not among all is no key.
  @Test func everyFieldHasItsKeyAmongAll() {
    let fields = Mirror(reflecting: initial).children.compactMap(\.label).map { label in
      label.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
    #expect(fields.sorted() == (ConfigKey.all.map(\.name) + Self.found).sorted())
  }

  @Test func everyDefaultIsThatOfItsField() throws {
    for key in ConfigKey.all where !Self.defaultsInWords.contains(key.name) {
      var draft = ConfigDraft()
      try draft.set(flag: key.name, key.defaultText)
      #expect(key.write(draft.config) == key.write(initial), "\(key.name): \(key.defaultText)")
    }
  }

  @Test func everyKeyChangesItsOwnFieldAlone() throws {
    for key in ConfigKey.all {
      var draft = ConfigDraft()
      try draft.set(flag: key.name, key.examples.good)
      for other in ConfigKey.all where other.name != key.name {
        #expect(other.write(draft.config) == other.write(initial), "\(key.name) changes \(other.name)")
      }
      #expect(key.type.takes(key.write(draft.config)), "\(key.name) is written as it is read")
    }
  }

  @Test func theWordsOfAKeyAreThoseItTakes() throws {
    for key in ConfigKey.all {
      for word in key.words {
        var draft = ConfigDraft()
        try draft.set(key.name, .text(word))
        #expect(key.write(draft.config) == .text(word))
        #expect(key.expected.contains("\"\(word)\""))
      }
    }
    #expect(ConfigKey.execution.words == ["same_close", "next_open", "next_close"])
  }

  @Test(
    arguments: [
      ("max_leverage", "a number above 0, at most 20"), ("min_trade", "a number of at least 0"),
      ("costs", "0 to 1000bps of traded notional"), ("delisting_return", "a fraction from -1 to 0"),
      ("rebalance", "\"daily\", \"weekly\", \"monthly\", \"quarterly\" or a list of dates"),
      ("on_error", "\"abort\" or \"hold\""), ("calendar", "\"sessions\", \"all\", \"weekdays\" or a ticker"),
      ("cash_rate", "an annual fraction from -0.5 to 10, or the code of a series in percent a year"),
      ("max_stale", "a whole number of sessions from 0 to 2147483647"), ("seed", "a whole number from 0 to 2^53 - 1"),
      ("initial_capital", "a number above 0, at most 1e15"),
    ])
  func whatAKeyTakesIsSaidInWords(name: String, expected: String) {
    #expect(ConfigKey.named(name)?.expected == expected)
  }

  @Test(
    arguments: [
      (NumberBounds.above(0, to: 20), [(0, false), (1e-300, true), (20, true), (20.000001, false), (.nan, false)]),
      (.from(-1, to: 0), [(-1, true), (0, true), (-0.0, true), (1e-300, false), (-1.0000001, false)]),
      (.atLeast(0), [(0, true), (1e308, true), (.infinity, false), (-1e-300, false)]),
    ] as [(NumberBounds, [(Double, Bool)])])
  func endsAreStated(bounds: NumberBounds, numbers: [(Double, Bool)]) {
    for (number, isIn) in numbers { #expect(bounds.contains(number) == isIn, "\(number) \(bounds.text)") }
  }

  @Test func aRefusalCarriesItsKeyAndValue() {
    var draft = ConfigDraft()
    do {
      try draft.set(flag: "costs", "1001bps")
      Issue.record("it was accepted")
    } catch {
      let subject = error.subjects.first
      #expect(subject == DiagnosticSubject(.configKey, "transaction_cost", value: "0.1001"))
    }
  }

  @Test func noneTakesABenchmarkBack() throws {
    var draft = ConfigDraft()
    try draft.set("benchmark", .text("SPY"))
    try draft.set(flag: "benchmark", "none")
    #expect(draft.config.benchmark == nil)
  }

  /// Where numbers are taken, what reads as a number is no name of a series.
  @Test func aRateOutOfRangeIsNoSeries() {
    for text in ["11", "-0.6", "1100pct"] {
      var draft = ConfigDraft()
      #expect(throws: Diagnostic.self) { try draft.set(flag: "cash_rate", text) }
    }
  }
}

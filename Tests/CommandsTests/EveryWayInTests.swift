import ArgumentParser
import Backtest
import Diagnostics
import MarketData
import Scripting
import Syntax
import Testing

@testable import Commands

/// What came of one value of one key, by one of the ways in which it can be given.
private struct Outcome: Equatable {
  let value: ConfigValue?
  let code: String?
  let message: String?
}

/// Every key of the configuration, by each way in: the strategy block, the flag of a command, a flag of a batch or a
/// sweep, `:set` and a flag of `:run` at the prompt. The rows of the keys are gone through, so a new key is tried here
/// without a line.
@Suite struct EveryWayInTests {
  private static let store = SampleMarket.store()

  /// The text of a flag as a script writes the same value.
  private static func literal(_ key: ConfigKey, _ text: String) -> String {
    switch ConfigValue(flag: text) {
    case .number, .date: text
    case .list: "[" + text.split(separator: ",").joined(separator: ", ") + "]"
    case .text, .bool, .duration, .none: "\"\(text)\""
    }
  }

  private static func outcome(_ key: ConfigKey, _ make: () throws -> BacktestConfig) -> Outcome {
    do { return Outcome(value: key.write(try make()), code: nil, message: nil) } catch {
      let problem =
        switch error {
        case let error as Diagnostic: error
        case let error as Script.Problems: error.diagnostics.first { $0.severity == .error }
        case let error as StrategyBlock.Refusal: error.diagnostic
        case let error as CommandFailure: error.diagnostics.first
        default: nil as Diagnostic?
        }
      #expect(problem?.subjects.first?.name == key.name, "\(key.name): what it is about, \(error)")
      return Outcome(value: nil, code: problem?.code, message: problem?.message)
    }
  }

  private static func script(_ name: String, _ entries: String) throws -> Script {
    try Script.load(
      SourceFile(name: name, text: "strategy \"s\" { \(entries) }\nfn signals(as_of) = [\"SPY\": 1]\n"),
      requiresSignals: true)
  }

  private static func outcomes(_ key: ConfigKey, _ text: String) -> [(way: String, Outcome)] {
    let plain = Result { try script("plain.strat", "") }
    return [
      ("block", outcome(key) { try script("a.strat", "\(key.name): \(literal(key, text))").block.config(on: store) }),
      (
        "flag",
        outcome(key) { try ConfigOptions.parse(["--\(key.flag)", text]).config(try plain.get(), store) }
      ),
      ("flag of a batch", outcome(key) { try plain.get().block.config(flags: [(key.name, text)], on: store) }),
      (
        "setting",
        outcome(key) {
          let session = MarketSession(store: store)
          try session.set(key.name, text)
          return try session.config()
        }
      ),
      ("flag at the prompt", outcome(key) { try MarketSession(store: store).config([(key.name, text)]) }),
    ]
  }

  @Test(arguments: ConfigKey.all.map(\.name))
  func everyWayInReadsTheExample(name: String) throws {
    let key = try #require(ConfigKey.named(name))
    let all = Self.outcomes(key, key.examples.good)
    for (way, outcome) in all {
      #expect(outcome.code == nil, "\(name) by the \(way): \(outcome)")
      #expect(outcome == all[0].1, "\(name) by the \(way)")
    }
  }

  @Test(arguments: ConfigKey.all.map(\.name))
  func everyWayInRefusesTheWrongExampleInTheSameWords(name: String) throws {
    let key = try #require(ConfigKey.named(name))
    let all = Self.outcomes(key, key.examples.bad)
    for (way, outcome) in all {
      // A name is refused by the data, anything else by the key.
      let isName = key.type.names == .tickers
      #expect(outcome.code == (isName ? "E0804" : "E0802"), "\(name) by the \(way): \(outcome)")
      #expect(outcome == all[0].1, "\(name) by the \(way)")
    }
  }

  @Test func anUnknownKeyHasOneCodeAndOneText() {
    var found: [(String?, String?)] = []
    do { _ = try Self.script("a.strat", "rebalanse: \"daily\"") } catch {
      let problem = (error as? Script.Problems)?.diagnostics.first
      found.append((problem?.code, problem?.message))
    }
    do { try MarketSession(store: Self.store).set("rebalanse", "daily") } catch {
      found.append((error.code, error.message))
    }
    #expect(found.count == 2)
    for (code, message) in found {
      #expect(code == "E0215" && message == "there is no configuration key `rebalanse`")
    }
  }

  /// A refusal says how the value was given, so that it can be found.
  @Test func theWayInIsNamed() throws {
    func notes(_ problem: Diagnostic?) -> String { (problem?.notes ?? []).map(\.message).joined(separator: "; ") }
    do { _ = try ConfigOptions.parse(["--max-leverage", "50"]).draft() } catch {
      #expect(notes((error as? CommandFailure)?.diagnostics.first) == "it was given as `--max-leverage 50`")
    }
    do { try MarketSession(store: Self.store).set("max_leverage", "50") } catch {
      #expect(notes(error) == "it was given as `max_leverage=50`")
    }
    do { _ = try Self.script("a.strat", "max_leverage: 50") } catch {
      let place = (error as? Script.Problems)?.diagnostics.first?.location?.start
      #expect(place?.line == 1 && place?.column == 30)
    }
  }

  /// Whoever asked for what cannot be is to blame: the block with its place, or the flags.
  @Test func whoIsToBlameIsSaid() throws {
    let script = try Self.script("a.strat", "start: 2015-01-01, end: 2016-01-01")
    func refusal(_ script: Script, _ flags: [StrategyBlock.Given]) -> StrategyBlock.Refusal? {
      do {
        _ = try script.block.config(flags: flags, on: Self.store)
        return nil
      } catch { return error }
    }
    let byFlag = refusal(script, [("end", "2014-01-01")])
    #expect(byFlag?.culprit == .flags && byFlag?.diagnostic.location == nil)
    let reversed = try Self.script("b.strat", "start: 2016-01-01, end: 2015-01-01")
    let byBlock = refusal(reversed, [])
    #expect(byBlock?.culprit == .block && byBlock?.diagnostic.location?.start.column == 40)
    #expect(byBlock?.diagnostic.code == "E0803")
    #expect(refusal(script, []) == nil)
  }

  @Test(
    arguments: [
      ("costs: 2bps + 3bps", "0.0005"), ("max_leverage: 2 ** 0.5", "1.4142135623730951"), ("seed: (7)", "7"),
      ("delisting_return: -0.25 * 2", "-0.5"),
    ])
  func aConstantIsAnExpressionOfLiterals(entry: String, value: String) throws {
    let (_, read, _) = try #require(try Self.script("a.strat", entry).block.entries.first)
    #expect(read.described == value)
  }

  @Test(
    arguments: [
      ("universe: 500", "E0802", "`universe` is 500; it must be the name of a universe or a list of tickers"),
      ("description: 5", "E0802", "`description` is 5; it must be a string"),
      (
        "universe: [\"SPY\", 5]", "E0802",
        "`universe` is a list; it must be the name of a universe or a list of tickers"
      ),
      ("costs: [\"a\": 1]", "E0802", "`costs` is `[\"a\": 1]`; it must be 0 to 1000bps of traded notional"),
      ("costs: 1 / 0", "E0802", "`costs` is `1 / 0`; it must be 0 to 1000bps of traded notional"),
      ("costs: na", "E0802", "`costs` is `na`; it must be 0 to 1000bps of traded notional"),
      ("costs: 5bps + as_of", "E0214", "the value of `costs` is not a constant"),
      (
        "execution: nextopen", "E0802",
        "`execution` is \"nextopen\"; it must be \"same_close\", \"next_open\" or \"next_close\""
      ),
      ("execution: Next_Open", "E0214", "a word stands in quotes: `Next_Open` without them is a name"),
    ])
  func eachMistakeInABlockHasItsCode(entry: String, code: String, message: String) {
    do {
      _ = try Self.script("a.strat", entry)
      Issue.record("`\(entry)` was accepted")
    } catch {
      let found = (error as? Script.Problems)?.diagnostics.filter { $0.severity == .error } ?? []
      #expect(found.map(\.code) == [code], "\(entry)")
      #expect(found.first?.message == message)
    }
  }
}

import ArgumentParser
import Backtest
import Diagnostics
import MarketData
import MarketModel
import Scripting

/// One flag for each key of the configuration; flags override the strategy block.
///
/// Numbers may be negative, so they are taken even if they begin with a dash. The engine's `ConfigKey` reads and checks the values; a test compares these flags with its rows.
struct ConfigOptions: ParsableArguments {
  @Option(help: ArgumentHelp("First day; cut to the data's span.", valueName: "date"))
  var start: String?

  @Option(help: ArgumentHelp("Last day; cut to the data's span.", valueName: "date"))
  var end: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Equity before the first session.", valueName: "amount"))
  var initialCapital: String?

  @Option(help: ArgumentHelp("daily, weekly, monthly, quarterly, or dates joined by commas.", valueName: "when"))
  var rebalance: String?

  @Option(
    name: [.customLong("costs"), .customLong("transaction-cost")],
    parsing: .unconditional,
    help: ArgumentHelp("Transaction cost of traded notional: 5bps; a bare number is bps.", valueName: "bps"))
  var transactionCost: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Slippage of traded notional: 2bps; a bare number is bps.", valueName: "bps"))
  var slippage: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Cap on the sum of absolute weights.", valueName: "number"))
  var maxLeverage: String?

  @Option(help: ArgumentHelp("same_close, next_open or next_close.", valueName: "when"))
  var execution: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Sessions from decision to fill.", valueName: "count"))
  var executionLag: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Skip trades of a smaller notional.", valueName: "amount"))
  var minTrade: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Annual rate on cash: 5pct, a fraction, or a series.", valueName: "rate"))
  var cashRate: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Annual rate charged on shorts: 5pct, a fraction, or a series.", valueName: "rate"))
  var borrowRate: String?

  @Option(help: ArgumentHelp("sessions, all, weekdays, or a ticker.", valueName: "rule"))
  var calendar: String?

  @Option(help: ArgumentHelp("What a missing condition means: error, false or hold.", valueName: "policy"))
  var missing: String?

  @Option(help: ArgumentHelp("abort, or hold the portfolio on that date.", valueName: "policy"))
  var onError: String?

  @Option(help: ArgumentHelp("skip, or error.", valueName: "policy"))
  var onMissingPrice: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sessions without a price until a holding is reported.", valueName: "count"))
  var maxStale: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sessions without a price until a holding becomes cash.", valueName: "count"))
  var delistAfter: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Haircut where a listing's rows stop.", valueName: "fraction"))
  var delistingReturn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What Sharpe is measured against: 5pct, a fraction, or a series.", valueName: "rate"))
  var riskFree: String?

  @Option(help: ArgumentHelp("Ticker for relative metrics.", valueName: "ticker"))
  var benchmark: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Sessions a year.", valueName: "count"))
  var annualization: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("For the language's random numbers.", valueName: "number"))
  var seed: String?

  /// The flags that were given, by the name of their key.
  var given: [(key: String, text: String)] {
    let all: [(key: String, text: String?)] = [
      ("start", start),
      ("end", end),
      ("initial_capital", initialCapital),
      ("rebalance", rebalance),
      ("transaction_cost", transactionCost),
      ("slippage", slippage),
      ("max_leverage", maxLeverage),
      ("execution", execution),
      ("execution_lag", executionLag),
      ("min_trade", minTrade),
      ("cash_rate", cashRate),
      ("borrow_rate", borrowRate),
      ("calendar", calendar),
      ("missing", missing),
      ("on_error", onError),
      ("on_missing_price", onMissingPrice),
      ("max_stale", maxStale),
      ("delist_after", delistAfter),
      ("delisting_return", delistingReturn),
      ("risk_free", riskFree),
      ("benchmark", benchmark),
      ("annualization", annualization),
      ("seed", seed),
    ]
    return all.compactMap { entry in entry.text.map { (entry.key, $0) } }
  }

  /// The flags that were given, by key; one that no run could take is wrong usage. What is hardly meant is said.
  func checked() throws(CommandFailure) -> [(key: String, text: String)] {
    var draft = ConfigDraft()
    do throws(Diagnostic) {
      for (key, text) in given { try draft.set(flag: key, text) }
    } catch { throw .usage(error) }
    Console.report(ConfigKey.doubts(flags: given))
    return given
  }

  /// The configuration of a run: the script's block, then the flags, checked against the data. What is hardly meant is
  /// said.
  func config(_ script: Script, _ store: MarketStore) throws(CommandFailure) -> BacktestConfig {
    _ = try checked()
    return try resolved(script, store)
  }

  /// The configuration of a run, without a word about flags that were checked already.
  func resolved(_ script: Script, _ store: MarketStore) throws(CommandFailure) -> BacktestConfig {
    var draft = ConfigDraft()
    do throws(Diagnostic) {
      for entry in script.block.entries { try draft.set(entry.key, entry.value, at: entry.location) }
    } catch { throw CommandFailure(.failed, [error]) }
    let block = draft
    do throws(Diagnostic) {
      for (key, text) in given { try draft.set(flag: key, text) }
    } catch { throw .usage(error) }
    do throws(Diagnostic) {
      return try draft.resolve(store)
    } catch {
      throw Self.failure(error, script, isOfBlock: !Self.resolves(block, store))
    }
  }

  private static func resolves(_ draft: ConfigDraft, _ store: MarketStore) -> Bool {
    do throws(Diagnostic) {
      _ = try draft.resolve(store)
      return true
    } catch { return false }
  }

  /// What the block asks for is the script's fault and has a place there; what the flags ask for is wrong usage. Where
  /// there is no session at all, the data are to blame.
  private static func failure(_ error: Diagnostic, _ script: Script, isOfBlock: Bool) -> CommandFailure {
    guard isOfBlock else { return .usage(error) }
    guard let entry = script.block.entries.first(where: { error.message.contains($0.key) }) else {
      return CommandFailure(script.block.entries.isEmpty ? .data : .failed, [error])
    }
    var located = error
    located.location = located.location ?? entry.location
    return CommandFailure(.failed, [located])
  }
}

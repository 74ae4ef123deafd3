import ArgumentParser
import Backtest
import Diagnostics
import MarketData
import Scripting

/// One flag for each key of the configuration; flags override the strategy block.
///
/// The flags are made from the rows of `ConfigKey`, names and help included, so there is one for every key. The argument
/// parser looks for options among what a value consists of, which is why the texts are shown to it as such.
struct ConfigOptions: ParsableArguments, CustomReflectable {
  /// The texts of the flags, by the keys in their order.
  private var options = ConfigKey.all.map { ConfigOptions.option($0) }

  init() {}

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Place.self)
    options = try ConfigKey.all.map { try values.decode(Option<String?>.self, forKey: Place(stringValue: $0.name)) }
  }

  var customMirror: Mirror {
    Mirror(self, children: zip(ConfigKey.all, options).map { (label: $0.name, value: $1) }, displayStyle: .struct)
  }

  /// Where a value is found: under the name of its key.
  private struct Place: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Numbers may be negative, so they are taken even if they begin with a dash.
  private static func option(_ key: ConfigKey) -> Option<String?> {
    Option(
      name: NameSpecification(key.flags.map { .customLong($0) }),
      parsing: key.type.unit == nil ? .next : .unconditional,
      help: ArgumentHelp(key.help.text, valueName: key.help.value))
  }

  /// The flags that were given, by the name of their key.
  var given: [StrategyBlock.Given] {
    zip(ConfigKey.all, options).compactMap { key, option in option.wrappedValue.map { (key.name, $0) } }
  }

  /// The flags that were given, read; one that no run could take is wrong usage.
  func draft() throws(CommandFailure) -> ConfigDraft {
    do throws(StrategyBlock.Refusal) { return try StrategyBlock().draft(flags: given) } catch {
      throw .usage(error.diagnostic)
    }
  }

  /// The flags that were given, by key; one that no run could take is wrong usage. What is hardly meant is said.
  func checked() throws(CommandFailure) -> [StrategyBlock.Given] {
    _ = try draft()
    Console.report(ConfigKey.doubts(flags: given))
    return given
  }

  /// The configuration of a run: the script's block, then the flags, checked against the data. What is hardly meant is
  /// said.
  func config(_ script: Script, _ store: MarketStore) throws(CommandFailure) -> BacktestConfig {
    _ = try checked()
    return try resolved(script, store)
  }

  /// The configuration of a run, without a word about flags that were checked already. What the block asks for is the
  /// script's fault, what the flags ask for is wrong usage; where there is no session at all, the data are to blame.
  func resolved(_ script: Script, _ store: MarketStore) throws(CommandFailure) -> BacktestConfig {
    do throws(StrategyBlock.Refusal) { return try script.block.config(flags: given, on: store) } catch {
      switch error.culprit {
      case .flags: throw .usage(error.diagnostic)
      case .block: throw CommandFailure(.failed, [error.diagnostic])
      case .data: throw CommandFailure(.data, [error.diagnostic])
      }
    }
  }
}

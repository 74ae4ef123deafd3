public import Backtest
public import Diagnostics
import Interpreter
import MarketData
import MarketModel
import Syntax

/// The strategy block of a script: its id and the configuration it asks for.
public struct StrategyBlock: Sendable {
  /// The id in quotes.
  public var id: String?
  /// The entries that are configuration keys, with their places, in order.
  public var entries: [(key: String, value: ConfigValue, location: Location)] = []
  /// What `members()` means.
  var universe: StrategyUniverse?
  /// A description for people.
  public var description: String?

  /// The block of a script that has none.
  public init() {}

  /// Reads the block; what is wrong with its entries is said as the checker says it, which asks here. What a reader of
  /// its results should know is a warning.
  static func read(_ unit: SourceUnit) -> (block: StrategyBlock, problems: [Diagnostic], doubts: [Diagnostic]) {
    var block = StrategyBlock()
    var problems: [Diagnostic] = []
    guard let declaration = unit.strategy else { return (block, [], []) }
    block.id = declaration.id.text
    for entry in declaration.entries {
      switch Entry.read(entry, unit.file, declares: { _ in false }) {
      case .success(.configuration(let key, let value)):
        block.entries.append((key, value, .source(unit.file, entry.value.span)))
      case .success(.universe(let universe)): block.universe = universe
      case .success(.description(let text)): block.description = text
      case .failure(let problem): problems.append(problem)
      }
    }
    return (block, problems, block.doubts)
  }
}

extension StrategyBlock {
  /// A key of the block itself, which configures no run.
  public struct OwnKey: Sendable {
    /// The key.
    public let name: String
    /// What it takes.
    public let type: ConfigType
    /// What it means.
    public let meaning: String
    /// What an entry with it says; `nil` for a value that is not of its type.
    fileprivate let entry: @Sendable (ConfigValue) -> Entry?
  }

  /// The keys of the block itself.
  public static let ownKeys = [
    OwnKey(
      name: "universe", type: .universe,
      meaning: "What `members()` gives: the members of a universe on the day, or the listed tickers."
    ) { StrategyUniverse($0).map { .universe($0) } },
    OwnKey(name: "description", type: .text, meaning: "What the strategy does, for people.") { value in
      if case .text(let text) = value { .description(text) } else { nil }
    },
  ]

  /// All names of keys that a block may have, in the order in which they are documented.
  static let keyNames = ConfigKey.all.flatMap(\.names) + ownKeys.map(\.name)

  /// What values a key takes; `nil` for an unknown one.
  public static func type(ofKey name: String) -> ConfigType? {
    ConfigKey.named(name)?.type ?? ownKeys.first { $0.name == name }?.type
  }

  /// What an entry says.
  enum Entry {
    case configuration(key: String, ConfigValue)
    case universe(StrategyUniverse)
    case description(String)
  }
}

extension StrategyBlock.Entry {
  /// What is wrong with an entry; the checker asks.
  @Sendable static func problem(
    _ entry: StrategyDeclaration.Entry, _ file: SourceFile, declares: (String) -> Bool
  ) -> Diagnostic? {
    if case .failure(let problem) = read(entry, file, declares: declares) { problem } else { nil }
  }

  /// Reads an entry: a known key, then a constant, then one that the key takes. One mistake is answered, the first.
  static func read(
    _ entry: StrategyDeclaration.Entry, _ file: SourceFile, declares: (String) -> Bool
  ) -> Result<StrategyBlock.Entry, Diagnostic> {
    let key = entry.key.text
    let place = Location.source(file, entry.value.span)
    guard let type = StrategyBlock.type(ofKey: key) else {
      let close = Suggestions.close(to: key, among: StrategyBlock.keyNames)
      return .failure(.unknownKey(key, suggestions: close, at: .source(file, entry.key.span)))
    }
    if let word = entry.value.bareWord, !declares(word) { return .failure(answer(toWord: word, key, at: place)) }
    guard entry.value.isConstant else { return .failure(.strategyConstant(key, at: place)) }
    guard let value = Constant(literal: entry.value).flatMap({ ConfigValue($0) }) else {
      let found = StrategyBlock.Entry.shown(file.text(entry.value.span))
      return .failure(.badConfigValue(key, found, expected: type.expected, at: place))
    }
    return read(key, value, at: place)
  }

  private static func read(
    _ key: String, _ value: ConfigValue, at place: Location
  ) -> Result<StrategyBlock.Entry, Diagnostic> {
    if let own = StrategyBlock.ownKeys.first(where: { $0.name == key }) {
      if own.type.takes(value), let entry = own.entry(value) { return .success(entry) }
      return .failure(.badConfigValue(key, value.described, expected: own.type.expected, at: place))
    }
    var draft = ConfigDraft()
    do throws(Diagnostic) {
      try draft.set(key, value, from: .block(place))
      return .success(.configuration(key: key, value))
    } catch { return .failure(error) }
  }

  /// A word that stands without its quotes: as the key takes it, in lower case if it takes it only so, or what is wrong
  /// with it even in quotes.
  private static func answer(toWord word: String, _ key: String, at place: Location) -> Diagnostic {
    var refusal: Diagnostic?
    for one in [word, word.lowercased()] {
      switch read(key, .text(one), at: place) {
      case .success: return .strategyWord(key, word, one, at: place)
      case .failure(let problem): refusal = problem
      }
    }
    return refusal ?? .strategyConstant(key, at: place)
  }

  /// The beginning of a source text, for a message.
  private static func shown(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return "`" + line.prefix(40) + (line.count > 40 || line.count < text.count ? "…" : "") + "`"
  }
}

extension StrategyUniverse {
  /// The universe that a value names, or the tickers that it lists.
  fileprivate init?(_ value: ConfigValue) {
    switch value {
    case .text(let name): self = .name(name)
    case .list(let items):
      let names = items.compactMap { if case .text(let name) = $0 { name } else { nil } }
      guard names.count == items.count else { return nil }
      self = .tickers(names)
    case .number, .bool, .date, .duration, .none: return nil
    }
  }
}

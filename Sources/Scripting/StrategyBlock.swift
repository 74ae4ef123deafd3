public import Backtest
public import Diagnostics
import Interpreter
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

  /// The keys of the block itself, which configure no run: what they take, and what they mean.
  public static let ownKeys: [(name: String, expected: String, meaning: String)] = [
    (
      "universe", "the name of a universe or a list of tickers",
      "What `members()` gives: the members of a universe on the day, or the listed tickers."
    ),
    ("description", "a string", "What the strategy does, for people."),
  ]

  private static func expected(of own: String) -> String { ownKeys.first { $0.name == own }?.expected ?? "a constant" }

  /// The keys that the checker lets pass: those of the configuration under both their names, and the block's own.
  static let keys = (ConfigKey.all.flatMap { [$0.name] + ($0.alias.map { [$0] } ?? []) } + ownKeys.map(\.name))
    .map { key in StrategyKey(key, accepts: [], word: { read(word: $0, key, at: $1) }) }

  /// A word that stands without its quotes, as a key takes it; in lower case, if it takes it only so.
  private static func read(word: String, _ key: String, at: Location) -> Result<String, Diagnostic> {
    guard ConfigKey.named(key) != nil else { return .success(word) }
    for one in [word, word.lowercased()] {
      var draft = ConfigDraft()
      do throws(Diagnostic) {
        try draft.set(key, .text(one), at: at)
        return .success(one)
      } catch { if one == word.lowercased() { return .failure(error) } }
    }
    return .success(word)
  }

  /// Reads the block; values out of range are diagnostics. The id, unknown keys and what is no constant are the checker's.
  static func read(_ unit: SourceUnit) -> (StrategyBlock, [Diagnostic]) {
    var block = StrategyBlock()
    var problems: [Diagnostic] = []
    guard let declaration = unit.strategy else { return (block, []) }
    block.id = declaration.id.text
    var draft = ConfigDraft()
    for entry in declaration.entries {
      block.read(entry, unit.file, &draft, &problems)
    }
    return (block, problems + block.doubts)
  }

  private mutating func read(
    _ entry: StrategyDeclaration.Entry, _ file: SourceFile, _ draft: inout ConfigDraft, _ problems: inout [Diagnostic]
  ) {
    let place = Location.source(file, entry.value.span)
    guard let value = ConstantExpression.value(entry.value) else {
      // A word without its quotes is the checker's to answer, which knows what is named so.
      if !entry.value.isName { problems.append(.noConstant(entry.key.text, at: place)) }
      return
    }
    switch (entry.key.text, value) {
    case ("description", .text(let text)): description = text
    case ("universe", .text(let name)): universe = .name(name)
    case ("universe", .list(let items)):
      let names = items.compactMap { if case .text(let name) = $0 { name } else { nil } }
      if names.count == items.count {
        universe = .tickers(names)
      } else {
        problems.append(.badBlockValue("universe", StrategyBlock.expected(of: "universe"), at: place))
      }
    case ("universe", _):
      problems.append(.badBlockValue("universe", StrategyBlock.expected(of: "universe"), at: place))
    case ("description", _):
      problems.append(.badBlockValue("description", StrategyBlock.expected(of: "description"), at: place))
    default:
      guard ConfigKey.named(entry.key.text) != nil else { return }
      do throws(Diagnostic) {
        try draft.set(entry.key.text, value, at: place)
        entries.append((entry.key.text, value, place))
      } catch { problems.append(error) }
    }
  }
}

extension Expression {
  /// A name, or one with dots.
  fileprivate var isName: Bool {
    switch kind {
    case .name: true
    case .member(let base, _): base.isName
    default: false
    }
  }
}

/// Evaluates expressions of literals.
enum ConstantExpression {
  /// The value, or `nil` if the expression is no constant.
  static func value(_ expression: Expression) -> ConfigValue? {
    switch expression.kind {
    case .number(let number): .number(number)
    case .string(let literal): literal.plainText.map { .text($0) }
    case .boolean(let bool): .bool(bool)
    case .date(let day): .date(day)
    case .duration(let duration): .duration(duration)
    case .none: ConfigValue.none
    case .parenthesized(let inner): value(inner)
    case .list(let items): list(items)
    case .unary(.negate, let inner): number(inner).map { .number(-$0) }
    case .binary(let operation, let left, let right): arithmetic(operation, left, right)
    default: nil
    }
  }

  private static func list(_ items: [Expression]) -> ConfigValue? {
    let values = items.compactMap { value($0) }
    return values.count == items.count ? .list(values) : nil
  }

  private static func number(_ expression: Expression) -> Double? {
    if case .number(let number)? = value(expression) { number } else { nil }
  }

  private static func arithmetic(_ operation: BinaryOperator, _ left: Expression, _ right: Expression) -> ConfigValue? {
    guard let a = number(left), let b = number(right) else { return nil }
    switch operation {
    case .add: return .number(a + b)
    case .subtract: return .number(a - b)
    case .multiply: return .number(a * b)
    case .divide: return b == 0 ? nil : .number(a / b)
    default: return nil
    }
  }
}

extension DiagnosticRecord {
  static let strategyBlock = DiagnosticRecord(
    "E0211", "strategy value of the wrong kind",
    explanation:
      "A key of the strategy block has a value that it cannot have: `universe` is the name of a universe or a list of "
      + "tickers, `description` a text, and what configures the run a number, a word, a date or a list.",
    bad: "strategy \"a\" { universe: 500 }", good: "strategy \"a\" { universe: \"SP500\" }")
}

extension Diagnostic {
  static func noConstant(_ key: String, at: Location) -> Diagnostic {
    Diagnostic(
      .strategyBlock, "the value of `\(key)` is no constant", at: at,
      notes: [Note("a param can be varied: `param n = 20`")])
  }
  static func badBlockValue(_ key: String, _ expected: String, at: Location) -> Diagnostic {
    Diagnostic(.strategyBlock, "`\(key)` must be \(expected)", at: at)
  }
}

import MarketModel

/// What a field of the configuration is made from and written as.
///
/// A value that is read was taken by the key's type before, so what is refused here is a value of another kind.
protocol ConfigField: SendableMetatype {
  init?(config value: ConfigValue)
  var configValue: ConfigValue { get }
}

/// A field of which each case is a word.
protocol ConfigWord: ConfigField, RawRepresentable<String>, CaseIterable {}

extension ConfigWord {
  /// Its words, in their order.
  static var words: [String] { allCases.map(\.rawValue) }

  init?(config value: ConfigValue) {
    guard case .text(let word) = value else { return nil }
    self.init(rawValue: word)
  }

  var configValue: ConfigValue { .text(rawValue) }
}

extension BacktestConfig.Execution: ConfigWord {}
extension BacktestConfig.Missing: ConfigWord {}
extension BacktestConfig.OnError: ConfigWord {}
extension BacktestConfig.OnMissingPrice: ConfigWord {}

extension Day: ConfigField {
  init?(config value: ConfigValue) {
    guard case .date(let day) = value else { return nil }
    self = day
  }

  var configValue: ConfigValue { .date(self) }
}

extension Double: ConfigField {
  init?(config value: ConfigValue) {
    guard case .number(let number) = value else { return nil }
    self = number
  }

  var configValue: ConfigValue { .number(self) }
}

extension Int: ConfigField {
  init?(config value: ConfigValue) {
    guard case .number(let number) = value, let whole = Int(whole: number, in: 0...Int.wholeBound) else { return nil }
    self = whole
  }

  var configValue: ConfigValue { .number(Double(self)) }
}

extension String?: ConfigField {
  init?(config value: ConfigValue) {
    switch value {
    case .text(let text): self = .some(text)
    case .none: self = String?.none
    case .number, .bool, .date, .duration, .list: return nil
    }
  }

  var configValue: ConfigValue { map { .text($0) } ?? .none }
}

extension CalendarRule: ConfigField {
  init?(config value: ConfigValue) {
    guard case .text(let text) = value else { return nil }
    self.init(text)
  }

  var configValue: ConfigValue { .text(description) }
}

extension BacktestConfig.Rate: ConfigField {
  init?(config value: ConfigValue) {
    switch value {
    case .number(let number): self = .constant(number)
    case .text(let code): self = .series(code)
    case .bool, .date, .duration, .list, .none: return nil
    }
  }

  var configValue: ConfigValue {
    switch self {
    case .constant(let number): .number(number)
    case .series(let code): .text(code)
    }
  }
}

extension BacktestConfig.Rebalance: ConfigField {
  /// The schedules that have a name.
  static let named: [(word: String, schedule: BacktestConfig.Rebalance)] = [
    ("daily", .daily), ("weekly", .weekly), ("monthly", .monthly), ("quarterly", .quarterly),
  ]

  init?(config value: ConfigValue) {
    switch value {
    case .text(let word):
      guard let schedule = BacktestConfig.Rebalance.named.first(where: { $0.word == word })?.schedule else {
        return nil
      }
      self = schedule
    case .date(let day): self = .dates([day])
    case .list(let items):
      let days = items.compactMap { Day(config: $0) }
      guard days.count == items.count, !days.isEmpty else { return nil }
      self = .dates(days)
    case .number, .bool, .duration, .none: return nil
    }
  }

  var configValue: ConfigValue {
    if case .dates(let days) = self { return .list(days.map { .date($0) }) }
    return BacktestConfig.Rebalance.named.first { $0.schedule == self }.map { .text($0.word) } ?? .none
  }
}

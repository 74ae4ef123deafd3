import Analytics
import Backtest
import Codecs
import MarketModel
import Reporting

extension JSONValue {
  /// The value as one would type it; nothing for what is not there.
  var plain: String {
    switch self {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): CSVWriter.field(number)
    case .text(let text): text
    case .list(let items): items.map(\.plain).joined(separator: ",")
    case .object(let members): members.map { "\($0.name)=\($0.value.plain)" }.joined(separator: ",")
    }
  }
}

extension JSONWriter {
  /// A value that was read, or null.
  mutating func value(_ value: JSONValue?) {
    switch value {
    case .null, nil: self.value(nil as String?)
    case .bool(let flag): self.value(flag)
    case .number(let number): self.value(number)
    case .text(let text): self.value(text)
    case .list(let items):
      array { list in
        for item in items { list.value(item) }
      }
    case .object(let members):
      object { object in
        for member in members {
          object.key(member.name)
          object.value(member.value)
        }
      }
    }
  }
}

/// The members of saved documents as people read them.
struct SavedText {
  private let terminal: Terminal

  init(_ terminal: Terminal) { self.terminal = terminal }

  /// A metric, a key of the configuration or a param by its unit: percent, basis points, thousands; what has none as one
  /// would type it.
  ///
  /// - Parameter name: the metric or the key; `nil` for a param, which may have any name.
  func text(_ name: String?, _ value: JSONValue?) -> String {
    guard let value, value != .null else { return terminal.absent }
    guard let number = value.number else { return value.plain.isEmpty ? terminal.absent : value.plain }
    let display = DisplayNumber(terminal)
    guard let name else { return value.plain }
    if let metric = MetricCatalog.metric(name) { return MetricText(terminal).text(metric, .number(number)) }
    guard let key = ConfigKey.named(name) else { return value.plain }
    if key.flagInBasisPoints { return display.basisPoints(number) }
    return key.isAmount ? display.fixed(number, number == number.rounded() ? 0 : 2) : value.plain
  }
}

import Analytics
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
